"""Reading the region files: everything that is wrong with them is said at once."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from babel import Locale
from babel.core import get_global

from helpcenter.diagnostics import Finding, HelpcenterError, Place, Severity, finding, suggest
from helpcenter.project.files import relative
from helpcenter.project.yamlfile import YamlFile, load_yaml, validate
from helpcenter.regions.entries import arrange, read_region
from helpcenter.regions.facts import REGION_NAME
from helpcenter.regions.schema import RegionHead
from helpcenter.regions.shop import SHOP, read_shop
from helpcenter.regions.tables import TABLES, read_tables
from helpcenter.regions.tree import NAME_SPEC, WORLD, Regions

if TYPE_CHECKING:
    from pathlib import Path

_TERRITORIES = frozenset(Locale("en").territories)
_SUBDIVISION = re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}")
_GROUP = re.compile(r"[A-Z]{2,}")
_NAME_HELP = (
    "a region file is named by its ISO 3166 code (DE.yml, CA-QC.yml), 001.yml for the world, "
    "or an upper-case group name with 'members'"
)


def load_regions(folder: Path, root: Path) -> tuple[Regions | None, list[Finding]]:
    """Read a folder of region files.

    Args:
        folder: holds ``facts.yml`` (the registry), ``methods.yml``, perhaps ``carriers.yml`` and ``sources.yml``, and a
            file per region; ``shop.yml`` stands beside it.
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
        """Read everything."""
        for path in sorted(self.folder.glob("*.y*ml")):
            if path.name not in TABLES:
                self._read_region(path)
        vocabulary = read_tables(self.folder, self.root, self.files.values(), self.findings)
        if WORLD not in self.files:
            place = Place(f"{relative(self.folder, self.root)}/{WORLD}.yml")
            self._add("region-file-name", "there is no file for the world", place, f"add {WORLD}.yml")
        tree = self._tree()
        facts = {
            region: read_region(region, file, self.heads[region], vocabulary, self.findings)
            for region, file in self.files.items()
        }
        shop = read_shop(self.folder.parent / SHOP, self.root, tree, vocabulary, self.findings)
        entries = {
            region: MappingProxyType(arrange([*facts.get(region, ()), *shop.facts.get(region, ())], self.findings))
            for region in {**facts, **shop.facts}
        }
        return Regions(
            MappingProxyType(tree),
            MappingProxyType({**vocabulary.registry, REGION_NAME: NAME_SPEC}),
            MappingProxyType(entries),
            MappingProxyType(vocabulary.methods.rows),
            relative(self.folder, self.root),
            MappingProxyType(vocabulary.sources.rows),
            MappingProxyType(vocabulary.carriers.rows),
            frozenset(shop.facts),
            shop.organization,
            MappingProxyType({region: MappingProxyType(head.name) for region, head in self.heads.items() if head.name}),
        )

    def _add(self, code: str, message: str, place: Place, help_: str = "", label: str = "") -> None:
        self.findings.append(finding(code, message, place, help=help_, label=label))

    def _read_region(self, path: Path) -> None:
        region = path.stem
        try:
            file = load_yaml(path, self.root)
            head = validate(RegionHead, file)
        except HelpcenterError as error:
            self.findings.extend(error.findings)
            # The region exists, though nothing is known about it: its children must not be called orphans.
            file = YamlFile(relative(path, self.root), "", {})
            head = RegionHead(parent=None if region == WORLD else WORLD)
        # Of a file that cannot be read nobody knows whether it is a group.
        problem = _name_problem(path, head) if file.source or not _GROUP.fullmatch(region) else ""
        if problem:
            # The code of the United Kingdom is GB; CLDR knows such aliases.
            aliases = get_global("territory_aliases").get(region.upper(), [region.upper()])
            label = f"did you mean '{aliases[0]}.yml'?" if aliases[0] != path.name.removesuffix(".yml") else ""
            if region.islower():
                label = suggest(path.name, (f"{aliases[0]}.yml", *TABLES))
            self._add("region-file-name", problem, Place(file.path), _NAME_HELP, label)
        self.files[region] = file
        self.heads[region] = head

    def _tree(self) -> dict[str, str | None]:
        tree: dict[str, str | None] = {region: head.parent for region, head in self.heads.items()}
        for region, head in self.heads.items():
            self._check_parent(region, head)
            for index, member in enumerate(head.members):
                self._check_member(region, member, index, tree)
        self._break_cycles(tree)
        return tree

    def _check_parent(self, region: str, head: RegionHead) -> None:
        place = self.files[region].place("parent")
        if head.parent is None:
            if region != WORLD:
                help_ = f'write parent: "{WORLD}" for a region of its own'
                self._add("region-unknown-parent", f"{region} has no parent", place, help_)
        elif head.parent not in self.heads:
            help_ = f"add {head.parent}.yml, or name one of: {', '.join(sorted(self.heads))}"
            label = suggest(head.parent, self.heads)
            self._add("region-unknown-parent", f"there is no region '{head.parent}'", place, help_, label)
        elif (part := _SUBDIVISION.fullmatch(region)) and part[1] != head.parent:
            message = f"{region} is a part of {part[1]}, but its file names another parent"
            missing = "" if part[1] in self.heads else f", and add {part[1]}.yml"
            self._add("region-member", message, place, f"write 'parent: {part[1]}'{missing}")
        elif (members := self.heads[head.parent].members) and region not in members:
            message = f"{region} is not among the members of its parent {head.parent}"
            self._add("region-member", message, place, f"add it to 'members' in {head.parent}.yml")

    def _check_member(self, region: str, member: str, index: int, tree: dict[str, str | None]) -> None:
        place = self.files[region].place("members", index)
        if member in self.heads:
            if self.heads[member].parent != region:
                message = f"{member} is a member of {region}, but its own file names another parent"
                self._add("region-member", message, place, f"write 'parent: {region}' in {member}.yml")
        elif member not in _TERRITORIES:
            message = f"'{member}' is not an ISO 3166 country code"
            help_ = "give two capital letters, as in AT"
            self._add("region-member", message, place, help_, suggest(member, _TERRITORIES))
        elif tree.setdefault(member, region) != region:
            self._add(
                "region-member", f"{member} is already a member of {tree[member]}", place, "a region has one parent"
            )

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
                self._add("region-cycle", message, place, "one of them must have another parent")
                tree[circle[0]] = None
        for region, parent in tree.items():
            if parent is not None and parent not in tree:
                tree[region] = None


def _name_problem(path: Path, head: RegionHead) -> str:
    name = path.stem
    if path.suffix != ".yml":
        return f"'{path.name}' must end in .yml"
    part = _SUBDIVISION.fullmatch(name)
    if name in _TERRITORIES or (part and part[1] in _TERRITORIES):
        return ""
    if _GROUP.fullmatch(name):
        return "" if head.members else f"'{name}' is no ISO 3166 code, and a group needs 'members'"
    return f"'{path.name}' is not the name of a region file"
