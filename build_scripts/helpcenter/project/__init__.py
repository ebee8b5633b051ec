"""The project on disk: its configuration, its locales, and reading and writing its files safely."""

from helpcenter.project.configuration import FrontMatterKeys, HelpcenterSettings, SiteConfiguration, load_configuration
from helpcenter.project.files import read_text, relative, remove_leftovers, write_atomic
from helpcenter.project.locales import Locale, LocaleSettings, PublishPolicy
from helpcenter.project.project import Project, load_project, read_as
from helpcenter.project.roots import find_root

__all__ = [
    "FrontMatterKeys",
    "HelpcenterSettings",
    "Locale",
    "LocaleSettings",
    "Project",
    "PublishPolicy",
    "SiteConfiguration",
    "find_root",
    "load_configuration",
    "load_project",
    "read_as",
    "read_text",
    "relative",
    "remove_leftovers",
    "write_atomic",
]
