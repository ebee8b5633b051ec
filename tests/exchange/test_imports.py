from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from helpcenter.catalog import attic_path, fingerprint, load_catalogs
from helpcenter.diagnostics import known_codes
from helpcenter.quality.revisions import measure_revision
from project_cases import Run, edit, snapshot, write

if TYPE_CHECKING:
    from helpcenter.catalog import Catalog, Entry


@pytest.fixture
def shop(project_folder: Path) -> Path:
    """Give a small shop without a Turkish text."""
    shutil.rmtree(project_folder / "locales/tr/catalog")
    return project_folder


CASES = Path(__file__).parent / "cases"
PAGE = "guides/returns.md"
LINK = "Open `My orders`, then [write to us](contact.md)."
NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"


def cases(name: str) -> list[Any]:
    rows = yaml.safe_load((CASES / f"{name}.yml").read_text("utf-8"))
    return [pytest.param(row, id=row["name"]) for row in rows]


def catalogs(folder: Path, tag: str = "tr") -> dict[str, Catalog]:
    found, wrong = load_catalogs(folder / "locales" / tag / "catalog", folder)
    assert wrong == []
    return found


def entry(folder: Path, msgid: str, page: str = PAGE, tag: str = "tr") -> Entry:
    found = catalogs(folder, tag)[page].get(msgid)
    assert found is not None
    return found


def unit(msgid: str, target: str, state: str = "translated") -> str:
    """Write a document with one unit of words only."""
    return (
        f'<xliff xmlns="{NAMESPACE}" version="2.0" srcLang="en" trgLang="tr"><file id="f1" original="{PAGE}">\n'
        f'<unit id="u1"><segment state="{state}"><source>{msgid}</source><target>{target}</target></segment></unit>'
        "</file></xliff>"
    )


def take(folder: Path, run: Run, text: str | bytes, *words: str, code: int = 0, tag: str = "tr") -> str:
    """Import a file and give what was said; a second time nothing changes."""
    file = folder / "from-agency.xml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    done = run("-C", folder, "import", "-l", tag, file, *words)
    assert (done.code, done.out) == (code, ""), done.err
    before = snapshot(folder / "locales")
    again = run("-C", folder, "import", "-l", tag, file, *words)
    assert " 0 texts taken on 0 pages" in again.err or code
    assert snapshot(folder / "locales") == before
    return done.err


@pytest.mark.parametrize("case", cases("other_tools"))
def test_files_of_other_tools_are_read(case: dict[str, Any], shop: Path, run: Run):
    take(shop, run, case["text"])
    for page, texts in case["texts"].items():
        for msgid, expected in texts.items():
            found = entry(shop, msgid, page)
            assert f"{found.state} {found.msgstr}" == expected
    for msgid, note in case.get("notes", {}).items():
        assert note in entry(shop, msgid).comments
    kept = catalogs(shop).get(attic_path("_imported.md"))
    assert {one.msgid: one.msgstr for one in kept.entries} == case["kept"] if kept else "kept" not in case


@pytest.mark.parametrize("case", cases("damage"))
def test_codes_come_back_or_the_text_is_not_taken(case: dict[str, Any], shop: Path, run: Run):
    file = shop / "out.xlf"
    run("-C", shop, "extract", "-l", "tr")
    assert run("-C", shop, "export", "-l", "tr", PAGE, "-o", file).code == 0
    text = file.read_text("utf-8")
    old, new = case.get("edit", ("", ""))
    text = text.replace(old, new) if old else text
    words = " ".join(case["source"].split()[:1])
    pattern = re.compile(rf'state="initial"(><source>{words} .*?</source>)(</segment>)', re.DOTALL)
    text, count = pattern.subn(lambda m: f'state="translated"{m[1]}<target>{case["target"]}</target>{m[2]}', text)
    assert count == 1
    wanted = case.get("expect")
    said = take(shop, run, text, code=1 if wanted else 0)
    assert entry(shop, case["source"]).msgstr == case.get("text", "")
    if wanted:
        line = text[: text.index('state="translated"')].count("\n") + 1
        assert f"[{wanted['code']}]" in said
        assert wanted["message"] in said
        assert f"from-agency.xml:{line}\n" in said


