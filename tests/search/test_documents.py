"""Rendered pages become plain text, cut at their headings."""

import pytest

from helpcenter.search import Section, document_from_html

HTML = """<h1 id="t">Return an item</h1>
<p>You can <strong>re</strong>turn it.</p><ul><li>One</li><li>Two</li></ul>
<h2 id="register">Register &amp; pack<a class="headerlink" href="#register" title="Permanent link">&para;</a></h2>
<div class="admonition tip"><p class="admonition-title">Tip</p><p>Keep&nbsp;the box.</p></div>
<script>secret()</script><p hidden>draft</p><div data-search-exclude>internal</div><!-- note -->
<table><tr><td>14</td><td>days</td></tr></table>
<h3 id="label">Label</h3>
<h4 id="deep">Deep</h4><p>Print it.</p>
<h2>Without an id</h2><p>tail</p>"""


def test_sections():
    document = document_from_html(
        "a/", "Return an item", HTML, type="tutorial", keywords=["send back"], answer="Yes.", lang="en"
    )
    assert (document.url, document.title, document.type, document.keywords, document.answer, document.lang) == (
        "a/",
        "Return an item",
        "tutorial",
        ("send back",),
        "Yes.",
        "en",
    )
    assert document.sections == (
        Section("", "", "You can return it. One Two"),
        Section("register", "Register & pack", "Tip Keep the box. 14 · days"),
        Section("label", "Label", "Deep Print it. Without an id tail"),
    )


@pytest.mark.parametrize("html", ["", "  \n", "<!-- only -->", "<h1>Title</h1>"])
def test_a_page_without_text_has_no_sections(html: str):
    assert document_from_html("a/", "A", html, lang="en").sections == ()


def test_cells_are_told_apart_where_a_text_is_shown():
    html = (
        "<p>Times.</p><table><tr><th></th><th>EU</th></tr><tr><td>Check</td><td> 2 <b>days</b></td></tr></table>After"
    )
    assert document_from_html("a/", "A", html, lang="en").sections == (
        Section("", "", "Times. EU · Check · 2 days After"),
    )


def test_headings_inside_of_other_elements_cut_too():
    document = document_from_html("a/", "A", '<div><p>x</p><h2 id="y">Y</h2><p>z</p></div>', lang="en")
    assert document.sections == (Section("", "", "x"), Section("y", "Y", "z"))


def test_a_heading_that_is_not_shown_is_no_name_of_the_page():
    html = '<p>Kurz.</p><h2 id="label">Etikett</h2><p>Drucken.</p>'
    bridge = (("", "Send it back"), ("label", "Label"), ("eu-only", "In the EU"))
    assert document_from_html("a/", "Zurück", html, lang="de", bridge=bridge).bridge == bridge[:2]
