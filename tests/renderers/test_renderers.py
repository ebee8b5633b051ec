"""The comparison of renderers: that it sees what is missing, and that the staged theme asks for its words as they all can."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment
from observations import KINDS, compare, observe_404, observe_page

from helpcenter.site.theme import ask_material, language_partial

PAGE = """<!doctype html><html lang="ar"><head><title>T - Site</title>
<meta name="description" content="D"><meta name="robots" content="noindex">
<link rel="canonical" href="https://a.example/en/faq/x/"><link rel="alternate" hreflang="en" href="https://a.example/en/faq/x/">
<meta property="og:type" content="article">
<link rel="stylesheet" href="../../assets/stylesheets/helpcenter.css">
<script type="application/ld+json">{"@type": "BreadcrumbList"}</script></head><body dir="rtl">
<header><a href="../../../en/faq/x/" hreflang="en">English</a></header>
<nav><a href="../../faq/" aria-current="page">FAQ</a></nav>
<button data-hc-search>Ask</button><aside class="hc-notice">Read in English.</aside>
<article lang="en" dir="ltr"><h1>Title</h1>
<section class="hc-answer"><h2 class="hc-answer__label">Short answer</h2><p>Yes.</p></section>
<div class="hc-body"><h2 id="when">When<a class="headerlink" href="#when">¶</a></h2>
<p>Within 14 days. <span lang="en">Read <a href="../../guides/%C3%B6/#a">this</a>.</span></p>
<table><tr><td>Fee</td><td>5 EUR</td></tr></table><div class="admonition note"><p>Mind <code>{{ code }}</code>.</p></div>
<div class="tabbed-set"><div class="tabbed-labels"><label>Post</label></div></div></div></article>
<ul class="hc-facts"><li>Applies in: Earth</li></ul>
<form role="search" action="../../search/"><input name="q"></form></body></html>"""

WITHOUT_A_PAGE = {"404 page", "search files"}


def test_a_page_holds_every_kind():
    found = observe_page(PAGE.encode(), "faq/x/index.html")

    assert {kind for kind in KINDS if found.get(kind)} == set(KINDS) - WITHOUT_A_PAGE
    assert all(there == expected for there, expected in compare(found, found).values())
    assert list(found["links"]) == ["faq/x/index.html: /locale/guides/ö/#a"]


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("title", "T - Site", "Site"),
        ("lang, dir of page", 'dir="rtl"', ""),
        ("lang, dir of text", 'lang="en" dir="ltr"', ""),
        ("text in source language", 'span lang="en"', "span"),
        ("headings", "<h1>Title</h1>", "<p>Title</p>"),
        ("anchors", 'id="when"', 'id="_1"'),
        ("links", "guides/%C3%B6/#a", "guides/ö.md#a"),
        ("region facts", "14 days", "{{ days }}"),
        ("tables", "<td>5 EUR</td>", ""),
        ("admonitions", "admonition note", "note"),
        ("tabs", "tabbed-labels", "labels"),
        ("no raw Markdown, Jinja", "Within 14 days.", "!!! note"),
        ("no raw Markdown, Jinja", "Within 14 days.", "Within {{ days }}."),
        ("answer card", "Yes.", ""),
        ("notices", "Read in English.", "Read in en."),
        ("region", "Applies in: Earth", "Applies in: %(region)s"),
        ("navigation", "../../faq/", "../faq/"),
        ("current page", ' aria-current="page"', ""),
        ("search button", "data-hc-search", ""),
        ("link preview", 'article">\n', 'website">\n'),
        ("language menu", "../../../en/faq/x/", "../../../en/"),
        ("hreflang", 'hreflang="en" href="https', 'href="https'),
        ("canonical", "a.example/en/faq/x/", "a.example/ar/faq/x/"),
        ("noindex", "noindex", "index"),
        ("structured data", "BreadcrumbList", "Thing"),
        ("own styles, scripts", "helpcenter.css", "main.css"),
        ("search box", "../../search/", "../search/"),
    ],
)
def test_what_is_missing_is_seen(kind: str, old: str, new: str):
    ours = observe_page(PAGE.encode(), "faq/x/index.html")
    theirs = observe_page(PAGE.replace(old, new).encode(), "faq/x/index.html")

    found, expected = compare(ours, theirs)[kind]

    assert PAGE.count(old) >= 1
    assert found < expected


def test_figures_in_code_are_not_taken_for_templates():
    assert observe_page(PAGE.encode(), "index.html")["no raw Markdown, Jinja"].total() == 1


def test_links_of_the_404_page_that_depend_on_its_depth_are_missing():
    page = '<html lang="tr"><body><article><h1>Yok</h1><a href="{}">x</a></article></body></html>'

    ours, theirs = observe_404(page.format("/tr/faq/").encode()), observe_404(page.format("faq/").encode())

    assert compare(ours, theirs)["404 page"] == (2, 3)


@pytest.mark.parametrize(
    ("source", "staged"),
    [
        ('{{ _("Menu") }}', '{{ lang.t("Menu") }}'),
        ("{%- set a = _( 'It\\'s' ) %}", "{%- set a = lang.t( 'It\\'s' ) %}"),
        ('{{ {"a": {"b": _("Menu")}} | tojson }}', '{{ {"a": {"b": lang.t("Menu")}} | tojson }}'),
        ('{{ "%}" ~ _("Menu") }}', '{{ "%}" ~ lang.t("Menu") }}'),
    ],
)
def test_templates_ask_material_for_their_words(source: str, staged: str):
    assert ask_material(source.encode()) == staged.encode()


@pytest.mark.parametrize(
    "source",
    [
        '{{ _(name) }} {{ page_("Menu") }} {{ a._("Menu") }}',
        """{{ '_("Menu")' }} {{ "_('Menu')" }}""",
        '<script>_("Menu")</script> {# _("Menu") #} {% raw %}{{ _("Menu") }}{% endraw %}',
        # Keys of Material, and methods that every mapping has.
        '{{ _("search.result.none") }} {{ _("copy") }}',
        "{% extends 'base.html' %}{% block x %}{{ lang.t('toc') }} {{ page.title | e }}{% endblock %}",
    ],
)
def test_what_is_no_word_of_a_template_stays_as_it_is(source: str):
    assert ask_material(source.encode()) == source.encode()


def test_a_language_says_every_word_of_its_catalog_as_it_stands():
    words = {'A "word"': 'Say "x" \\ {{ y }} %} {# z', "Two\nlines": "İki\nsatır 😀", "search": "never"}
    partials = {
        "partials/languages/tr.html": '{% macro t(key) %}{{ {"search": "Ara"}[key] }}{% endmacro %}',
        "partials/languages/site-tr.html": language_partial("tr", "tr", words),
    }
    # As MkDocs makes it.
    environment = Environment(loader=DictLoader(partials))  # noqa: S701
    said = environment.get_template("partials/languages/site-tr.html").module

    assert [said.t(key) for key in ("language", "direction", "search")] == ["tr", "ltr", "Ara"]
    assert [said.t(key) for key in list(words)[:2]] == list(words.values())[:2]
    assert said.t("Unknown") == ""