def test_what_is_broken_in_several_units_is_told_at_once_and_the_rest_is_taken(project_folder: Path, run: Run):
    text = unit("How a return works.", "İade nasıl yapılır.").replace(
        "</file>",
        '<unit id="u2"><segment state="translated"><source>The law gives you {{ returns.days }}.</source>'
        "<target>Yasa.</target></segment></unit>\n"
        '<unit id="u3"><segment state="translated"><source>You have {{ returns.window }} to send an item back.</source>'
        "<target>Süre.</target></segment></unit></file>",
    )
    said = take(project_folder, run, text, code=1)
    assert said.count("[import-code]") == 2
    assert entry(project_folder, "How a return works.").msgstr == "İade nasıl yapılır."


# States


@pytest.mark.parametrize(
    ("state", "words", "expected"),
    [
        ("initial", (), "missing"),
        ("translated", (), "machine"),
        ("reviewed", (), "reviewed"),
        ("reviewed", ("--by", "ayse"), "reviewed"),
        ("final", (), "reviewed"),
        ("final", ("--by", "ayse", "--on", "2026-01-02"), "approved"),
    ],
)
def test_states_of_a_file_become_states_of_the_catalog(
    state: str, words: tuple[str, ...], expected: str, project_folder: Path, run: Run
):
    said = take(project_folder, run, unit("How a return works.", "İade.", state), *words)
    found = entry(project_folder, "How a return works.")
    assert found.state == expected
    assert ("[import-approval]" in said) == (state == "final" and not words)
    signature = found.approved or found.reviewed
    assert (signature.who if signature else "") == ("ayse" if words else "")


def test_drafts_are_told_once_and_taken_on_demand(shop: Path, run: Run):
    text = unit("How a return works.", "İade.", "initial")
    said = take(shop, run, text)
    assert said.count("note[import-draft]: 1 texts are drafts in the file and were left alone") == 1
    assert entry(shop, "How a return works.").msgstr == ""
    assert "import-draft" not in take(shop, run, text, "--drafts")
    assert entry(shop, "How a return works.").state == "machine"


def test_a_tool_that_writes_no_states_means_what_it_wrote(shop: Path, run: Run):
    take(shop, run, unit("How a return works.", "İade.").replace(' state="translated"', ""))
    assert entry(shop, "How a return works.").state == "machine"


def put(folder: Path, notes: str, msgstr: str) -> None:
    write(
        folder,
        {
            f"locales/tr/catalog/{PAGE.removesuffix('.md')}.po": 'msgid ""\nmsgstr ""\n"Language: tr\\n"\n\n'
            f'{notes}msgid "How a return works."\nmsgstr "{msgstr}"\n'
        },
    )


BY_MACHINE = "# mt: pseudo src=362fc9d8fe6c out=5feceb66ffc8\n#, fuzzy\n"
BY_PERSON = "#, fuzzy\n"
REVIEWED = "# reviewed: mehmet 2026-01-01\n"
STALE = '#, fuzzy\n#| msgid "How it works."\n'


@pytest.mark.parametrize(
    ("notes", "old", "state", "expected", "beside"),
    [
        (BY_MACHINE, "0", "translated", "machine Yeni", ""),
        (BY_MACHINE, "0", "initial", "machine 0", ""),
        (BY_MACHINE, "0", "reviewed", "reviewed Yeni", ""),
        (BY_PERSON, "Eski", "translated", "machine Yeni", 'also: "Eski"'),
        (REVIEWED, "Eski", "reviewed", "reviewed Yeni", 'also (mehmet 2026-01-01): "Eski"'),
        (REVIEWED, "Eski", "initial", "reviewed Eski", ""),
        (STALE, "Eski", "translated", "machine Yeni", 'also: "Eski"'),
        (STALE, "Eski", "initial", "stale Eski", ""),
        (STALE, "Yeni", "translated", "stale Yeni", ""),
        (STALE, "Yeni", "reviewed", "reviewed Yeni", ""),
    ],
)
def test_the_better_text_wins_and_the_other_is_kept(
    notes: str, old: str, state: str, expected: str, beside: str, project_folder: Path, run: Run
):
    put(project_folder, notes, old)
    take(project_folder, run, unit("How a return works.", "Yeni", state))
    found = entry(project_folder, "How a return works.")
    assert f"{found.state} {found.msgstr}" == expected
    assert list(found.comments) == ([beside] if beside else [])


