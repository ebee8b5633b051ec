"""Links of a page, with their offsets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from helpcenter.content.inline import destination, find_opaque

if TYPE_CHECKING:
    from helpcenter.content.slices import Blocks


class Link(NamedTuple):
    """A link or an image.

    Args:
        target: the address as written, without angle brackets and title.
        start: offset of the address in the source.
        end: offset behind it.
        kind: of what it is the address.
    """

    target: str
    start: int
    end: int
    kind: Literal["link", "image"]


def find_links(source: str, blocks: Blocks) -> tuple[Link, ...]:
    """Find Markdown links, images and reference definitions outside of code, in the order of the source.

    Args:
        source: the text of a page.
        blocks: what :func:`scan_blocks` found in it; front matter holds no links.
    """
    links = [Link(source[d.start : d.end], d.start, d.end, "link") for d in blocks.definitions]
    for part in blocks.slices:
        links += _links_in(source, part.pieces[0][0], part.pieces[-1][1])
    return tuple(sorted(links, key=lambda link: link.start))


def _links_in(source: str, start: int, end: int) -> list[Link]:
    text = source[start:end]
    if "](" not in text:
        return []
    links: list[Link] = []
    opened: list[bool] = []
    position = 0
    for part in find_opaque(text):
        _track(text[position : part.start], opened)
        position = part.end
        if part.kind in {"target", "reference"}:
            # An escaped bracket opens nothing, so its partner closes nothing.
            image = opened.pop() if opened else None
            if part.kind == "target" and image is not None:
                target, offset = destination(part.text)
                first = start + part.start + offset
                links.append(Link(target, first, first + len(target), "image" if image else "link"))
    return links


def _track(text: str, opened: list[bool]) -> None:
    """Note which brackets are open, and whether an exclamation mark makes each an image."""
    for index, char in enumerate(text):
        if char == "[":
            opened.append(text[max(index - 1, 0)] == "!" and index > 0)
        elif char == "]" and opened:
            opened.pop()
