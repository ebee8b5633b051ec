"""What of a page reaches the readers of one region on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.regions.components import facts_of_component
from helpcenter.regions.nodes import Block, Part, Print
from helpcenter.regions.settings import DIMENSIONS
from helpcenter.regions.template import is_static, read_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from helpcenter.regions.nodes import Node
    from helpcenter.regions.view import RegionView


def reached_facts(source: str, view: RegionView) -> frozenset[str]:
    """Give the facts that decide what a view's readers see: those shown to them, and those asked for on the way there.

    Unlike :func:`~helpcenter.regions.template.used_facts`, what stands in a branch that they never read is left out.

    Args:
        source: the page.
        view: of the locale.
    """
    if is_static(source):
        return frozenset()
    return frozenset(_walk(read_template(source).nodes, view))


def _walk(nodes: Iterable[Node], view: RegionView) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Print):
            yield node.fact.text
        elif isinstance(node, Part):
            yield from facts_of_component(node.name.text, [word.text for word in node.arguments])
        elif isinstance(node, Block):
            if node.fact is not None:
                yield node.fact.text
            yield from _walk(node.body if _is_met(node, view) else node.otherwise, view)


def _is_met(block: Block, view: RegionView) -> bool:
    values = [value.text for value in block.values]
    if block.name == "region":
        return view.inside(*values)
    if block.name in DIMENSIONS:
        return view.about(block.name, *values)
    if block.fact is None or block.fact.text not in view.facts:
        return False
    return view.when(block.fact.text, *values) if block.name == "when" else view.has(block.fact.text)
