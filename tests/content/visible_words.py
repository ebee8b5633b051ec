"""What a reader of rendered Markdown sees, and which words of it no segment holds."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from helpcenter.content import MarkdownConfig, Page, Renderer, assemble
from helpcenter.content.blocks import scan_blocks
from helpcenter.content.frontmatter import FrontMatter
from helpcenter.content.inline import find_opaque
from helpcenter.content.rawhtml import WORDY, find_wordy_values
from helpcenter.content.segments import make_segments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from helpcenter.content import Segment

# Elements whose content is no text for people.
SILENT = {"code", "kbd", "math", "pre", "script", "style", "svg", "textarea"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class VisibleText(HTMLParser):
    """Collects what a reader of rendered HTML sees or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if not self._silent and values.get("class") not in {"headerlink", "footnote-backref", "twemoji", "emojione"}:
            self.texts += [value for name, value in attrs if name in WORDY and value]
        silent = tag in SILENT or values.get("translate") == "no" or "arithmatex" in (values.get("class") or "")
        if (self._silent or silent) and tag not in VOID:
            self._silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


# Names that rendering gives what has none.
GIVEN = {"Abstract", "Bug", "Danger", "Example", "Failure", "Footnote", "Info", "Note", "Question", "Quote", "Success"}
GIVEN |= {"Tip", "Warning", "Permanent", "link"}
# Addresses, facts, attribute lists that belong to nothing, labels of references that other pages define.
ADDRESS = re.compile(r"https?:\S+|www\.\S+|\S+@\S+|\{[{%].*?[%}]\}|\{[:\s.#].*?\}|(?<=\])\s?\[[^\]]*\]", re.DOTALL)


def visible_words(html: str) -> set[str]:
    reader = VisibleText()
    reader.feed(html)
    reader.close()
    text = ADDRESS.sub(" ", "\n".join(reader.texts))
    return {word for word in re.findall(r"[^\W\d_]{2,}", text) if word.strip("ж")} - GIVEN


LETTER = re.compile(r"[^\W\d_]")
TITLE = re.compile(r"""(?<=[\s"'])(["'])(.*)\1\s*\)\Z""", re.DOTALL)


def in_other_letters(segment: Segment) -> str:
    """Translate into a language of one letter, with all markup kept."""
    parts, position = [], 0
    for part in [*find_opaque(segment.text), None]:
        parts.append(LETTER.sub("ж", segment.text[position : part.start if part else None]))
        if part:
            # The titles of links and of tags are words as well.
            title = TITLE.search(part.text) if part.kind == "target" else None
            spans = [title.span(2)] if title else find_wordy_values(part.text, 0, len(part.text))
            text = part.text
            for start, end in spans:
                text = text[:start] + LETTER.sub("ж", text[start:end]) + text[end:]
            parts.append(text)
            position = part.end
    return "".join(parts)


def untranslated(source: str, renderer: Renderer) -> set[str]:
    """Give the visible words that stay when all segments are translated."""
    source = re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.DOTALL)
    segments = make_segments(source, [], scan_blocks(source).slices)
    meta = FrontMatter(title="T", type="guide")
    page = Page("guides/page.md", "content/guides/page.md", source, meta, 0, segments)
    return visible_words(renderer.render(assemble(page, in_other_letters)).html)


def material_renderer(extensions: Sequence[str], configs: Mapping[str, Mapping[str, Any]]) -> Renderer:
    """Render all that Material documents."""
    more = ("arithmatex", "blocks.definition", "blocks.details", "blocks.html", "blocks.tab", "critic", "smartsymbols")
    mermaid = {"name": "mermaid", "class": "mermaid", "format": "pymdownx.superfences.fence_code_format"}
    all_configs = {
        **configs,
        "pymdownx.arithmatex": {"generic": True},
        "pymdownx.blocks.tab": {"alternate_style": True},
        "pymdownx.superfences": {"custom_fences": [mermaid]},
    }
    all_extensions = (*extensions, *(f"pymdownx.{name}" for name in more))
    return Renderer(MarkdownConfig(all_extensions, all_configs), highlight=False)
