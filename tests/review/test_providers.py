"""Which machine leaves least to do."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest

from helpcenter.catalog import Catalog, Entry, Revision, Signature, State, catalog_path, save_catalog
from helpcenter.project import Project, load_project
from helpcenter.review import judge_providers, tally_providers
from helpcenter.review.providers import FEWEST_TEXTS, ProviderTally
from helpcenter.review.status import Revisions

if TYPE_CHECKING:
    from pathlib import Path

ERIKA = Signature("erika", "2026-10-01")


def tally(name: str, likenesses: list[int], unknown: int = 0) -> ProviderTally:
    pairs = [(chrf, 40) for chrf in likenesses]
    known = Revisions(len(pairs), unknown, 0, 0, 40 * len(pairs), sum(40 * chrf for chrf in likenesses))
    return ProviderTally("tr", name, revisions=known, likenesses=pairs)


def draw(mean: int, count: int, seed: int = 1) -> list[int]:
    dice = Random(seed)  # noqa: S311 - the same figures every time
    return [min(100, max(0, round(dice.gauss(mean, 12)))) for _ in range(count)]


def test_a_difference_that_is_plain_is_told():
    verdict = judge_providers("tr", [tally("google", draw(60, 80)), tally("deepl", draw(80, 80, 2))])
    assert verdict.best == "deepl"
    assert verdict.why.startswith("deepl: ")
    assert "points more than google with 95 % confidence" in verdict.why


@pytest.mark.parametrize(
    ("tallies", "why"),
    [
        ([tally("google", draw(78, 60)), tally("deepl", draw(78, 60)[1:])], "cannot tell"),
        ([tally("google", draw(60, FEWEST_TEXTS - 1)), tally("deepl", draw(80, 29))], "has 29 of 30 texts"),
        ([tally("google", draw(60, 20)), tally("deepl", draw(80, 80))], "nothing to compare deepl with"),
        ([tally("deepl", draw(80, 80))], "nothing to compare deepl with"),
        ([tally("google", draw(60, 80)), tally("deepl", draw(99, 80), unknown=40)], "of deepl 40 texts are not known"),
        ([], "cannot tell yet"),
    ],
)
def test_what_cannot_be_told_is_not(tallies: list[ProviderTally], why: str):
    verdict = judge_providers("tr", tallies)
    assert verdict.best is None
    assert why in verdict.why


def test_the_best_of_three_is_better_than_each_of_the_others():
    ranked = [tally("a", draw(60, 80)), tally("b", draw(80, 80, 2)), tally("c", draw(81, 80, 3))]
    assert judge_providers("tr", ranked).best is None
    assert judge_providers("tr", [*ranked[:2], tally("c", draw(95, 80, 3))]).best == "c"


def test_an_interval_holds_the_mean_and_is_the_same_every_time():
    made = tally("deepl", draw(80, 100))
    interval = made.interval
    assert interval is not None
    assert made.revisions.chrf is not None
    assert interval.low < made.revisions.chrf < interval.high
    # Of a hundred figures with a deviation of 12 the mean's own is 1.2.
    assert 3 < interval.high - interval.low < 6
    assert interval == tally("deepl", draw(80, 100)).interval
    assert tally("deepl", draw(80, FEWEST_TEXTS - 1)).interval is None


def put(project: Project, page: str, *entries: Entry) -> None:
    save_catalog(catalog_path(project.catalog_folder("tr"), page), Catalog(page, entries), "tr")


def test_texts_are_counted_by_who_wrote_them_first(project_folder: Path):
    project = load_project(project_folder)
    for file in project.catalog_folder("tr").rglob("*.po"):
        file.unlink()
    unread = Entry("Pay now").with_machine_text("Öde", "deepl")
    same = Entry("Pay later").with_machine_text("Sonra öde", "deepl").with_signature(ERIKA, State.REVIEWED)
    changed = replace(Entry("Pay by card").with_machine_text("Kart öde", "deepl"), msgstr="Kartla ödeyin")
    changed = changed.with_signature(ERIKA, State.APPROVED)
    assert changed.machine is not None
    known = replace(changed, machine=replace(changed.machine, revision=Revision(44, 7)))
    lost = replace(changed, msgid="Pay by bill")
    other = replace(Entry("Return").with_machine_text("İade", "google"), msgstr="İade et")
    put(project, "guides/a.md", unread, same, known, other, Entry("By hand", "Elle"))
    # The same again, and what a machine wrote for another source.
    put(project, "guides/b.md", unread, known, lost)
    deepl, google = tally_providers(project, project.locales["tr"])
    assert (deepl.provider, deepl.texts, deepl.unread) == ("deepl", 3, 1)
    assert deepl.characters == len("Pay now") + len("Pay later") + len("Pay by card")
    assert deepl.revisions == Revisions(2, 0, 1, 7, len("Sonra öde") + len("Kartla ödeyin"), 100 * 9 + 44 * 13)
    assert (google.texts, google.unread, google.revisions.texts) == (1, 1, 0)
