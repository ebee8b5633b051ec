"""What a project sets for a provider, read into a typed model."""

from __future__ import annotations

from decimal import Decimal  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from helpcenter.diagnostics import suggest
from helpcenter.translate.registry import OptionError

if TYPE_CHECKING:
    from collections.abc import Mapping


class ProviderOptions(BaseModel):
    """``provider_options`` of a locale; subclasses name them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def read(cls, options: Mapping[str, object]) -> Self:
        """Check what a project set.

        Raises:
            OptionError: with all problems at once.
        """
        try:
            return cls.model_validate(dict(options))
        except ValidationError as error:
            raise OptionError(*(_problem(entry, cls) for entry in error.errors(include_url=False))) from None


class Options(ProviderOptions):
    """What every provider over the network has."""

    url: str | None = None
    """The service's address, where it is not the usual one."""
    timeout: float = Field(default=30.0, gt=0, le=600)
    """Seconds to wait for a byte of an answer."""
    deadline: float = Field(default=120.0, gt=0, le=3600)
    """Seconds to wait for the whole of an answer."""
    attempts: int = Field(default=4, ge=1, le=10)
    """How often a request is sent before its failure counts."""
    concurrency: int | None = Field(default=None, ge=1, le=64)
    """Requests at once."""
    requests_per_second: float | None = Field(default=None, gt=0)
    """Requests a second."""
    max_chars: int | None = Field(default=None, ge=50)
    """Characters of one request, where fewer than usual shall travel together."""
    max_items: int | None = Field(default=None, ge=1)
    """Texts of one request."""
    cost_per_million: Decimal | None = Field(default=None, ge=0)
    """Euros for a million characters, where the contract says another price."""


def _problem(entry: Mapping[str, object] | object, model: type[BaseModel]) -> tuple[str, str]:
    assert isinstance(entry, dict)  # noqa: S101 - pydantic's typed dict
    name = ".".join(str(part) for part in entry["loc"])
    known = "options: " + ", ".join(model.model_fields)
    if entry["type"] == "extra_forbidden":
        return f"unknown option '{name}'", suggest(name, model.model_fields) or known
    if entry["type"] == "missing":
        where = "'provider_options' of the locale, or below 'extra.helpcenter.providers' in mkdocs.yml"
        return f"option '{name}' is missing", f"set it in {where}"
    return f"option '{name}': {entry['msg']}", "docs/providers.md says what it takes"
