"""Components: what they say, in which language, and what a shop may change of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from demo_project import REPOSITORY, copy_demo, read_files
from helpcenter.checks import Gate
from helpcenter.checks.inspection import markdown_config
from helpcenter.content import load_pages
from helpcenter.diagnostics import HelpcenterError
from helpcenter.project import Project, load_project
from helpcenter.regions import Regions, check_template, load_regions
from helpcenter.regions.components import COMPONENTS, facts_of_component
from helpcenter.search import document_from_html
from helpcenter.site.components import ComponentTemplates, ComponentWriter
from helpcenter.site.staging import Stager
from project_cases import SMALL_SHOP, edit, write

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases/components.yml").read_text("utf-8"))
CASES = [pytest.param(case, id=case["name"]) for case in TABLES["cases"]]
ON = date(2026, 11, 22)
PARENTS = {"AT": "EU", "ES": "EU", "CA-QC": "CA", "CA-ON": "CA", "CA-BC": "CA"}
NAMES = {"CA-BC": {"en": "British Columbia", "de": "Britisch-Kolumbien"}}


def regions_of(folder: Path, facts: Mapping[str, Mapping[str, object]]) -> Regions:
    """Write and load regions, each with its facts."""
    rules = folder / "locales/regions"
    rules.mkdir(parents=True)
    vouched = {"owner": "a", "review_by": date(2027, 1, 31)}
    specs = {"kind": "shop", "nullable": True, "description": "x"}
    files: dict[str, object] = {
        "facts": {"facts": {key: specs | spec for key, spec in TABLES["registry"].items()}},
        "methods": {"methods": TABLES["methods"]},
        "carriers": {"carriers": TABLES["carriers"]},
    }
    for region in {"001": {}} | dict(facts):
        parent = {} if region == "001" else {"parent": PARENTS.get(region, "001")}
        members = {"members": [key for key, value in PARENTS.items() if value == "EU"]} if region == "EU" else {}
        rows = [{"id": key, "value": value, "law": "x", **vouched} for key, value in facts.get(region, {}).items()]
        called = {"name": NAMES[region]} if region in NAMES else {}
        files[region] = parent | members | called | {"facts": rows}
    for name, data in files.items():
        (rules / f"{name}.yml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    regions, found = load_regions(rules, folder)
    assert found == []
    assert regions is not None
    return regions


@cache
def demo() -> Project:
    """The project, for the words of its languages."""
    return load_project(REPOSITORY)


@cache
def templates(tag: str) -> ComponentTemplates:
    return ComponentTemplates(demo(), demo().locales[tag])


def draw(regions: Regions, region: str, tag: str, name: str, arguments: tuple[str, ...] = ()) -> str:
    view = regions.view(region, ON, tag)
    writer = ComponentWriter(templates(tag), demo().locales[tag], view, regions, ON)
    return writer.draw(name, arguments, "p.md")


def lines_of(html: str) -> list[tuple[str, list[str]]]:
    """Give what a component says, line by line: how its parts are joined in the cases, and these."""
    (root,) = lxml_html.fragments_fromstring(html)
    lines = []
    for element in root.iter("caption", "p", "tr", "div"):
        parent = element.getparent()
        if element.tag == "tr" or (parent is not None and parent.tag == "dl"):
            lines.append((" | " if element.tag == "tr" else ": ", [words_of(child) for child in element]))
        elif element.tag in {"caption", "p"}:
            lines.append(("", [words_of(element)]))
    return lines


def words_of(element: lxml_html.HtmlElement) -> str:
    return " ".join(element.text_content().replace("\u00a0", " ").split())


@pytest.mark.parametrize("case", CASES)
def test_a_component_says_what_its_facts_say(case: dict[str, Any], tmp_path: Path):
    region = case.get("region", "TR")
    world = {"001": case["world"]} if "world" in case else {}
    regions = regions_of(tmp_path, {region: case["facts"], **case.get("others", {}), **world})
    html = draw(regions, region, case["tag"], case["component"], tuple(case.get("arguments", ())))
    lines = lines_of(html)
    assert [sign.join(parts) for sign, parts in lines] == case["lines"]
    assert "\n\n" not in html
    for part in case.get("html", ()):
        assert part in html
    # Whatever readers see, search finds.
    document = document_from_html("x/", "", html, lang=case["tag"])
    found = " ".join(section.text for section in document.sections).replace("\u00a0", " ")
    # The search keeps cells of a table apart.
    found = found.replace(" · ", " ")
    assert found == " ".join(part for _, parts in lines for part in parts)


def test_every_component_has_cases():
    assert {case["component"] for case in TABLES["cases"]} >= {
        name for name, component in COMPONENTS.items() if component.module != "history"
    }


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Regions:
    """A region of which every fact is known."""
    facts: dict[str, object] = {}
    for case in TABLES["cases"]:
        facts |= {key: value for key, value in case["facts"].items() if value is not None}
    return regions_of(tmp_path_factory.mktemp("full"), {"TR": facts | {"market.served": True}})


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_combination_of_facts_leaves_a_hole(full: Regions, data: st.DataObject):
    name = data.draw(st.sampled_from(sorted(COMPONENTS)))
    arguments = ("delivery.standard.days", "import.terms") if COMPONENTS[name].takes_facts else ()
    view = full.view("TR", ON, "en")
    facts = dict(view.facts)
    for key in sorted(facts_of_component(name, arguments)):
        what = data.draw(st.sampled_from(["is", "is null", "is not kept"]), label=key)
        if key in facts and what == "is null":
            facts[key] = replace(facts[key], value=None)
        elif what == "is not kept":
            facts.pop(key, None)
    writer = ComponentWriter(templates("en"), demo().locales["en"], replace(view, facts=facts, _written={}), full, ON)
    html = writer.draw(name, arguments, "p.md")
    (root,) = lxml_html.fragments_fromstring(html)
    assert root.text_content().strip()
    assert "None" not in html.replace("None. ", "").replace("None.", "")
    assert all(cell.text_content().strip() for cell in root.iter("td", "th", "dd", "dt", "caption"))
    assert all(row.xpath("count(dt)=1 and count(dd)=1") for row in root.iterfind(".//dl/div"))


def test_templates_have_words_for_the_choices_of_the_demo():
    regions, _ = load_regions(demo().regions_folder, demo().root)
    assert regions is not None
    silent = {"payments.surcharge allowed", "import.duty.base value", "import.duty.base excess"}
    for name, component in COMPONENTS.items():
        text = (REPOSITORY / f"overrides/components/{name}.html").read_text("utf-8")
        for fact in component.facts:
            spec = regions.registry.get(fact)
            for choice in spec.choices if spec is not None else ():
                assert f'"{choice}"' in text or f"{fact} {choice}" in silent, f"{name}: {fact} {choice}"


def test_words_that_are_missing_in_a_language_make_the_component_english(project_folder: Path, full: Regions):
    edit(project_folder, "mkdocs.yml", "[en, de, de-AT, tr]", "[en, de, de-AT, tr, eo]")
    write(project_folder, {"locales/eo/locale.yml": "region: TR\n"})
    project = load_project(project_folder)
    locale = project.locales["eo"]
    writer = ComponentWriter(ComponentTemplates(project, locale), locale, full.view("TR", ON, "eo"), full, ON)
    html = writer.draw("delivery-options", (), "p.md")
    assert html.startswith('<div class="hc-component hc-delivery-options" lang="en" dir="ltr">')
    assert "9 days" in html


def test_components_are_in_the_language_of_the_text_around_them(project_folder: Path):
    registry = "locales/regions/facts.yml"
    edit(project_folder, registry, "pay.methods: {", "pay.methods: {label: {en: Payment methods}, ")
    part = '{% component "region-comparison" "pay.methods" %}\n'
    page = project_folder / "content/guides/returns.md"
    page.write_text(f"{page.read_text('utf-8')}\n{part}", "utf-8")
    write(project_folder, {"content/guides/compare.md": f"---\ntitle: Compare\nsummary: All.\n---\n\nAll.\n\n{part}"})
    project = load_project(project_folder)
    pages, _ = load_pages(project.content, project.root, project.configuration.settings.front_matter)
    regions, _ = load_regions(project.regions_folder, project.root)
    assert regions is not None
    stager = Stager(project, project.locales["de"], regions, ON, Gate(markdown_config(project)))
    staged = {page.path: page for page in stager.stage(pages).pages}
    assert staged["guides/returns.md"].is_published
    assert "<caption>Was in welcher Region gilt</caption>" in staged["guides/returns.md"].body
    assert not staged["guides/compare.md"].is_published
    assert "<caption>What holds in which region</caption>" in staged["guides/compare.md"].body


def test_a_shop_replaces_a_template(project_folder: Path, full: Regions):
    own = "<p>{{ it.methods | length }} &lt; {{ it.methods[0].name }}</p>\n\n\n<p>{{ tag }}</p>\n"
    write(project_folder, {"overrides/components/payment-methods.html": own})
    project = load_project(project_folder)
    locale = project.locales["de"]
    writer = ComponentWriter(ComponentTemplates(project, locale), locale, full.view("TR", ON, "de"), full, ON)
    written = writer.draw("payment-methods", (), "p.md").split("\n")
    assert written[1:-1] == ["<p>1 &lt; Bank transfer</p>", "<p>de</p>"]


@pytest.mark.parametrize(
    ("template", "line"),
    [("<p>\n{{ it.nothing }}", 2), ("<p>\n\n{% if %}", 3), ("{{ 1 + 'a' }}", 1), ('{% include "no.html" %}', None)],
)
def test_a_template_that_cannot_be_drawn_is_told_with_its_line(
    project_folder: Path, full: Regions, template: str, line: int | None
):
    write(project_folder, {"overrides/components/warranty-box.html": template})
    project = load_project(project_folder)
    locale = project.locales["de"]
    writer = ComponentWriter(ComponentTemplates(project, locale), locale, full.view("TR", ON, "de"), full, ON)
    with pytest.raises(HelpcenterError) as error:
        writer.draw("warranty-box", (), "p.md")
    (found,) = error.value.findings
    assert (found.code, found.place.line) == ("theme-template", line)
    assert found.place.path == "overrides/components/warranty-box.html"


def test_a_right_without_words_is_told_and_not_left_out(full: Regions):
    view = full.view("TR", ON, "en")
    facts = {**view.facts, "privacy.rights": replace(view.facts["privacy.rights"], value=("access", "sing"))}
    other = replace(view, facts=facts, _written={})
    with pytest.raises(HelpcenterError) as error:
        ComponentWriter(templates("en"), demo().locales["en"], other, full, ON).draw("privacy-rights", (), "p.md")
    (found,) = error.value.findings
    assert found.code == "theme-template"
    assert "'sing'" in found.message


def test_facts_that_a_table_cannot_show_are_told(full: Regions):
    arguments = '"returns.window" "returns.cost" "privacy.rights" "delivery.standard.days" "no.fact"'
    found = check_template("p.md", f'{{% component "region-comparison" {arguments} %}}\n', full, ["TR"], ON)
    assert [(one.code, one.message) for one in found] == [
        ("region-component-arguments", "returns.window has no name for customers"),
        ("region-component-arguments", "returns.cost has no name for customers"),
        ("region-component-arguments", "privacy.rights has no name for customers"),
        ("region-unknown-fact", "there is no fact 'no.fact'"),
    ]
    (one,) = check_template("p.md", '{% component "region-comparison" %}\n', full, ["TR"], ON)
    assert one.message == "'region-comparison' needs the facts to show"


@pytest.mark.slow
@pytest.mark.xdist_group("site")
def test_a_comparison_follows_the_facts_of_every_market(tmp_path: Path):
    shop = copy_demo(tmp_path / "shop", SMALL_SHOP)
    shop.edit("locales/regions/facts.yml", "pay.methods: {", "pay.methods: {label: {en: Payment methods}, ")
    page = shop.root / "content/guides/returns.md"
    tag = '{% component "region-comparison" "pay.methods" %}'
    page.write_text(f"{page.read_text('utf-8')}\n{tag}\n", "utf-8")
    shop.build()
    made = read_files(shop.site)
    shop.build()
    assert read_files(shop.site) == made
    shop.edit("locales/regions/TR.yml", "value: [troy]", "value: [visa, troy]")
    shop.build()
    english = (shop.site / "en/guides/returns/index.html").read_text("utf-8")
    (table,) = lxml_html.document_fromstring(english).find_class("hc-compare")
    assert ["Türkiye", "Visa and Troy"] in [[words_of(cell) for cell in row] for row in table.iter("tr")]


class Kept(dict[str, object]):
    """Results of earlier runs."""

    def put(self, key: str, value: object) -> None:
        """Keep a result."""
        self[key] = value


def test_a_page_that_is_kept_names_other_holidays_when_they_are_over():
    regions, _ = load_regions(demo().regions_folder, demo().root)
    assert regions is not None
    pages = [page for page in load_pages(demo().content, demo().root)[0] if page.path == "guides/contact-hours.md"]
    kept, gate = Kept(), Gate(markdown_config(demo()))
    days = (date(2026, 12, 8), date(2026, 12, 8), date(2026, 12, 9))
    stagers = (Stager(demo(), demo().locales["de"], regions, day, gate, kept) for day in days)
    (first,), (again,), (later,) = (stager.stage(pages).pages for stager in stagers)
    assert again is first
    assert ["8. Dezember 2026" in page.body for page in (first, later)] == [True, False]
