"""Measure what is told of texts as a whole, on the demo's translations and on documentation that others wrote.

    python tests/benchmarks/whole_texts.py [language|cut|register|frozen|length|speed]…

language  every text of each language given as one of every other: those of 20 letters and more that are not found
cut       every text without its last sentence, with its first alone, and cut at a half, 70 % and 85 %
register  what is found in FastAPI's documentation in Turkish and Russian, both formal but for a few pages
frozen    the sentences of ``tests/quality/frozen/register-*.yml`` that are judged right, by what they are
length    how long translations are for their sources, as ``length.yml`` has it
speed     what each check costs for all texts of the demo, in seconds of CPU
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from helpcenter.catalog.keys import is_sheet, split_key
from helpcenter.catalog.pofile import load_catalogs
from helpcenter.quality import CHECKS, Direction, Pair
from helpcenter.quality.cut import is_cut
from helpcenter.quality.identification import LEAST_LETTERS
from helpcenter.quality.language import check_language
from helpcenter.quality.length import check_length
from helpcenter.quality.register import check_register, find_addresses
from helpcenter.quality.wording import count_letters, find_sentences, language_of, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
CORPORA = Path(os.environ.get("HELPCENTER_CORPORA", ROOT.parent / "shared" / "corpora"))
TAGS = ("tr", "ru", "de", "ar", "zh-CN", "es", "pt-BR")
SHARES = (0.5, 0.7, 0.85)
ENDED = re.compile(r"[.!?。！？؟:：]$")


def read_demo(tag: str) -> list[Pair]:
    """Read the pairs of a locale that are no keywords."""
    catalogs, problems = load_catalogs(ROOT / "locales" / tag / "catalog", ROOT)
    assert not problems
    return [
        Pair(split_key(entry.msgid).text, entry.msgstr, entry.kind, is_string=is_sheet(page))
        for page, catalog in catalogs.items()
        for entry in catalog.active
        if entry.msgstr
        and entry.msgstr != entry.msgid
        and entry.kind != "keyword"
        and not split_key(entry.msgid).plural
    ]


def is_long(pair: Pair) -> bool:
    return count_letters(pair.text_words) >= LEAST_LETTERS


def measure_language() -> None:
    texts = {tag: list({pair.text: pair for pair in read_demo(tag)}.values()) for tag in TAGS}
    texts["en"] = [Pair("", pair.source) for pair in texts["tr"]]
    print("| Wanted | right, and found | " + " | ".join(texts) + " |")
    for wanted in TAGS:
        direction = Direction("en", wanted)
        false = sum(bool(list(check_language(pair, direction))) for pair in texts[wanted])
        cells = []
        for tag, pairs in texts.items():
            # The source is another text: what is left as it is in its source is found as that.
            given = [Pair("", pair.text) for pair in pairs if is_long(pair)]
            missed = sum(not list(check_language(pair, direction)) for pair in given)
            cells.append("" if tag == wanted else f"{missed} of {len(given)} missed")
        print(f"| {wanted} | {false} of {len(texts[wanted])} | " + " | ".join(cells) + " |")


def cut_in_many_ways(pair: Pair, language: str) -> Iterator[tuple[str, str]]:
    sentences = find_sentences(pair.text_words, language)
    if len(sentences) > 1:
        yield "without its last sentence", pair.text[: sentences[-1][0]].rstrip()
        yield "its first sentence", pair.text[: sentences[0][1]].rstrip()
    for share in SHARES if len(show(pair.text_words)) > 2 * LEAST_LETTERS else ():
        end = int(len(pair.text) * share)
        end = end if language == "zh" else pair.text.rfind(" ", 0, end)
        if end > 0:
            yield f"{'prose' if ENDED.search(pair.source) else 'a label'} at {share:.0%}", pair.text[:end]


def measure_cut() -> None:
    for tag in TAGS:
        direction, found, planted = Direction("en", tag), Counter[str](), Counter[str]()
        pairs = read_demo(tag)
        for pair in pairs:
            for kind, text in cut_in_many_ways(pair, language_of(tag)):
                other = Pair(pair.source, text, pair.kind)
                planted[kind] += 1
                found[kind] += is_cut(other, direction) or bool(list(check_length(other, direction)))
        whole = sum(is_cut(pair, direction) for pair in pairs)
        print(
            f"{tag}: {whole} of {len(pairs)} whole ones; " + "; ".join(f"{k} {found[k]}/{planted[k]}" for k in planted)
        )


def measure_register() -> None:
    for tag in ("tr", "ru"):
        found: dict[str, Counter[str]] = {"informal": Counter(), "formal": Counter()}
        for file in sorted((CORPORA / "fastapi" / tag / "docs").rglob("*.md")):
            for paragraph in re.sub(r"```.*?```", "", file.read_text("utf-8"), flags=re.DOTALL).split("\n\n"):
                for one in find_addresses(Pair("", paragraph.strip()), tag):
                    found[one.way][paragraph.strip()[one.start : one.end]] += 1
        print(f"{tag}: formal {found['formal'].total()}, informal {found['informal'].total()}")
        print("  " + ", ".join(f"{word} {count}" for word, count in found["informal"].most_common()))


def measure_frozen() -> None:
    for file in sorted((ROOT / "tests" / "quality" / "frozen").glob("register-*.yml")):
        language, right, all_of = file.stem.removeprefix("register-"), Counter[str](), Counter[str]()
        for case in yaml.safe_load(file.read_text("utf-8")):
            found = bool(list(check_register(Pair("", case["text"]), Direction("en", language, "formal"))))
            kind = "trap" if case.get("trap") else case["register"]
            all_of[kind] += 1
            right[kind] += found is (kind == "informal")
        print(f"{language}: " + ", ".join(f"{kind} {right[kind]}/{all_of[kind]}" for kind in sorted(all_of)))


def measure_length() -> None:
    for tag in TAGS:
        lengths = [(len(show(pair.source_words)), len(show(pair.text_words))) for pair in read_demo(tag)]
        long = [(source, text) for source, text in lengths if source > LEAST_LETTERS and text]
        print(f"{tag}: {sum(text for _, text in long) / sum(source for source, _ in long):.2f} of {len(long)} texts")


def measure_speed() -> None:
    texts = {tag: read_demo(tag) for tag in TAGS}
    for pair in [pair for pairs in texts.values() for pair in pairs]:
        assert pair.text_words or not pair.text
    for check in CHECKS:
        start = time.process_time()
        for tag, pairs in texts.items():
            direction = Direction("en", tag, "formal")
            for pair in pairs:
                list(check(pair, direction))
        print(f"{check.__name__:24} {time.process_time() - start:.2f} s")


MEASURES: dict[str, Callable[[], None]] = {
    "language": measure_language,
    "cut": measure_cut,
    "register": measure_register,
    "frozen": measure_frozen,
    "length": measure_length,
    "speed": measure_speed,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or MEASURES:
        print(f"\n{name}")
        MEASURES[name]()
