"""The command ``helpcenter`` and what all its commands share."""

from __future__ import annotations

import difflib
import importlib
import io
import keyword
import os
import re
import sys
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from helpcenter import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from helpcenter.diagnostics import Finding
    from helpcenter.project import Project

# Each command lives in a module of its own, imported when it is called: `build` with nothing to do must not pay for `serve`.
COMMANDS = {
    "init": "initialization",
    "new": "pages",
    "extract": "translation",
    "adopt": "adoption",
    "merge-catalogs": "merging",
    "translate": "translation",
    "approve": "signing",
    "status": "standing",
    "memory": "exchanging",
    "export": "exchanging",
    "import": "exchanging",
    "check": "inspection",
    "accept": "acceptance",
    "explain": "inspection",
    "show": "inspection",
    "regions": "regions",
    "build": "building",
    "serve": "building",
    "search": "searching",
    "completion": "shells",
}


class SuggestingGroup(click.Group):
    """Suggests what a mistyped command may mean."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of a call."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], known, n=2, cutoff=0.5)
            hint = f" Did you mean {' or '.join(repr(name) for name in near)}?" if near else ""
            ctx.fail(f"No such command '{args[0]}'.{hint}")
        return super().resolve_command(ctx, args)


class CommandGroup(SuggestingGroup):
    """Loads commands when they are asked for, in the order of a page's life."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Give the names of all commands."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Give a command by its name."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"helpcenter.cli.{COMMANDS[name]}")
        # A command whose name is a word of Python has an underscore behind it.
        word = name.replace("-", "_")
        command: click.Command = getattr(module, f"{word}_" if keyword.iskeyword(word) else word)
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run a command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # The reader of our output left, as `head` does; nothing went wrong.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


@dataclass(frozen=True)
class Session:
    """What a call of the command line works on.

    Args:
        start: the folder it was called for.
    """

    start: Path

    def project(self) -> Project:
        """Read the project at or above the folder.

        Raises:
            HelpcenterError: with all findings at once.
            BadParameter: there is no such folder.
        """
        from helpcenter.project import load_project  # noqa: PLC0415 - pydantic costs 0.1 s

        return load_project(self.root())

    def root(self) -> Path:
        """Find the project's folder.

        Raises:
            BadParameter: the folder it was called for does not exist.
        """
        from helpcenter.project.roots import find_root  # noqa: PLC0415 - light

        if not self.start.is_dir():
            # The project above it would be found, and a mistyped name would go unnoticed.
            raise click.BadParameter(f"there is no folder '{self.start}'", param_hint="'-C'")
        return find_root(self.start)


@click.group(
    cls=CommandGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 clean, 1 findings, 2 wrong usage. 'helpcenter explain CODE' tells more about a finding.",
)
@click.option(
    "-C",
    "folder",
    metavar="FOLDER",
    default=".",
    type=click.Path(file_okay=False, path_type=Path),
    help="Work in this folder instead of the current one.",
)
@click.version_option(__version__, "-V", "--version", prog_name="helpcenter")
@click.pass_context
def app(ctx: click.Context, folder: Path) -> None:
    """Build multilingual help centers: written once, translated, reviewed, true in every region."""
    ctx.obj = Session(folder)
    if os.environ.get("NO_COLOR"):
        ctx.color = False


def main() -> NoReturn:
    """Run the command line; whatever goes wrong is told without a traceback."""
    from helpcenter.diagnostics.findings import HelpcenterError  # noqa: PLC0415 - light, but beside its use
    from helpcenter.diagnostics.views import printable  # noqa: PLC0415 - as above

    try:
        # Outside of its own mode click returns the code of a command that ended early.
        code = app.main(prog_name="helpcenter", standalone_mode=False)
    except click.ClickException as error:
        # It repeats what was typed.
        shown = io.StringIO()
        error.show(shown)
        click.echo(printable(shown.getvalue(), lines=True), err=True, nl=False)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; what was finished is kept, and the same command goes on from there", err=True)
        sys.exit(130)
    except HelpcenterError as error:
        report(error.findings, "text")
        sys.exit(exit_code(error.findings))
    except Exception as error:
        if os.environ.get("HELPCENTER_DEBUG"):
            raise
        click.echo(printable(f"internal error: {type(error).__name__}: {error}", lines=True), err=True)
        click.echo("This is a defect of helpcenter, not of your files. HELPCENTER_DEBUG=1 shows where.", err=True)
        sys.exit(70)  # sysexits' EX_SOFTWARE
    sys.exit(code if isinstance(code, int) else 0)


