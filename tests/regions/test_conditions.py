"""Values that hold on some pages only, and blocks for them."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from region_cases import BUILD_DATE, CASES, Load, cases

from helpcenter.regions import check_regions, check_template, render_template
from helpcenter.regions.settings import ANYWHERE, DIMENSIONS, Conditions, Setting, reduce_setting
from project_cases import AS_OF, Run, edit, write

if TYPE_CHECKING:
    from pathlib import Path

    from helpcenter.diagnostics import Finding
    from helpcenter.regions import Regions

HEAD = "parent: '001'\ndefaults: {shop: {owner: a, review_by: 2027-01-31}, statute: {owner: a, review_by: 2027-01-31}}"


def indented(text: str) -> str:
    return "".join(f"\n  {line}" for line in text.splitlines())


def load_case(load: Load, case: dict[str, Any]) -> tuple[Regions | None, list[Finding]]:
    base = yaml.safe_load((CASES / "shop.yml").read_text("utf-8"))
    # What the world says only of some pages stands beside what it says of all.
    world = base["001.yml"].rstrip() + indented(case.get("world", ""))
    return load({"TR.yml": f"{HEAD}\nfacts:{indented(case['facts']) or ' []'}", "001.yml": world})


@pytest.mark.parametrize("case", cases("conditions"))
def test_conditions_decide_which_value_holds(load: Load, case: dict[str, Any]):
    regions, found = load_case(load, case)
    said = [f"{str(one.place).removeprefix('locales/regions/')} {one.code} {one.message}" for one in found]
    assert said == case.get("findings", [])
    for page in case.get("pages", ()):
        assert regions is not None
        setting = Setting(page.get("audience", "consumer"), page.get("type", ""), tuple(page.get("topics", ())))
        for seen in (regions, pickle.loads(pickle.dumps(regions))):  # noqa: S301 - our own
            assert repr(seen.resolve("TR", page.get("day", BUILD_DATE), setting)[page["id"]].value) == page["value"]


PAGE = """\
{% audience "business" %}

Invoice.

{% else %}

{% page_type "policy" "guide" %}

Terms.

{% endpage_type %}

{% topic "returns" %}

Send back.

{% endtopic %}

