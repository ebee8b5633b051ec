"""A simulated team that edits the pages of a help center: every kind of edit that a history of real pages shows.

The team knows its pages as plain data: titles, headings, paragraphs, list items.  Each of these is one segment, so that what
has changed is known without asking the code under test.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

_VERBS = ("return", "cancel", "track", "change", "exchange", "repair", "send", "pay for", "keep", "open", "collect")
_NOUNS = (
    "order",
    "parcel",
    "invoice",
    "refund",
    "voucher",
    "lamp",
    "blanket",
    "account",
    "address",
    "label",
    "receipt",
)
_WHEN = (
    "after it was sent",
    "before it leaves the shop",
    "as soon as you have paid",
    "when it arrives",
    "on a working day",
)
_ADJECTIVES = (
    "new",
    "second",
    "last",
    "small",
    "whole",
    "missing",
    "damaged",
    "heavy",
    "early",
    "late",
    "paid",
    "open",
)
_SENTENCES = (
    "You can {verb} your {adjective} {noun} within {number} days, {when}",
    "Open `My {noun}s` and choose **{verb} {noun}** for the {adjective} {other}",
    "We send the {noun} back to the address of your {adjective} {other} {when}",
    "See [what happens to a {adjective} {noun}]({page}) if the {other} is {adjective2}",
    "The {adjective} {noun} costs {number} euros unless the {other} is {adjective2}",
    "We do not {verb} a {noun} that is {adjective} or {adjective2}",
    "Write to us {when} and tell us which {adjective} {noun} belongs to the {other}",
    "A {noun} without its {other} cannot be handled {when}",
    "Keep the {other} of the {noun} until the {adjective} {noun} is with you",
)

# The share of edits that take back the one before.
REVERTED = 0.1


@dataclass
class Block:
    """A piece of a page that is one segment."""

    kind: str
    text: str


@dataclass
class Draft:
    """A page as its editors think of it."""

    title: str
    summary: str
    blocks: list[Block]
    order: int = 0
    spacing: int = 1

    @property
    def texts(self) -> list[str]:
        """The texts that are translated."""
        return [self.title, self.summary, *(block.text for block in self.blocks)]

    def render(self) -> str:
        """Write the page as Markdown."""
        lines = ["---", f"title: {self.title}", f"summary: {self.summary}", f"order: {self.order}", "---"]
        for block in self.blocks:
            mark = {"heading": "## ", "item": "- ", "paragraph": ""}[block.kind]
            lines += [""] * self.spacing + [mark + block.text]
        return "\n".join([*lines, ""])


@dataclass
class Newsroom:
    """The team and its pages.

    Args:
        dice: decides everything.
        size: how many pages there are at first, and about as many later.
        pages: by path below the content folder.
    """

    dice: Random
    size: int
    pages: dict[str, Draft] = field(default_factory=dict)
    _binned: list[Block] = field(default_factory=list)
    _deleted: dict[str, Draft] = field(default_factory=dict)
    _before: list[dict[str, Draft]] = field(default_factory=list)
    _count: int = 0

    def __post_init__(self) -> None:
        """Write the first pages."""
        for _ in range(self.size):
            self.pages[self._new_path()] = self._new_page()

    def write(self, content: Path) -> set[str]:
        """Bring the files in step with what the team thinks; give the paths of those whose bytes are new."""
        content.mkdir(parents=True, exist_ok=True)
        changed: set[str] = set()
        for file in content.rglob("*.md"):
            if file.relative_to(content).as_posix() not in self.pages:
                file.unlink()
        for path, draft in self.pages.items():
            file, text = content / path, draft.render()
            if not file.exists() or file.read_text("utf-8") != text:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
                changed.add(path)
        return changed

    def edit(self) -> str:
        """Do one edit of a random kind; give its name."""
        before = copy.deepcopy(self.pages)
        while True:
            # People change their minds more often than any other single thing.
            kind = "revert an edit" if self.dice.random() < REVERTED else self.dice.choice(list(EDITS))
            EDITS[kind](self)
            if self.pages != before:
                break
        self._before = [*self._before[-3:], before]
        return kind

    def _new_path(self) -> str:
        self._count += 1
        return f"{self.dice.choice(['faq', 'guides'])}/page-{self._count}.md"

    def _new_page(self) -> Draft:
        blocks: list[Block] = []
        for _ in range(self.dice.randint(2, 3)):
            blocks.append(Block("heading", self.heading()))
            blocks += [self.block() for _ in range(self.dice.randint(2, 4))]
        return Draft(self.heading(), self.sentence(), blocks)

    def sentence(self) -> str:
        """Think of a sentence."""
        pick = self.dice.choice
        text = pick(_SENTENCES).format(
            verb=pick(_VERBS),
            noun=pick(_NOUNS),
            other=pick(_NOUNS),
            adjective=pick(_ADJECTIVES),
            adjective2=pick(_ADJECTIVES),
            when=pick(_WHEN),
            number=self.dice.randint(2, 60),
            page=f"page-{self.dice.randint(1, 20)}.md",
        )
        return text + "."

    def heading(self) -> str:
        """Think of a heading."""
        pick = self.dice.choice
        return f"{pick(_VERBS).capitalize()} a {pick(_ADJECTIVES)} {pick(_NOUNS)}"

    def block(self) -> Block:
        """Think of a paragraph or an item."""
        if self.dice.random() < 0.2:
            return Block("item", self.sentence())
        return Block("paragraph", " ".join(self.sentence() for _ in range(self.dice.randint(1, 3))))

    def page(self) -> Draft:
        """Take a page."""
        return self.pages[self.dice.choice(sorted(self.pages))]

    def body(self, *kinds: str) -> Block:
        """Take a block of some kinds; a new one, which stands nowhere, where the page has none."""
        return self.dice.choice([one for one in self.page().blocks if one.kind in kinds] or [self.block()])

    def replace(self, block: Block, pattern: str, new: Callable[[re.Match[str]], str]) -> None:
        """Replace one match of a pattern."""
        matches = list(re.finditer(pattern, block.text))
        if matches:
            match = self.dice.choice(matches)
            block.text = block.text[: match.start()] + new(match) + block.text[match.end() :]

    def insert(self, page: Draft, block: Block) -> None:
        """Put a block somewhere into a page."""
        page.blocks.insert(self.dice.randint(1, max(len(page.blocks), 1)), block)

    # The kinds of edits.

    def change_digits(self) -> None:
        self.replace(self.body("paragraph", "item"), r"\d+ ", lambda m: f"{int(m[0]) + self.dice.randint(1, 9)} ")

    def reword_lightly(self) -> None:
        words = [*_ADJECTIVES, *_NOUNS]
        self.replace(self.body("paragraph", "item"), rf"\b({'|'.join(words)})\b", lambda _: self.dice.choice(words))

    def reword_heavily(self) -> None:
        self.body("paragraph", "item").text = " ".join(self.sentence() for _ in range(2))

    def fix_a_typo(self) -> None:
        self.replace(self.body("paragraph", "item"), r"\b[a-z]{4,}\b", lambda m: m[0][0] + m[0][2] + m[0][1] + m[0][3:])

    def change_a_link(self) -> None:
        self.replace(self.body("paragraph", "item"), r"\(page-\d+", lambda _: f"(page-{self.dice.randint(21, 60)}")

    def add_a_negation(self) -> None:
        self.replace(
            self.body("paragraph", "item"), r"\bcan \b|\bdo not \b", lambda m: {"can ": "cannot "}.get(m[0], "do ")
        )

    def swap_sentences(self) -> None:
        block = self.body("paragraph")
        sentences = re.findall(r"[^.]+(?:\.md[^.]*)*\.", block.text)
        block.text = " ".join(one.strip() for one in reversed(sentences))

    def change_a_heading(self) -> None:
        self.body("heading").text = self.heading()

    def change_front_matter(self) -> None:
        page = self.page()
        if self.dice.random() < 0.5:
            page.order += 1
        else:
            page.summary = self.sentence()

    def change_whitespace(self) -> None:
        page = self.page()
        page.spacing = 3 - page.spacing

    def add_a_paragraph(self) -> None:
        self.insert(self.page(), self.block())

    def remove_a_paragraph(self) -> None:
        page = self.page()
        if len(page.blocks) > 3:
            self._binned.append(page.blocks.pop(self.dice.randrange(1, len(page.blocks))))

    def restore_a_paragraph(self) -> None:
        if self._binned:
            self.insert(self.page(), self._binned.pop(self.dice.randrange(len(self._binned))))

    def copy_a_paragraph(self) -> None:
        self.insert(self.page(), copy.copy(self.body("paragraph")))

    def move_within_a_page(self) -> None:
        page = self.page()
        self.insert(page, page.blocks.pop(self.dice.randrange(len(page.blocks))))

    def move_between_pages(self) -> None:
        page = self.page()
        if len(page.blocks) > 3:
            self.insert(self.page(), page.blocks.pop(self.dice.randrange(1, len(page.blocks))))

    def move_and_reword(self) -> None:
        page = self.page()
        if len(page.blocks) > 3:
            block = page.blocks.pop(self.dice.randrange(1, len(page.blocks)))
            self.replace(block, rf"\b({'|'.join(_ADJECTIVES)})\b", lambda _: self.dice.choice(_ADJECTIVES))
            self.insert(self.page(), block)

    def split_a_paragraph(self) -> None:
        page = self.page()
        place = self.dice.randrange(len(page.blocks))
        head, mark, tail = page.blocks[place].text.partition(". ")
        if mark and page.blocks[place].kind == "paragraph":
            page.blocks[place : place + 1] = [Block("paragraph", head + "."), Block("paragraph", tail)]

    def join_paragraphs(self) -> None:
        page = self.page()
        place = self.dice.randrange(len(page.blocks) - 1)
        first, second = page.blocks[place : place + 2]
        if first.kind == second.kind == "paragraph":
            page.blocks[place : place + 2] = [Block("paragraph", f"{first.text} {second.text}")]

    def rename_a_page(self) -> None:
        self.pages[self._new_path()] = self.pages.pop(self.dice.choice(sorted(self.pages)))

    def rename_and_edit(self) -> None:
        old, new = self.dice.choice(sorted(self.pages)), self._new_path()
        page = self.pages[new] = self.pages.pop(old)
        for block in page.blocks[:2]:
            self.replace(block, rf"\b({'|'.join(_NOUNS)})\b", lambda _: self.dice.choice(_NOUNS))

    def split_a_page(self) -> None:
        page = self.page()
        if len(page.blocks) > 7:
            half = len(page.blocks) // 2
            self.pages[self._new_path()] = Draft(self.heading(), self.sentence(), page.blocks[half:])
            page.blocks = page.blocks[:half]

    def join_pages(self) -> None:
        if len(self.pages) > self.size * 2 / 3:
            page = self.pages.pop(self.dice.choice(sorted(self.pages)))
            self.page().blocks.extend(page.blocks)

    def delete_a_page(self) -> None:
        if len(self.pages) > self.size * 2 / 3:
            path = self.dice.choice(sorted(self.pages))
            self._deleted[path] = self.pages.pop(path)

    def restore_a_page(self) -> None:
        if self._deleted:
            path = self.dice.choice(sorted(self._deleted))
            self.pages[path] = self._deleted.pop(path)

    def write_a_page(self) -> None:
        if len(self.pages) < self.size * 5 / 4:
            self.pages[self._new_path()] = self._new_page()

    def revert_an_edit(self) -> None:
        if self._before:
            self.pages = copy.deepcopy(self._before.pop())


_OTHER = {"write", "edit", "sentence", "heading", "block", "page", "body", "replace", "insert"}
EDITS: dict[str, Callable[[Newsroom], None]] = {
    name.replace("_", " "): method
    for name, method in vars(Newsroom).items()
    if not name.startswith("_") and callable(method) and name not in _OTHER
}
