"""A staged page as a person reads it: its components are tables and lists."""

from __future__ import annotations

import pytest

from helpcenter.site.reading import write_reading
from helpcenter.site.staged import StagedPage

TABLE = """<div class="hc-component hc-delivery-options">
<table class="hc-table">
<caption>Delivery</caption>
<thead><tr><th scope="col">Delivery</th><th scope="col">Price</th></tr></thead>
<tbody>
<tr><th scope="row">Standard</th><td>5,90 €</td></tr>
</tbody>
</table>
</div>
"""
LIST = """<div class="hc-component hc-withdrawal-box">
<dl class="hc-terms">
<div><dt>Period</dt><dd>14 days</dd></div>
<div><dt>How</dt><dd><a href="https://shop.example/withdraw">Withdraw here</a></dd></div>
</dl>
</div>
"""


GROUPS = """<div class="hc-component hc-region-comparison">
<table class="hc-table">
<thead><tr><th scope="col">Region</th><th scope="col">Window</th></tr></thead>
<tbody>
<tr><th scope="colgroup" colspan="2">European Union</th></tr>
<tr><th scope="row">Austria</th><td>30 days</td></tr>
</tbody>
<tbody>
<tr><th scope="colgroup" colspan="2">Others</th></tr>
<tr><th scope="row">Norway</th><td>30 days</td></tr>
</tbody>
</table>
</div>
"""


def page(body: str, answer: str = "") -> StagedPage:
    return StagedPage("a.md", "a/", body, "A page", {"answer": answer}, (0, "a.md"), "")


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("Text with <b>HTML</b>.\n", "Text with <b>HTML</b>.\n"),
        (
            f"Before.\n\n{TABLE}\nAfter.\n",
            "Before.\n\nDelivery\n\n| Delivery | Price |\n| --- | --- |\n| Standard | 5,90 € |\n\nAfter.\n",
        ),
        (
            f"{LIST}\n## Next {{#next}}\n",
            "Period\n:   14 days\n\nHow\n:   [Withdraw here](https://shop.example/withdraw)\n\n## Next {#next}\n",
        ),
        (
            GROUPS,
            (
                "| Region | Window |\n| --- | --- |\n| European Union | |\n| Austria | 30 days |\n"
                "| Others | |\n| Norway | 30 days |\n"
            ),
        ),
    ],
)
def test_components_are_tables_and_lists(body: str, read: str):
    assert write_reading(page(body)) == f"# A page\n\n{read}"


def test_amounts_are_read_without_what_markdown_needs():
    assert write_reading(page("It costs &#36;19.00.\n")) == "# A page\n\nIt costs $19.00.\n"
    assert write_reading(page("&#99999999999; &#55296;\n")) == "# A page\n\n\ufffd \ufffd\n"


def test_the_short_answer_comes_first():
    assert write_reading(page("Text.\n", "Yes.")) == "# A page\n\nYes.\n\nText.\n"
