"""The project as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpcenter.diagnostics import Finding, HelpcenterError, Place, Severity, finding, suggest
from helpcenter.project.configuration import SiteConfiguration, check_emoji, load_configuration
from helpcenter.project.locales import Locale, LocaleSettings
from helpcenter.project.roots import WORKSPACE
from helpcenter.project.tags import (
    autonym_of,
    canonical_tag,
    direction_of,
    language_data,
    parents_of,
    tag_problem,
    territory_of,
)
from helpcenter.project.trees import check_tree
from helpcenter.project.yamlfile import load_yaml, validate

if TYPE_CHECKING:
    from pathlib import Path

WORLD = "001"


@dataclass(frozen=True, slots=True)
class Project:
    """A help center on disk.

    Args:
        root: absolute path of its folder.
        configuration: what ``mkdocs.yml`` says.
        locales: by tag, in the order of the configuration.
        workspace: folder of generated intermediate files, relative to the root.
        findings: what is worth saying about its folders and stops no command.
    """

    root: Path
    configuration: SiteConfiguration
    locales: dict[str, Locale]
    workspace: str = WORKSPACE
    findings: tuple[Finding, ...] = ()

    @property
    def source(self) -> Locale:
        """The locale that pages are written in."""
        return self.locales[self.configuration.settings.source]

    @property
    def x_default(self) -> Locale:
        """The locale for readers whose language has no site."""
        return self.locales[self.configuration.settings.x_default or self.source.tag]

    @property
    def content(self) -> Path:
        """The folder of the source pages."""
        return self.root / self.configuration.docs_dir

    @property
    def locales_folder(self) -> Path:
        """The folder of what translators, reviewers and legal people own."""
        return self.root / "locales"

    @property
    def regions_folder(self) -> Path:
        """The folder of the region rules."""
        return self.locales_folder / "regions"

    @property
    def shop_file(self) -> Path:
        """The file of the shop's own choices; it may be missing."""
        return self.locales_folder / "shop.yml"

    @property
    def build_folder(self) -> Path:
        """The folder of generated intermediate files."""
        return self.root / self.workspace

    @property
    def site(self) -> Path:
        """The folder of the finished site."""
        return self.root / self.configuration.site_dir

    def catalog_folder(self, tag: str) -> Path:
        """The folder of a locale's catalogs; it mirrors ``content/``."""
        return self.locales_folder / tag / "catalog"

    @property
    def targets(self) -> list[Locale]:
        """The locales that have catalogs: all but the source."""
        return [locale for locale in self.locales.values() if locale.tag != self.source.tag]

    def unknown_locale(self, tag: str, why: str = "") -> Finding:
        """Say that a locale is none of the project's.

        Args:
            tag: of the locale.
            why: more about it, for the help.
        """
        place = self.configuration.file.place("extra", "helpcenter", "locales")
        hints = [why, suggest(tag, self.locales), "locales: " + ", ".join(self.locales)]
        message = f"'{tag}' is not a locale of this project"
        return finding("locale-unknown", message, place, help="; ".join(filter(None, hints)))

    def select(self, tags: tuple[str, ...] | list[str]) -> list[Locale]:
        """Give the named locales, or all of them when none is named.

        Raises:
            HelpcenterError: ``locale-unknown``, one for each unknown name.
        """
        if not tags:
            return list(self.locales.values())
        unknown = [tag for tag in tags if tag not in self.locales]
        if unknown:
            raise HelpcenterError(*(self.unknown_locale(tag) for tag in unknown))
        return [locale for locale in self.locales.values() if locale.tag in tags]


def read_as(project: Project, tag: str, region: str | None = None) -> tuple[Project, Locale]:
    """Give a reader's locale, which needs no site, and the project with it.

    Language and region are chosen apart from each other: whoever reads German may live in Norway. What a locale without a
    site shows is what it builds on: ``ru-KZ`` the texts of ``ru``, ``en-DE`` those of ``en``.

    Args:
        project: the project.
        tag: of the locale.
        region: whose rules hold, in the place of the locale's own.

    Raises:
        HelpcenterError: ``locale-unknown``: it is neither a locale of the project nor builds on the texts of one.
    """
    locale = project.locales.get(tag)
    if locale is None:
        if problem := tag_problem(tag):
            raise HelpcenterError(project.unknown_locale(tag, problem))
        locale = _load_locale(tag, project.root, project.configuration)
        if not locale.is_variant and not (project.locales_folder / tag).is_dir():
            raise HelpcenterError(project.unknown_locale(tag, "there are no texts of its language"))
    if region is not None:
        locale = replace(locale, region=region)
    return replace(project, locales={**project.locales, tag: locale}), locale


