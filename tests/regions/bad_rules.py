"""What is said of bad rules: run as a script, it writes the texts of ``cases/bad_rules.yml`` anew, for a person to read the diff.

python tests/regions/bad_rules.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import click
import yaml
from region_cases import BUILD_DATE, CASES, load_shop

from helpcenter.diagnostics import as_text
from helpcenter.regions import check_regions, check_texts

FILE = CASES / "bad_rules.yml"
HEAD = """\
# 40 kinds of bad rules and more: files beside those of shop.yml (an empty text leaves one out; ../shop.yml holds the shop's
# choices) → all that is said, word for word. `python tests/regions/bad_rules.py` writes `said` anew; read the diff.
"""


def say(folder: Path, files: dict[str, str]) -> str:
    """Give everything that is said of the small shop with some files replaced, added or left out."""
    regions, found = load_shop(folder, files)
    if regions is not None:
        found = [*found, *check_regions(regions, BUILD_DATE), *check_texts(regions, folder)]
    return click.unstyle(as_text(found))


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks."""


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text.strip("\n") or text.endswith("\n") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _write_text)


def main() -> None:
    """Write the file anew."""
    cases: list[dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))
    for case in cases:
        with tempfile.TemporaryDirectory() as folder:
            case["said"] = say(Path(folder), case["files"]) + "\n"
    written = yaml.dump(cases, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000)
    FILE.write_text(HEAD + written, "utf-8")


if __name__ == "__main__":
    main()
