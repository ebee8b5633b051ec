"""Reading single values of facts, wherever they stand, and putting those of one region in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding, suggest
from helpcenter.project.yamlfile import KeyPath, YamlFile, validate
from helpcenter.regions.facts import Fact, FactSpec, Kind
from helpcenter.regions.schema import Answerable, FactEntry, ValueEntry
from helpcenter.regions.settings import ALWAYS
from helpcenter.regions.values import ValueReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from helpcenter.regions.schema import RegionHead
    from helpcenter.regions.tables import Vocabulary

Entry = TypeVar("Entry", bound=ValueEntry)


@dataclass
class EntryReader:
    """Reads the values of one region in one file, one by one, so that one bad item does not hide the others.

    Args:
        region: id.
        file: the parsed file.
        answerable: who answers for values that do not say so themselves.
        hint: where else than at the value that may be said.
        vocabulary: what the file may name.
        findings: is added to.
    """

    region: str
    file: YamlFile
    answerable: Mapping[Kind, Answerable]
    hint: str
    vocabulary: Vocabulary
    findings: list[Finding]

    def read_item(self, raw: object, at: KeyPath) -> Fact | None:
        """Read an item of ``facts``; None after a finding."""
        entry = self._validate(FactEntry, raw, at)
        if entry is None:
            return None
        spec = self.vocabulary.registry.get(entry.id)
        if spec is None:
            if self.vocabulary.registry.lacks(entry.id):
                message = f"there is no fact '{entry.id}'"
                help_ = "facts are defined in facts.yml of the same folder"
                label = suggest(entry.id, self.vocabulary.registry)
                self._add("region-unknown-fact", message, self.file.place(*at, "id"), help_, label)
            return None
        return self._fact(entry, spec, at, (*at, "value"), self.file.place(*at, "id"))

    def read_value(self, spec: FactSpec, raw: object, at: KeyPath, place: Place) -> Fact | None:
        """Read what is said of a fact whose id stands elsewhere: an entry, or nothing but its value.

        Args:
            spec: of the fact.
            raw: what stands at the key path ``at``.
            at: key path.
            place: of the fact's name.
        """
        if not is_entry(raw):
            return self._fact(ValueEntry(value=raw), spec, at, at, place)
        entry = self._validate(ValueEntry, raw, at)
        return None if entry is None else self._fact(entry, spec, at, (*at, "value"), place)

    def _validate(self, model: type[Entry], raw: object, at: KeyPath) -> Entry | None:
        try:
            return validate(model, self.file, data={} if raw is None else raw, at=at)
        except HelpcenterError as error:
            self.findings.extend(error.findings)
            return None

    def _fact(self, entry: ValueEntry, spec: FactSpec, at: KeyPath, value_at: KeyPath, place: Place) -> Fact:
        default = self.answerable.get(spec.kind)
        fact = Fact(
            spec.id,
            spec.type,
            ValueReader(self.file, spec, value_at, self.vocabulary, self.findings).read(entry.value),
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
            None if entry.when is None else entry.when.read(),
        )
        self._check(fact, spec, at)
        return fact

    def _add(self, code: str, message: str, place: Place, help_: str = "", label: str = "") -> None:
        self.findings.append(finding(code, message, place, help=help_, label=label))

    def _check(self, fact: Fact, spec: FactSpec, at: KeyPath) -> None:
        if fact.valid_from and fact.valid_to and fact.valid_to < fact.valid_from:
            message = f"{fact.id}: valid_to {fact.valid_to} is before valid_from {fact.valid_from}"
            self._add("region-value", message, self.file.place(*at, "valid_to"))
        for key, value in (("owner", fact.owner), ("review_by", fact.review_by)):
            if value is None:
                help_ = f"add it here, or {self.hint.format(kind=spec.kind)}"
                self._add("schema-missing-key", f"{fact.id} has no '{key}'", fact.place, help_)
        for key in fact.sources:
            if not key.startswith("https://") and self.vocabulary.sources.lacks(key):
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


_ENTRY_KEYS = frozenset(ValueEntry.model_fields)


def is_entry(raw: object) -> bool:
    """Tell an entry with dates and the like from a bare value: no value has a key of an entry's."""
    return isinstance(raw, dict) and not _ENTRY_KEYS.isdisjoint(raw)


def read_region(
    region: str, file: YamlFile, head: RegionHead, vocabulary: Vocabulary, findings: list[Finding]
) -> list[Fact]:
    """Read the facts of a region file, in its order.

    Args:
        region: id.
        file: the parsed file.
        head: everything in it but the facts.
        vocabulary: what it may name.
        findings: is added to.
    """
    hint = "for all facts of this kind under 'defaults: {{{kind}: …}}'"
    reader = EntryReader(region, file, head.defaults, hint, vocabulary, findings)
    read = (reader.read_item(raw, ("facts", index)) for index, raw in enumerate(head.facts))
    return [fact for fact in read if fact is not None]


def arrange(facts: Iterable[Fact], findings: list[Finding]) -> dict[str, tuple[Fact, ...]]:
    """Give fact id → the facts of a region, oldest first.

    Args:
        facts: of one region, from whatever file.
        findings: is added to.
    """
    by_id: dict[str, list[Fact]] = {}
    for fact in facts:
        by_id.setdefault(fact.id, []).append(fact)
    return {fact_id: _in_order(found, findings) for fact_id, found in by_id.items()}


def _in_order(facts: list[Fact], findings: list[Finding]) -> tuple[Fact, ...]:
    ordered = sorted(facts, key=lambda fact: fact.valid_from.toordinal() if fact.valid_from else 0)
    findings.extend(_overlaps(ordered))
    return tuple(ordered)


def _overlaps(ordered: list[Fact]) -> Iterator[Finding]:
    for index, later in enumerate(ordered):
        earlier = next((fact for fact in reversed(ordered[:index]) if _both_hold(fact, later)), None)
        if earlier is not None:
            where = "" if later.when is None else f" (for {later.when})"
            message = f"{later.id} of {later.region} has two values at the same time{where}"
            place = f"in line {earlier.place.line}"
            if earlier.place.path != later.place.path:
                place += f" of {earlier.place.path}"
            help_ = f"the other is {place}; end it with 'valid_to' before this one begins"
            yield finding("region-fact-overlap", message, later.place, help=help_)


def _both_hold(earlier: Fact, later: Fact) -> bool:
    """Tell whether two values, of which the one begins no later than the other, share a day and a page."""
    apart = earlier.valid_to is not None and later.valid_from is not None and later.valid_from > earlier.valid_to
    return not apart and (earlier.when or ALWAYS).meets(later.when or ALWAYS)
