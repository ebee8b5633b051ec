"""What staging gives: pages as MkDocs reads them, and all of a locale's."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from helpcenter.diagnostics import Finding
    from helpcenter.search import Vocabulary


@dataclass(frozen=True, slots=True)
class StagedPage:
    """A page as MkDocs reads it, but for what depends on the other locales.

    Args:
        path: of the source file below ``content/``.
        url: below the locale's folder, with a slash at its end; empty for home.
        body: finished Markdown.
        title: in the language of the text.
        meta: the page's data for templates, without ``published``.
        order: position among its siblings.
        source: fingerprint of the source file.
        keywords: words that only search knows.
        bridge: names of a translation in the source language, as far as people vouch for them: anchor of the heading, empty
            for title and keywords, and words.
        queries: searches that must find it first; they are in the source language and hold where the text is.
        extra: values of the project's own keys, translated where they are to be.
        versions: what the page said and will say on other days, each a page of its own: not found by search, not in the
            navigation, not in the sitemap.
        texts: of a policy, fingerprints of the texts it shows.
    """

    path: str
    url: str
    body: str
    title: str
    meta: dict[str, Any]
    order: tuple[int, str]
    source: str
    keywords: tuple[str, ...] = ()
    bridge: tuple[tuple[str, str], ...] = ()
    queries: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    versions: tuple[StagedPage, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def is_published(self) -> bool:
        """Whether the page is a real translation, which other languages may link to."""
        return bool(self.meta["state"] != "fallback")

    def with_findings(self, found: Sequence[Finding]) -> StagedPage:
        """Give the page of a preview that says what keeps it from being published."""
        rows = [{"code": one.code, "message": one.message, "help": one.help} for one in dict.fromkeys(found)]
        return replace(self, meta=self.meta | {"findings": rows}) if rows else self

    def front_matter(self, published: Sequence[str]) -> dict[str, Any]:
        """Give the page's front matter.

        Args:
            published: the locales that have a real version of the page.
        """
        head: dict[str, Any] = {"title": self.title}
        if self.meta["description"]:
            head["description"] = self.meta["description"]
        data = {key: value for key, value in self.meta.items() if key != "description"}
        head |= self.extra
        head["hc"] = data | {"keywords": list(self.keywords), "published": list(published)}
        return head

    def text(self, published: Sequence[str]) -> str:
        """Write the whole file; front matter is JSON, which is YAML that needs no thought about quoting."""
        items = self.front_matter(published).items()
        lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in items)
        return f"---\n{lines}---\n{self.body}"


@dataclass(frozen=True, slots=True)
class StagedLocale:
    """All pages of a locale.

    Args:
        tag: the locale.
        pages: in the order of the source paths.
        findings: what was left out or is shown otherwise, and why.
        structures: of its source pages, by path, as the gate gives them; empty where nobody asked.
        vocabularies: the words that its search knows beside those of the pages, by language.
    """

    tag: str
    pages: tuple[StagedPage, ...] = ()
    findings: tuple[Finding, ...] = ()
    structures: Mapping[str, str] = field(default_factory=dict)
    vocabularies: Mapping[str, Vocabulary] = field(default_factory=dict)

    def __add__(self, other: StagedLocale) -> StagedLocale:
        """Put two parts of one locale together."""
        structures = {**self.structures, **other.structures}
        pages, findings = self.pages + other.pages, self.findings + other.findings
        return StagedLocale(self.tag, pages, findings, structures, self.vocabularies)
