from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from helpcenter.catalog import fingerprint
from helpcenter.checks import Gate, Verdict, inspect_sources
from helpcenter.content import MarkdownConfig, Page, parse_page
from helpcenter.site.staging import Stager
from project_cases import DAY, edit, load, write

if TYPE_CHECKING:
    from helpcenter.diagnostics import Finding
    from helpcenter.site.staged import StagedPage

CASES = yaml.safe_load((Path(__file__).parent / "cases/gate.yml").read_text("utf-8"))
CONFIG = MarkdownConfig(
    ("admonition", "attr_list", "footnotes", "tables", "toc", "pymdownx.betterem", "pymdownx.superfences")
)


def page_of(body: str, title: str = "Title") -> Page:
    return parse_page("guides/a.md", f"---\ntitle: {title}\n---\n\n{body}\n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_translation_keeps_the_structure_of_its_source(case: dict[str, Any]):
    verdicts = Gate(CONFIG).judge(page_of(case["body"]), case["texts"])
    assert {verdict.msgid: verdict.code.removeprefix("translation-") for verdict in verdicts} == case.get("refused", {})
    for words in case.get("says", ()):
        assert any(words in verdict.message for verdict in verdicts)


def test_only_the_segment_at_fault_is_refused():
    page = page_of("One **two**.\n\nThree.\n\n- Four\n- Five")
    texts = {"One **two**.": "Bir **iki.", "Three.": "Üç.", "Four": "Dört", "Five": "Beş"}
    (verdict,) = Gate(CONFIG).judge(page, texts)
    assert verdict == Verdict("One **two**.", "translation-emphasis", verdict.message)
    assert "<strong>" in verdict.message


def test_texts_that_are_broken_only_together_are_all_refused():
    page = page_of("One\n\nTwo")
    # Each alone is harmless; the second defines what the first refers to.
    texts = {"One": "Bir [x][y]", "Two": "[y]: https://a.example"}
    assert Gate(CONFIG).judge(page, texts) != ()


class Kept(dict[str, Any]):
    """Results of an earlier run."""

    def put(self, key: str, value: object) -> None:
        self[key] = value


def test_a_verdict_is_kept_until_something_it_depends_on_changes():
    page = page_of("One **two**.")
    kept = Kept()
    texts = {"One **two**.": "Bir **iki."}
    first = Gate(CONFIG, kept).judge(page, texts)
    assert list(kept.values()) == [first]
    gate = Gate(CONFIG, kept)
    assert gate.judge(page, texts) is first
    keys = {
        gate.key(page, texts),
        gate.key(page, {}),
        gate.key(page, {"One **two**.": "Bir **iki**."}),
        gate.key(page_of("One **two**.", "Other"), texts),
        Gate(MarkdownConfig(("toc",))).key(page, texts),
    }
    assert len(keys) == 5


def stage(folder: Path, path: str, tag: str = "de") -> tuple[StagedPage, list[Finding]]:
    project, _ = load(folder)
    sources = inspect_sources(project, DAY)
    assert sources.regions is not None
    page = next(page for page in sources.pages if page.path == path)
    gate = Gate(MarkdownConfig(project.configuration.extensions))
    return Stager(project, project.locales[tag], sources.regions, DAY, gate).stage_page(page)


def test_what_is_refused_is_shown_in_the_source_language(project_folder: Path):
    edit(
        project_folder,
        "locales/de/catalog/faq/where-is-my-order.po",
        "**binnen eines Tages**.",
        "**binnen eines Tages.",
    )
    staged, (found,) = stage(project_folder, "faq/where-is-my-order.md")
    assert staged.meta["state"] == "partial"
    assert '<span class="hc-source" lang="en" dir="ltr">The parcel shows up **within a day**.</span>' in staged.body
    assert "Öffnen Sie den Link" in staged.body
    assert found.code == "translation-emphasis"
    assert str(found.place) == "locales/de/catalog/faq/where-is-my-order.po:26:1"


def approve_title(folder: Path, text: str) -> None:
    name = "locales/de/catalog/policies/terms.po"
    edit(folder, name, '"Bedingungen"', f'"{text}"')
    edit(folder, name, fingerprint("Bedingungen"), fingerprint(text))


def test_a_page_whose_title_is_refused_falls_back_whole(project_folder: Path):
    approve_title(project_folder, "Bedingungen {{ pay.methods }}")
    staged, (found,) = stage(project_folder, "policies/terms.md")
    assert (staged.meta["state"], staged.meta["lang"], staged.meta["noindex"]) == ("fallback", "en", True)
    assert (staged.title, staged.body.strip()) == ("Terms", "The seller is Small Shop.")
    assert found.code == "translation-expression"


def test_what_a_locale_builds_on_is_refused_for_both_and_told_once(project_folder: Path):
    approve_title(project_folder, "Bedingungen {{ pay.methods }}")
    staged, found = stage(project_folder, "policies/terms.md", "de-AT")
    assert (staged.meta["state"], found) == ("fallback", [])


ORDER = "faq/where-is-my-order.md"
AUSTRIAN = "locales/de-AT/catalog/faq/where-is-my-order.po"
DAY_OF_PARCEL = 'msgid "The parcel shows up **within a day**."\nmsgstr "Das Packerl ist **binnen eines {}."\n'


@pytest.mark.parametrize("end", ["Tages", "Tages** da {{ returns.window }}"])
def test_where_the_text_of_a_variant_is_refused_that_of_its_base_is_shown(end: str, project_folder: Path):
    write(project_folder, {AUSTRIAN: DAY_OF_PARCEL.format(end)})
    staged, (found,) = stage(project_folder, ORDER, "de-AT")
    assert (staged.meta["state"], staged.meta["lang"]) == ("reviewed", "de-AT")
    assert "Das Paket erscheint **binnen eines Tages**." in staged.body
    assert (found.place.path, found.label) == (AUSTRIAN, "shown as de has it until it is mended")


def test_where_both_are_refused_the_source_is_shown(project_folder: Path):
    write(project_folder, {AUSTRIAN: DAY_OF_PARCEL.format("Tages")})
    edit(project_folder, AUSTRIAN.replace("de-AT", "de"), "**binnen eines Tages**.", "**binnen eines Tages.")
    staged, (found,) = stage(project_folder, ORDER, "de-AT")
    assert "The parcel shows up **within a day**." in staged.body
    assert (staged.meta["state"], found.place.path) == ("partial", AUSTRIAN)


def test_a_language_with_cases_may_ask_for_one(project_folder: Path):
    edit(
        project_folder,
        "locales/de/catalog/guides/returns.po",
        "{{ returns.window }} Zeit",
        "{{ returns.window | dative }} Zeit",
    )
    staged, found = stage(project_folder, "guides/returns.md")
    assert (staged.meta["state"], found) == ("reviewed", [])
    assert "Sie haben 30 Tagen Zeit" in staged.body


def test_a_translation_may_not_ask_for_another_form(project_folder: Path):
    edit(
        project_folder,
        "locales/de/catalog/guides/returns.po",
        "{{ returns.window }} Zeit",
        "{{ returns.window | upper }} Zeit",
    )
    staged, (found,) = stage(project_folder, "guides/returns.md")
    assert (staged.meta["state"], found.code) == ("partial", "translation-expression")
    assert "30 days" in staged.body


def test_a_draft_is_not_linked_to(project_folder: Path):
    write(project_folder, {"content/faq/later.md": "---\ntitle: Later\ndraft: true\n---\n\nLater.\n"})
    edit(project_folder, "content/policies/terms.md", "The seller", "[Later](../faq/later.md) the seller")
    project, _ = load(project_folder)
    assert [found.code for found in inspect_sources(project, DAY).findings] == ["link-draft"]
