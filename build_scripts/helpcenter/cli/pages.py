"""The command that makes a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from helpcenter.cli.app import Session

# As helpcenter.project.initialization has them; importing that here would cost every `helpcenter --help`.
_KINDS = ("faq", "guide", "policy", "tutorial")


@click.command()
@click.argument("kind", metavar="TYPE", type=click.Choice(_KINDS))
@click.argument("name")
@click.option("--title", metavar="TEXT", help="Its title; made from the name when not given.")
@click.option("--dry-run", is_flag=True, help="Print the page and write nothing.")
@click.pass_obj
def new(session: Session, kind: str, name: str, title: str | None, *, dry_run: bool) -> None:
    """Make a page of TYPE (faq, guide, tutorial, policy) called NAME from a template.

    A missing landing page of its section is made with it.
    """
    from helpcenter.content import check_names  # noqa: PLC0415 - only here
    from helpcenter.diagnostics import HelpcenterError, Place, finding  # noqa: PLC0415 - only here
    from helpcenter.project import write_atomic  # noqa: PLC0415 - only here
    from helpcenter.project.initialization import SECTIONS, page_template, section_template  # noqa: PLC0415 - only here

    project = session.project()
    slug = re.sub(r"[\s_]+", "-", name.strip().removesuffix(".md").lower())
    path = f"{SECTIONS[kind]}/{slug}.md"
    file = project.content / path
    found = check_names([path])
    if found:
        raise HelpcenterError(*found)
    if file.exists():
        place = Place(f"{project.configuration.docs_dir}/{path}")
        raise HelpcenterError(
            finding(
                "page-exists",
                "there is a page of this name already",
                place,
                help="choose another name, or edit that one",
            )
        )
    words = title or slug.rpartition("/")[2].replace("-", " ").capitalize()
    text = page_template(kind, words, project.source.tag)
    if dry_run:
        click.echo(text, nl=False)
        return
    index = project.content / SECTIONS[kind] / "index.md"
    if not index.exists():
        write_atomic(index, section_template(kind, project.source.tag))
        _tell(project.root, index)
    write_atomic(file, text)
    _tell(project.root, file)
    click.echo("next: write it, then 'helpcenter check' and 'helpcenter extract'", err=True)


def _tell(root: Path, file: Path) -> None:
    click.echo(f"made {file.relative_to(root).as_posix()}", err=True)
