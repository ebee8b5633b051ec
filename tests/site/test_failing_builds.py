"""A build that is killed or goes wrong leaves each language's site whole, and the next one finishes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from demo_project import DAY, REPOSITORY, DemoProject, changes, copy_demo, environment, read_files, read_times
from helpcenter.site import worker
from project_cases import SMALL_SHOP

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - a file system of its own, where there is one
DYING = Path(__file__).parent / "dying_build.py"

# The steps of a build after which a kill could show: what is staged, made, put in place, noted, and written above the languages.
STEPS = [
    ("helpcenter.site.worker", "stage_files", "after"),
    ("helpcenter.site.worker", "write_search", "before"),
    ("helpcenter.site.worker", "_swap", "before"),
    ("helpcenter.site.worker", "_exchange", "after"),
    ("helpcenter.site.worker", "_swap", "after"),
    ("helpcenter.site.assembly", "_sitemap", "before"),
]


def build_and_die(
    project: DemoProject, module: str, name: str, when: str, who: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(DYING), module, name, when, who, "-C", str(project.root), "build", "--as-of", DAY]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, start_new_session=True, env=environment()
    )


def of_locale(files: Mapping[str, bytes], tag: str) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if path.startswith(f"{tag}/")}


def edit_everything(project: DemoProject) -> None:
    project.edit("mkdocs.yml", "site_name: Small Shop Help", "site_name: Small Shop Answers")


@pytest.fixture(scope="module")
def _shop(tmp_path_factory: pytest.TempPathFactory) -> DemoProject:
    return copy_demo(tmp_path_factory.mktemp("shop"), SMALL_SHOP)


@pytest.fixture
def shop(_shop: DemoProject) -> DemoProject:
    """Give a small shop in four locales, built and without edits."""
    _shop.reset()
    _shop.build()
    return _shop


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the site that an edit of every page leads to."""
    project = copy_demo(tmp_path_factory.mktemp("finished"), SMALL_SHOP)
    edit_everything(project)
    project.build()
    return read_files(project.site)


def edit_template(project: DemoProject, old: str, new: str) -> None:
    """Give the project a template of its own that differs from the theme's."""
    name = "overrides/partials/content.html"
    (project.root / name).parent.mkdir(parents=True)
    (project.root / name).write_text((REPOSITORY / name).read_text("utf-8"), "utf-8")
    project.edit(name, old, new)


@pytest.mark.parametrize(("module", "name", "when"), STEPS)
def test_a_killed_build_leaves_whole_languages(
    shop: DemoProject, finished: dict[str, bytes], module: str, name: str, when: str
):
    before = read_files(shop.site)
    edit_everything(shop)
    assert build_and_die(shop, module, name, when, "all").returncode < 0
    left = read_files(shop.site)
    for tag in shop.locales:
        assert of_locale(left, tag) in (of_locale(before, tag), of_locale(finished, tag)), tag
    for path in changes(left, before):
        assert left[path] == finished[path], path
    shop.build()
    assert changes(read_files(shop.site), finished) == set()
    assert "nothing has changed" in shop.build()


def test_a_process_that_is_ended_from_outside_is_a_finding(shop: DemoProject):
    before = read_times(shop.site)
    edit_everything(shop)
    done = build_and_die(shop, "helpcenter.site.worker", "mkdocs_build", "before", "one")
    assert done.returncode == 1
    assert "error[build-worker]" in done.stderr
    assert "Traceback" not in done.stderr
    assert read_times(shop.site) == before
    shop.build()


BROKEN = [
    # A mistake in the template's own language is named with its line.
    ("{% if %}", "overrides/partials/content.html:", "template cannot be read"),
    # A name that nobody has.
    ("{{ nobody.nothing }}", ".build/en/mkdocs.yml", "'nobody' is undefined (UndefinedError)"),
    # What a filter makes of it.
    ("{{ 1 | join }}", ".build/en/mkdocs.yml", "(TypeError)"),
]


@pytest.mark.parametrize(("mistake", "where", "why"), BROKEN)
def test_a_broken_template_is_a_finding_and_the_old_site_stays(shop: DemoProject, mistake: str, where: str, why: str):
    before = read_times(shop.site)
    edit_template(shop, '<div class="hc-body">', f'{mistake}<div class="hc-body">')
    said = shop.build(expect=1)
    assert "error[build-mkdocs]" in said
    assert where in said
    assert why in said
    assert read_times(shop.site) == before


def test_a_mistake_in_a_template_is_said_once(shop: DemoProject):
    edit_template(shop, '<div class="hc-body">', '{% if %}<div class="hc-body">')
    assert shop.build(expect=1).count("error[build-mkdocs]") == 1


def test_a_broken_hook_is_a_finding(shop: DemoProject):
    (shop.root / "hooks").mkdir()
    (shop.root / "hooks/broken.py").write_text(
        "def on_page_content(html, **_):\n    raise KeyError('price')\n", "utf-8"
    )
    before = read_times(shop.site)
    said = shop.build(expect=1)
    assert "error[build-mkdocs]" in said
    assert "'price' (KeyError)" in said
    assert read_times(shop.site) == before


def test_no_language_is_exchanged_when_one_cannot_be_built(shop: DemoProject):
    (shop.root / "hooks").mkdir()
    (shop.root / "hooks/broken.py").write_text(
        "def on_page_content(html, config, **_):\n    return html if config.extra['hc']['locale'] != 'de' else 1 / 0\n",
        "utf-8",
    )
    edit_everything(shop)
    before = read_times(shop.site)
    assert shop.build(expect=1).count("error[build-mkdocs]") == 1
    assert read_times(shop.site) == before


def test_a_hook_of_ones_own_stands_beside_those_that_are_shipped(shop: DemoProject):
    (shop.root / "hooks").mkdir()
    (shop.root / "hooks/own.py").write_text(
        "def on_page_content(html, **_):\n    return html + '<p>own</p>'\n", "utf-8"
    )
    shop.build()
    assert b"<p>own</p>" in (shop.site / "de/index.html").read_bytes()
    # What the shipped hook collects is what search finds.
    assert "guides/returns/" in (shop.site / "de/search/index.json").read_text("utf-8")


@pytest.mark.skipif(not SHARED_MEMORY.is_dir(), reason="a second file system is needed")
def test_the_site_may_lie_on_another_file_system(shop: DemoProject):
    with tempfile.TemporaryDirectory(dir=SHARED_MEMORY) as folder:
        assert SHARED_MEMORY.stat().st_dev != shop.root.stat().st_dev
        site = Path(folder) / "site"
        configuration = shop.root / "mkdocs.yml"
        configuration.write_text(configuration.read_text("utf-8") + f"site_dir: {site}\n", "utf-8")
        shop.build()
        first = read_files(site)
        assert changes(first, read_files(shop.site)) == set()
        edit_everything(shop)
        shop.build()
        assert changes(first, read_files(site)) != set()
        assert {path.name for path in site.iterdir() if path.is_dir()} == set(shop.locales)


@pytest.mark.parametrize("at_once", [True, False])
def test_a_new_folder_takes_the_place_of_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, at_once: bool):
    if not at_once:
        monkeypatch.setattr(worker, "_exchange", lambda *_: False)
    for text in ("first", "second"):
        new = tmp_path / "build/site"
        new.mkdir(parents=True)
        (new / f"{text}.html").write_text(text, "utf-8")
        worker._swap(new, tmp_path / "live/tr")  # noqa: SLF001 - a system without the exchange cannot be had for the test
        assert [path.name for path in (tmp_path / "live/tr").iterdir()] == [f"{text}.html"]
        assert list((tmp_path / "build").iterdir()) == []
