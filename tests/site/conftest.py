"""The demo, built once: a published copy to read, and a project to edit."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from built_pages import Site

from demo_project import DemoProject, copy_demo, keep_locales, lack_a_page

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def _origin(tmp_path_factory: pytest.TempPathFactory) -> DemoProject:
    # The sources as they were when the tests began: an edit of the repository meanwhile is none of a test's.
    origin = copy_demo(tmp_path_factory.mktemp("origin"))
    lack_a_page(origin)
    return origin


@pytest.fixture(scope="session")
def _built(_origin: DemoProject, tmp_path_factory: pytest.TempPathFactory) -> tuple[DemoProject, Path]:
    project = _origin.copy(tmp_path_factory.mktemp("demo"))
    project.build()
    published = tmp_path_factory.mktemp("published") / "site"
    shutil.copytree(project.site, published)
    return project, published


@pytest.fixture(scope="session")
def site(_built: tuple[DemoProject, Path]) -> Site:
    """Give the built demo, for reading."""
    project, published = _built
    return Site(published, tuple(project.locales), project.root / "locales")


@pytest.fixture
def demo(_built: tuple[DemoProject, Path]) -> DemoProject:
    """Give the demo, built and without edits, to edit and build again."""
    project, _ = _built
    project.reset()
    project.build()
    return project


@pytest.fixture(scope="session")
def _small(_origin: DemoProject, tmp_path_factory: pytest.TempPathFactory) -> DemoProject:
    origin = _origin.copy(tmp_path_factory.mktemp("small-origin"))
    keep_locales(origin, "en", "tr", "de", "de-AT", "ar")
    return origin.copy(tmp_path_factory.mktemp("small"))


@pytest.fixture
def small(_small: DemoProject) -> DemoProject:
    """Give the demo with five locales, built and without edits, for what has to be built often."""
    _small.reset()
    _small.build()
    return _small