{% endaudience %}
"""


@pytest.mark.parametrize(
    ("setting", "text"),
    [
        (ANYWHERE, ""),
        (Setting("business", "policy", ("returns",)), "Invoice."),
        (Setting("consumer", "policy"), "Terms."),
        (Setting("consumer", "guide", ("orders", "returns")), "Terms. Send back."),
    ],
)
def test_blocks_ask_what_the_page_is(small: Regions, setting: Setting, text: str):
    view = small.view("TR", BUILD_DATE, "en", setting=setting)
    assert " ".join(render_template(PAGE, view, name="x.md").split()) == text
    assert check_template("x.md", PAGE, small, ["TR"], BUILD_DATE, setting=setting) == []


def test_a_block_for_nobody_is_explained(small: Regions):
    page = '{% audience "companies" %}\n\nA\n\n{% endaudience %}\n\n{% topic %}\n\nB\n\n{% endtopic %}\n'
    found = check_template("x.md", page, small, ["TR"], BUILD_DATE)
    assert [(str(one.place), one.code, one.message) for one in found] == [
        ("x.md:1:14", "region-unknown-condition", "'companies' is nothing that 'audience' can ask for"),
        ("x.md:7:1", "region-expression", "'topic' cannot be read"),
    ]


def test_a_page_is_checked_with_the_values_it_will_show(load: Load):
    regions, _ = load(
        {"TR.yml": f"{HEAD}\nfacts:\n  - {{id: tax.rate, value: 20, law: x, when: {{topic: [payments]}}}}\n"}
    )
    assert regions is not None
    page = "The rate is {{ tax.rate }}.\n"
    assert check_template("x.md", page, regions, ["TR"], BUILD_DATE, setting=Setting(topics=("payments",))) == []
    assert [one.code for one in check_template("x.md", page, regions, ["TR"], BUILD_DATE)] == ["region-null-printed"]


def test_all_kinds_of_pages_can_be_listed(load: Load):
    facts = "  - {id: returns.cost, value: shop, when: {audience: [business], topic: [returns, orders]}}\n"
    regions, _ = load({"TR.yml": f"{HEAD}\nfacts:\n{facts}"})
    assert regions is not None
    assert regions.settings == (ANYWHERE, Setting("business", "", ("returns",)))


WORDS = {
    "audience": ["consumer", "business"],
    "page_type": ["faq", "policy"],
    "topic": ["returns", "orders", "privacy"],
}
SETTINGS = st.builds(
    Setting,
    st.sampled_from(WORDS["audience"]),
    st.sampled_from(WORDS["page_type"]),
    st.permutations(WORDS["topic"]).map(tuple),
)
CONDITIONS = st.builds(
    Conditions, *(st.lists(st.sampled_from(WORDS[name]), max_size=2, unique=True).map(tuple) for name in DIMENSIONS)
)


@given(SETTINGS, st.lists(CONDITIONS, max_size=4))
def test_what_no_condition_asks_for_changes_nothing(setting: Setting, conditions: list[Conditions]):
    reduced = reduce_setting(setting, conditions)

    def order(seen: Setting) -> list[int]:
        met = [(rank, place) for place, one in enumerate(conditions) if (rank := one.rank(seen)) is not None]
        return [place for _, place in sorted(met)]

    assert order(reduced) == order(setting)


@given(SETTINGS, CONDITIONS, CONDITIONS)
def test_values_that_do_not_overlap_never_tie(setting: Setting, one: Conditions, other: Conditions):
    ranks = one.rank(setting), other.rank(setting)
    if not one.meets(other) and None not in ranks:
        assert ranks[0] != ranks[1]


def test_a_page_for_businesses_shows_their_values(project_folder: Path, run: Run):
    window = "  - {id: returns.window, value: {days: 10}, when: {audience: [business], topic: [returns]}}\n"
    world = project_folder / "locales/regions/001.yml"
    page = "---\ntitle: {title}\naudience: {audience}\ntopics: [returns]\n---\n\nReturn it within {{{{ returns.window }}}}.\n"
    write(
        project_folder,
        {
            "locales/regions/001.yml": world.read_text("utf-8") + window,
            "content/guides/shops.md": page.format(title="Shops", audience="business"),
            "content/guides/people.md": page.format(title="People", audience="consumer"),
        },
    )

    def shown(name: str) -> str:
        called = run("-C", project_folder, "build", "-l", "en", *AS_OF)
        assert called.code == 0, called.err
        return (project_folder / f"site/en/guides/{name}/index.html").read_text("utf-8")

    assert "within 10 days" in shown("shops")
    assert "within 30 days" in shown("people")
    edit(project_folder, "locales/regions/001.yml", "{days: 10}", "{days: 12}")
    assert "within 12 days" in shown("shops")
    edit(project_folder, "content/guides/people.md", "consumer", "business")
    assert "within 12 days" in shown("people")


def test_a_value_for_businesses_is_compared_with_the_law_as_well(load: Load):
    facts = """\
  - {id: returns.days, value: {days: 14}, law: x}
  - {id: returns.window, value: {days: 10}, when: {audience: [business]}}
"""
    regions, _ = load({"TR.yml": f"{HEAD}\nfacts:\n{facts}"})
    assert regions is not None
    assert [(one.code, one.place.line) for one in check_regions(regions, BUILD_DATE)] == [("region-below-law", 5)]


def test_days_without_a_value_are_looked_for_among_values_of_the_same_pages(load: Load):
    facts = """\
  - {id: returns.cost, value: shop, when: {audience: [business]}, valid_to: 2026-01-31}
  - {id: returns.cost, value: shop, when: {topic: [orders]}, valid_from: 2026-03-01}
  - {id: returns.cost, value: buyer, when: {audience: [business]}, valid_from: 2026-02-10}
"""
    regions, _ = load({"TR.yml": f"{HEAD}\nfacts:\n{facts}"})
    assert regions is not None
    found = [(one.code, one.place.line, one.message.split(":")[0]) for one in check_regions(regions, BUILD_DATE)]
    assert found == [("region-fact-gap", 6, "returns.cost of TR has no value from 2026-02-01 to 2026-02-09")]
