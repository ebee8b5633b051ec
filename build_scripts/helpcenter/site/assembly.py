"""Assembly: what stands above the languages — the chooser, the sitemap, the page for wrong addresses, the manifest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from babel.support import Translations
from jinja2 import ChainableUndefined, Environment, FileSystemLoader

from helpcenter import __version__
from helpcenter.project import write_atomic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from helpcenter.project import Project

PageRow = dict[str, Any]
"""A page of a built locale: ``path``, ``url``, ``state``, ``published``."""


def assemble_site(
    project: Project, locales: Mapping[str, Sequence[PageRow]], on: date, theme: Path, *, preview: bool = False
) -> None:
    """Write everything that belongs to the site as a whole.

    Args:
        project: the project.
        locales: the pages of each locale that has been built.
        on: the day whose rules hold.
        theme: the staged theme.
        preview: whether it is for editors, and for no search engine.
    """
    site = project.site
    write_atomic(site / "index.html", _chooser(project, locales, theme, not_found=False, preview=preview))
    write_atomic(site / "404.html", _chooser(project, locales, theme, not_found=True, preview=preview))
    write_atomic(site / "sitemap.xml", _sitemap(project, locales))
    write_atomic(
        site / "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {project.configuration.site_url}sitemap.xml\n"
    )
    write_atomic(site / "manifest.json", _manifest(project, locales, on))
    # Hosts that run sites through Jekyll leave out folders that begin with an underscore unless told not to.
    write_atomic(site / ".nojekyll", "")


def _chooser(
    project: Project, locales: Mapping[str, Sequence[PageRow]], theme: Path, *, not_found: bool, preview: bool
) -> str:
    """Write the page at the root: every language by its own name, each in its own direction."""
    env = Environment(loader=FileSystemLoader(theme), autoescape=True, undefined=ChainableUndefined)
    site_url = project.configuration.site_url
    root_path = urlsplit(site_url).path
    entries = []
    for locale in project.locales.values():
        if locale.tag not in locales:
            continue
        say = Translations.load(theme / "locales", [locale.tag.replace("-", "_")]).gettext
        entries.append(
            {
                "tag": locale.tag,
                "lang": locale.tag,
                "dir": locale.direction,
                "name": locale.name,
                # The page for wrong addresses is shown at any depth; the chooser works under any path.
                "url": f"{root_path if not_found else ''}{locale.tag}/",
                "choose": say("Choose your language"),
                "missing": say("This page does not exist"),
            }
        )
    # Only where home is really translated, as the homes themselves say of each other.
    homes = [tag for tag, pages in locales.items() if any(page["published"] and not page["url"] for page in pages)]
    alternates = [{"hreflang": tag, "href": f"{site_url}{tag}/"} for tag in homes]
    default = project.x_default.tag if project.x_default.tag in homes else project.source.tag
    return env.get_template("chooser.html").render(
        site_name=project.configuration.site_name,
        default=project.x_default.tag if project.x_default.tag in locales else entries[0]["tag"],
        locales=entries,
        canonical=site_url,
        alternates=[
            *alternates,
            *([{"hreflang": "x-default", "href": f"{site_url}{default}/"}] if default in homes else []),
        ],
        root_path=root_path,
        not_found=not_found,
        preview=preview,
    )


def _sitemap(project: Project, locales: Mapping[str, Sequence[PageRow]]) -> str:
    """List every page that is really there, with its translations and the one for everybody else."""
    url = project.configuration.site_url
    versions: dict[str, dict[str, str]] = {}
    for tag, pages in locales.items():
        for page in pages:
            if page["published"]:
                versions.setdefault(page["path"], {})[tag] = f"{url}{tag}/{page['url']}"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for _, by_tag in sorted(versions.items()):
        default = by_tag.get(project.x_default.tag) or by_tag.get(project.source.tag)
        links = [*by_tag.items(), *([("x-default", default)] if default else [])]
        alternates = [
            f'    <xhtml:link rel="alternate" hreflang={quoteattr(tag)} href={quoteattr(href)}/>' for tag, href in links
        ]
        for href in by_tag.values():
            lines += ["  <url>", f"    <loc>{escape(href)}</loc>", *alternates, "  </url>"]
    return "\n".join([*lines, "</urlset>", ""])


def _manifest(project: Project, locales: Mapping[str, Sequence[PageRow]], on: date) -> str:
    data = {
        "generator": f"helpcenter {__version__}",
        "as_of": on.isoformat(),
        "source": project.source.tag,
        "locales": {
            tag: {
                "region": project.locales[tag].region,
                "pages": {page["url"]: {k: page[k] for k in ("path", "state", "source", "staged")} for page in pages},
            }
            for tag, pages in locales.items()
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
