"""The comparison of renderers: that it sees what is missing, and how templates are put into MiniJinja."""

from __future__ import annotations

import pytest
from dialect import translate_template
from observations import KINDS, compare, observe_404, observe_page

PAGE = """<!doctype html><html lang="ar"><head><title>T - Site</title>
<meta name="description" content="D"><meta name="robots" content="noindex">
<link rel="canonical" href="https://a.example/en/faq/x/"><link rel="alternate" hreflang="en" href="https://a.example/en/faq/x/">
<link rel="stylesheet" href="../../assets/stylesheets/helpcenter.css">
<script type="application/ld+json">{"@type": "BreadcrumbList"}</script></head><body dir="rtl">
<header><a href="../../../en/faq/x/" hreflang="en">English</a></header>
<nav><a href="../../faq/">FAQ</a></nav><aside class="hc-notice">Read in English.</aside>
<article lang="en" dir="ltr"><h1>Title</h1>
<section class="hc-answer"><h2 class="hc-answer__label">Short answer</h2><p>Yes.</p></section>
<div class="hc-body"><h2 id="when">When<a class="headerlink" href="#when">¶</a></h2>
<p>Within 14 days. <span lang="en">Read <a href="../../guides/%C3%B6/#a">this</a>.</span></p>
<table><tr><td>Fee</td><td>5 EUR</td></tr></table><div class="admonition note"><p>Mind <code>{{ code }}</code>.</p></div>
<div class="tabbed-set"><div class="tabbed-labels"><label>Post</label></div></div></div></article>
<script id="__config" type="application/json">{"search": "../../assets/javascripts/search/worker.js"}</script></body></html>"""

WITHOUT_A_PAGE = {"404 page", "sitemap", "search files"}


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
        ("navigation", "../../faq/", "../faq/"),
        ("language menu", "../../../en/faq/x/", "../../../en/"),
        ("hreflang", 'hreflang="en" href="https', 'href="https'),
        ("canonical", "a.example/en/faq/x/", "a.example/ar/faq/x/"),
        ("noindex", "noindex", "index"),
        ("structured data", "BreadcrumbList", "Thing"),
        ("own styles, scripts", "helpcenter.css", "main.css"),
        ("search worker", "search/worker.js", "workers/search.1a2b.min.js"),
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
    ("jinja", "minijinja"),
    [
        ('{{ _("Menu") }}', '{{ lang.t("Menu") }}'),
        (
            '{{ _("In %(language)s.") | format(language=names[code] or "x") }}',
            '{{ lang.t("In %(language)s.") | replace("%(language)s", names[code] or "x") }}',
        ),
        ('{% set a = tag.split("-")[0] %}', '{% set a = tag | split("-") | first %}'),
        (
            '{% set root = base_url.rstrip("/") %}',
            '{% set root = (base_url[:-1] if base_url[-1:] == "/" else base_url) %}',
        ),
        ("a_(b) {{ page_(1) }}", "a_(b) {{ page_(1) }}"),
    ],
)
def test_templates_are_put_into_minijinja(jinja: str, minijinja: str):
    assert translate_template(jinja)[0] == minijinja


def test_a_template_that_both_understand_stays_as_it_is():
    source = "{% extends 'base.html' %}{% block x %}{{ lang.t('toc') }} {{ page.title | e }}{% endblock %}"

    assert translate_template(source) == (source, {})
