"""The forms in which sealed markup travels: masks as they are, or tags where a service keeps tags.

Requests hold masks (``__PH0__``).  A service that knows markup moves a tag with the words around it and translates nothing
of it, where a mask is a foreign word that an engine may bend.  In tags, each text also stands in a frame that bears a name
of this request alone: an answer that comes back in another frame is another text's.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Protocol

from helpcenter.translate.masks import MASK

_NUMBER = re.compile(r"\d+")
# Source: https://www.w3.org/TR/xml/#charsets
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class MarkupError(ValueError):
    """A text cannot be written in a form, or what came back cannot be read."""


class Form(Protocol):
    """A way to write masks; reading what was written gives the text again."""

    @property
    def style(self) -> str:
        """``mask``, ``xml`` or ``html``."""

    @property
    def named(self) -> bool:
        """Whether a text bears its name on the way."""

    def write(self, text: str, name: str) -> str:
        """Write a text with masks.

        Raises:
            MarkupError: it holds what the form cannot say.
        """

    def read(self, answer: str) -> tuple[str, str]:
        """Give the name, empty where texts bear none, and the text with masks.

        Raises:
            MarkupError: it is not of this form.
        """


@dataclass(frozen=True, slots=True)
class Plain:
    """Masks stay masks."""

    style: str = "mask"
    named: bool = False

    def write(self, text: str, name: str) -> str:  # noqa: ARG002 - a plain text bears none
        """Give the text."""
        return text

    def read(self, answer: str) -> tuple[str, str]:
        """Give the answer."""
        return "", answer


@dataclass(frozen=True, slots=True)
class Tags:
    """Masks become tags within a frame.

    Args:
        style: ``xml`` or ``html``.
        frame: the element around the text, with ``{name}`` and ``{text}``.
        mask: the element for a mask, with ``{number}``.
        key: the attribute that holds name and number.
        transparent: further elements that may stand around words.
    """

    style: str
    frame: str
    mask: str
    key: str
    transparent: frozenset[str] = frozenset()
    named: bool = True

    def write(self, text: str, name: str) -> str:
        """Write ``&``, ``<`` and ``>`` as references, masks as elements, and the frame around them."""
        return self.frame.format(name=name, text=self.write_words(text))

    def write_words(self, text: str) -> str:
        """Write a text, or a part of one, without its frame.

        Raises:
            MarkupError: XML has no such character.
        """
        if self.style == "xml" and _NO_XML.search(text):
            raise MarkupError("the text holds a control character")
        escaped = html.escape(text, quote=False)
        if self.style == "xml":
            # A parser makes a line feed of it otherwise.
            escaped = escaped.replace("\r", "&#13;")
        return MASK.sub(lambda match: self.mask.format(number=_NUMBER.findall(match.group())[0]), escaped)

    def read(self, answer: str) -> tuple[str, str]:
        """Give the name of the frame and the text within it, words outside included."""
        reader = _Reader(self)
        reader.feed(answer)
        reader.close()
        if reader.name is None or reader.foreign:
            raise MarkupError("the answer has other tags")
        return reader.name, "".join(reader.parts)


def _tag(element: str) -> str:
    return element[1:].partition(" ")[0]


class _Reader(HTMLParser):
    """Reads both forms: what of XML is sent and comes back, HTML's rules read alike."""

    def __init__(self, form: Tags) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.name: str | None = None
        self.foreign = False
        self._form = form
        self._frame, self._mask = _tag(form.frame), _tag(form.mask)
        self._within = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        value = dict(attrs).get(self._form.key)
        if self._within:
            self._within += tag == self._mask
        elif tag == self._mask and value is not None and value.isascii() and value.isdigit():
            self.parts.append(f"__PH{int(value)}__")
            self._within = 1
        elif tag == self._frame and value:
            self.foreign |= self.name not in {None, value}
            self.name = value
        elif not (tag in self._form.transparent and value is None):
            self.foreign = True

    def handle_endtag(self, tag: str) -> None:
        if self._within and tag == self._mask:
            self._within -= 1

    def handle_data(self, data: str) -> None:
        # What stands in a mask's element is its number, for engines that drop an empty one.
        if not self._within:
            self.parts.append(data)

    def handle_comment(self, data: str) -> None:  # noqa: ARG002 - HTMLParser's signature
        self.foreign = True

    def handle_decl(self, decl: str) -> None:  # noqa: ARG002 - as above
        self.foreign = True

    def handle_pi(self, data: str) -> None:  # noqa: ARG002 - as above
        self.foreign = True

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002 - as above
        self.foreign = True
