"""The legal gate: what a signature is for, what ends it, and what else keeps a page back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from helpcenter.catalog import State
from helpcenter.checks import Gate, inspect_legal, inspect_sources
from helpcenter.checks.inspection import markdown_config
from helpcenter.checks.legal import is_legal, is_policy, prepare_signing
from helpcenter.diagnostics import HelpcenterError
from helpcenter.project import load_project
from helpcenter.review import approve
from helpcenter.review.legal import ledger_path, load_ledger, sign
from project_cases import DAY, edit, write

if TYPE_CHECKING:
    from helpcenter.diagnostics import Finding

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases/legal.yml").read_text("utf-8"))
PAGE = "policies/returns.md"
POLICY = """\
---
title: Returns
owner: law@small.example
sources: [Directive 2011/83/EU]
---
Our window is {{ returns.window }}.

{% has returns.days %}

You may withdraw within {{ returns.days }}.

{% endhas %}

{% region "EU" %}

The law of your country applies.

{% endregion %}

Write to us.
"""
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
NAME_OF_LAW = "  law.name: {type: text, kind: statute, description: Name of it.}\n"
GERMAN = {
    "Returns": "Rückgabe",
    "Our window is {{ returns.window }}.": "Unsere Frist: {{ returns.window }}.",
    "You may withdraw within {{ returns.days }}.": "Widerrufsfrist: {{ returns.days }}.",
    "The law of your country applies.": "Es gilt das Recht Ihres Landes.",
    "Write to us.": "Schreiben Sie uns.",
}


@pytest.fixture
def shop(project_folder: Path) -> Path:
    """Give the small shop with a policy about returns, approved in German, and signed for everybody."""
    entries = [f'msgid "{source}"\nmsgstr "{text}"\n' for source, text in GERMAN.items()]
    machine = '#, fuzzy\nmsgid "Write to us."\nmsgstr "Bize yazın."\n'
    write(
        project_folder,
        {
            "content/policies/returns.md": POLICY,
            "locales/de/catalog/policies/returns.po": HEAD + "\n".join(entries),
            "locales/tr/catalog/policies/returns.po": HEAD + machine,
        },
    )
    approve_all(project_folder, "de")
    sign_all(project_folder)
    return project_folder


def approve_all(folder: Path, tag: str, *pages: str) -> None:
    project = load_project(folder)
    approve(project, project.locales[tag], who="Erika", on=DAY, state=State.APPROVED, pages=pages or (PAGE,))


def sign_all(folder: Path, on: date = DAY) -> dict[str, list[str]]:
    project = load_project(folder)
    sources = inspect_sources(project, on)
    assert sources.regions is not None
    policies = [page for page in sources.pages if is_policy(page)]
    gate = Gate(markdown_config(project))
    return {
        tag: sign(
            project,
            tag,
            {
                one.page.path: one.statement
                for one in prepare_signing(project, policies, locale, sources.regions, on, gate)
            },
            who="Lena <lena@small.example>",
            on=on,
        )
        for tag, locale in project.locales.items()
    }


def judge(folder: Path, on: date = DAY) -> dict[str, list[Finding]]:
    """Give what the gate says, by locale; what it says of sources under an empty name."""
    project = load_project(folder)
    sources = inspect_sources(project, on)
    assert sources.regions is not None
    gate = Gate(markdown_config(project))
    found = {
        tag: inspect_legal(project, sources.pages, locale, sources.regions, on, gate)
        for tag, locale in project.locales.items()
    }
    return {
        tag: said for tag, said in {**found, "": [one for one in sources.findings if is_legal(one)]}.items() if said
    }


def change(folder: Path, edits: dict[str, list[str]]) -> None:
    for name, (old, new) in edits.items():
        edit(folder, name, old, new)


def codes(found: dict[str, list[Finding]]) -> dict[str, list[str]]:
    return {tag: [one.code for one in said] for tag, said in found.items()}


def test_what_was_signed_is_published(shop: Path):
    assert judge(shop) == {}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_signature_ends_with_what_it_was_for_and_only_then(shop: Path, case: dict[str, Any]):
    change(shop, case["edit"])
    if "approve" in case:
        approve_all(shop, case["approve"])
    found = judge(shop)
    assert codes(found) == {tag: ["legal-unapproved"] for tag in case["lapsed"]}
    for tag, (one,) in found.items():
        assert one.message.startswith(f"'{PAGE}' of {tag} is not what Lena signed on 2026-11-22: ")
        assert case.get("says", "") in one.message
        assert f"'helpcenter approve {PAGE} -l {tag} --legal'" in one.help
    # Taken back, it holds again.
    change(shop, {name: [new, old] for name, (old, new) in case["edit"].items()})
    if "approve" in case:
        approve_all(shop, case["approve"])
    assert judge(shop) == {}


def test_a_signature_never_ends_by_the_calendar(shop: Path):
    edit(
        shop,
        "locales/regions/EU.yml",
        "law: Directive 2011/83/EU}",
        "law: Old, valid_to: 2026-12-31}\n  - {id: returns.days, value: {days: 21}, law: New, valid_from: 2027-01-01}",
    )
    assert sorted(judge(shop)) == ["de", "de-AT"]
    sign_all(shop)
    for day in (date(1999, 1, 1), DAY, date(2026, 12, 31), date(2027, 1, 1)):
        assert judge(shop, day) == {}


def test_a_locale_without_a_signature_is_told_whom_to_ask(shop: Path):
    ledger_path(load_project(shop), "de-AT").unlink()
    found = judge(shop)["de-AT"]
    assert [one.message for one in found] == [
        f"nobody has signed '{PAGE}' for de-AT",
        "nobody has signed 'policies/terms.md' for de-AT",
    ]
    assert found[0].help.startswith("ask law@small.example to read it ('helpcenter show ")
    assert found[0].place.path == "content/policies/returns.md"


def test_a_changed_sentence_is_pointed_at(shop: Path):
    edit(shop, "content/policies/returns.md", "Write to us.", "Write to them.")
    (one,) = judge(shop)["tr"]
    assert (one.place.path, one.place.line) == ("content/policies/returns.md", 20)


def test_what_is_shown_in_the_source_language_is_signed_as_that(shop: Path):
    text = "content/policies/returns.md"
    assert (
        load_ledger(load_project(shop), "tr").pages[PAGE].texts
        == load_ledger(load_project(shop), "en").pages[PAGE].texts
    )
    edit(shop, text, "Write to us.", "Write to them.")
    sign_all(shop)
    assert judge(shop) == {}


def test_a_second_signature_changes_nothing_that_holds(shop: Path):
    files = {tag: ledger_path(load_project(shop), tag).read_bytes() for tag in ("en", "de", "de-AT", "tr")}
    assert sign_all(shop, date(2027, 1, 1)) == {"en": [], "de": [], "de-AT": [], "tr": []}
    assert files == {tag: ledger_path(load_project(shop), tag).read_bytes() for tag in files}
    edit(shop, "locales/regions/EU.yml", "value: {days: 14}", "value: {days: 15}")
    assert sign_all(shop, date(2027, 1, 1)) == {"en": [], "de": [PAGE], "de-AT": [PAGE], "tr": []}
    ledger = load_ledger(load_project(shop), "de").pages
    assert (ledger[PAGE].day, ledger["policies/terms.md"].day) == (date(2027, 1, 1), date(2026, 11, 22))
    assert "&id" not in ledger_path(load_project(shop), "de").read_text("utf-8")


def test_a_ledger_that_cannot_be_read_is_told_and_never_written_over(shop: Path):
    file = ledger_path(load_project(shop), "de")
    file.write_text(file.read_text("utf-8").replace("    by:", "    bye:"), "utf-8")
    before = file.read_bytes()
    with pytest.raises(HelpcenterError) as error:
        sign_all(shop)
    assert {one.code for one in error.value.findings} == {"schema-unknown-key", "schema-missing-key"}
    assert next(one.code for one in judge(shop)["de"]) == "schema-missing-key"
    assert file.read_bytes() == before


def test_a_draft_needs_no_signature(shop: Path):
    edit(shop, "content/policies/returns.md", "title: Returns\n", "title: Your returns\ndraft: true\n")
    assert judge(shop) == {}


def test_a_policy_says_who_answers_for_it_and_what_it_rests_on(shop: Path):
    edit(shop, "content/policies/returns.md", "owner: law@small.example\nsources: [Directive 2011/83/EU]\n", "")
    found = judge(shop)[""]
    assert [(one.code, one.place.path, one.place.line) for one in found] == [
        ("legal-owner", "content/policies/returns.md", 2),
        ("legal-source", "content/policies/returns.md", 2),
    ]


def test_a_source_is_a_law_an_address_or_a_key_of_the_table(shop: Path):
    write(shop, {"locales/regions/sources.yml": "sources: {crd: {url: https://law.example/crd, seen: 2026-01-01}}\n"})
    edit(
        shop, "content/policies/returns.md", "[Directive 2011/83/EU]", "[crd, https://law.example/, Act 1 of 2020, cdr]"
    )
    (one,) = judge(shop)[""]
    assert (one.code, one.place.line, one.place.column) == ("legal-source", 4, 53)
    assert one.label == "did you mean 'crd'?"


DOUBTS = {
    "legal-confidence": ("law: Directive 2011/83/EU", "law: Directive 2011/83/EU, confidence: low"),
    "legal-overdue": ("law: Directive 2011/83/EU", "law: Directive 2011/83/EU, review_by: 2026-11-21"),
}


@pytest.mark.parametrize(("code", "change_"), DOUBTS.items())
def test_a_doubtful_fact_of_law_is_shown_on_no_page(shop: Path, code: str, change_: tuple[str, str]):
    edit(shop, "locales/regions/EU.yml", *change_)
    found = judge(shop)
    assert {tag: set(said) for tag, said in codes(found).items()} == {"de": {code}, "de-AT": {code}}
    one = found["de"][0]
    assert one.place.path == "locales/regions/EU.yml"
    assert "law@small.example" in one.help


def test_a_doubtful_fact_that_readers_never_meet_keeps_nothing_back(shop: Path):
    edit(shop, "locales/regions/EU.yml", *DOUBTS["legal-confidence"])
    for name in ("content/policies/returns.md", "content/guides/returns.md"):
        text = (shop / name).read_text("utf-8")
        write(
            shop,
            {
                name: text.replace("{% has returns.days %}", '{% region "TR" %}\n\n{% has returns.days %}').replace(
                    "{% endhas %}", "{% endhas %}\n\n{% endregion %}"
                )
            },
        )
    sign_all(shop)
    assert judge(shop) == {}


def test_the_words_of_a_law_must_be_approved_in_the_language_of_the_page(shop: Path):
    change(
        shop,
        {
            "locales/regions/facts.yml": ["facts:\n", f"facts:\n{NAME_OF_LAW}"],
            "locales/regions/001.yml": [
                "facts:\n",
                "facts:\n  - {id: law.name, value: {en: Trade Act}, law: Trade Act}\n",
            ],
            "content/policies/returns.md": ["{{ returns.window }}.", "{{ law.name }}."],
        },
    )
    catalog = shop / "locales/de/catalog/policies/returns.po"
    catalog.write_text(catalog.read_text("utf-8").replace("{{ returns.window }}", "{{ law.name }}"), "utf-8")
    approve_all(shop, "de")
    sign_all(shop)
    # Turkish customers get the page in English, and the law with it.
    wanting = {"de": ["legal-text"], "de-AT": ["legal-text"]}
    assert codes(judge(shop)) == wanting
    words = 'msgctxt "law.name"\nmsgid "Trade Act"\nmsgstr "Gewerbeordnung"\n'
    write(shop, {"locales/de/catalog/_regions.po": HEAD + words})
    assert codes(judge(shop)) == wanting
    approve_all(shop, "de", "_regions.po")
    # What customers read has changed, so it is signed again.
    assert codes(judge(shop)) == {"de": ["legal-unapproved"], "de-AT": ["legal-unapproved"]}
    sign_all(shop)
    assert judge(shop) == {}


def test_no_locale_publishes_policies_of_machines(shop: Path):
    edit(shop, "locales/tr/locale.yml", "region: TR", "region: TR\npublish: {policy: machine}")
    with pytest.raises(HelpcenterError) as error:
        load_project(shop)
    (one,) = error.value.findings
    assert (one.code, one.place.path) == ("legal-machine", "locales/tr/locale.yml")
    assert one.place.line == 2


def test_the_law_asks_for_a_withdrawal_function_that_has_no_address(shop: Path):
    online = "  returns.online_function: {type: boolean, kind: statute, description: Asked for.}\n"
    desk = "  desk.withdrawal: {type: text, kind: shop, nullable: true, description: Where it is.}\n"
    edit(shop, "locales/regions/facts.yml", "facts:\n", "facts:\n" + online + desk)
    edit(
        shop,
        "locales/regions/001.yml",
        "facts:\n",
        "facts:\n  - {id: returns.online_function, value: false, law: A}\n  - {id: desk.withdrawal, value: null}\n",
    )
    edit(
        shop,
        "locales/regions/EU.yml",
        "facts:\n",
        "facts:\n  - {id: returns.online_function, value: true, law: B, valid_from: 2026-06-19}\n",
    )
    (one,) = judge(shop)[""]
    assert one.code == "legal-withdrawal-link"
    assert one.message.endswith("gives no address in DE, AT")
    assert (one.place.path, one.place.line) == ("locales/regions/EU.yml", 6)
    assert judge(shop, date(2026, 6, 18)) == {}
