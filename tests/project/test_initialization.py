from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from helpcenter.catalog import extract_locale
from helpcenter.checks import Gate, inspect_sources, inspect_translations
from helpcenter.checks.inspection import markdown_config
from helpcenter.cli.pages import _KINDS
from helpcenter.content import Renderer, load_pages, parse_page
from helpcenter.diagnostics import HelpcenterError
from helpcenter.project import initialization, load_project
from helpcenter.project.initialization import NewCenter, prepare_files, write_files
from helpcenter.review import status_of
from helpcenter.translate.runner import Wishes, translate_locales
from project_cases import plan_all

ROOT = Path(__file__).parents[2]
STARTER = Path(initialization.__file__).parent / "starter"
LANGUAGES = sorted(yaml.safe_load((STARTER / "languages.yml").read_text("utf-8")))
TODAY = datetime.now(UTC).date()


def center(source: str = "tr", locales: tuple[str, ...] = ("tr", "en", "de"), name: str = "Help") -> NewCenter:
    return NewCenter(source, locales, name, "https://help.example.com/", TODAY.year)


def run(folder: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "helpcenter", "-C", str(folder), *arguments]
    environment = os.environ | {"NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env=environment,
        check=False,
    )
    assert done.returncode == code, f"{' '.join(arguments)}: {done.stdout}{done.stderr}"
    return done