def test_a_text_of_the_file_does_not_pass_for_one_of_an_adopted_page(project_folder: Path, run: Run):
    put(project_folder, f"# adopted: old/returns.md text={fingerprint('Eski')}\n#, fuzzy\n", "Eski")
    take(project_folder, run, unit("How a return works.", "Yeni", "translated"))
    found = entry(project_folder, "How a return works.")
    assert (found.msgstr, found.adopted) == ("Yeni", None)


def test_a_reviewed_text_is_not_replaced_by_a_lesser_one(project_folder: Path, run: Run):
    put(project_folder, REVIEWED, "Eski")
    said = take(project_folder, run, unit("How a return works.", "Yeni"), code=1)
    found = entry(project_folder, "How a return works.")
    assert (found.state, found.msgstr, found.suggestion) == ("reviewed", "Eski", "Yeni")
    assert "warning[import-lesser]: unit 'u1' ('How a return works.'): the catalog has a text that is reviewed" in said
    assert "from-agency.xml:2\n" in said


def test_a_changed_source_keeps_its_text_and_the_translation_is_kept_for_its_return(project_folder: Path, run: Run):
    said = take(project_folder, run, unit("How returns worked.", "Eski", "reviewed"), code=1)
    assert "[import-source]" in said
    assert "1 kept for texts that no page has" in said
    assert entry(project_folder, "How a return works.").msgstr == ""
    edit(project_folder, f"content/{PAGE}", "How a return works.", "How returns worked.")
    assert run("-C", project_folder, "extract", "-l", "tr").code == 0
    back = entry(project_folder, "How returns worked.")
    assert (back.state, back.msgstr) == ("reviewed", "Eski")


def test_a_dry_run_writes_nothing(project_folder: Path, run: Run):
    file = project_folder / "a.xlf"
    file.write_text(unit("How a return works.", "İade."), "utf-8")
    before = snapshot(project_folder)
    done = run("-C", project_folder, "import", "-l", "tr", file, "--dry-run")
    assert done.code == 0
    assert "tr: 1 texts would be taken on 1 pages" in done.err
    assert snapshot(project_folder) == before


def test_a_variant_takes_only_what_differs(project_folder: Path, run: Run):
    text = unit("How a return works.", "So geht eine Rücksendung.", "reviewed").replace('"tr"', '"de-AT"')
    more = unit("refund", "Geld zurück", "reviewed")
    text = text.replace("</file>", more[more.index("<unit") : more.index("</file>")].replace("u1", "u2") + "</file>")
    take(project_folder, run, text, tag="de-AT")
    (only,) = catalogs(project_folder, "de-AT")[PAGE].active
    assert (only.msgid, only.msgstr, only.kind) == ("refund", "Geld zurück", "keyword")


# Bad files


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
THIEF = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (b"", "import-syntax", "the file is not XML"),
        (b"no XML", "import-syntax", "from-agency.xml:1:1"),
        (b"<xliff version='2.0'>\n<file>\n</xliff>", "import-syntax", "from-agency.xml:3:"),
        (b"\xff\xfe<\x00", "import-syntax", "the file is not XML"),
        (b"<html/>", "import-format", "'html' is neither XLIFF nor TMX"),
        (b"<xliff version='3.0'/>", "import-format", "'3.0' is not known"),
        (f"{BOMB}{unit('&b;', 'x')}".encode(), "import-entity", "declares entities"),
        (f"{THIEF}{unit('Help', '&a;')}".encode(), "import-entity", "<!ENTITY"),
        (unit("Help", "x").replace('srcLang="en"', 'srcLang="fr"').encode(), "import-language", "from 'fr'"),
        (unit("Help", "x").replace('trgLang="tr"', 'trgLang="de"').encode(), "import-language", "--locale de"),
        (unit("Help", "x").replace('trgLang="tr"', "").encode(), "import-language", "not to tr"),
        (b"<tmx version='1.4'><header srclang='en'/><body/></tmx>", "import-language", "from en to tr"),
        (b"<xliff version='2.0' srcLang='en' trgLang='tr'>" + b"<file>" * 300, "import-syntax", "not XML"),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing(text: bytes, code: str, said: str, project_folder: Path, run: Run):
    (project_folder / "from-agency.xml").write_bytes(text)
    before = snapshot(project_folder)
    done = run("-C", project_folder, "import", "-l", "tr", project_folder / "from-agency.xml")
    assert (done.code, done.out) == (1, "")
    assert f"error[{code}]" in done.err
    assert said in done.err
    assert " = help: " in done.err
    assert code in known_codes()
    assert snapshot(project_folder) == before


