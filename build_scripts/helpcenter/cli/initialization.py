"""The command that begins a help center."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from helpcenter.cli.app import Session, today

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpcenter.project.initialization import NewCenter


@click.command()
@click.option("--source", metavar="TAG", help="The language that pages are written in; en when not given.")
@click.option(
    "--locales",
    metavar="TAG,...",
    multiple=True,
    help="The other languages, separated by commas; may be given several times.",
)
@click.option("--name", metavar="TEXT", help="The name of the site.")
@click.option("--url", metavar="ADDRESS", help="The address of the site.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing; take what is usual where nothing is given.")
@click.option("--dry-run", is_flag=True, help="List the files and write nothing.")
@click.pass_obj
def init(
    session: Session,
    source: str | None,
    locales: tuple[str, ...],
    name: str | None,
    url: str | None,
    *,
    yes: bool,
    dry_run: bool,
) -> None:
    """Begin a help center in an empty folder.

    It has a few pages in the language you write in, example values for prices and times, and can be built at once.
    On a terminal the command asks for what is not given.  No file is written over.
    """
    from helpcenter.diagnostics import HelpcenterError  # noqa: PLC0415 - only here
    from helpcenter.project.initialization import find_obstacles, prepare_files, write_files  # noqa: PLC0415 - only here

    root = session.start.resolve()
    center = _describe(source, locales or None, name, url, ask=not yes and sys.stdin.isatty())
    files = prepare_files(center)
    if found := find_obstacles(root, files):
        raise HelpcenterError(*found)
    if dry_run:
        click.echo("\n".join(files))
        return
    write_files(root, files)
    _tell(session.start, center, len(files))


def _describe(
    source: str | None, locales: tuple[str, ...] | None, name: str | None, url: str | None, *, ask: bool
) -> NewCenter:
    """Gather what the help center is to be from the options, from the person, and from what is usual."""
    from helpcenter.project.initialization import (  # noqa: PLC0415 - only here
        DEFAULT_SOURCE,
        DEFAULT_URL,
        NewCenter,
        default_name,
        list_locales,
    )

    # What was typed is checked before a person is asked for more.
    given_source = None if source is None else _source(source)
    given_locales = None if locales is None else _locales(" ".join(locales))
    given_name = None if name is None else _name(name)
    given_url = None if url is None else _url(url)

    def decide(given: str | None, question: str, usual: str, read: Callable[[str], str]) -> str:
        if given is not None:
            return given
        return click.prompt(question, default=usual, value_proc=read, err=True) if ask else usual

    chosen = decide(given_source, "Language you write in (a tag such as en, tr or pt-BR)", DEFAULT_SOURCE, _source)
    others = decide(given_locales, "Other languages, separated by commas", "", _locales)
    return NewCenter(
        source=chosen,
        locales=list_locales(chosen, others.split()),
        name=decide(given_name, "Name of the site", default_name(chosen), _name),
        url=decide(given_url, "Address of the site", DEFAULT_URL, _url),
        year=today().year,
    )


def _source(value: str) -> str:
    from helpcenter.project.initialization import explain_tag  # noqa: PLC0415 - only here

    if problem := explain_tag(value.strip()):
        raise click.BadParameter(problem, param_hint="'--source'")
    return value.strip()


def _locales(value: str) -> str:
    """Check a list of tags; give them separated by spaces."""
    from helpcenter.project.initialization import explain_tag, split_tags  # noqa: PLC0415 - only here

    tags = split_tags([value])
    if problems := list(dict.fromkeys(filter(None, map(explain_tag, tags)))):
        raise click.BadParameter("\n".join(problems), param_hint="'--locales'")
    return " ".join(tags)


def _name(value: str) -> str:
    if not value.strip() or not value.strip().isprintable():
        raise click.BadParameter("give a name of one line", param_hint="'--name'")
    return value.strip()


def _url(value: str) -> str:
    from helpcenter.project.initialization import explain_url  # noqa: PLC0415 - only here

    if problem := explain_url(value.strip()):
        raise click.BadParameter(problem, param_hint="'--url'")
    return value.strip().rstrip("/") + "/"


def _tell(folder: Path, center: NewCenter, count: int) -> None:
    """Say what was made and what comes next."""
    from helpcenter.diagnostics import printable  # noqa: PLC0415 - only here
    from helpcenter.project.initialization import starter_language  # noqa: PLC0415 - only here

    here = folder.resolve() == Path.cwd()
    where = "" if here else printable(f" in {folder}")
    click.echo(f"made {count} files{where}: a help center in {', '.join(center.locales)}", err=True)
    if starter_language(center.source) is None:
        click.echo(
            f"there are no starter texts in {center.source}: the pages are in English, write your own over them",
            err=True,
        )
    steps = [
        *([] if here else [f"cd {shlex.quote(printable(str(folder)))}"]),
        "helpcenter serve                          look at the pages while you write",
        *(
            ["helpcenter extract                        make the files of the translations"]
            if len(center.locales) > 1
            else []
        ),
        "helpcenter build                          make the site",
    ]
    click.echo("next:\n" + "\n".join(f"  {step}" for step in steps), err=True)
    click.echo(
        "before you publish: replace the example values in locales/regions/001.yml, customers read them", err=True
    )
