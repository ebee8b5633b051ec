"""Every fact of every locale as built HTML shows it: run as a script, it writes ``cases/facts/<tag>.yml``, to read the diff.

    python tests/site/facts_shown.py

A page that asks for every fact is staged for each locale and rendered with the site's own Markdown, as pages are.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from lxml import html as lxml_html

sys.path.insert(0, str(Path(__file__).parents[1]))

from demo_project import DAY, REPOSITORY
from helpcenter.catalog import Signature, State, catalog_path, extract_locale, load_catalog, save_catalog
from helpcenter.checks import Gate
from helpcenter.checks.inspection import markdown_config
from helpcenter.content import Renderer, load_pages
from helpcenter.project import load_project
from helpcenter.regions import load_regions
from helpcenter.site.staging import Stager

if TYPE_CHECKING:
    from helpcenter.content import Page
    from helpcenter.project import Locale, Project
    from helpcenter.regions import Regions

FOLDER = Path(__file__).parent / "cases" / "facts"
ON = date.fromisoformat(DAY)
PAGE = "guides/every-fact.md"
# Marks of direction are no part of a value.
MARKS = {0x2068: None, 0x2069: None, 0x200E: None, 0x200F: None}
HEAD = "# What readers of this locale see of every fact on {day}; null where there is none, or where it is not shown.\n"


def write_page(regions: Regions) -> str:
    """Give a page that asks for every fact: a paragraph for each, with its id and its value."""
    parts = ["---\ntitle: Every fact\ntype: guide\n---\n"]
    for fact, spec in regions.registry.items():
        if spec.type in {"choices", "holidays"}:
            continue
        if spec.type == "choice":
            said = "\n".join(
                f'{{% when {fact} "{one}" %}}\n\n`{fact}` `{one}`\n\n{{% endwhen %}}\n' for one in spec.choices
            )
        elif spec.type == "boolean":
            said = f"{{% has {fact} %}}\n\n`{fact}` `true`\n\n{{% endhas %}}\n"
        else:
            said = f"{{% has {fact} %}}\n\n`{fact}` {{{{ {fact} }}}}\n\n{{% endhas %}}\n"
        parts.append(said)
    return "\n".join(parts)


def make_project(root: Path) -> Project:
    """Copy the demo's rules and locales, with nothing but the page; its title is translated by itself everywhere."""
    shutil.copy2(REPOSITORY / "mkdocs.yml", root / "mkdocs.yml")
    for file in (REPOSITORY / "locales").rglob("*"):
        if file.is_file() and ("catalog" not in file.parts or file.name == "_regions.po"):
            copy = root / file.relative_to(REPOSITORY)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, copy)
    regions, found = load_regions(root / "locales/regions", root)
    assert regions is not None, found
    (root / "content" / PAGE).parent.mkdir(parents=True)
    (root / "content" / PAGE).write_text(write_page(regions), "utf-8")
    project = load_project(root)
    pages, _ = load_pages(project.content, project.root)
    for locale in project.targets:
        _translate(project, pages, locale)
    return project


def _translate(project: Project, pages: list[Page], locale: Locale) -> None:
    extract_locale(project, pages, locale)
    file = catalog_path(project.catalog_folder(locale.tag), PAGE)
    if not file.is_file():
        return
    catalog = load_catalog(file, PAGE, project.root)
    signed = Signature("examiner@pellavo.example", DAY)
    entries = [replace(one, msgstr=one.msgid).with_signature(signed, State.REVIEWED) for one in catalog.entries]
    save_catalog(file, replace(catalog, entries=tuple(entries)), locale.tag)


def show_facts(project: Project, tag: str, regions: Regions, renderer: Renderer) -> dict[str, str | None]:
    """Give what the built page of a locale says of each fact."""
    pages, _ = load_pages(project.content, project.root)
    stager = Stager(project, project.locales[tag], regions, ON, Gate(markdown_config(project)))
    staged, found = stager.stage_page(pages[0])
    assert found == []
    assert staged.meta["lang"] == tag
    shown: dict[str, str | None] = {
        fact: None for fact, spec in regions.registry.items() if spec.type not in {"choices", "holidays"}
    }
    for paragraph in lxml_html.fromstring(f"<div>{renderer.render(staged.body).html}</div>").iter("p"):
        fact = paragraph[0].text_content()
        shown[fact] = paragraph.text_content().removeprefix(fact).strip().translate(MARKS)
    return shown


def show_all(root: Path) -> dict[str, dict[str, str | None]]:
    """Give what is shown of every fact, for every locale."""
    project = make_project(root)
    regions, _ = load_regions(project.regions_folder, root)
    assert regions is not None
    renderer = Renderer(markdown_config(project), highlight=False)
    return {tag: show_facts(project, tag, regions, renderer) for tag in project.locales}


def main() -> None:
    """Write the files anew."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        shown = show_all(Path(folder))
    for old in FOLDER.glob("*.yml"):
        if old.stem not in shown:
            old.unlink()
    for tag, facts in shown.items():
        text = yaml.safe_dump(facts, allow_unicode=True, sort_keys=True, width=1_000)
        (FOLDER / f"{tag}.yml").write_text(HEAD.format(day=DAY) + text, "utf-8")


if __name__ == "__main__":
    main()