def test_wrong_languages_of_both_sides_are_told_at_once(project_folder: Path, run: Run):
    text = unit("Help", "x").replace('srcLang="en" trgLang="tr"', 'srcLang="fr" trgLang="it"')
    (project_folder / "a.xlf").write_text(text, "utf-8")
    done = run("-C", project_folder, "import", "-l", "tr", project_folder / "a.xlf")
    assert done.err.count("[import-language]") == 2


@pytest.mark.parametrize(
    ("tag", "expected"), [("tr", 0), ("tr-TR", 0), ("TR_tr", 0), ("tr-CY", 0), ("az", 1), ("de-AT", 1), ("tr-Cyrl", 1)]
)
def test_a_language_may_be_written_otherwise(tag: str, expected: int, project_folder: Path, run: Run):
    (project_folder / "a.xlf").write_text(unit("Help", "Yardım").replace('"tr"', f'"{tag}"'), "utf-8")
    assert run("-C", project_folder, "import", "-l", "tr", project_folder / "a.xlf").code == expected


def test_a_memory_in_any_english_is_read_though_one_is_a_locale(project_folder: Path, run: Run):
    edit(project_folder, "mkdocs.yml", "[en, de, de-AT, tr]", "[en, en-US, de, de-AT, tr]")
    units = "<tu><tuv xml:lang='EN-US'><seg>Help</seg></tuv><tuv xml:lang='TR-TR'><seg>Yardım</seg></tuv></tu>"
    take(project_folder, run, f"<tmx version='1.4'><header srclang='EN-US'/><body>{units}</body></tmx>")
    assert entry(project_folder, "Help", "index.md").msgstr == "Yardım"


def test_a_broken_catalog_stops_an_import_before_it_writes(project_folder: Path, run: Run):
    (project_folder / "a.xlf").write_text(unit("How a return works.", "İade."), "utf-8")
    write(project_folder, {"locales/tr/catalog/index.po": 'msgid "Help"\n'})
    before = snapshot(project_folder)
    done = run("-C", project_folder, "import", "-l", "tr", project_folder / "a.xlf")
    assert done.code == 1
    assert "[catalog-syntax]" in done.err
    assert snapshot(project_folder) == before


def test_an_unknown_page_or_state_is_not_exported(project_folder: Path, run: Run):
    done = run("-C", project_folder, "export", "-l", "tr", "guides/return.md")
    assert (done.code, done.out) == (2, "")
    assert "[export-unknown-page]" in done.err
    assert "did you mean 'guides/returns.md'?" in done.err
    assert run("-C", project_folder, "export", "-l", "tr", "--state", "old").code == 2


def test_a_reviewed_text_notes_how_much_of_a_machines_words_it_is(project_folder: Path, run: Run):
    source = "How a return works."
    machine = f"# mt: pseudo src={fingerprint(source)} out={fingerprint('İade nasıl olur')}\n#, fuzzy\n"
    put(project_folder, machine, "İade nasıl olur")
    take(project_folder, run, unit(source, "İade nasıl yapılır", "reviewed"), "--by", "ayse")
    assert entry(project_folder, source).revision == measure_revision("İade nasıl olur", "İade nasıl yapılır")


def test_who_has_not_signed_is_not_measured(project_folder: Path, run: Run):
    source = "How a return works."
    machine = f"# mt: pseudo src={fingerprint(source)} out={fingerprint('İade nasıl olur')}\n#, fuzzy\n"
    put(project_folder, machine, "İade nasıl olur")
    take(project_folder, run, unit(source, "İade nasıl yapılır", "reviewed"))
    found = entry(project_folder, source)
    assert (found.state, found.revision, found.is_machine_text) == ("reviewed", None, False)
