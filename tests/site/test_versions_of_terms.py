"""Terms by day: which versions a page has, what they say of themselves, and where their links lead."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.site.staged import StagedPage
from helpcenter.site.terms import Stretch, Terms, find_terms, move_links, with_terms

CASES = Path(__file__).parent / "cases"
ON = date(2026, 11, 22)


def cases(name: str) -> list[Any]:
    raw = yaml.safe_load((CASES / f"{name}.yml").read_text("utf-8"))
    return [pytest.param(case, id=case["name"]) for case in raw]


def page(body: str) -> StagedPage:
    meta = {
        "type": "policy",
        "state": "approved",
        "description": "",
        "answer": "",
        "canonical": "https://help.example/de/policies/returns/",
        "noindex": False,
    }
    return StagedPage(
        "policies/returns.md", "policies/returns/", body, "Returns", meta, (1, ""), "", ("back",), ("send back",)
    )


@pytest.mark.parametrize("case", cases("terms"))
def test_days_on_which_a_page_says_the_same_are_one_version(case: dict[str, Any]):
    def says(day: date) -> str | None:
        words = case["says"][max(first for first in case["says"] if first <= day)]
        return None if words == "broken" else str(words)

    effective = case.get("effective")
    terms = find_terms(says, list(case["says"]), on=ON, since=case["since"], effective=effective)
    assert [f"{one.first} {one.last} {says(one.last or ON)}" for one in terms.past] == case["past"]
    assert terms.since == case["begun"]
    assert [f"{one.first} {says(one.first)}" for one in terms.future] == case.get("future", [])
    today = page(str(says(ON)))
    shown = with_terms(today, terms, lambda day: page(str(says(day))), {}, "de", effective)
    assert (shown == today) == (not terms.past and not terms.future)
    assert [one.body for one in shown.versions] == [says(one.last or one.first) for one in (*terms.past, *terms.future)]


def test_a_version_is_at_home_below_its_page_and_hidden_from_search():
    today = page("[Guide](../guides/a.md)")
    terms = Terms((Stretch(date(2026, 1, 1), date(2026, 6, 30)),), date(2026, 7, 1))
    shown = with_terms(today, terms, lambda _: page("[Old](../guides/b.md)"), {}, "de", date(2026, 7, 1))
    first = shown.versions[0]
    assert (first.path, first.url) == (
        "policies/returns/terms/2026-01-01.md",
        "policies/returns/terms/2026-01-01/",
    )
    assert first.body == "[Old](../../../guides/b.md)"
    assert first.meta["noindex"]
    assert first.meta["canonical"] == today.meta["canonical"]
    assert (first.keywords, first.queries) == ((), ())
    assert first.meta["version"] == {
        "first": {"iso": "2026-01-01", "text": "1. Januar 2026"},
        "last": {"iso": "2026-06-30", "text": "30. Juni 2026"},
        "page": "policies/returns/",
        "reworded": {"iso": "2026-07-01", "text": "1. Juli 2026"},
    }
    assert not shown.meta["noindex"]
    assert [one["url"] for one in shown.meta["terms"]["past"]] == [first.url]
    assert shown.meta["terms"]["since"] == {"iso": "2026-07-01", "text": "1. Juli 2026"}


@pytest.mark.parametrize("case", cases("moved_links"))
def test_links_lead_where_they_did(case: dict[str, Any]):
    assert move_links(case["body"], case["old"], case["new"]) == case["moved"]


@given(st.text(alphabet='[]()!#?./:\\`*<>" \na-', max_size=60), st.sampled_from(["", "policies", "a/b"]))
def test_moving_links_keeps_everything_else(body: str, folder: str):
    moved = move_links(body, folder, folder)
    # In its own folder a page loses nothing but detours such as `./a.md`.
    assert moved.count("[") == body.count("[")
    assert move_links(moved, folder, folder) == moved


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(
    words=st.dictionaries(DAYS, st.sampled_from(["a", "b", None]), max_size=6),
    on=DAYS,
    since=st.none() | DAYS,
    effective=st.none() | DAYS,
)
def test_versions_never_overlap_and_neighbours_differ(
    words: dict[date, str | None], on: date, since: date | None, effective: date | None
):
    def says(day: date) -> str | None:
        begun = [first for first in words if first <= day]
        return words[max(begun)] if begun else "a"

    terms = find_terms(says, list(words), on=on, since=since, effective=effective)
    assert since is not None or terms.past == ()
    for one in terms.past:
        assert one.last is not None
        assert since is not None
        assert since <= one.first <= one.last < on
        assert says(one.first) == says(one.last) is not None
    for one, other in pairwise(terms.past):
        assert one.last is not None
        assert one.last < other.first
        if (other.first - one.last).days == 1 and other.first != effective:
            assert says(one.last) != says(other.first)
    assert all(one.first > on and one.last is None for one in terms.future)
    assert [one.first for one in terms.future] == sorted({one.first for one in terms.future})
    # Whoever ordered on a day that is kept finds what the page said, unless nobody could say it.
    for day in words:
        if since is not None and since <= day < on and says(day) is not None and says(day) != says(on):
            assert any(one.first <= day <= (one.last or day) for one in terms.past)