def load_project(root: Path) -> Project:
    """Read a project's configuration and locales.

    Raises:
        HelpcenterError: with all findings at once, if one of them is an error.
    """
    root = root.resolve()
    configuration = load_configuration(root)
    found = [*check_emoji(configuration), *_check_folders(root, configuration)]
    found += check_tree(root / configuration.docs_dir, root, follows=False)
    found += check_tree(root / "overrides", root, follows=False)
    found += [one for name in ("locales", "hooks") for one in check_tree(root / name, root)]
    locales: dict[str, Locale] = {}
    for tag in configuration.settings.locales:
        try:
            locales[tag] = _load_locale(tag, root, configuration)
        except HelpcenterError as error:
            found += error.findings
    if any(one.severity is Severity.ERROR for one in found):
        raise HelpcenterError(*found)
    return Project(root, configuration, locales, findings=tuple(found))


def _load_locale(tag: str, root: Path, configuration: SiteConfiguration) -> Locale:
    settings = _load_settings(root / "locales" / tag / "locale.yml", root)
    source = configuration.settings.source
    parents = parents_of(tag) if tag != source else []
    # A parent counts when it has a site or catalogs of its own; the source needs neither.
    real = [p for p in parents if p in configuration.settings.locales or (root / "locales" / p).is_dir()]
    builds_on_source = source in real
    chain = [tag, *(real[: real.index(source)] if builds_on_source else real)]
    name = settings.name or _name_in_menu(tag, configuration.settings.locales)
    region = settings.region or territory_of(tag) or WORLD
    return Locale(tag, settings, name, direction_of(tag), region, tuple(chain), builds_on_source)


def _load_settings(path: Path, root: Path) -> LocaleSettings:
    """Read the settings of a locale; a machine's text is no policy, whatever they say.

    Raises:
        HelpcenterError: they cannot be read, or ``legal-machine``.
    """
    if not path.is_file():
        return LocaleSettings()
    file = load_yaml(path, root)
    settings = validate(LocaleSettings, file)
    if settings.publish.policy == "machine":
        message = "a machine translation of a policy is never published"
        hint = "write 'approved', or leave the line out; until somebody approves it, customers get the source"
        raise HelpcenterError(finding("legal-machine", message, file.place("publish", "policy"), help=hint))
    return settings


def _name_in_menu(tag: str, tags: tuple[str, ...]) -> str:
    """Give a language's own name, with its region where another locale shares the language."""
    name = autonym_of(tag)
    language = tag.partition("-")[0]
    territory = territory_of(tag)
    data = language_data(tag)
    if territory is None or data is None or sum(t.partition("-")[0] == language for t in tags) == 1:
        return name
    return f"{name} ({data.territories.get(territory, territory)})"


def _without_folder(configuration: SiteConfiguration, folder: Path) -> list[str]:
    """Give the listed locales that have no folder, so that one of another name may be meant for them."""
    return [tag for tag in configuration.settings.locales if not (folder / tag).is_dir()]


def _check_folders(root: Path, configuration: SiteConfiguration) -> list[Finding]:
    """Find what would be passed over without a word: folders of locales that are not listed, and a missing content folder."""
    found: list[Finding] = []
    if not (root / configuration.docs_dir).is_dir():
        found.append(
            finding(
                "content-missing",
                f"the folder of source pages '{configuration.docs_dir}' does not exist",
                Place(configuration.docs_dir),
                help="make it, or correct 'docs_dir' in mkdocs.yml",
            )
        )
    folder = root / "locales"
    if not folder.is_dir():
        return found
    for path in sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith(".")):
        tag = path.name
        if tag == "regions" or tag in configuration.settings.locales:
            continue
        canonical = canonical_tag(tag)
        if canonical != tag and not tag_problem(canonical):
            found.append(
                finding(
                    "locale-folder-name",
                    f"'{tag}' is not how the tag is written",
                    Place(f"locales/{tag}"),
                    help=f"rename it to '{canonical}'",
                )
            )
        elif tag_problem(tag):
            found.append(
                finding(
                    "locale-folder-name",
                    f"'{tag}' is neither a locale nor 'regions'",
                    Place(f"locales/{tag}"),
                    label=suggest(tag, [*configuration.settings.locales, "regions"]),
                    help="rename or move the folder",
                )
            )
        elif not any(tag in parents_of(other) for other in configuration.settings.locales):
            found.append(
                finding(
                    "locale-not-listed",
                    f"the locale '{tag}' has a folder and no site: it is not in the list of locales",
                    Place(f"locales/{tag}"),
                    label=suggest(tag, _without_folder(configuration, folder)),
                    help="add it to extra.helpcenter.locales in mkdocs.yml, or keep the folder for later",
                )
            )
    return found
