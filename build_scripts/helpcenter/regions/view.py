"""What the pages of one locale see, and pages as they see them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from helpcenter.diagnostics import HelpcenterError, suggest
from helpcenter.regions.components import COMPONENTS
from helpcenter.regions.facts import LIST_TYPES, SILENT_TYPES, is_any_of, nearest_text
from helpcenter.regions.nodes import Block, Part, Print, Problem, Text
from helpcenter.regions.settings import ANYWHERE, Setting
from helpcenter.regions.template import is_static, read_template

if TYPE_CHECKING:
    from collections.abc import Iterable

    from helpcenter.regions.facts import Carrier, Fact, Method

FILTER_TYPES: Mapping[str, frozenset[str]] = {
    "duration": frozenset({"duration"}),
    "money": frozenset({"money"}),
    "percent": frozenset({"percent"}),
    "date": frozenset({"date"}),
    "country": frozenset({"country", "territory"}),
    "list": LIST_TYPES - SILENT_TYPES,
    "dative": frozenset({"duration"}),
    "genitive": frozenset({"duration"}),
    "plain": frozenset({"text", "url", "duration", "money", "percent", "number", "date", "currency", "country"})
    | {"territory", "carrier", "hours", "languages", "methods"},
}
"""Every filter a page may use, and the types of facts it takes."""

_CASES = frozenset({"dative", "genitive"})


class RenderError(Exception):
    """A fact that cannot be shown; carries what a finding says, without its place."""

    def __init__(self, code: str, message: str, help_: str = "", label: str = "") -> None:
        """Keep code, message, help and label."""
        super().__init__(message)
        self.problem = (code, message, help_, label)


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact on its way through filters."""

    fact: Fact
    view: RegionView
    markup: bool
    case: str = ""
    plain: bool = False

    def __str__(self) -> str:
        """Write the value for the page."""
        from helpcenter.regions.formats import escape_markdown, format_fact  # noqa: PLC0415 - Babel costs 40 ms

        text = format_fact(self.fact, self.view.tag, self.view.methods, self.case, self.view.carriers)
        if self.plain:
            return text.translate({0x2068: None, 0x2069: None, 0x200E: None, 0x200F: None})
        return escape_markdown(text) if self.markup else text


def _filter(name: str) -> Callable[[Shown], Shown]:
    def apply(shown: Shown) -> Shown:
        if shown.fact.type not in FILTER_TYPES[name]:
            raise RenderError("region-filter-type", f"the filter '{name}' does not take a {shown.fact.type}")
        return replace(shown, case=name if name in _CASES else shown.case, plain=shown.plain or name == "plain")

    return apply


FILTERS: Mapping[str, Callable[[Shown], Shown]] = {name: _filter(name) for name in FILTER_TYPES}


@dataclass(frozen=True)
class RegionView:
    """What one page of one locale sees.

    Args:
        region: id.
        facts: of the region on the build date.
        tag: language tag of the locale.
        methods: payment methods, by id.
        ancestors: the region and all that contain it.
        carriers: carriers, by id.
        labels: fact id → language tag → what customers call the fact; only those that have a label.
        setting: the page, as far as facts and block tags ask.
    """

    region: str
    facts: Mapping[str, Fact]
    tag: str
    methods: Mapping[str, Method]
    ancestors: frozenset[str]
    carriers: Mapping[str, Carrier] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    setting: Setting = ANYWHERE
    _written: dict[tuple[str, bool], str] = field(default_factory=dict, repr=False, compare=False)

    def has(self, fact: str) -> bool:
        """Tell whether the fact is there and is not "no"."""
        return self._get(fact).holds

    def when(self, fact: str, *values: str) -> bool:
        """Tell whether the fact is one of the values, or holds one of them where it is a list."""
        return is_any_of(self._get(fact), values)

    def label(self, fact: str) -> str:
        """Give what customers call a fact, in their language as far as somebody said it; its id where nobody did."""
        return nearest_text(self.labels[fact], self.tag)[0] if fact in self.labels else fact

    def inside(self, *regions: str) -> bool:
        """Tell whether the region is one of these or lies inside one."""
        return not self.ancestors.isdisjoint(regions)

    def about(self, dimension: str, *values: str) -> bool:
        """Tell whether the page is for one of some audiences, of one of some types, or about one of some topics."""
        return self.setting.is_in(dimension, values)

    def write(self, expression: str, *, markup: bool = True) -> str:
        """Write a fact, with filters if any, for the locale's readers.

        Args:
            expression: such as ``returns.window`` or ``contact.email | plain``.
            markup: whether the text goes into Markdown, where active characters are escaped; else it is plain text.

        Raises:
            RenderError: the fact is unknown, has no value or cannot be shown.
        """
        from helpcenter.regions.engine import show  # noqa: PLC0415 - Jinja costs 90 ms

        key = (expression, markup)
        if key not in self._written:
            for name in (part.strip() for part in expression.split("|")[1:]):
                if name not in FILTER_TYPES:
                    raise RenderError(
                        "region-unknown-filter", f"there is no filter '{name}'", label=suggest(name, FILTER_TYPES)
                    )
            self._written[key] = show(expression, _Context(self, markup=markup))
        return self._written[key]

    def fingerprint(self, ids: Iterable[str] | None = None) -> str:
        """Give a hash of everything the view adds to a page: it changes when, and only when, a fact that is shown does.

        Args:
            ids: the facts a page uses (:func:`used_facts`); all of them when None.
        """
        names = sorted(self.facts if ids is None else set(ids) & set(self.facts))
        state = [self.region, self.tag, *sorted(self.ancestors)]
        for name in names:
            fact = self.facts[name]
            value = fact.value
            if isinstance(value, Mapping):
                value = nearest_text(value, self.tag)[0]
            state += [name, repr(value)]
            if fact.type == "methods" and isinstance(value, tuple):
                state += [repr(self.methods[key]) for key in value if isinstance(key, str)]
            if fact.type == "carrier" and isinstance(value, str):
                state.append(repr(self.carriers[value]))
            if name in self.labels:
                state.append(self.label(name))
        return hashlib.sha256("\0".join(state).encode()).hexdigest()

    def _get(self, fact: str) -> Fact:
        if fact not in self.facts:
            raise RenderError(
                "region-unknown-fact", f"there is no fact '{fact}' in {self.region}", label=suggest(fact, self.facts)
            )
        return self.facts[fact]