def files_below(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


# The files


@pytest.mark.parametrize("source", LANGUAGES)
def test_the_new_help_center_has_no_findings_in_any_source_language(source: str, tmp_path: Path):
    # Languages of several plural rules and directions, some without wording for working days or search rules of their own.
    others = [tag for tag in ("en", "de", "ar", "sv", "uk", "sw", "zh-TW", "es-419", "no") if tag != source]
    write_files(tmp_path, prepare_files(center(source, (source, *others))))
    project = load_project(tmp_path)
    assert list(project.locales) == [source, *others]
    assert inspect_sources(project, TODAY).findings == ()


@pytest.mark.parametrize("source", LANGUAGES)
def test_its_machine_translation_has_no_findings_either(source: str, tmp_path: Path):
    target = "en" if source != "en" else "de"
    write_files(tmp_path, prepare_files(center(source, (source, target))))
    project = load_project(tmp_path)
    pages, _ = load_pages(project.content, project.root)
    locale = project.locales[target]
    assert extract_locale(project, pages, locale).missing > 0
    plans = plan_all(project, pages, [target])
    assert translate_locales(project, plans, Wishes("pseudo")).findings == ()
    assert status_of(project, pages, locale).states["machine"] > 0
    assert inspect_translations(project, pages, locale, Gate(markdown_config(project))) == []


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_starter_texts_are_complete_and_say_the_same_in_every_language(language: str):
    english = files_below(STARTER / "en")
    texts = files_below(STARTER / language)
    assert sorted(texts) == sorted(english)
    for path, text in texts.items():
        assert _skeleton(text) == _skeleton(english[path]), path


def _skeleton(text: str) -> dict[str, list[str]]:
    """Give what every language must have alike: keys, ids, links, facts (in whatever order) and tags."""
    return {
        "keys": re.findall(r"^(\w+):", text, re.MULTILINE),
        "fixed": re.findall(r"^(?:type|order|topics): .*?(?=  #|$)", text, re.MULTILINE),
        "headings": re.findall(r"^(#+) .*(\{#[\w-]+\})$", text, re.MULTILINE),
        "links": sorted(re.findall(r"\]\((.*?)\)", text)),
        "facts": sorted(re.findall(r"\{\{ ([\w.]+)(?: \| \w+)? \}\}", text)),
        "tags": re.findall(r"\{% .*? %\}", text),
        "code": sorted(re.findall(r"`.*?`", text)),
        "placeholders": re.findall(r"\$\{\w+\}", text),
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", initialization.SECTIONS)
def test_page_templates_are_valid_pages_that_keep_any_title(language: str, kind: str):
    title = "Şu: \"ne\" # '${x}' {a} – 12 %"
    folder = initialization.SECTIONS[kind]
    page = parse_page(f"{folder}/x.md", initialization.page_template(kind, title, language))
    assert (page.meta.title, page.meta.type, page.findings) == (title, kind, ())
    index = parse_page(f"{folder}/index.md", initialization.section_template(kind, language))
    assert (index.meta.type, index.findings) == ("index", ())


def test_the_command_new_knows_the_kinds_that_have_templates():
    assert sorted(_KINDS) == sorted(initialization.SECTIONS)


def test_the_configuration_is_that_of_the_example_shop():
    class Loader(yaml.SafeLoader):
        pass

    Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", lambda _loader, suffix, _node: suffix)
    ours = yaml.load(prepare_files(center())["mkdocs.yml"], Loader)  # noqa: S506 - a safe loader with one more tag
    shop = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader)  # noqa: S506 - as above
    for key in ("theme", "markdown_extensions", "docs_dir", "site_dir"):
        assert ours[key] == shop[key]


@pytest.mark.parametrize("name", ["Help: & more", "'", '"Q"', "no", "№ 1 # x", "${source}", "مساعدة"])
def test_any_name_of_one_line_arrives(name: str, tmp_path: Path):
    write_files(tmp_path, prepare_files(center(name=name)))
    assert load_project(tmp_path).configuration.site_name == name


def test_a_tag_with_a_territory_follows_the_world_until_it_has_rules(tmp_path: Path):
    write_files(tmp_path, prepare_files(center("en", ("en", "en-GB", "de-AT", "es-419", "pt"))))
    project = load_project(tmp_path)
    assert {locale.region for locale in project.locales.values()} == {"001"}
    assert "locales/regions/AT.yml" in (tmp_path / "locales/de-AT/locale.yml").read_text("utf-8")
    assert project.locales["en-GB"].builds_on_source


@pytest.mark.parametrize(
    ("source", "locales", "question"),
    [
        ("en", ("en", "tr"), "# Where is the Turkish page?"),
        ("tr", ("tr", "pt-BR", "en"), "# Where is the Brazilian Portuguese page?"),
        ("en", ("en", "en-GB"), "# Where is the translation of a page?"),
        ("en", ("en",), "# Where is the translation of a page?"),
    ],
)
def test_the_readme_of_the_locales_begins_with_where_a_page_is(source: str, locales: tuple[str, ...], question: str):
    assert prepare_files(center(source, locales))["locales/README.md"].startswith(question + "\n")


def test_the_configuration_is_written_last():
    # While it is missing, a run that was stopped can be repeated.
    assert list(prepare_files(center()))[-1] == "mkdocs.yml"


# The command


def test_source_and_locales_are_taken_as_given(tmp_path: Path):
    run(tmp_path / "new" / "shop", "init", "--source", "tr", "--locales", "en,de", "--locales", "ar en", "--yes")
    project = load_project(tmp_path / "new" / "shop")
    assert list(project.locales) == ["tr", "en", "de", "ar"]
    assert project.source.tag == "tr"
    assert project.configuration.site_name == "Yardım Merkezi"


def test_what_is_not_given_is_usual_where_nobody_can_be_asked(tmp_path: Path):
    done = run(tmp_path, "init")
    project = load_project(tmp_path)
    assert list(project.locales) == ["en"]
    assert (project.configuration.site_name, project.configuration.site_url) == (
        "Help center",
        "https://help.example.com/",
    )
    assert done.stdout == ""
    assert "helpcenter build" in done.stderr


def test_the_source_keeps_its_place_in_the_list(tmp_path: Path):
    run(tmp_path, "init", "--source", "de", "--locales", "en,de,fr", "--name", "Hilfe", "--url", "http://h.example/a")
    configuration = load_project(tmp_path).configuration
    assert configuration.settings.locales == ("en", "de", "fr")
    assert (configuration.site_name, configuration.site_url) == ("Hilfe", "http://h.example/a/")


def test_a_language_without_starter_texts_gets_english_ones_and_a_hint(tmp_path: Path):
    done = run(tmp_path, "init", "--source", "zh-TW", "--yes")
    assert "no starter texts in zh-TW" in done.stderr
    assert "How can we help?" in (tmp_path / "content/index.md").read_text("utf-8")


def test_a_dry_run_lists_the_files_and_writes_none(tmp_path: Path):
    done = run(tmp_path / "new", "init", "--locales", "tr", "--dry-run")
    assert {"mkdocs.yml", "content/index.md", "locales/tr/locale.yml"} <= set(done.stdout.split("\n"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--source", "pt_br"], ["write 'pt-BR'"]),
        (["--locales", "de,Turkish,zh_cn"], ["write 'tr'", "write 'zh-CN'"]),
        (["--locales", "xx"], ["'xx' is not known"]),
        (["--url", "help.example.com"], ["not the absolute address"]),
        (["--name", " "], ["a name of one line"]),
    ],
)
def test_wrong_values_are_wrong_usage_and_say_what_is_meant(tmp_path: Path, arguments: list[str], words: list[str]):
    done = run(tmp_path, "init", "--yes", *arguments, code=2)
    assert all(word in done.stderr for word in words), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_help_center_is_never_written_over(tmp_path: Path):
    (tmp_path / "mkdocs.yml").write_text("site_name: Mine\n")
    assert "[init-not-empty]" in run(tmp_path, "init", "--yes", code=1).stderr
    assert files_below(tmp_path) == {"mkdocs.yml": "site_name: Mine\n"}


def test_everything_in_the_way_is_named_and_nothing_is_written(tmp_path: Path):
    (tmp_path / "README.md").write_text("mine\n")
    (tmp_path / "locales").write_text("a file where a folder belongs\n")
    (tmp_path / "content" / "index.md").mkdir(parents=True)
    (tmp_path / "notes.txt").write_text("not in the way\n")
    before = sorted(tmp_path.rglob("*"))
    done = run(tmp_path, "init", "--yes", code=1)
    assert re.findall(r"^error\[init-not-empty\]: '(.*?)' is in the way", done.stderr, re.MULTILINE) == [
        "README.md",
        "content/index.md",
        "locales",
    ]
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("written", [0, 1, 7])
def test_a_run_that_was_stopped_is_finished_by_the_next(written: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    files = prepare_files(center("en", ("en", "tr"), "Help center"))
    write_atomic = initialization.write_atomic
    done: list[Path] = []

    def stop_after(path: Path, text: str) -> bool:
        if len(done) == written:
            raise KeyboardInterrupt
        done.append(path)
        return write_atomic(path, text)

    monkeypatch.setattr(initialization, "write_atomic", stop_after)
    with pytest.raises(KeyboardInterrupt):
        write_files(tmp_path, files)
    assert len(files_below(tmp_path)) == written
    run(tmp_path, "init", "--locales", "tr", "--yes")
    assert files_below(tmp_path) == files


def test_a_folder_that_cannot_be_made_is_a_finding(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(HelpcenterError, match="file-unreadable"):
        write_files(tmp_path / "file" / "below", prepare_files(center()))


def test_on_a_terminal_it_asks_for_what_is_not_given(tmp_path: Path):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "helpcenter", "-C", str(tmp_path), "init", "--url", "https://h.example/"]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        os.close(theirs)
        # The first answer is wrong and asked for again; an empty one takes what is offered.
        os.write(ours, b"turkish\ntr\nen, de\n\n")
        said, talk = process.communicate()
    os.close(ours)
    assert process.returncode == 0, talk
    assert "write 'tr'" in said + talk
    configuration = load_project(tmp_path).configuration
    assert configuration.settings.locales == ("tr", "en", "de")
    assert (configuration.site_name, configuration.site_url) == ("Yardım Merkezi", "https://h.example/")


def test_new_makes_a_page_and_the_landing_page_its_section_lacks(tmp_path: Path):
    run(tmp_path, "init", "--source", "tr", "--yes")
    done = run(tmp_path, "new", "tutorial", "Fatura indir", "--title", "Faturamı nasıl indiririm: adımlar")
    assert "made content/tutorials/index.md" in done.stderr
    page = (tmp_path / "content/tutorials/fatura-indir.md").read_text("utf-8")
    assert parse_page("tutorials/fatura-indir.md", page).meta.title == "Faturamı nasıl indiririm: adımlar"
    assert "no findings" in run(tmp_path, "check").stderr
    assert "[page-exists]" in run(tmp_path, "new", "tutorial", "fatura-indir", code=1).stderr
    assert (tmp_path / "content/tutorials/fatura-indir.md").read_text("utf-8") == page


# The site


@pytest.mark.slow
def test_a_new_turkish_help_center_is_built_translated_and_searched(tmp_path: Path):
    run(tmp_path, "init", "--source", "tr", "--locales", "en,ar", "--yes")
    assert "warning" not in run(tmp_path, "build").stderr
    page = "faq/where-is-my-order/index.html"
    for tag in ("tr", "en", "ar"):
        assert f'<html lang="{tag}"' in (tmp_path / "site" / tag / page).read_text("utf-8")
    before = _state(tmp_path / "site" / "en" / page)
    assert before == ("fallback", "tr", "ltr", True)
    assert _state(tmp_path / "site" / "ar" / page) == ("fallback", "tr", "ltr", True)

    hits = json.loads(run(tmp_path, "search", "siparis", "--format", "json").stdout)["hits"]
    assert hits[0]["title"] == "Siparişim nerede?"

    run(tmp_path, "extract")
    run(tmp_path, "translate", "--provider", "pseudo")
    assert "no findings" in run(tmp_path, "check").stderr
    assert "warning" not in run(tmp_path, "build").stderr
    assert _state(tmp_path / "site" / "en" / page) == ("machine", "en", "ltr", False)
    assert _state(tmp_path / "site" / "ar" / page) == ("machine", "ar", "rtl", False)
    assert "⟦" in (tmp_path / "site" / "en" / page).read_text("utf-8")
    shown = run(tmp_path, "show", "guides/delivery.md", "-l", "en").stdout
    assert "4–6 days" in shown
    assert "{{" not in shown


def _state(file: Path) -> tuple[str, str, str, bool]:
    """Give a page's state, the language and direction of its text, and whether search engines are kept away."""
    html = file.read_text("utf-8")
    article = re.search(r"<article[^>]*>", html)
    assert article is not None
    values = dict(re.findall(r'([\w-]+)="([^"]*)"', article[0]))
    return values["data-hc-state"], values["lang"], values["dir"], "noindex" in html.partition("</head>")[0]


def test_emoji_are_letters_and_nobody_is_asked_for_pictures(tmp_path: Path):
    write_files(tmp_path, prepare_files(center()))
    project = load_project(tmp_path)
    assert project.findings == ()
    html = Renderer(markdown_config(project)).render("Thank you :smile: :man_technologist:").html
    assert html == "<p>Thank you 😄 👨‍💻</p>"
