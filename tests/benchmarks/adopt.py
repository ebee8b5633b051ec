"""How much of FastAPI's Turkish and Russian pages is adopted, and what happens when their pages are damaged.

python tests/benchmarks/adopt.py                      the share of each language, and what the rest is
python tests/benchmarks/adopt.py --sample 50          also so many pairs, drawn at random, to be read
python tests/benchmarks/adopt.py --damage             pages with texts taken out, swapped and left in English
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from helpcenter.adoption import Wishes, adopt, load_sources
from helpcenter.catalog import catalog_path, load_catalog
from helpcenter.checks import Gate
from helpcenter.checks.inspection import markdown_config
from helpcenter.content.blocks import scan_blocks
from helpcenter.content.segments import make_segments
from helpcenter.project import load_project

if TYPE_CHECKING:
    from helpcenter.adoption import Adoption
    from helpcenter.content import Segment
    from helpcenter.project import Project

ROOT = Path(__file__).parents[2]
CORPORA = Path(os.environ.get("HELPCENTER_CORPORA", ROOT.parent / "shared" / "corpora"))
LANGUAGES = ("tr", "ru")
SETTINGS = """\
site_name: FastAPI
site_url: https://fastapi.example/
docs_dir: content
theme: {name: material}
markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, md_in_html, tables, toc,
  pymdownx.betterem, pymdownx.details, pymdownx.superfences, {pymdownx.tabbed: {alternate_style: true}},
  pymdownx.blocks.admonition, pymdownx.blocks.details, pymdownx.blocks.tab]
