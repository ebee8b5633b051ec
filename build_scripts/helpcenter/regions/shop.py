"""The shop's own choices, of all markets in one file.

Below each market stands a tree whose key paths are ids of facts: ``delivery: {standard: {price: …}}``.  What is read there
becomes facts like those of region files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - pydantic reads it in annotations
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from helpcenter.diagnostics import HelpcenterError, finding, suggest
from helpcenter.project.yamlfile import YamlFile, load_yaml, validate
from helpcenter.regions.entries import EntryReader, is_entry
from helpcenter.regions.facts import Address, Kind, Organization
from helpcenter.regions.schema import STRICT, URL, Answerable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from helpcenter.diagnostics import Finding
    from helpcenter.project.yamlfile import KeyPath
    from helpcenter.regions.facts import Fact, FactSpec
    from helpcenter.regions.tables import Vocabulary

SHOP = "shop.yml"
"""Name of the file, beside the folder of the regions."""


class AddressEntry(BaseModel):
    """Where the shop sits."""

    model_config: ClassVar[ConfigDict] = STRICT

    street: str = Field(description="With the number.")
    postal_code: str = Field(description="In quotes where it is a number.")
    city: str
    country: str = Field(pattern=r"^[A-Z]{2}$", description="ISO 3166 code.")
    region: str | None = Field(default=None, description="State or province, where the country needs one.")


class OrganizationEntry(BaseModel):
    """Who the shop is."""

    model_config: ClassVar[ConfigDict] = STRICT

    name: str = Field(min_length=1, description="As customers know it.")
    url: str = Field(pattern=URL, description="Address of the shop.")
    legal_name: str | None = Field(default=None, description="As registers know it.")
    logo: Annotated[str, Field(pattern=URL)] | None = Field(default=None, description="Address of an image.")
    address: AddressEntry | None = Field(default=None, description="Where it sits.")


class ShopHead(BaseModel):
    """``shop.yml`` but for the choices of its markets, which are read one by one."""

    model_config: ClassVar[ConfigDict] = STRICT

    owner: str | None = Field(default=None, description="Who answers for the choices below.")
    review_by: date | None = Field(default=None, description="After this day somebody must look at them again.")
    organization: OrganizationEntry | None = Field(default=None, description="Who the shop is.")
    markets: dict[Any, Any] = Field(default={}, description="Region → what the shop offers there.")


@dataclass(frozen=True)
class Shop:
    """What the shop says of itself.

    Args:
        organization: who it is, or None.
        facts: region → its facts, in the order of the file.
    """

    organization: Organization | None
    facts: Mapping[str, list[Fact]]


def read_shop(
    path: Path, root: Path, regions: Mapping[str, object], vocabulary: Vocabulary, findings: list[Finding]
) -> Shop:
    """Read the choices of the shop.

    Args:
        path: of the file, which may be missing.
        root: of the project, for the paths in findings.
        regions: ids of all regions.
        vocabulary: what the file may name.
        findings: is added to.
    """
    if not path.exists():
        return Shop(None, {})
    try:
        file = load_yaml(path, root)
        head = validate(ShopHead, file)
    except HelpcenterError as error:
        findings.extend(error.findings)
        return Shop(None, {})
    facts: dict[str, list[Fact]] = {}
    for market, raw in head.markets.items():
        if not isinstance(market, str):
            # YAML reads 001 without quotes as the number 1, and NO as "no".
            place = file.place("markets")
            help_ = 'put it in quotes, as in "001" or "NO"'
            findings.append(finding("schema-invalid-value", f"markets: '{market}' is no text", place, help=help_))
        elif market not in regions:
            place = file.place("markets", market, key=True)
            help_ = f"regions: {', '.join(sorted(regions))}; or add regions/{market}.yml"
            message = f"there is no region '{market}'"
            label = suggest(market, regions)
            findings.append(finding("region-unknown-region", message, place, help=help_, label=label))
        else:
            facts[market] = list(_MarketReader(market, file, head, vocabulary, findings).walk(raw, ("markets", market)))
    return Shop(_organization(head), facts)


def _organization(head: ShopHead) -> Organization | None:
    if head.organization is None:
        return None
    read = head.organization.model_dump()
    address = read.pop("address")
    return Organization(**read, address=None if address is None else Address(**address))


class _MarketReader:
    def __init__(
        self, market: str, file: YamlFile, head: ShopHead, vocabulary: Vocabulary, findings: list[Finding]
    ) -> None:
        self.file = file
        self.registry = vocabulary.registry
        self.findings = findings
        self.known = {".".join(parts) for fact in self.registry for parts in _beginnings(fact.split("."))}
        answerable = {}
        if head.owner is not None and head.review_by is not None:
            answerable = {Kind.SHOP: Answerable(owner=head.owner, review_by=head.review_by)}
        hint = f"for all of them at the head of {SHOP}"
        self.reader = EntryReader(market, file, answerable, hint, vocabulary, findings)

    def walk(self, raw: Any, path: KeyPath) -> Iterator[Fact]:  # noqa: ANN401 - any YAML value
        """Go down to the values."""
        if raw is None:
            return
        if not isinstance(raw, dict):
            name = ".".join(str(part) for part in path[2:]) or str(path[-1])
            message = f"'{name}' holds facts, and is none itself"
            below = sorted(fact for fact in self.registry if fact.startswith(f"{name}."))
            help_ = f"facts below it: {', '.join(below)}" if below else "write lines of the form 'key: value'"
            self.findings.append(finding("region-unknown-fact", message, self.file.place(*path), help=help_))
            return
        for key, value in raw.items():
            at = (*path, str(key))
            fact_id = ".".join(str(part) for part in at[2:])
            if fact_id in self.registry:
                yield from self._read(self.registry[fact_id], value, at)
            elif fact_id in self.known:
                yield from self.walk(value, at)
            elif self.registry.lacks(fact_id):
                place = self.file.place(*at, key=True)
                label = suggest(fact_id, sorted(self.known))
                help_ = "facts are defined in regions/facts.yml"
                message = f"there is no fact '{fact_id}'"
                self.findings.append(finding("region-unknown-fact", message, place, help=help_, label=label))

    def _read(self, spec: FactSpec, raw: object, at: KeyPath) -> Iterator[Fact]:
        place = self.file.place(*at, key=True)
        if spec.kind is not Kind.SHOP:
            message = f"{spec.id} is a matter of law, which the shop does not choose"
            help_ = f"write it in regions/{at[1]}.yml, with its law or source"
            self.findings.append(finding("shop-statute", message, place, help=help_))
            return
        if isinstance(raw, list) and raw and all(is_entry(row) for row in raw):
            read = [
                self.reader.read_value(spec, row, (*at, index), self.file.place(*at, index))
                for index, row in enumerate(raw)
            ]
        else:
            read = [self.reader.read_value(spec, raw, at, place)]
        yield from (fact for fact in read if fact is not None)


def _beginnings(parts: list[str]) -> Iterator[list[str]]:
    return (parts[:size] for size in range(1, len(parts) + 1))