def report(findings: Sequence[Finding], form: str) -> None:
    """Print findings: for a person to standard error, for a program to standard output."""
    from helpcenter.diagnostics import (  # noqa: PLC0415 - only when there is something to print
        as_github,
        as_json,
        as_sarif,
        as_text,
    )

    if form == "json":
        click.echo(as_json(findings))
    elif form == "sarif":
        click.echo(as_sarif(findings))
    elif form == "github":
        if findings:
            click.echo(as_github(findings))
    elif findings:
        # Also called when click's context, which knows about colour, is gone.
        color = False if os.environ.get("NO_COLOR") else None
        click.echo(as_text(findings) + "\n", err=True, color=color)
        click.echo(_count(findings), err=True)


def exit_code(findings: Sequence[Finding]) -> int:
    """Give the code of a command that findings ended: 2 when all are about what it was asked for, else 1."""
    from helpcenter.diagnostics import explain  # noqa: PLC0415 - only when there is something to print

    return 2 if all(explain(finding.code).usage for finding in findings) else 1


def _count(findings: Sequence[Finding]) -> str:
    names = [str(finding.severity) for finding in findings]
    parts = [
        f"{names.count(name)} {name}{'s' if names.count(name) != 1 else ''}" for name in ("error", "warning", "note")
    ]
    return ", ".join(part for part in parts if not part.startswith("0 "))


def fail_on(findings: Sequence[Finding], form: str = "text") -> None:
    """Print findings and end with exit code 1 if one of them is an error."""
    from helpcenter.diagnostics import Severity  # noqa: PLC0415 - only when there is something to print

    if any(finding.severity is Severity.ERROR for finding in findings):
        report(findings, form)
        raise click.exceptions.Exit(1)


_AMOUNT = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2106, 2, 7)


class IsoDate(click.ParamType[date]):
    """A day as ``YYYY-MM-DD``, between the first and the last that a site can be built for.

    Its sitemap is compressed, and gzip counts seconds since 1970 with 32 bits (RFC 1952, MTIME).
    """

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401 - click's signature
        """Read a day."""
        if isinstance(value, date):
            return value
        try:
            # fromisoformat also reads weeks and digits without hyphens.
            day = date.fromisoformat(value) if _DAY.fullmatch(value) else None
        except ValueError:
            day = None
        if day is None:
            self.fail(f"'{value}' is not a day such as 2026-11-22", param, ctx)
        if not _FIRST_DAY <= day <= _LAST_DAY:
            self.fail(f"'{value}' does not lie between {_FIRST_DAY} and {_LAST_DAY}", param, ctx)
        return day


class Amount(click.ParamType[Decimal]):
    """An amount of money, as in ``20`` or ``2.50``."""

    name = "amount"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:  # noqa: ANN401 - click's signature
        """Read an amount."""
        if isinstance(value, Decimal):
            return value
        if not _AMOUNT.fullmatch(value):
            self.fail(f"'{value}' is not an amount such as 20 or 2.50", param, ctx)
        return Decimal(value)


def locale_option(help_text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make the option ``--locale``, which may be given several times."""
    return click.option(
        "-l", "--locale", "locales", metavar="TAG", multiple=True, help=help_text, shell_complete=complete_locale
    )


def complete_locale(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Give the tags of the project's locales that begin like this; none where there is no project."""
    from helpcenter.diagnostics import HelpcenterError  # noqa: PLC0415 - only while completing

    # While a line is completed no command runs, so that nothing has made a session yet.
    session = Session(Path(ctx.find_root().params.get("folder") or "."))
    try:
        return [tag for tag in session.project().locales if tag.startswith(incomplete)]
    except (HelpcenterError, click.BadParameter):
        return []


def reviewer(who: str | None) -> str:
    """Give the name of the person who signs: the given one, else the address that git knows.

    Raises:
        UsageError: nobody knows it.
    """
    import subprocess  # noqa: PLC0415 - only for what is signed

    if not who:
        try:
            done = subprocess.run(["git", "config", "user.email"], capture_output=True, text=True, check=False)  # noqa: S607 - the reviewer's own git
            who = done.stdout
        except OSError:
            who = ""
    who = " ".join(who.split())
    if not who:
        raise click.UsageError("Say who reviewed the text: --by NAME, or set HELPCENTER_REVIEWER.")
    return who


def today() -> date:
    """Give the day in UTC, so that the same commit builds the same site wherever it is built."""
    from datetime import UTC, datetime  # noqa: PLC0415 - beside its use

    return datetime.now(UTC).date()
