"""The command that merges catalogs of two branches."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from helpcenter.cli.app import Session, exit_code, report

if TYPE_CHECKING:
    from helpcenter.diagnostics import Finding

ATTRIBUTES = "locales/**/*.po merge=helpcenter"


@click.command("merge-catalogs")
@click.argument(
    "files", nargs=-1, metavar="[BASE OURS THEIRS]", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--path", "name", metavar="PATH", help="With three files: where the catalog lies in the project.")
@click.option("--install", is_flag=True, help="Let git merge the catalogs of this repository with this command.")
@click.pass_obj
def merge_catalogs(session: Session, files: tuple[Path, ...], name: str | None, *, install: bool) -> None:
    """Merge catalogs of two branches, entry by entry.

    Without arguments all catalogs that git has left unmerged.  With three files it writes into OURS, as git asks of a merge
    driver.  Nothing that a person wrote on either side is lost.
    """
    if len(files) not in {0, 3}:
        raise click.UsageError("give three files (BASE OURS THEIRS), or none")
    if install:
        _install(session.root())
    elif files:
        _merge_files(files[0], files[1], files[2], name or files[1].as_posix())
    else:
        _merge_all(session.root())


def _merge_files(base: Path, ours: Path, theirs: Path, name: str) -> None:
    from helpcenter.catalog.unmerged import merge_texts  # noqa: PLC0415 - only here
    from helpcenter.project import read_text, remove_leftovers, write_atomic  # noqa: PLC0415 - pydantic costs 0.1 s

    remove_leftovers(ours.parent, below=False)
    texts = [read_text(file, file.parent) for file in (base, ours, theirs)]
    text, found = merge_texts(name, *texts)
    write_atomic(ours, text)
    report(found, "text")


def _merge_all(root: Path) -> None:
    from helpcenter.catalog.unmerged import find_unmerged, is_error, mark_merged, resolve  # noqa: PLC0415 - only here
    from helpcenter.diagnostics import HelpcenterError  # noqa: PLC0415 - only here
    from helpcenter.project import remove_leftovers, write_atomic  # noqa: PLC0415 - pydantic costs 0.1 s

    found: list[Finding] = []
    count = 0
    for unmerged in find_unmerged(root):
        remove_leftovers(unmerged.file.parent, below=False)
        try:
            text, warnings = resolve(unmerged, root)
            write_atomic(unmerged.file, text)
        except HelpcenterError as error:
            found += error.findings
            continue
        # Only what is safe in its file is merged for git.
        mark_merged(root, unmerged.name)
        found += warnings
        count += 1
        click.echo(f"{unmerged.name}: merged", err=True)
    report(found, "text")
    if count:
        click.echo("next: resolve the pages, if git left any; then 'helpcenter extract' and 'git commit'", err=True)
    elif not found:
        click.echo("git has left no catalog unmerged", err=True)
    if is_error(found):
        raise click.exceptions.Exit(exit_code(found))


def _install(root: Path) -> None:
    from helpcenter.catalog.unmerged import set_up_driver  # noqa: PLC0415 - only here
    from helpcenter.project import read_text, write_atomic  # noqa: PLC0415 - pydantic costs 0.1 s

    set_up_driver(root, f"{shlex.quote(sys.executable)} -m helpcenter")
    file = root / ".gitattributes"
    text = read_text(file, root) if file.exists() else ""
    if ATTRIBUTES not in text.splitlines():
        write_atomic(file, text + "\n" * bool(text and not text.endswith("\n")) + ATTRIBUTES + "\n")
    click.echo("git merges the catalogs of this repository with helpcenter now", err=True)
