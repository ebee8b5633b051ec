"""Assembly: what stands above the languages — the chooser, the sitemap, the page for wrong addresses, the manifest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from helpcenter import __version__
from helpcenter.project import write_atomic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from helpcenter.project import Project

PageRow = dict[str, Any]
"""A page of a built locale: ``path``, ``url``, ``state``, ``published``."""


def assemble_site(project: Project, locales: Mapping[str, Sequence[PageRow]], on: date, theme: Path) -> None:
    """Write everything that belongs to the site as a whole.

    Args:
        project: the project.
        locales: the pages of each locale that has been built.
        on: the day whose rules hold.
        theme: the staged theme.
    """
    site = project.site
    write_atomic(site / "index.html", _chooser(project, locales, theme, "chooser.html"))
    write_atomic(site / "404.html", _chooser(project, locales, theme, "chooser-404.html"))
    write_atomic(site / "sitemap.xml", _sitemap(project, locales))
    write_atomic(site / "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {project.configuration.site_url}sitemap.xml\n")
    write_atomic(site / "manifest.json", _manifest(project, locales, on))
    # Hosts that run sites through Jekyll leave out folders that begin with an underscore unless told not to.
    write_atomic(site / ".nojekyll", "")


def _chooser(project: Project, locales: Mapping[str, Sequence[PageRow]], theme: Path, template: str) -> str:
    env = Environment(loader=FileSystemLoader(theme), autoescape=True, undefined=StrictUndefined)  # a whole page: escape
    url = project.configuration.site_url
    built = [project.locales[tag] for tag in project.locales if tag in locales]
    entries = [
        {"tag": o.tag, "lang": o.tag, "dir": o.direction, "name": o.name, "url": f"{o.tag}/", "absolute_url": f"{url}{o.tag}/"}
        for o in built
    ]
    default = project.x_default.tag if project.x_default.tag in locales else built[0].tag
    alternates = [{"hreflang": entry["tag"], "href": entry["absolute_url"]} for entry in entries]
    return env.get_template(template).render(
        site_name=project.configuration.site_name,
        site_url=url,
        locales=entries,
        default_locale=default,
        alternates=[*alternates, {"hreflang": "x-default", "href": url}],
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
