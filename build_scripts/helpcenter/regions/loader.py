"""Reading the region files: everything that is wrong with them is said at once."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from babel import Locale
from pydantic import BaseModel

from helpcenter.diagnostics import Finding, HelpcenterError, Place, Severity, finding, suggest
from helpcenter.project.files import relative
from helpcenter.project.yamlfile import YamlFile, load_yaml, validate
from helpcenter.regions.facts import REGION_NAME, Fact, FactSpec, Kind, Method, Value
from helpcenter.regions.schema import FactEntry, MethodsFile, RegionHead, RegistryFile, SourcesFile
from helpcenter.regions.tree import NAME_SPEC, WORLD, Regions
from helpcenter.regions.values import ValueReader

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Model = TypeVar("Model", bound=BaseModel)

_TABLES = ("facts.yml", "methods.yml", "sources.yml")
_REGION = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?|[0-9]{3}")
_GROUP = re.compile(r"[A-Z]{2,}")


def load_regions(folder: Path, root: Path) -> tuple[Regions | None, list[Finding]]:
    """Read a folder of region files.

    Args:
        folder: holds ``facts.yml`` (the registry), ``methods.yml``, optionally ``sources.yml``, and one file for each region.
        root: of the project, for the paths in findings.

    Returns:
        the regions, or None when there is an error; and all findings that do not depend on a date
        (:func:`helpcenter.regions.check_regions` gives the others).
    """
    loader = _Loader(folder, root)
    regions = loader.load()
    failed = any(found.severity is Severity.ERROR for found in loader.findings)
    return (None if failed else regions), loader.findings


class _Loader:
    """What is known so far while the files of a folder are read."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder = folder
        self.root = root
        self.findings: list[Finding] = []
        self.files: dict[str, YamlFile] = {}
        self.heads: dict[str, RegionHead] = {}

    def load(self) -> Regions:
        registry = self._registry()
        methods = self._methods()
        sources = self._sources()
        for path in sorted(self.folder.glob("*.y*ml")):
            if path.name not in _TABLES:
                self._read_region(path)
        tree = self._tree()
        entries = {region: self._facts(region, registry, methods, sources) for region in self.files}
        return Regions(
            MappingProxyType(tree),
            MappingProxyType(registry | {REGION_NAME: NAME_SPEC}),
            MappingProxyType(entries),
            MappingProxyType(methods),
            relative(self.folder, self.root),
        )

    def _table(self, name: str, model: type[Model]) -> tuple[YamlFile, Model] | None:
        try:
            file = load_yaml(self.folder / name, self.root)
            return file, validate(model, file)
        except HelpcenterError as error:
            self.findings.extend(error.findings)
            return None

    def _registry(self) -> dict[str, FactSpec]:
        table = self._table("facts.yml", RegistryFile)
        if table is None:
            return {}
        file, read = table
        specs = {
            fact_id: FactSpec(
                fact_id,
                entry.type,
                entry.kind,
                entry.nullable,
                entry.description,
                tuple(entry.choices),
                entry.at_least,
                entry.at_most,
            )
            for fact_id, entry in read.facts.items()
        }
        for spec in specs.values():
            for key, other in (("at_least", spec.at_least), ("at_most", spec.at_most)):
                if other is not None and (
                    other not in specs or specs[other].type != "duration" or spec.type != "duration"
                ):
                    self.findings.append(
                        finding(
                            "region-value",
                            f"{spec.id}: '{key}' compares two durations, and '{other}' is not one of them",
                            file.place("facts", spec.id, key),
                            label=suggest(other, specs),
                        )
                    )
        return specs

    def _methods(self) -> dict[str, Method]:
        table = self._table("methods.yml", MethodsFile)
        return (
            {}
            if table is None
            else {key: Method(key, entry.name, entry.names) for key, entry in table[1].methods.items()}
        )

    def _sources(self) -> frozenset[str]:
        if not (self.folder / "sources.yml").exists():
            return frozenset()
        table = self._table("sources.yml", SourcesFile)
        return frozenset() if table is None else frozenset(table[1].sources)

    def _read_region(self, path: Path) -> None:
        region = path.stem
        try:
            file = load_yaml(path, self.root)
            head = validate(RegionHead, file)
        except HelpcenterError as error:
            self.findings.extend(error.findings)
            # The region exists, though nothing is known about it: its children must not be called orphans.
            file, head = (
                YamlFile(relative(path, self.root), "", {}),
                RegionHead(parent=None if region == WORLD else WORLD),
            )
        problem = _name_problem(path, head)
        if problem:
            self.findings.append(
                finding("region-file-name", problem, Place(file.path), help=_NAME_HELP, label=_name_label(path))
            )
        self.files[region] = file
        self.heads[region] = head

    def _tree(self) -> dict[str, str | None]:
        tree: dict[str, str | None] = {}
        for region, head in self.heads.items():
            tree[region] = head.parent
            self._check_parent(region, head)
        for region, head in self.heads.items():
            for index, member in enumerate(head.members):
                place = self.files[region].place("members", index)
                if member in self.heads and self.heads[member].parent != region:
                    message = f"{member} is a member of {region}, but its own file names another parent"
                    self.findings.append(
                        finding("region-member", message, place, help=f"write 'parent: {region}' in {member}.yml")
                    )
                elif tree.setdefault(member, region) != region:
                    message = f"{member} is already a member of {tree[member]}"
                    self.findings.append(finding("region-member", message, place, help="a region has one parent"))
                elif member not in self.heads and member not in _TERRITORIES:
                    message = f"'{member}' is not an ISO 3166 country code"
                    self.findings.append(finding("region-member", message, place, label=suggest(member, _TERRITORIES)))
            if head.parent in self.heads and (members := self.heads[head.parent].members) and region not in members:
                message = f"{region} is not among the members of its parent {head.parent}"
                place = self.files[region].place("parent")
                self.findings.append(
                    finding("region-member", message, place, help=f"add it to 'members' in {head.parent}.yml")
                )
        self._break_cycles(tree)
        return tree

    def _check_parent(self, region: str, head: RegionHead) -> None:
        place = self.files[region].place("parent")
        if head.parent is None and region != WORLD:
            message = f"{region} has no parent"
            self.findings.append(
                finding(
                    "region-unknown-parent", message, place, help=f'write parent: "{WORLD}" for a region of its own'
                )
            )
        elif head.parent is not None and head.parent not in self.heads:
            message = f"there is no region '{head.parent}'"
            help_ = f"add {head.parent}.yml, or name one of: {', '.join(sorted(self.heads))}"
            label = suggest(head.parent, self.heads)
            self.findings.append(finding("region-unknown-parent", message, place, help=help_, label=label))

    def _break_cycles(self, tree: dict[str, str | None]) -> None:
        """Report each circle once, and cut it so that every walk to the root ends."""
        for region in sorted(tree):
            seen = [region]
            parent = tree[region]
            while parent is not None and parent not in seen:
                seen.append(parent)
                parent = tree.get(parent)
            if parent is not None:
                circle = [*seen[seen.index(parent) :], parent]
                message = f"regions contain each other: {' → '.join(circle)}"
                place = self.files[circle[0]].place("parent")
                self.findings.append(
                    finding("region-cycle", message, place, help="one of them must have another parent")
                )
                tree[circle[0]] = None
        for region, parent in tree.items():
            if parent is not None and parent not in tree:
                tree[region] = None

    def _facts(
        self, region: str, registry: Mapping[str, FactSpec], methods: Mapping[str, Method], sources: frozenset[str]
    ) -> Mapping[str, tuple[Fact, ...]]:
        file = self.files[region]
        found: dict[str, list[Fact]] = {}
        for index, raw in enumerate(self.heads[region].facts):
            at = ("facts", index)
            try:
                entry = validate(FactEntry, file, data={} if raw is None else raw, at=at)
            except HelpcenterError as error:
                self.findings.extend(error.findings)
                continue
            spec = registry.get(entry.id)
            if spec is None:
                self._unknown_fact(entry.id, registry, file, index)
                continue
            value = ValueReader(file, spec, (*at, "value"), methods, self.findings).read(entry.value)
            fact = _fact(entry, spec, value, region, file.place(*at, "id"))
            self._check_entry(fact, spec, file, index, sources)
            found.setdefault(spec.id, []).append(fact)
        return MappingProxyType({fact_id: self._in_order(facts) for fact_id, facts in found.items()})

    def _unknown_fact(self, fact_id: str, registry: Mapping[str, FactSpec], file: YamlFile, index: int) -> None:
        self.findings.append(
            finding(
                "region-unknown-fact",
                f"there is no fact '{fact_id}'",
                file.place("facts", index, "id"),
                label=suggest(fact_id, registry),
                help="facts are defined in facts.yml of the same folder",
            )
        )

    def _check_entry(self, fact: Fact, spec: FactSpec, file: YamlFile, index: int, sources: frozenset[str]) -> None:
        at = ("facts", index)
        if fact.valid_from and fact.valid_to and fact.valid_to < fact.valid_from:
            message = f"{fact.id}: valid_to {fact.valid_to} is before valid_from {fact.valid_from}"
            self.findings.append(finding("region-value", message, file.place(*at, "valid_to")))
        for key in fact.sources:
            if not key.startswith("https://") and key not in sources:
                message = f"there is no source '{key}'"
                help_ = "give an address that begins with https://, or add the key to sources.yml"
                place = file.place(*at, "source")
                self.findings.append(
                    finding("region-unknown-source", message, place, label=suggest(key, sources), help=help_)
                )
        # "There is no such right" cannot always be read in a law; a note that says so is the least it needs.
        told = fact.law or fact.sources or (fact.value is None and fact.note)
        if spec.kind is Kind.STATUTE and not told:
            message = f"{fact.id} of {fact.region} names neither a law nor a source"
            help_ = (
                "add 'law:' or 'source:'" if fact.value is not None else "add 'law:', 'source:' or, for null, 'note:'"
            )
            self.findings.append(finding("region-unsourced", message, fact.place, help=help_))

    def _in_order(self, facts: list[Fact]) -> tuple[Fact, ...]:
        ordered = sorted(facts, key=lambda fact: (fact.valid_from is not None, fact.valid_from))
        for earlier, later in zip(ordered, ordered[1:], strict=False):
            if earlier.valid_to is None or later.valid_from is None or later.valid_from <= earlier.valid_to:
                message = f"{later.id} of {later.region} has two values at the same time"
                help_ = f"the other is in line {earlier.place.line}; end it with 'valid_to' before this one begins"
                self.findings.append(finding("region-fact-overlap", message, later.place, help=help_))
        return tuple(ordered)


