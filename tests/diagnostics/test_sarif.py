"""Findings for code scanners, against the schema of the standard.

``sarif-2.1.0-rtm.5.json`` is OASIS's schema of SARIF 2.1.0 as the npm package ``@microsoft/jest-sarif`` 1.0.0-beta.0 (MIT)
carries it.
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from helpcenter.diagnostics import Finding, Place, as_sarif, explain, finding, known_codes
from project_cases import AS_OF, Run, edit

VALIDATOR = Draft4Validator(json.loads((Path(__file__).parent / "sarif-2.1.0-rtm.5.json").read_text("utf-8")))
LINE = 'msgstr "Üç 字 günde {{ a.b }} gelir."'


def found(code: str = "translation-placeholder", message: str = "{{ a.b }} is missing", **place: Any) -> Finding:  # noqa: ANN401 - of Place
    return finding(
        code, message, Place(**({"path": "locales/tr/catalog/ü b.po"} | place)), help="mend it", label="here"
    )


def run_of(text: str) -> dict[str, Any]:
    log = json.loads(text)
    assert list(VALIDATOR.iter_errors(log)) == []
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_a_result_says_all_that_a_finding_says():
    run = run_of(as_sarif([found(line=12, column=12, length=1, text=LINE)]))
    (result,) = run["results"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert (result["ruleId"], result["level"]) == ("translation-placeholder", "warning")
    assert result["message"]["text"] == "{{{{ a.b }}}} is missing; here; mend it"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "locales/tr/catalog/%C3%BC%20b.po", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 12, "startColumn": 12, "endColumn": 13, "snippet": {"text": "字"}},
    }
    (rule,) = run["tool"]["driver"]["rules"]
    entry = explain("translation-placeholder")
    assert (rule["id"], rule["shortDescription"]["text"]) == (entry.code, entry.title)
    assert entry.fix in rule["help"]["text"]
    assert rule["defaultConfiguration"] == {"level": "warning"}


def test_a_place_may_be_a_whole_file():
    (result,) = run_of(as_sarif([found()]))["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_a_link_of_markdown_is_no_link_of_the_message():
    (result,) = run_of(as_sarif([found(message="[a](b.md) [c](1)")]))["results"]
    assert result["message"]["text"].startswith("[a\\](b.md) [c\\](1);")


def test_every_code_is_a_valid_rule():
    run = run_of(as_sarif([found(code) for code in known_codes()]))
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted(known_codes())
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])


def prints(findings: list[Finding]) -> list[str]:
    return [one["partialFingerprints"]["helpcenterFinding/v1"] for one in run_of(as_sarif(findings))["results"]]


def test_a_finding_is_the_same_when_its_line_moves():
    def at(line: int) -> list[Finding]:
        first = found(line=line, column=1, text=LINE, message=f"it is first in line {line - 3}")
        return [first, found(line=line + 5, column=1, text=LINE), found(line=line + 9, column=1, text=LINE)]

    assert prints(at(12)) == prints(at(40))
    assert len(set(prints(at(12)))) == 3
    assert prints([found(line=12, text="other words")]) != prints([found(line=12, text=LINE)])
    assert prints([found(path="a.po")]) != prints([found(path="b.po")])


PLACES = st.builds(
    Place,
    st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=9),
    st.none() | st.integers(1, 99),
    st.none() | st.integers(1, 9),
    st.integers(1, 9),
    st.none() | st.text(max_size=9),
)
FINDINGS = st.lists(
    st.builds(finding, st.sampled_from(sorted(known_codes())), st.text(min_size=1, max_size=9), PLACES), max_size=5
)


@settings(max_examples=60, deadline=None)
@given(FINDINGS, st.integers(0, 99))
def test_any_findings_in_any_order_make_one_valid_file(findings: list[Finding], seed: int):
    text = as_sarif(findings)
    assert len(run_of(text)["results"]) == len(findings)
    shuffled = list(findings)
    Random(seed).shuffle(shuffled)  # noqa: S311 - an order, no secret
    assert as_sarif(shuffled) == text


def test_check_writes_it(project_folder: Path, run: Run):
    edit(project_folder, "content/policies/terms.md", "Small Shop.", "[Small Shop](none.md).")
    done = run("-C", project_folder, "check", "--format", "sarif", *AS_OF)
    assert (done.code, done.err) == (1, "")
    broken = [one for one in run_of(done.out)["results"] if one["ruleId"] == "link-broken"]
    assert [one["level"] for one in broken] == ["error"]


def test_without_findings_it_is_a_file_as_well(project_folder: Path, run: Run):
    done = run("-C", project_folder, "check", "--format", "sarif", *AS_OF)
    assert (done.code, run_of(done.out)["results"]) == (0, [])


@pytest.mark.parametrize("text", ['{"version": "2.1.0"}', '{"version": "2.1.0", "runs": [{"results": []}]}'])
def test_the_schema_refuses_what_is_no_log(text: str):
    assert list(VALIDATOR.iter_errors(json.loads(text)))
