"""Build the staged files with other renderers, and count what of our site is there in theirs.

Nothing here blocks: it ends with 0 whatever the renderers do, and with 3 if the comparison itself could not be made.
Judged is the output only: a renderer may well say that it has built a site that lacks half of it.

    python tests/renderers/compare.py [--locales tr,ar] [--missing]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from environments import CannotRunError, installed_version, make_environment
from observations import KINDS, compare, observe_site
from rich.console import Console
from rich.table import Table
from runs import Outcome, run_properdocs, run_replacement, run_zensical

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROPERDOCS = "1.6.7"
ZENSICAL = "0.0.73"
LOCALES = ("en", "tr", "ar", "zh-CN", "es", "pt-BR")
CANNOT_RUN = 3
EXAMPLES = 5

WAYS = {
    "Zensical\nas staged": "staged",
    "Zensical\nits own theme": "own",
}

Scores: TypeAlias = dict[str, tuple[int, int]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare the renderers; give the exit status."""
    options = _parse(arguments)
    root = options.root.resolve()
    try:
        tags = _build_ours(root, options.locales)
        properdocs, zensical = _environments(root, options)
        versions = {
            "ProperDocs": installed_version(properdocs, "properdocs"),
            "Zensical": installed_version(zensical, "zensical"),
        }
    except (CannotRunError, OSError, subprocess.SubprocessError) as error:
        print(f"renderers: {error}", file=sys.stderr)
        return CANNOT_RUN
    outcomes = _try_all(root, tags, properdocs, zensical)
    scores, missing = _score(root, outcomes)
    report = _report(tags, versions, outcomes, scores, missing)
    (root / ".build" / "renderers" / "report.json").write_text(
        json.dumps(report, ensure_ascii=False, indent=1), "utf-8"
    )
    _show(report, with_missing=options.missing)
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="compare.py", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--root", type=Path, default=Path(__file__).parents[2], help="the project (default: this one)")
    parser.add_argument("--locales", default="", help=f"comma separated (default: {','.join(LOCALES)})")
    parser.add_argument("--properdocs", default=PROPERDOCS, help="version (default: %(default)s)")
    parser.add_argument("--zensical", default=ZENSICAL, help="version (default: %(default)s)")
    parser.add_argument(
        "--missing", action="store_true", help=f"show up to {EXAMPLES} things that are missing, by check"
    )
    return parser.parse_args(arguments)


def _build_ours(root: Path, wanted: str) -> list[str]:
    """Bring the site and the staged files up to date; give the locales to compare."""
    command = [sys.executable, "-m", "helpcenter", "-C", str(root), "build"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotRunError(f"the project does not build:\n{done.stderr or done.stdout}")
    built = sorted(path.parent.name for path in (root / ".build").glob("*/mkdocs.yml"))
    tags = [tag.strip() for tag in wanted.split(",") if tag.strip()]
    if unknown := [tag for tag in tags if tag not in built]:
        raise CannotRunError(f"no such locale: {', '.join(unknown)}; there are {', '.join(built)}")
    return tags or [tag for tag in LOCALES if tag in built] or built


def _environments(root: Path, options: argparse.Namespace) -> tuple[Path, Path]:
    kept = root / ".build" / "renderers" / "environments"
    package = Path(__file__).parents[2]
    # Staged files name an extension of ours, which draws icons.
    ours, depends = ["-e", str(package)], [package / "pyproject.toml"]
    properdocs = make_environment(kept / "properdocs", [f"properdocs=={options.properdocs}", *ours], depends)
    return properdocs, make_environment(kept / "zensical", [f"zensical=={options.zensical}", *ours], depends)


def _try_all(root: Path, tags: Sequence[str], properdocs: Path, zensical: Path) -> dict[str, dict[str, Outcome]]:
    """Build everything in every way; give the outcome by way and locale."""
    work = root / ".build" / "renderers"
    whole = run_replacement(properdocs, root, work / "replacement")
    outcomes = {
        "ProperDocs\nas staged": {tag: run_properdocs(properdocs, root, tag, work / "properdocs") for tag in tags},
        "ProperDocs\nin helpcenter": {tag: Outcome(whole.site / tag, whole.status, whole.message) for tag in tags},
    }
    for name, way in WAYS.items():
        outcomes[name] = {tag: run_zensical(zensical, root, tag, work / f"zensical-{way}", way) for tag in tags}
    return outcomes


def _score(
    root: Path, outcomes: Mapping[str, Mapping[str, Outcome]]
) -> tuple[dict[str, Scores], dict[str, dict[str, list[str]]]]:
    """Count what is there, over all locales, and list what is not."""
    tags = next(iter(outcomes.values()))
    ours = {tag: observe_site(root / "site" / tag) for tag in tags}
    scores: dict[str, Scores] = {}
    missing: dict[str, dict[str, list[str]]] = {}
    for name, by_tag in outcomes.items():
        for tag, outcome in by_tag.items():
            theirs = observe_site(outcome.site)
            for kind, (found, expected) in compare(ours[tag], theirs).items():
                before = scores.setdefault(name, {}).get(kind, (0, 0))
                scores[name][kind] = (before[0] + found, before[1] + expected)
                lost = ours[tag][kind] - theirs.get(kind, Counter())
                missing.setdefault(name, {}).setdefault(kind, []).extend(f"{tag}/{thing}" for thing in lost)
    return scores, missing


def _report(
    tags: Sequence[str],
    versions: Mapping[str, str],
    outcomes: Mapping[str, Mapping[str, Outcome]],
    scores: Mapping[str, Scores],
    missing: Mapping[str, Mapping[str, list[str]]],
) -> dict[str, object]:
    return {
        "locales": list(tags),
        "versions": dict(versions),
        "runs": {
            name: {
                "exit status": sorted({str(outcome.status) for outcome in by_tag.values()}),
                "messages": list(dict.fromkeys(outcome.message for outcome in by_tag.values() if outcome.message)),
                "checks": {kind: list(score) for kind, score in scores[name].items()},
                "missing": {kind: things[:EXAMPLES] for kind, things in missing[name].items() if things},
            }
            for name, by_tag in outcomes.items()
        },
    }


def _show(report: Mapping[str, object], *, with_missing: bool) -> None:
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 140)
    versions, locales, runs = report["versions"], report["locales"], report["runs"]
    assert isinstance(versions, dict)
    assert isinstance(locales, list)
    assert isinstance(runs, dict)
    names = ", ".join(f"{name} {version}" for name, version in versions.items())
    table = Table(title=f"{names}; locales {', '.join(locales)}", title_justify="left")
    table.add_column("check")
    for name in runs:
        table.add_column(name, justify="right")
    for kind in sorted(next(iter(runs.values()))["checks"], key=KINDS.index):
        table.add_row(kind, *(verdict(*run["checks"][kind]) for run in runs.values()))
    table.add_row("exit status", *(", ".join(run["exit status"]) for run in runs.values()))
    console.print(table)
    for name, run in ((name.replace("\n", ", "), run) for name, run in runs.items()):
        for message in run["messages"]:
            console.print(f"{name} said: {message}", markup=False)
        for kind, things in run["missing"].items() if with_missing else ():
            for thing in things:
                console.print(f"{name} lacks {kind}: {thing}", markup=False)


def verdict(found: int, expected: int) -> str:
    """Say how much is there."""
    if found == expected:
        return f"ok {found}"
    return f"{found} of {expected}" if found else f"missing {expected}"


if __name__ == "__main__":
    sys.exit(main())
