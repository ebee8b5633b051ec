"""The examples of docs/commands/search.md; run as a script, with the folder of a built demo, it writes them anew."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).parents[2] / "docs/commands/search.md"
_EXAMPLE = re.compile(r"(```console\n\$ helpcenter (search [^\n]*)\n)(.*?)(```)", re.DOTALL)
_NUMBER = re.compile(r" *\d+\.\d+|\d+(?= more$)", re.MULTILINE)
NOT_BUILT = "error[search-not-built]"


def examples() -> list[tuple[str, str]]:
    """Give the examples that a built demo answers: command and output."""
    found = _EXAMPLE.findall(PAGE.read_text("utf-8"))
    return [(command, output) for _, command, output, _ in found if NOT_BUILT not in output]


def without_numbers(output: str) -> str:
    """Leave out scores, and how many terms there are besides: they change with every page that is written."""
    return _NUMBER.sub(" #", output)


def ask(demo: Path, command: str) -> str:
    """Call the command on a built demo."""
    words = [sys.executable, "-m", "helpcenter", "-C", str(demo), *shlex.split(command)]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def write_examples(answer: Callable[[str], str]) -> None:
    """Write the page with what the command says now."""

    def renew(found: re.Match[str]) -> str:
        return found[0] if NOT_BUILT in found[3] else found[1] + answer(found[2]) + found[4]

    PAGE.write_text(_EXAMPLE.sub(renew, PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    write_examples(lambda command: ask(Path(sys.argv[1]), command))
