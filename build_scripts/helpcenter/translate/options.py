"""What a project sets for a provider, read into a typed model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, ValidationError

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


def _problem(entry: Mapping[str, object] | object, model: type[BaseModel]) -> tuple[str, str]:
    assert isinstance(entry, dict)  # noqa: S101 - pydantic's typed dict
    name = ".".join(str(part) for part in entry["loc"])
    known = "options: " + ", ".join(model.model_fields)
    if entry["type"] == "extra_forbidden":
        return f"unknown option '{name}'", suggest(name, model.model_fields) or known
    return f"option '{name}': {entry['msg']}", "docs/providers.md says what it takes"
