"""Region rules as data: typed, dated, sourced facts in a tree of regions, and the templates that show them.

Everything here is loaded when it is first asked for, so that a build with nothing to do pays for none of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpcenter.regions.completion import json_schema
    from helpcenter.regions.facts import Confidence, Duration, Fact, FactSpec, Kind, Method, Money, OpeningHours, Source
    from helpcenter.regions.loader import load_regions
    from helpcenter.regions.parity import check_texts
    from helpcenter.regions.rules import check_published, check_regions, check_used
    from helpcenter.regions.template import used_facts
    from helpcenter.regions.texts import Wording, regions_sheet
    from helpcenter.regions.tree import Regions
    from helpcenter.regions.view import RegionView, render_template
    from helpcenter.regions.vocabulary import check_template

__all__ = [
    "Confidence",
    "Duration",
    "Fact",
    "FactSpec",
    "Kind",
    "Method",
    "Money",
    "OpeningHours",
    "RegionView",
    "Regions",
    "Source",
    "Wording",
    "check_published",
    "check_regions",
    "check_template",
    "check_texts",
    "check_used",
    "json_schema",
    "load_regions",
    "regions_sheet",
    "render_template",
    "used_facts",
]

_HOMES = {
    "RegionView": "view",
    "Regions": "tree",
    "Wording": "texts",
    "check_published": "rules",
    "check_regions": "rules",
    "check_template": "vocabulary",
    "check_texts": "parity",
    "check_used": "rules",
    "json_schema": "completion",
    "load_regions": "loader",
    "regions_sheet": "texts",
    "render_template": "view",
    "used_facts": "template",
}


def __getattr__(name: str) -> object:
    """Load the module a public name lives in."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'facts')}"), name)
    globals()[name] = value
    return value
