"""Whatever is missing from a translation, or stands elsewhere in it: no text is taken for another's translation."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from adoption_cases import make_project, write_pages
from hypothesis import assume, given
from hypothesis import strategies as st

from helpcenter.adoption.pairing import pair_pages
from helpcenter.adoption.translations import read_translation
from helpcenter.adoption.units import digits_of
from helpcenter.content import parse_page, placeholders
from helpcenter.diagnostics import HelpcenterError
from helpcenter.project import FrontMatterKeys, load_project

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import adopt as benchmark

if TYPE_CHECKING:
    from helpcenter.adoption.pairing import PagePairing

# English, Turkish; some hold what a translation keeps, some only words.
TEXTS = [
    ("Write your order number `A-1001` on the parcel.", "Sipariş numaranız `A-1001` kolinin üzerinde yazsın."),
    ("We pay the postage of the first parcel.", "İlk kolinin posta ücretini biz öderiz."),
    ("Refunds take 5 working days.", "İadeler 5 iş günü sürer."),
    ("See the [terms](terms.md) of the shop.", "Mağazanın [koşullarına](terms.md) bakın."),
    ("Gift cards cannot be returned.", "Hediye kartları iade edilemez."),
    ("Call 0800 when the parcel is damaged.", "Koli hasarlıysa 0800 numarasını arayın."),
    ("Keep the receipt of the post office until the money has arrived.", "Para hesabınıza geçene kadar fişi saklayın."),
    ("Shoes are tried on indoors.", "Ayakkabıları evin içinde deneyin."),
]


def pair(source: str, target: str, folder: Path) -> PagePairing:
    """Pair the texts of a page and its translation."""
    file = folder / "page.md"
    file.write_text(target, "utf-8", newline="")
    translation = read_translation(file, folder, "page.md", "page.md", FrontMatterKeys())
    return pair_pages([(parse_page("guides/page.md", source), translation)])[0]


@given(kept=st.lists(st.booleans(), min_size=len(TEXTS), max_size=len(TEXTS)))
def test_what_is_missing_leaves_the_rest_in_its_place(kept: list[bool], tmp_path_factory: pytest.TempPathFactory):
    source = "# Help { #help }\n\n" + "\n\n".join(text for text, _ in TEXTS)
    left = [text for (_, text), is_kept in zip(TEXTS, kept, strict=True) if is_kept]
    found = pair(source, "\n\n".join(["# Yardım { #help }", *left]), tmp_path_factory.mktemp("page"))
    known = {**dict(TEXTS), "Help": "Yardım"}
    # What can be told apart at all: a text with code, a link or a number.
    telling = {one for one, _ in TEXTS if any(char in one for char in "`[0123456789")} | {"Help"}
    taken = {match.source.text: match.target.text for match in found.matches if match.source.text in telling}
    wrong = {one: other for one, other in taken.items() if known[one] != other}
    assert all(not _holds_the_same(one, other) for one, other in wrong.items())
    if all(kept):
        assert {match.source.text: match.target.text for match in found.matches} == known


def _holds_the_same(source: str, target: str) -> bool:
    """Say whether a text would be shown as the translation of another."""
    return placeholders(source) == placeholders(target) and digits_of(source) == digits_of(target)


@given(source=st.text(max_size=200), target=st.text(max_size=200))
def test_any_text_is_paired_without_an_error(source: str, target: str, tmp_path_factory: pytest.TempPathFactory):
    target = target.replace("\0", "").encode("utf-8", "replace").decode()
    try:
        found = pair(f"# Help\n\n{source}", f"# Yardım\n\n{target}", tmp_path_factory.mktemp("page"))
    except HelpcenterError:
        # The source is no page.
        assume(False)
    targets = [match.target for match in found.matches]
    assert len(set(targets)) == len(targets)
    assert len({match.source for match in found.matches}) == len(targets)


SAMPLE = ("tutorial/query-params.md", "tutorial/body.md", "tutorial/cookie-params.md", "advanced/websockets.md")


# Pages of others are no part of this repository.
@pytest.mark.skipif(not benchmark.CORPORA.is_dir(), reason="the corpora are not here: HELPCENTER_CORPORA")
@pytest.mark.parametrize("tag", benchmark.LANGUAGES)
@pytest.mark.parametrize("how", ["whole", *benchmark.HARM])
def test_pages_of_the_corpora(tag: str, how: str, tmp_path: Path):
    corpus = benchmark.CORPORA / "fastapi"
    pages = {name: (corpus / "en" / "docs" / name).read_text("utf-8") for name in SAMPLE}
    project = load_project(make_project(tmp_path / "project", pages))
    for name in SAMPLE:
        (tmp_path / tag / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(corpus / tag / "docs" / name, tmp_path / tag / name)
    truth = benchmark.know_truth(project, tmp_path / tag)
    if how != "whole":
        damaged = {
            name: benchmark.damage((tmp_path / tag / name).read_text("utf-8"), pages[name], how, benchmark.dice_of(1))
            for name in truth
        }
        write_pages(tmp_path / tag, damaged)
    counts = benchmark.count_pairs(project, tag, benchmark.run(project, tag, tmp_path / tag), truth)
    taken = sum(count["taken"] for count in counts.values())
    # What changed places among four pages is not always seen: docs/benchmarks.md has the figures.
    share = 0.05 if how in {"swap", "all"} else 0.0
    assert sum(count["wrong"] for count in counts.values()) <= share * taken
    assert taken > 0
    if how == "whole":
        assert taken >= 0.95 * sum(len(known) for known in truth.values())
