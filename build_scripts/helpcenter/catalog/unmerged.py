"""Catalogs that git could not merge by itself."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpcenter.catalog.branches import unite
from helpcenter.catalog.entries import Catalog
from helpcenter.catalog.pofile import LAST, read_catalog, render
from helpcenter.diagnostics import Finding, HelpcenterError, Place, Severity, finding
from helpcenter.project import read_text, relative

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from helpcenter.catalog.branches import Clash
    from helpcenter.catalog.entries import Entry

_CATALOG = re.compile(r"(?:^|/)locales/(?P<tag>[^/]+)/catalog/(?P<page>.+)\.po$")
_MARKER = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?: .*)?")
_BASE, _OURS, _THEIRS = 1, 2, 3
_SIDES = {_BASE: "base", _OURS: "ours", _THEIRS: "theirs"}


@dataclass(frozen=True, slots=True)
class Unmerged:
    """A catalog that git left unmerged.

    Args:
        file: in the working tree.
        name: its path below the project.
        sides: what git knows of it: "base", "ours", "theirs"; what is not there did not exist, or was removed.
    """

    file: Path
    name: str
    sides: dict[str, bytes]


def merge_texts(name: str, base: str | None, ours: str, theirs: str) -> tuple[str, list[Finding]]:
    """Make one catalog of two.

    Args:
        name: path of the file, as in ``locales/tr/catalog/guides/returns.po``.
        base: before the branches went apart; None or empty where there was none.
        ours: one branch.
        theirs: the other.

    Returns:
        The text of the file, and a warning for each pair of texts of which a person has to choose.

    Raises:
        HelpcenterError: a side cannot be read; with the findings of all of them.
    """
    match = _CATALOG.search(name)
    page = f"{match['page']}.md" if match else name
    sides = {"base": Catalog(page)}
    found: list[Finding] = []
    for side, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        if side == "base" and not (text or "").strip():
            continue
        try:
            sides[side] = read_catalog(text or "", page, f"{name} ({side})")
        except HelpcenterError as error:
            found += error.findings
    if found:
        raise HelpcenterError(*found)
    union = unite(sides["base"], sides["ours"], sides["theirs"])
    # A variant's catalog names no last entry; from the file alone nobody can tell it from another tool's.
    is_unnamed = not any(LAST in sides[side].metadata for side in ("ours", "theirs"))
    tag = match["tag"] if match else sides["ours"].metadata.get("Language", "")
    text = render(union.catalog, tag, variant=is_unnamed)
    written = read_catalog(text, page, name) if union.clashes else union.catalog
    return text, [_clash_finding(clash, written, name, text) for clash in union.clashes]


def _clash_finding(clash: Clash, catalog: Catalog, name: str, text: str) -> Finding:
    entry = next((one for one in catalog.entries if one.msgid == clash.kept.msgid), None)
    line = entry.line if entry else 1
    message = f"{_who(clash.kept)} and {_who(clash.other)} translated the same text differently on two branches"
    hint = f"the words of {_who(clash.kept)} are in use, the others stand above them ('# also'): choose, then delete that line"
    return finding("catalog-two-texts", message, Place(name, line, 1, 1, text.split("\n")[line - 1]), help=hint)


def _who(entry: Entry) -> str:
    signature = entry.approved or entry.reviewed
    return "somebody without a signature" if signature is None else f"'{signature.who}' ({signature.date})"


def find_unmerged(root: Path) -> list[Unmerged]:
    """Find the catalogs of a project that git reports as unmerged.

    Raises:
        HelpcenterError: ``catalog-no-git``.
    """
    stages: dict[str, dict[int, str]] = {}
    for row in filter(None, _git(root, "ls-files", "--unmerged", "-z").decode("utf-8", "surrogateescape").split("\0")):
        about, _, path = row.partition("\t")
        _, blob, stage = about.split(" ")
        if _CATALOG.search(path):
            stages.setdefault(path, {})[int(stage)] = blob
    return [
        Unmerged(
            root / path,
            path,
            # With the line ends that the working tree has.
            {
                _SIDES[stage]: _git(root, "cat-file", "--filters", f"--path={path}", blob)
                for stage, blob in blobs.items()
            },
        )
        for path, blobs in sorted(stages.items())
    ]


def resolve(unmerged: Unmerged, root: Path) -> tuple[str, list[Finding]]:
    """Make one text of what the branches made of a catalog.

    Raises:
        HelpcenterError: a side cannot be read, or somebody has begun to resolve the conflict by hand.
    """
    texts = {side: _decode(raw, f"{unmerged.name} ({side})") for side, raw in unmerged.sides.items()}
    _refuse_edited(unmerged, texts.values(), root)
    base, ours, theirs = (texts.get(side) for side in _SIDES.values())
    if ours is None or theirs is None:
        # One branch removed the page and the other worked on it: `extract` keeps the texts if the page is gone.
        return ours or theirs or base or "", []
    return merge_texts(unmerged.name, base, ours, theirs)


def _decode(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        place = Place(name, raw.count(b"\n", 0, error.start) + 1)
        raise HelpcenterError(finding("file-encoding", message, place, help="save the file as UTF-8 there")) from error


def _refuse_edited(unmerged: Unmerged, texts: Iterable[str], root: Path) -> None:
    """Refuse to write over what somebody has done by hand to the file that git left.

    Raises:
        HelpcenterError: ``catalog-by-hand``.
    """
    if not unmerged.file.is_file():
        return
    known = {line.rstrip("\r") for text in texts for line in text.split("\n")}
    for number, line in enumerate(read_text(unmerged.file, root).split("\n"), 1):
        words = line.rstrip("\r")
        if words not in known and not _MARKER.fullmatch(words):
            place = Place(relative(unmerged.file, root), number, 1, max(len(words), 1), words)
            hint = (
                f"finish it and run 'git add {unmerged.name}', or start again: 'git checkout --merge {unmerged.name}'"
            )
            raise HelpcenterError(finding("catalog-by-hand", "this line is of neither branch", place, help=hint))


def mark_merged(root: Path, name: str) -> None:
    """Tell git that a file is merged.

    Raises:
        HelpcenterError: ``catalog-no-git``.
    """
    _git(root, "add", "--", name)


def set_up_driver(root: Path, command: str) -> None:
    """Let git merge the catalogs of this repository with helpcenter, and lines where that cannot read a side.

    Args:
        root: the project.
        command: calls helpcenter.

    Raises:
        HelpcenterError: ``catalog-no-git``.
    """
    own = f"{command} merge-catalogs %O %A %B --path %P"
    _git(root, "config", "merge.helpcenter.name", "catalogs of helpcenter, entry by entry")
    _git(root, "config", "merge.helpcenter.driver", f"{own} || git merge-file -L ours -L base -L theirs %A %O %B")


def _git(root: Path, *words: str) -> bytes:
    """Call git in a project; give what it says.

    Raises:
        HelpcenterError: ``catalog-no-git``.
    """
    try:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, check=False)  # noqa: S603, S607 - the person's own git
    except OSError as error:
        reason = error.strerror or str(error)
    else:
        if done.returncode == 0:
            return done.stdout
        reason = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
    hint = "run it in the repository in which 'git merge' stopped"
    raise HelpcenterError(finding("catalog-no-git", f"git cannot be asked: {reason}", Place("."), help=hint))


def is_error(findings: list[Finding]) -> bool:
    """Whether one of some findings is an error."""
    return any(one.severity is Severity.ERROR for one in findings)
