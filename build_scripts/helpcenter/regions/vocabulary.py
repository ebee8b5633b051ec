"""The static check of pages: every name they use is known, and no page shows what a region does not have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from helpcenter.content.frontmatter import Audience, PageType, Topic
from helpcenter.diagnostics import suggest
from helpcenter.regions.components import COMPARED, COMPARED_CHOICES, COMPONENTS, facts_of_component
from helpcenter.regions.facts import SILENT_TYPES, is_any_of
from helpcenter.regions.nodes import Block, Part, Print, Problem
from helpcenter.regions.settings import ANYWHERE, DIMENSIONS, Setting
from helpcenter.regions.template import is_static, read_template
from helpcenter.regions.view import FILTER_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from helpcenter.diagnostics import Finding
    from helpcenter.regions.facts import Fact, FactSpec
    from helpcenter.regions.nodes import Node, Span
    from helpcenter.regions.tree import Regions

WORDS: Mapping[str, Sequence[str]] = {
    "audience": get_args(Audience),
    "page_type": get_args(PageType),
    "topic": get_args(Topic),
}
"""What block tags and conditions may ask of a page."""

Served = dict[str, "Mapping[str, Fact]"]


def check_template(
    name: str,
    source: str,
    regions: Regions,
    view_ids: Iterable[str],
    on: date,
    *,
    start: int = 0,
    setting: Setting = ANYWHERE,
) -> list[Finding]:
    """Check the facts, tags and filters of a page before any locale renders it.

    The check follows every branch with the regions that can reach it: a fact that is null in Switzerland may be shown
    inside ``{% has %}`` of it, inside ``{% region "EU" %}``, or in the ``else`` of ``{% region "CH" %}``.

    Args:
        name: of the page, for findings.
        source: the whole page.
        regions: all regions.
        view_ids: ids of the regions whose locales show the page; unknown ones are left out.
        on: the build date.
        start: offset from which to check, such as the end of the front matter.
        setting: the page, as far as facts and block tags ask.

    Returns:
        all findings, in the order of the page.
    """
    if is_static(source):
        return []
    template = read_template(source, start)
    checker = _Checker(regions, list(template.problems), setting)
    served = {
        region: regions.resolve(region, on, setting) for region in dict.fromkeys(view_ids) if region in regions.tree
    }
    checker.walk(template.nodes, served)
    return [
        problem.at(name, source)
        for problem in sorted(checker.problems, key=lambda problem: (problem.start, problem.end))
    ]


@dataclass
class _Checker:
    regions: Regions
    problems: list[Problem]
    setting: Setting

    def walk(self, nodes: Sequence[Node], served: Served) -> None:
        for node in nodes:
            if isinstance(node, Print):
                self._print(node, served)
            elif isinstance(node, Part):
                self._part(node)
            elif isinstance(node, Block):
                condition = self._block(node)
                self.walk(node.body, {region: facts for region, facts in served.items() if condition(region, facts)})
                self.walk(
                    node.otherwise, {region: facts for region, facts in served.items() if not condition(region, facts)}
                )

    def _add(self, code: str, message: str, span: Span, help_: str = "", label: str = "") -> None:
        self.problems.append(Problem(code, message, span.start, span.end, help_, label))

    def _spec(self, fact: Span) -> FactSpec | None:
        spec = self.regions.registry.get(fact.text)
        if spec is None:
            help_ = f"facts are defined in {self.regions.folder}/facts.yml"
            label = suggest(fact.text, self.regions.registry)
            self._add("region-unknown-fact", f"there is no fact '{fact.text}'", fact, help_, label)
        return spec

    def _print(self, node: Print, served: Served) -> None:
        spec = self._spec(node.fact)
        for name in node.filters:
            if name.text not in FILTER_TYPES:
                help_ = "filters: " + ", ".join(FILTER_TYPES)
                self._add(
                    "region-unknown-filter",
                    f"there is no filter '{name.text}'",
                    name,
                    help_,
                    suggest(name.text, FILTER_TYPES),
                )
            elif spec is not None and spec.type not in SILENT_TYPES | FILTER_TYPES[name.text]:
                help_ = f"it takes: {', '.join(sorted(FILTER_TYPES[name.text]))}"
                self._add("region-filter-type", f"the filter '{name.text}' does not take a {spec.type}", name, help_)
        if spec is None:
            return
        if spec.type in SILENT_TYPES:
            message = f"{spec.id} is a {spec.type}: it decides what is shown and is not shown itself"
            tag = f'{{% when {spec.id} "{spec.choices[0]}" %}}' if spec.choices else f"{{% has {spec.id} %}}"
            self._add("region-unprintable", message, node.whole, f"ask for it with {tag}")
            return
        empty = sorted(region for region, facts in served.items() if spec.id in facts and facts[spec.id].value is None)
        if empty:
            help_ = f"put it between {{% has {spec.id} %}} and {{% endhas %}}, and say in {{% else %}} what holds there"
            self._add("region-null-printed", f"{spec.id} has no value in {', '.join(empty)}", node.whole, help_)

    def _part(self, part: Part) -> None:
        """Check a component; that some of its facts are null somewhere is no fault: it says so itself."""
        name = part.name.text
        component = COMPONENTS.get(name)
        if component is None:
            help_ = "components: " + ", ".join(sorted(COMPONENTS))
            message = f"there is no component '{name}'"
            self._add("region-unknown-component", message, part.name, help_, suggest(name, COMPONENTS))
        elif component.takes_facts:
            self._facts_of(part)
        elif part.arguments:
            message = f"'{name}' takes nothing behind its name"
            self._add("region-component-arguments", message, part.arguments[0], f'write {{% component "{name}" %}}')
        elif self.regions.registry.keys().isdisjoint(facts_of_component(name, ())):
            help_ = "it shows: " + ", ".join(component.facts)
            self._add("region-component-facts", f"none of the facts of '{name}' is in the registry", part.name, help_)

    def _facts_of(self, part: Part) -> None:
        name = part.name.text
        if not part.arguments:
            help_ = f'write their ids behind it: {{% component "{name}" "delivery.standard.days" %}}'
            self._add("region-component-arguments", f"'{name}' needs the facts to show", part.name, help_)
        for fact in part.arguments:
            spec = self._spec(fact)
            if spec is None:
                continue
            if not spec.label:
                message = f"{spec.id} has no name for customers"
                help_ = f"add 'label: {{en: …}}' to it in {self.regions.folder}/facts.yml"
                self._add("region-component-arguments", message, fact, help_)
            elif spec.type not in COMPARED and spec.id not in COMPARED_CHOICES:
                message = f"{spec.id} is a {spec.type}, for which a table has no words"
                self._add("region-component-arguments", message, fact, "types: " + ", ".join(sorted(COMPARED)))

    def _block(self, block: Block) -> Callable[[str, Mapping[str, Fact]], bool]:
        """Check a block's own tag; give what tells whether a region sees its body."""
        values = {value.text for value in block.values}
        if block.name == "region":
            self._regions_of(block)
            return lambda region, _facts: not values.isdisjoint(self.regions.chain(region))
        if block.name in DIMENSIONS:
            self._words_of(block, WORDS[block.name])
            is_here = self.setting.is_in(block.name, values)
            return lambda _region, _facts: is_here
        if block.fact is None:
            return lambda _region, _facts: True
        fact_id = block.fact.text
        spec = self._spec(block.fact)
        if block.name == "has":
            return lambda _region, facts: fact_id in facts and facts[fact_id].holds
        if spec is not None:
            self._choices_of(block, block.fact, spec)
        return lambda _region, facts: fact_id in facts and is_any_of(facts[fact_id], values)

    def _words_of(self, block: Block, known: Sequence[str]) -> None:
        for value in block.values:
            if value.text not in known:
                message = f"'{value.text}' is nothing that '{block.name}' can ask for"
                help_ = "it can ask for: " + ", ".join(known)
                self._add("region-unknown-condition", message, value, help_, suggest(value.text, known))

    def _regions_of(self, block: Block) -> None:
        for value in block.values:
            if value.text not in self.regions.tree:
                help_ = "regions: " + ", ".join(sorted({*self.regions.entries}))
                label = suggest(value.text, self.regions.tree)
                self._add("region-unknown-region", f"there is no region '{value.text}'", value, help_, label)

    def _choices_of(self, block: Block, fact: Span, spec: FactSpec) -> None:
        if not spec.choices:
            self._add(
                "region-not-a-choice",
                f"{spec.id} is a {spec.type}, not a choice",
                fact,
                f"ask with {{% has {spec.id} %}}",
            )
            return
        for value in block.values:
            if value.text not in spec.choices:
                help_ = "choices: " + ", ".join(spec.choices)
                message = f"'{value.text}' is no choice of {spec.id}"
                self._add("region-unknown-choice", message, value, help_, suggest(value.text, spec.choices))
