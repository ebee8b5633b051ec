"""Look for pages and translations that break what must hold for all; the same seed gives the same cases.

    python tests/benchmarks/fuzz.py --seconds 1200
    python tests/benchmarks/fuzz.py --seed 1234 --cases 1

Each failure is printed with its seed and made as small as leaving things out can make it.  What was found and mended is
a golden case; the length of the last run stands in ``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from corpus_pages import CONFIG, corpus_files, corpus_page
from fuzz_pieces import BLOCKS, HOSTILE, PIECES
from helpcenter.content import Renderer, assemble, placeholders, seal, skeleton_difference, unseal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from helpcenter.content import Page

Check = tuple[str, list[str], "Callable[[Sequence[str]], str]"]


@cache
def renderer() -> Renderer:
    return Renderer(CONFIG, highlight=False)


@cache
def corpus_blocks() -> tuple[str, ...]:
    """Give the blocks of a fixed part of the corpora."""
    sources = (file.read_bytes().decode("utf-8") for file in corpus_files()[::7])
    return tuple(block for source in sources for block in source.split("\n\n"))


def check_any_page(parts: Sequence[str]) -> str:
    """Check what holds for every text: cut, put back, sealed, translated."""
    source = "".join(parts)
    page = corpus_page("guides/page.md", source)
    ends = [(segment.start, segment.end) for segment in page.segments]
    if any(end > start for (_, end), (start, _) in pairwise(ends)):
        return "segments overlap"
    if assemble(page, lambda segment: segment.text) != source:
        return "the identity is not the source"
    for segment in page.segments:
        sealed = seal(segment.text, page.labels)
        if unseal(sealed.text, sealed.tokens) != segment.text:
            return f"unsealing does not restore {segment.text!r}"
    # A few of them each time; which ones depends on nothing but the page.
    for text in HOSTILE[len(source) % 19 :: 19]:
        corpus_page("guides/page.md", assemble(page, lambda _, text=text: text))
    return ""


def check_plain_translation(parts: Sequence[str]) -> str:
    """Check that words with hostile characters stay words: the last part is the translation of every word."""
    *blocks, translation = parts
    source = "\n\n".join(blocks) + "\n"
    page = corpus_page("guides/page.md", source)
    # Pieces may meet as code or a link of their own, which the gate refuses before anything is written.
    if not page.segments or placeholders(translation):
        return ""
    return _compare(page, assemble(page, lambda segment: translation if segment.text == "Word" else None))


def _compare(page: Page, written: str) -> str:
    before, after = renderer().render(page.source), renderer().render(written)
    difference = skeleton_difference(before.html, after.html)
    if difference:
        return f"{difference}: {written!r}"
    again = corpus_page("guides/page.md", written)
    if [segment.kind for segment in again.segments] != [segment.kind for segment in page.segments]:
        # A text without words is no segment any more.
        return "" if len(again.segments) < len(page.segments) else f"the written page has other segments: {written!r}"
    return ""


def check_sealed_text(parts: Sequence[str]) -> str:
    """Check that masks in any order bring back all placeholders."""
    text = "".join(parts)
    sealed = seal(text)
    if unseal(sealed.text, sealed.tokens) != text:
        return "unsealing does not restore the text"
    words = sealed.text.replace("Word", "Wort")
    if sum(placeholders(unseal(words, sealed.tokens)).values()) != sum(placeholders(text).values()):
        return "other words have other placeholders"
    return ""


def make_case(seed: int) -> Check:
    """Make the case of a seed: its kind, its parts, and what checks them."""
    dice = random.Random(seed)  # noqa: S311 - chance, not secrets
    kind = dice.choice(["pieces", "corpus", "plain", "plain", "sealed"])
    if kind == "plain":
        translation = "".join(dice.choices(HOSTILE, k=dice.randint(1, 3)))
        return kind, [*dice.choices(BLOCKS, k=dice.randint(1, 5)), translation], check_plain_translation
    if kind == "corpus" and corpus_blocks():
        start = dice.randrange(len(corpus_blocks()))
        parts = [f"{block}\n\n" for block in corpus_blocks()[start : start + 6]]
        for _ in range(dice.randint(1, 4)):
            place = dice.randrange(len(parts))
            cut = dice.randrange(len(parts[place]) + 1)
            parts[place] = parts[place][:cut] + dice.choice(PIECES) + parts[place][cut + dice.randint(0, 3) :]
        return kind, parts, check_any_page
    parts = dice.choices(PIECES, k=dice.randint(1, 30))
    return kind, parts, check_sealed_text if kind == "sealed" else check_any_page


def run_check(check: Callable[[Sequence[str]], str], parts: Sequence[str]) -> str:
    try:
        return check(parts)
    except Exception as error:  # noqa: BLE001 - every exception is a finding
        return f"{type(error).__name__}: {error}"


def shrink(check: Callable[[Sequence[str]], str], parts: list[str]) -> list[str]:
    """Leave out parts as long as the check fails."""
    index = 0
    while index < len(parts):
        fewer = parts[:index] + parts[index + 1 :]
        if fewer and run_check(check, fewer):
            parts = fewer
        else:
            index += 1
    return parts


def seeds(first: int, seconds: float, cases: int) -> Iterator[int]:
    end = time.monotonic() + seconds
    seed = first
    while (not cases or seed < first + cases) and (not seconds or time.monotonic() < end):
        yield seed
        seed += 1


def main() -> None:
    """Run until the time or the cases are over; fail if a case did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--cases", type=int, default=0)
    options = parser.parse_args()
    cases = options.cases or (0 if options.seconds else 1000)
    done = failed = 0
    for seed in seeds(options.seed, options.seconds, cases):
        done += 1
        kind, parts, check = make_case(seed)
        if run_check(check, parts):
            failed += 1
            small = shrink(check, parts)
            print(f"seed {seed}, {kind}: {run_check(check, small)[:400]}\n  {small!r}", flush=True)
    print(f"{done} cases, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