@dataclass(frozen=True, slots=True)
class _Context:
    view: RegionView
    markup: bool = True

    def has(self, fact: str) -> bool:
        return self.view.has(fact)

    def when(self, fact: str, *values: str) -> bool:
        return self.view.when(fact, *values)

    def inside(self, *regions: str) -> bool:
        return self.view.inside(*regions)

    def about(self, dimension: str, *values: str) -> bool:
        return self.view.about(dimension, *values)

    def fact(self, fact: str) -> Shown:
        found = self.view._get(fact)  # noqa: SLF001 - the context is the view's own
        if found.type in SILENT_TYPES:
            raise RenderError(
                "region-unprintable", f"{fact} is a {found.type}: it decides what is shown and is not shown itself"
            )
        if found.value is None:
            help_ = f"put it between {{% has {fact} %}} and {{% endhas %}}"
            raise RenderError("region-null-printed", f"{fact} has no value in {self.view.region}", help_)
        return Shown(found, self.view, self.markup)


Draw = Callable[[str, tuple[str, ...]], str]
"""What draws a component: its name and its arguments → HTML without blank lines."""

_BLANK_END = re.compile(r"\n[ \t]*\r?\n[ \t]*\Z")
_BLANK_START = re.compile(r"\A(?:[ \t]*\r?\n)+")
_BLANK_TAIL = re.compile(r"(\r?\n)(?:[ \t]*\r?\n)+\Z")


def render_template(source: str, view: RegionView, *, name: str, markup: bool = True, draw: Draw | None = None) -> str:
    """Write a page as a view sees it.

    Block tags vanish with their lines; where one stood, no more than one blank line is left. Line ends stay as they
    are. A component gives way to its HTML.

    Args:
        source: Markdown, or a text of the front matter.
        view: of the locale.
        name: of the page, for findings.
        markup: False for plain text (titles, answers): values are then written without Markdown escapes.
        draw: draws components; without it their tags vanish like those of blocks.

    Raises:
        HelpcenterError: what :func:`check_template` would have said, as far as this view meets it.
    """
    if is_static(source):
        return source
    template = read_template(source)
    if template.problems:
        raise HelpcenterError(*(problem.at(name, source) for problem in template.problems))
    from helpcenter.regions.engine import choose_runs  # noqa: PLC0415 - Jinja costs 90 ms

    problems: list[Problem] = []
    try:
        runs = choose_runs(source, _Context(view))
    except RenderError as error:
        raise HelpcenterError(_problem_of_block(error, template.nodes).at(name, source)) from error
    texts = ("".join(_write(node, view, markup, problems, draw) for node in run) for run in runs)
    written = _join(texts, after_tag=isinstance(template.nodes[0], Block))
    if problems:
        raise HelpcenterError(*(problem.at(name, source) for problem in problems))
    return _BLANK_TAIL.sub(r"\1", written) if isinstance(template.nodes[-1], Block) else written


def _join(texts: Iterable[str], *, after_tag: bool) -> str:
    """Join the texts between the lines of tags; ``after_tag`` says whether the page begins with one."""
    parts: list[str] = []
    tail = ""
    for text in texts:
        blank = _BLANK_END.search(tail) if parts else after_tag
        kept = _BLANK_START.sub("", text) if blank else text
        if kept:
            parts.append(kept)
            tail = (tail + kept)[-200:]
    return "".join(parts)


def _write(
    node: Text | Print | Part,
    view: RegionView,
    markup: bool,  # noqa: FBT001 - passed through
    problems: list[Problem],
    draw: Draw | None,
) -> str:
    if isinstance(node, Text):
        return node.text
    if isinstance(node, Part):
        return _draw(node, draw, problems)
    try:
        return view.write(node.expression, markup=markup)
    except RenderError as error:
        code, message, help_, label = error.problem
        problems.append(Problem(code, message, node.whole.start, node.whole.end, help_, label))
        return ""


def _draw(part: Part, draw: Draw | None, problems: list[Problem]) -> str:
    name = part.name
    if name.text not in COMPONENTS:
        message = f"there is no component '{name.text}'"
        label = suggest(name.text, COMPONENTS)
        problems.append(Problem("region-unknown-component", message, name.start, name.end, label=label))
        return ""
    return f"{draw(name.text, tuple(word.text for word in part.arguments))}\n" if draw is not None else ""


def _problem_of_block(error: RenderError, nodes: Iterable[object]) -> Problem:
    """Find the block whose fact is not there."""
    code, message, help_, label = error.problem
    for node in nodes:
        if not isinstance(node, Block):
            continue
        if node.fact is not None and f"'{node.fact.text}'" in message:
            return Problem(code, message, node.fact.start, node.fact.end, help_, label)
        inner = _problem_of_block(error, [*node.body, *node.otherwise])
        if inner.end:
            return inner
    return Problem(code, message, 0, 0, help_, label)