def _fact(entry: FactEntry, spec: FactSpec, value: Value, region: str, place: Place) -> Fact:
    sources = (entry.source,) if isinstance(entry.source, str) else tuple(entry.source or ())
    return Fact(
        spec.id,
        spec.type,
        value,
        region,
        place,
        entry.valid_from,
        entry.valid_to,
        entry.law,
        sources,
        entry.confidence,
        entry.owner,
        entry.review_by,
        entry.note,
    )


_TERRITORIES = frozenset(Locale("en").territories)
_NAME_HELP = "a region file is named by its ISO 3166 code (DE.yml, CA-QC.yml), 001.yml for the world, or an upper-case group name with 'members'"


def _name_problem(path: Path, head: RegionHead) -> str:
    name = path.stem
    if path.suffix != ".yml":
        return f"'{path.name}' must end in .yml"
    if name in _TERRITORIES or (_REGION.fullmatch(name) and name.split("-")[0] in _TERRITORIES):
        return ""
    if _GROUP.fullmatch(name):
        return "" if head.members else f"'{name}' is no ISO 3166 code, and a group needs 'members'"
    return f"'{path.name}' is not the name of a region file"


def _name_label(path: Path) -> str:
    return suggest(path.name, (f"{path.stem.upper()}.yml", *_TABLES))
