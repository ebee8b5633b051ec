"""Pages: what is written for a region, and what is said of bad ones."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from region_cases import BUILD_DATE, ROOT, cases

from helpcenter.diagnostics import HelpcenterError, known_codes
from helpcenter.regions import Regions, RegionView, check_template, render_template, used_facts
from helpcenter.regions.engine import _environment
from helpcenter.regions.template import used_components

SERVED = ("DE", "TR", "001")


def refusal(source: str, view: RegionView) -> HelpcenterError | None:
    """Give what the renderer raises."""
    try:
        render_template(source, view, name="p.md")
    except HelpcenterError as error:
        return error
    return None


def view_of(regions: Regions, case: dict[str, Any]) -> RegionView:
    """Make the view of a case, with some facts replaced."""
    view = regions.view(case["region"], BUILD_DATE, case["tag"])
    facts = dict(view.facts)
    for fact_id, value in case.get("facts", {}).items():
        facts[fact_id] = replace(facts[fact_id], value=value)
    return replace(view, facts=facts, _written={})


@pytest.mark.parametrize("case", cases("templates"))
def test_a_page_is_written_for_its_region(small: Regions, case: dict[str, Any]):
    written = render_template(case["source"], view_of(small, case), name="p.md", markup=case.get("markup", True))
    assert written == case["written"]
    assert check_template("p.md", case["source"], small, [case["region"]], BUILD_DATE) == []


@pytest.mark.parametrize("case", cases("bad_templates"))
def test_a_bad_page_is_explained(small: Regions, case: dict[str, Any]):
    found = check_template("p.md", case["source"], small, SERVED, BUILD_DATE)
    assert [f"{one.place} {one.code} {one.message}" for one in found] == [f"p.md:{line}" for line in case["findings"]]
    assert {one.code for one in found} <= set(known_codes())
    if "label" in case:
        assert found[0].label == case["label"]


@pytest.mark.parametrize("case", cases("bad_templates"))
def test_a_bad_page_is_never_written_in_silence(small: Regions, case: dict[str, Any]):
    views = [small.view(region, BUILD_DATE, "en") for region in SERVED]
    # An unknown region, filter or choice in a branch that nobody sees is found by the check only.
    refused = [error for view in views if (error := refusal(case["source"], view))]
    assert {one.code for error in refused for one in error.findings} <= set(known_codes())
    silent = {"region-unknown-region", "region-unknown-choice", "region-not-a-choice"}
    # A component says so in the words of its template.
    silent |= {"region-component-arguments", "region-component-facts"}
    codes = {line.split()[1] for line in case["findings"]}
    assert refused or codes <= silent


def test_a_page_without_tags_is_the_same_object(small: Regions):
    source = "# x {#y}\n\n{: .z }\n"
    assert render_template(source, small.view("DE", BUILD_DATE, "de"), name="p.md") is source
    assert check_template("p.md", source, small, SERVED, BUILD_DATE) == []
    assert used_facts(source) == frozenset()


def test_facts_of_every_branch_are_used():
    inner = '{% when e.f "x" %}\n\n{{ g.h | plain }}\n\n{% endwhen %}'
    source = f"{{% has a.b %}}\n\n{{{{ c.d }}}}\n\n{{% else %}}\n\n{inner}\n\n{{% endhas %}}\n"
    assert used_facts(source) == {"a.b", "c.d", "e.f", "g.h"}


def test_facts_of_components_are_used():
    source = '{% has a.b %}\n\n{% component "payment-methods" %}\n\n{% endhas %}\n'
    assert {"a.b", "payments.methods", "price.currency"} <= used_facts(source)
    assert used_components(source) == {"payment-methods"}
    assert used_components("{{ a.component }}") == frozenset()


def test_a_component_is_drawn_where_it_stands(small: Regions):
    def draw(name: str, arguments: tuple[str, ...]) -> str:
        return f"<p>{name} {' '.join(arguments)}</p>"

    source = 'x\n\n{% has returns.days %}\n{% component "payment-methods" %}\n{% endhas %}\n\ny\n'
    view = small.view("DE", BUILD_DATE, "de")
    written = render_template(source, view, name="p.md", draw=draw)
    assert written == "x\n\n<p>payment-methods </p>\n\ny\n"
    assert render_template(source, view, name="p.md") == "x\n\ny\n"
    assert render_template(source, small.view("001", BUILD_DATE, "en"), name="p.md", draw=draw) == "x\n\ny\n"


def test_the_check_begins_where_it_is_told(small: Regions):
    source = "---\ntitle: '{{ a.b }}'\n---\n{{ c.d }}\n"
    found = check_template("p.md", source, small, SERVED, BUILD_DATE, start=source.index("{{ c.d"))
    assert [str(one.place) for one in found] == ["p.md:4:4"]


def test_the_sandbox_has_nothing_in_it():
    environment = _environment()
    assert environment.globals == {}
    assert environment.tests == {}
    assert "plain" in environment.filters
    assert "attr" not in environment.filters
    assert "format" not in environment.filters


def test_an_unknown_fact_is_never_silently_false(small: Regions):
    with pytest.raises(HelpcenterError, match=r"p\.md:1:8: there is no fact 'returns\.dayz'"):
        render_template(
            "{% has returns.dayz %}\n\nx\n\n{% endhas %}\n", small.view("DE", BUILD_DATE, "de"), name="p.md"
        )


def test_the_fingerprint_follows_what_is_shown(small: Regions):
    view = small.view("DE", BUILD_DATE, "de")
    facts = dict(view.facts) | {"returns.cost": replace(view.facts["returns.cost"], value="shop", note="x")}
    other = replace(view, facts=facts, _written={})
    noted = replace(
        view, facts=dict(view.facts) | {"returns.cost": replace(view.facts["returns.cost"], note="x")}, _written={}
    )
    assert view.fingerprint() != other.fingerprint()
    assert view.fingerprint({"returns.days"}) == other.fingerprint({"returns.days"})
    assert view.fingerprint() == noted.fingerprint()
    assert view.fingerprint() != small.view("DE", BUILD_DATE, "en").fingerprint()


def test_importing_the_package_loads_nothing_heavy():
    code = (
        "import sys, helpcenter.regions as r; r.used_facts, r.Regions, r.RegionView; "
        "print([m for m in ('jinja2', 'babel', 'pydantic', 'yaml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_project_s_own_pages_hold(pellavo: Regions):
    served = ("001", "GB", "US", "TR", "RU", "DE", "AT", "CH", "SA", "CN", "BR", "ES")
    views = [pellavo.view(region, BUILD_DATE, "en") for region in served]
    pages = sorted((ROOT / "content").rglob("*.md"))
    for page in pages:
        source = page.read_text("utf-8")
        assert check_template(page.name, source, pellavo, served, BUILD_DATE) == []
        for view in views:
            written = render_template(source, view, name=page.name, draw=lambda *_: "<div></div>")
            assert "{{" not in written
            assert "{%" not in written
            assert "\n\n\n" not in written
    assert pages


PIECES = st.sampled_from(
    [
        "{% has returns.days %}",
        "{% has nothing.here %}",
        '{% when returns.cost "buyer" %}',
        '{% region "EU" %}',
        '{% region "UK" %}',
        "{% else %}",
        "{% endhas %}",
        "{% endwhen %}",
        "{% endregion %}",
        "{% raw %}",
        "{% endraw %}",
        "{{ returns.days }}",
        "{{ returns.window | dative }}",
        "{{ tax.rate | money }}",
        "{{ '' }}",
        "{{",
        "%}",
        "{#",
        "text",
        "\u2028",
    ]
)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(pieces=st.lists(PIECES, max_size=12), glue=st.sampled_from(["\n\n", "\r\n\r\n", "\n", " ", ""]))
def test_what_passes_the_check_is_written(small: Regions, pieces: list[str], glue: str):
    source = glue.join(pieces)
    found = check_template("p.md", source, small, SERVED, BUILD_DATE)
    for region in SERVED:
        refused = refusal(source, small.view(region, BUILD_DATE, "ru"))
        assert found or not refused
