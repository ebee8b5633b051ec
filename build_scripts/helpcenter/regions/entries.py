"""Reading the facts of one region file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding, suggest
from helpcenter.project.yamlfile import YamlFile, validate
from helpcenter.regions.facts import Fact, FactSpec, Kind, Method, Source, Value
from helpcenter.regions.schema import FactEntry, RegionHead
from helpcenter.regions.values import ValueReader

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Vocabulary:
    """What region files may name.

    Args:
        registry: fact id → what it is.
        methods: payment method id → its names.
        sources: key → where facts were read.
    """

    registry: Mapping[str, FactSpec]
    methods: Mapping[str, Method]
    sources: Mapping[str, Source]


@dataclass
class EntryReader:
    """Reads the facts of one region, one by one, so that one bad item does not hide the others.

    Args:
        region: id.
        file: the parsed file.
        head: everything in it but the facts.
        vocabulary: what it may name.
        findings: is added to.
    """

    region: str
    file: YamlFile
    head: RegionHead
    vocabulary: Vocabulary
    findings: list[Finding]

    def read(self) -> dict[str, tuple[Fact, ...]]:
        """Give fact id → facts, oldest first."""
        found: dict[str, list[Fact]] = {}
        for index, raw in enumerate(self.head.facts):
            fact = self._entry(index, {} if raw is None else raw)
            if fact is not None:
                found.setdefault(fact.id, []).append(fact)
        return {fact_id: self._in_order(facts) for fact_id, facts in found.items()}

    def _entry(self, index: int, raw: object) -> Fact | None:
        try:
            entry = validate(FactEntry, self.file, data=raw, at=("facts", index))
        except HelpcenterError as error:
            self.findings.extend(error.findings)
            return None
        spec = self.vocabulary.registry.get(entry.id)
        if spec is None:
            self._add(
                "region-unknown-fact",
                f"there is no fact '{entry.id}'",
                self.file.place("facts", index, "id"),
                "facts are defined in facts.yml of the same folder",
                suggest(entry.id, self.vocabulary.registry),
            )
            return None
        at = ("facts", index, "value")
        value = ValueReader(self.file, spec, at, self.vocabulary.methods, self.findings).read(entry.value)
        fact = self._fact(entry, spec, value, self.file.place("facts", index, "id"))
        self._check(fact, spec, index)
        return fact

    def _fact(self, entry: FactEntry, spec: FactSpec, value: Value, place: Place) -> Fact:
        default = self.head.defaults.get(spec.kind)
        return Fact(
            spec.id,
            spec.type,
            value,
            self.region,
            place,
            entry.valid_from,
            entry.valid_to,
            entry.law,
            (entry.source,) if isinstance(entry.source, str) else tuple(entry.source or ()),
            entry.confidence,
            entry.owner or (default.owner if default else None),
            entry.review_by or (default.review_by if default else None),
            entry.note,
        )

    def _add(self, code: str, message: str, place: Place, help_: str = "", label: str = "") -> None:
        self.findings.append(finding(code, message, place, help=help_, label=label))

    def _check(self, fact: Fact, spec: FactSpec, index: int) -> None:
        at = ("facts", index)
        if fact.valid_from and fact.valid_to and fact.valid_to < fact.valid_from:
            message = f"{fact.id}: valid_to {fact.valid_to} is before valid_from {fact.valid_from}"
            self._add("region-value", message, self.file.place(*at, "valid_to"))
        for key, value in (("owner", fact.owner), ("review_by", fact.review_by)):
            if value is None:
                help_ = f"add it here, or for all facts of this kind under 'defaults: {{{spec.kind}: …}}'"
                self._add("schema-missing-key", f"{fact.id} has no '{key}'", fact.place, help_)
        for key in fact.sources:
            if not key.startswith("https://") and key not in self.vocabulary.sources:
                help_ = "give an address that begins with https://, or add the key to sources.yml"
                label = suggest(key, self.vocabulary.sources)
                place = self.file.place(*at, "source")
                self._add("region-unknown-source", f"there is no source '{key}'", place, help_, label)
        # "There is no such right" cannot always be read in a law; a note that says so is the least it needs.
        told = fact.law or fact.sources or (fact.value is None and fact.note)
        if spec.kind is Kind.STATUTE and not told:
            message = f"{fact.id} of {fact.region} names neither a law nor a source"
            help_ = "add 'law:' or 'source:'" + ("" if fact.value is not None else "; for null a 'note:' is enough")
            self._add("region-unsourced", message, fact.place, help_)

    def _in_order(self, facts: list[Fact]) -> tuple[Fact, ...]:
        ordered = sorted(facts, key=lambda fact: fact.valid_from.toordinal() if fact.valid_from else 0)
        for earlier, later in pairwise(ordered):
            if earlier.valid_to is None or later.valid_from is None or later.valid_from <= earlier.valid_to:
                message = f"{later.id} of {later.region} has two values at the same time"
                help_ = f"the other is in line {earlier.place.line}; end it with 'valid_to' before this one begins"
                self._add("region-fact-overlap", message, later.place, help_)
        return tuple(ordered)
