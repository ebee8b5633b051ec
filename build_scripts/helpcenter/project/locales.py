"""Locales: the tag that has its own site, the texts it builds on, the region whose rules it follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

PublishLevel = Literal["machine", "reviewed", "approved"]
Formality = Literal["formal", "informal"]


class PublishPolicy(BaseModel):
    """The least state of a translation that customers are shown, by type of page."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    default: PublishLevel = "machine"
    faq: PublishLevel | None = None
    guide: PublishLevel | None = None
    tutorial: PublishLevel | None = None
    index: PublishLevel | None = None
    policy: PublishLevel = "approved"
    """A policy binds the shop; only what a named person approved is shown."""

    def least(self, page_type: str) -> PublishLevel:
        """Give the least state for a type of page."""
        level: PublishLevel | None = getattr(self, page_type, None)
        return level or self.default


class LocaleSettings(BaseModel):
    """``locales/<tag>/locale.yml``; every key may be left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str | None = None
    """The language's own name, as the language menu shows it; CLDR's when absent."""
    region: str | None = None
    """The region whose rules hold, a file of ``locales/regions/``; the tag's own region when absent."""
    publish: PublishPolicy = PublishPolicy()
    least_translated: float = Field(default=0.5, ge=0, le=1)
    """The share of a page's segments that must be publishable; below it the page is shown in the source language."""
    spelling: dict[str, str] = {}
    """Letters that this locale writes otherwise than the texts it builds on: ``{ß: ss}`` for de-CH."""
    formality: Formality | None = None
    """How readers are addressed, in languages that make the difference: ``formal`` (siz, Sie) or ``informal``."""
    provider: str | None = None
    """The machine translation provider used when the command line names none."""
    provider_options: dict[str, str | int | float | bool] = {}
    """Options of that provider, as docs/providers.md lists them; credentials come from the environment only."""
    fallback: tuple[str, ...] = ()
    """Providers that are asked, in this order, for what the first one does not translate."""


@dataclass(frozen=True, slots=True)
class Locale:
    """A locale of the project.

    Args:
        tag: BCP 47.
        settings: what its ``locale.yml`` says.
        name: its own name for itself.
        direction: ``ltr`` or ``rtl``.
        region: id of the region whose rules it follows.
        chain: the locales whose catalogs give its text, itself first; the source is not among them.
        builds_on_source: whether its text is the source's where no catalog says otherwise (``en-GB`` of ``en``).
    """

    tag: str
    settings: LocaleSettings
    name: str
    direction: str
    region: str
    chain: tuple[str, ...]
    builds_on_source: bool

    @property
    def is_variant(self) -> bool:
        """Whether its catalogs hold only what differs from the text it builds on."""
        return self.builds_on_source or len(self.chain) > 1

    def with_all_shown(self) -> Locale:
        """Give the locale as it would be if customers were shown all its texts, whoever has read them."""
        shown = {"publish": PublishPolicy(default="machine", policy="machine"), "least_translated": 0.0}
        return replace(self, settings=self.settings.model_copy(update=shown))
