"""Where generated files go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import helpcenter

if TYPE_CHECKING:
    from helpcenter.project import Project


@dataclass(frozen=True, slots=True)
class LocaleFolders:
    """The files and folders of one locale's build.

    Args:
        docs: finished Markdown.
        configuration: the ``mkdocs.yml`` beside it.
        output: where MkDocs writes.
        site: where the result is published.
        renderings: rendered Markdown, kept between runs.
        staged: staged pages and verdicts of the gate, kept between runs.
        finished: finished pages and what search knows of them, kept between runs.
        probes: what was found when its search was put to the test, kept between runs.
        made: hash of all that the published site was made from.
        templates: compiled templates, shared by all locales.
    """

    docs: Path
    configuration: Path
    output: Path
    site: Path
    renderings: Path
    staged: Path
    finished: Path
    probes: Path
    made: Path
    templates: Path


def locale_folders(project: Project, tag: str) -> LocaleFolders:
    """Give the folders of a locale."""
    base = project.build_folder / tag
    return LocaleFolders(
        docs=base / "docs",
        configuration=base / "mkdocs.yml",
        output=base / "site",
        site=project.site / tag,
        renderings=base / "renderings.pickle",
        staged=base / "staged.pickle",
        finished=base / "finished.pickle",
        probes=base / "probes.pickle",
        made=base / "made",
        templates=project.build_folder / "templates",
    )


def hook_files(project: Project) -> list[Path]:
    """Give the hooks of a project: those that helpcenter ships, unless it has one of that name, and its own."""
    folders = (packaged("hooks"), project.root / "hooks")
    found = {path.name: path for folder in folders for path in folder.glob("*.py")}
    return [found[name] for name in sorted(found)]


def packaged(name: str) -> Path:
    """Give a folder that helpcenter ships: ``overrides`` (the theme) or ``hooks``.

    A wheel carries them inside the package, a checkout at its top.
    """
    package = Path(helpcenter.__file__).parent
    inside = package / {"overrides": "_theme", "hooks": "_hooks"}[name]
    return inside if inside.is_dir() else package.parent.parent / name


def theme_layers(project: Project) -> list[Path]:
    """Give the folders of templates: what helpcenter ships, then the project's own over it."""
    shipped = packaged("overrides")
    own = project.root / "overrides"
    return [shipped] if not own.is_dir() or own.resolve() == shipped.resolve() else [shipped, own]