extra: {helpcenter: {source: en, locales: [en, tr, ru]}}
"""
# Front matter has keys of its own generator, names that ours would misread, and a file that is no page.
FOLDERS = {"how-to": "howto"}
FRONT = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)
HARM = ("cut", "swap", "english", "all")
# Links are given the addresses of the source; the rest of a text stays.
ALIKE = 90.0
NO_PAGES = {"translation-banner.md", "_llm-test.md"}


def copy_pages(source: Path, target: Path) -> None:
    """Copy Markdown pages so that they are valid pages of a help center."""
    for file in sorted(source.rglob("*.md")):
        parts = [FOLDERS.get(part, part) for part in file.relative_to(source).parts]
        if parts[-1] in NO_PAGES:
            continue
        copy = target.joinpath(*parts)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text("utf-8")
        copy.write_text(FRONT.sub("", text, count=1) if "include_yaml" in text else text, "utf-8")


def make_project(folder: Path) -> Project:
    """Make a help center of FastAPI's English pages."""
    copy_pages(CORPORA / "fastapi" / "en" / "docs", folder / "content")
    (folder / "locales").mkdir()
    (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    return load_project(folder)


def run(project: Project, tag: str, pages: Path) -> Adoption:
    """Adopt a folder of pages."""
    sources, found = load_sources(project)
    errors = [str(finding.place) for finding in found if finding.severity == "error"]
    if errors:
        sys.exit(f"pages cannot be read: {errors}")
    (locale,) = project.select([tag])
    return adopt(project, sources, locale, pages, Gate(markdown_config(project)), Wishes())


def print_shares(tag: str, done: Adoption, seconds: float) -> None:
    """Print what was taken, and what the rest is."""
    total = sum(page.segments for page in done.pages)
    taken = sum(page.taken for page in done.pages)
    stale = sum(page.stale for page in done.pages)
    same = sum(page.same for page in done.pages)
    print(f"\n{tag}: {len(done.pages)} pages in both, {total} texts, {seconds:.1f} s of CPU")
    print(f"  taken and shown        {taken - stale:6} {(taken - stale) / total:7.2%}, of them {same} names and code")
    print(f"  kept as stale          {stale:6} {stale / total:7.2%}")
    print(f"  not taken              {total - taken:6} {(total - taken) / total:7.2%}")
    for code, count in sorted(Counter(finding.code for finding in done.findings).items()):
        print(f"    {code:<24}{count:4}")


def print_sample(project: Project, tag: str, done: Adoption, size: int, seed: int) -> None:
    """Print pairs that were taken, for somebody to read."""
    entries = [
        (page.page, entry)
        for page in done.pages
        for entry in load_catalog(catalog_path(project.catalog_folder(tag), page.page), page.page, project.root).active
        if entry.msgstr and not entry.hard and entry.msgstr != entry.msgid
    ]
    for number, (page, entry) in enumerate(random.Random(seed).sample(entries, size), 1):  # noqa: S311 - a sample
        print(f"\n{number}. {page} ({entry.kind})\n  {entry.msgid}\n  {entry.msgstr}")


Truth = dict[str, dict[str, set[str]]]


def know_truth(project: Project, folder: Path) -> Truth:
    """Give which texts translate which, page by page, where both pages have the same texts in the same order."""
    truth: Truth = {}
    for file in sorted(folder.rglob("*.md")):
        path = file.relative_to(folder).as_posix()
        source = project.content / path
        if not source.is_file():
            continue
        ours, theirs = (
            [s for s in _segments(one.read_text("utf-8")) if s.kind != "block title"] for one in (source, file)
        )
        if [s.kind for s in ours] == [s.kind for s in theirs]:
            known = truth.setdefault(path, {})
            for one, other in zip(ours, theirs, strict=True):
                known.setdefault(one.text, set()).add(other.text)
    return truth


def _segments(text: str) -> tuple[Segment, ...]:
    return make_segments(text, [], scan_blocks(text, len(match.group()) if (match := FRONT.match(text)) else 0).slices)


def damage(text: str, source: str, how: str, dice: random.Random) -> str:
    """Damage a translated page.

    Args:
        text: the translation.
        source: its source, whose texts stand in the same order.
        how: ``cut`` takes out sections and blocks, ``swap`` lets blocks and list items change places, ``english`` puts the
            source's texts into the second half, ``all`` does all of it.
        dice: what is random.
    """
    if how in {"english", "all"}:
        text = _leave_english(text, source)
    blocks = _split(text)
    if how in {"cut", "all"}:
        headings = [i for i, block in enumerate(blocks) if block.startswith("##")]
        if headings:
            first = dice.choice(headings)
            last = next((i for i in headings if i > first), len(blocks))
            del blocks[first:last]
        blocks = [block for i, block in enumerate(blocks) if not i or not _is_text(block) or dice.random() > 0.15]
    if how in {"swap", "all"}:
        for i in range(1, len(blocks) - 1):
            if _is_text(blocks[i]) and _is_text(blocks[i + 1]) and dice.random() < 0.3:
                blocks[i], blocks[i + 1] = blocks[i + 1], blocks[i]
        blocks = [_shuffle_items(block, dice) for block in blocks]
    return "\n\n".join(blocks) + "\n"


def _leave_english(text: str, source: str) -> str:
    ours, theirs = ([s for s in _segments(one) if s.kind != "block title"] for one in (source, text))
    for one, other in list(zip(ours, theirs, strict=True))[: len(ours) // 2 : -1]:
        if "\n" not in one.text + other.text:
            text = text[: other.start] + one.text + text[other.end :]
    return text


def _split(text: str) -> list[str]:
    """Split a page at its blank lines outside of code."""
    blocks: list[list[str]] = [[]]
    fence = ""
    for line in text.split("\n"):
        mark = re.match(r"\s*(`{3,}|~{3,})", line)
        if mark:
            fence = "" if fence == mark[1] else fence or mark[1]
        if line.strip() or fence:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return ["\n".join(lines) for lines in blocks if lines]


def _is_text(block: str) -> bool:
    return block[0] not in "#`/<{~=!-:|" and "```" not in block


def _shuffle_items(block: str, dice: random.Random) -> str:
    lines = block.split("\n")
    if len(lines) < 2 or not all(line.startswith("* ") for line in lines):
        return block
    i = dice.randrange(len(lines) - 1)
    lines[i], lines[i + 1] = lines[i + 1], lines[i]
    return "\n".join(lines)


def dice_of(seed: int) -> random.Random:
    """Give what is random."""
    return random.Random(seed)  # noqa: S311 - a sample


def count_pairs(
    project: Project, tag: str, done: Adoption, truth: Truth, *, told: bool = False
) -> dict[str, Counter[str]]:
    """Count, page by page, how many of the pairs that were taken are right.

    Returns:
        ``taken`` of all, ``same`` of those that are the same in both languages, ``found`` of the others that are right,
        ``wrong`` and shown, ``unshown``: wrong and kept for a reviewer.
    """
    counts: dict[str, Counter[str]] = {}
    for page in (page for page in done.pages if page.page in truth):
        catalog = load_catalog(catalog_path(project.catalog_folder(tag), page.page), page.page, project.root)
        count = counts.setdefault(page.page, Counter())
        for entry in (entry for entry in catalog.active if entry.msgstr and entry.msgid in truth[page.page]):
            known = truth[page.page][entry.msgid]
            is_right = any(fuzz.ratio(entry.msgstr, text) > ALIKE for text in known)
            count["taken"] += 1
            count["same"] += is_right and entry.msgid == entry.msgstr
            count["found"] += is_right and entry.msgid != entry.msgstr
            count["wrong"] += not is_right and not entry.hard
            count["unshown"] += not is_right and entry.hard
            if told and not is_right:
                print(f"  WRONG {'stale' if entry.hard else 'shown'} {page.page}: {entry.msgid!r}")
                print(f"        {entry.msgstr!r}\n        {known!r}")
    return counts


def print_damage(project: Project, tag: str, pages: Path, seed: int, *, told: bool) -> None:
    """Damage all pages, each in one way, adopt them, and print how many wrong pairs were taken."""
    truth = know_truth(project, pages)
    dice = dice_of(seed)
    ways: dict[str, str] = {}
    left: Counter[str] = Counter()
    for number, path in enumerate(sorted(truth)):
        how = ways[path] = HARM[(number + seed) % len(HARM)]
        file, source = pages / path, (project.content / path).read_text("utf-8")
        file.write_text(damage(file.read_text("utf-8"), source, how, dice), "utf-8")
        texts = {segment.text for segment in _segments(file.read_text("utf-8"))}
        left[how] += sum(bool(known & texts - {msgid}) for msgid, known in truth[path].items())
    counts = count_pairs(project, tag, run(project, tag, pages), truth, told=told)
    print(f"\n{tag}, damaged, seed {seed}")
    for how in HARM:
        count = sum((count for path, count in counts.items() if ways[path] == how), Counter())
        right, found = 1 - count["wrong"] / max(count["taken"], 1), count["found"] / max(left[how], 1)
        print(
            f"  {how:8} taken {count['taken']:5}  wrong and shown {count['wrong']:3}  wrong, not shown "
            f"{count['unshown']:3}  right {right:8.3%}  found of what was left {found:7.2%}"
        )


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="print so many pairs of each language")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--locale", action="append", choices=LANGUAGES)
    parser.add_argument("--damage", action="store_true", help="damage the pages first")
    parser.add_argument("--findings", action="store_true", help="print what was said")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="adopt-"))
    try:
        project = make_project(folder / "project")
        for tag in arguments.locale or LANGUAGES:
            copy_pages(CORPORA / "fastapi" / tag / "docs", folder / tag)
            if arguments.damage:
                print_damage(project, tag, folder / tag, arguments.seed, told=arguments.findings)
                continue
            start = time.process_time()
            done = run(project, tag, folder / tag)
            print_shares(tag, done, time.process_time() - start)
            if arguments.findings:
                for finding in done.findings:
                    text = (finding.place.text or "").strip()
                    print(f"  {finding.code} {finding.place} {finding.message} | {text[:150]} | {finding.help}")
            if arguments.sample:
                print_sample(project, tag, done, arguments.sample, arguments.seed)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
