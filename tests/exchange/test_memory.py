from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from helpcenter.catalog import State
from helpcenter.exchange import find_matches, pairs_of
from project_cases import Run, edit, load, snapshot, write

if TYPE_CHECKING:
    from pathlib import Path

    from helpcenter.exchange import Pair
    from helpcenter.exchange.lookups import Side

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
TURKISH = f"""{HEADER}# mt: pseudo src=f62c6a5c0449 terms=0123456789ab out=5feceb66ffc8
#, fuzzy
msgid "Pay the order"
msgstr "0"

# also (ayse 2026-01-02): "Siparişi \\"öde\\""
# also: "Ödeyin"
# suggest: Hemen öde
msgid "Pay now"
msgstr "Öde"

# stale: hard
#, fuzzy
#| msgid "Pay 10 euros"
msgid "Pay 20 euros"
msgstr "10 euro öde"
"""
GONE = f'{HEADER}#~ msgid "Pay later"\n#~ msgstr "Sonra öde"\n'


@pytest.fixture
def folder(project_folder: Path) -> Path:
    write(
        project_folder,
        {
            "locales/tr/catalog/faq/pay.po": TURKISH,
            "locales/tr/catalog/_obsolete.po": GONE,
            "locales/tr/glossary.yml": "terms: [{term: order, translation: sipariş}]\n",
        },
    )
    return project_folder


def pairs(folder: Path, tag: str) -> list[Pair]:
    project, _ = load(folder)
    return pairs_of(project, project.locales[tag])


def test_every_text_of_a_language_is_a_pair(folder: Path):
    found = {
        pair.target: (pair.source, pair.state, pair.role, pair.is_obsolete)
        for pair in pairs(folder, "tr")
        if pair.source.startswith("Pay")
    }
    assert found == {
        "0": ("Pay the order", State.MACHINE, "text", False),
        "Öde": ("Pay now", State.REVIEWED, "text", False),
        "Hemen öde": ("Pay now", State.MACHINE, "suggestion", False),
        'Siparişi "öde"': ("Pay now", State.REVIEWED, "also", False),
        "Ödeyin": ("Pay now", State.STALE, "also", False),
        "10 euro öde": ("Pay 20 euros", State.STALE, "text", False),
        "Sonra öde": ("Pay later", State.REVIEWED, "text", True),
    }


def test_a_pair_says_where_it_stands_and_who_wrote_it(folder: Path):
    by_target = {pair.target: pair for pair in pairs(folder, "tr")}
    machine, also = by_target["0"], by_target['Siparişi "öde"']
    assert machine.machine is not None
    assert (machine.machine.provider, machine.machine.glossary) == ("pseudo", "0123456789ab")
    assert machine.is_older
    assert (machine.file, machine.line, machine.locale) == ("locales/tr/catalog/faq/pay.po", 5, "tr")
    assert also.reviewed is not None
    assert (also.reviewed.who, also.reviewed.date) == ("ayse", "2026-01-02")


def test_a_locale_sees_the_texts_it_builds_on_and_no_others(folder: Path):
    write(folder, {"locales/de-AT/catalog/index.po": f'{HEADER}msgid "Help"\nmsgstr "Hüfe"\n'})
    assert [p.target for p in pairs(folder, "de-AT") if p.locale == "de-AT"] == ["Hüfe"]
    assert {pair.locale for pair in pairs(folder, "de-AT")} == {"de-AT", "de"}
    assert {pair.locale for pair in pairs(folder, "de")} == {"de"}


def test_traditional_chinese_does_not_see_simplified(folder: Path):
    edit(folder, "mkdocs.yml", "tr]", "tr, zh-CN, zh-TW]")
    write(folder, {"locales/zh-CN/catalog/index.po": f'{HEADER}msgid "Help"\nmsgstr "帮助"\n'})
    assert pairs(folder, "zh-TW") == []
    assert [pair.target for pair in pairs(folder, "zh-CN")] == ["帮助"]


@pytest.mark.parametrize(
    ("text", "side", "expected"),
    [
        (
            "Pay now",
            "source",
            [("exact", "Öde"), ("exact", 'Siparişi "öde"'), ("exact", "Hemen öde"), ("exact", "Ödeyin")],
        ),
        ("Pay 10 euros", "source", [("exact", "10 euro öde")]),
        ("Pay 21 euros", "source", [("similar", "10 euro öde")]),
        ("EURO", "target", [("contains", "10 euro öde")]),
        ("order", "source", [("contains", "0")]),
        ("  ", "source", []),
        ("qqqq", "source", []),
    ],
)
def test_the_most_similar_comes_first(text: str, side: Side, expected: list[tuple[str, str]], folder: Path):
    known = [pair for pair in pairs(folder, "tr") if pair.page == "faq/pay.md"]
    assert [(m.kind, m.pair.target) for m in find_matches(known, text, side=side, least=85)] == expected


def test_a_person_reads_texts_state_and_place(folder: Path, run: Run):
    before = snapshot(folder)
    done = run("-C", folder, "memory", "Pay the order", "-l", "tr", "--limit", "1")
    assert done.code == 0
    words = " ".join(done.out.split())
    assert words.startswith("100 % machine Pay the order 0 no page needs it · locales/tr/catalog/faq/pay.po:5")
    assert "by pseudo, with other terms than the glossary has now" in words
    assert "more; --limit shows them" in done.err
    assert snapshot(folder) == before


def test_brackets_are_text(folder: Path, run: Run):
    write(
        folder,
        {"locales/tr/catalog/faq/pay.po": f'{HEADER}msgid "Open [it](a.md)"\nmsgstr "[bold]Aç[/bold] [onu](a.md)"\n'},
    )
    done = run("-C", folder, "memory", "Open [it](a.md)", "-l", "tr")
    assert "[bold]Aç[/bold] [onu](a.md)" in done.out


def test_a_program_reads_json(folder: Path, run: Run):
    done = run("-C", folder, "memory", "-l", "tr", "--older-glossary", "--format", "json")
    (row,) = json.loads(done.out)
    assert (row["target"], row["provider"], row["older_glossary"], row["score"]) == ("0", "pseudo", True, 100.0)


def test_finding_nothing_is_no_error(folder: Path, run: Run):
    done = run("-C", folder, "memory", "qqqq", "-l", "tr")
    assert (done.code, done.out, done.err) == (0, "", "nothing found\n")
