"""The table in the README: the machine's texts and the reviewed ones are those of the catalog."""

from __future__ import annotations

import re

from project_files import ROOT

from helpcenter.catalog import State, load_catalog
from helpcenter.catalog.entries import fingerprint

_ROW = re.compile(r"^\| `(?P<source>.+?)` \| `(?P<machine>.+?)` \| `(?P<reviewed>.+?)` \|", re.MULTILINE)


def test_the_table_shows_what_the_catalog_has() -> None:
    file = ROOT / "locales/pt-BR/catalog/faq/where-is-my-order.po"
    entries = load_catalog(file, "faq/where-is-my-order.md", ROOT).active
    rows = [match.groupdict() for match in _ROW.finditer((ROOT / "README.md").read_text("utf-8"))]
    assert len(rows) == 6
    for row in rows:
        wanted = re.compile(".*".join(map(re.escape, row["source"].split("…"))))
        (entry,) = [entry for entry in entries if wanted.fullmatch(entry.msgid)]
        assert entry.state is State.REVIEWED
        assert re.fullmatch(".*".join(map(re.escape, row["reviewed"].split("…"))), entry.msgstr)
        if "…" not in row["machine"]:
            assert entry.machine is not None
            assert fingerprint(row["machine"]) == entry.machine.output


def test_the_page_is_reviewed_as_the_text_says() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    file = ROOT / "locales/pt-BR/catalog/faq/where-is-my-order.po"
    entries = load_catalog(file, "faq/where-is-my-order.md", ROOT).active
    kept = sum(entry.machine is not None and fingerprint(entry.msgstr) == entry.machine.output for entry in entries)
    assert f"Of its {len(entries)} texts, {kept} could" in text
