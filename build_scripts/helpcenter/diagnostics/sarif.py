"""The view of findings for code scanners: SARIF 2.1.0.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html; the numbers of
sections below are its.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from helpcenter import __version__
from helpcenter.diagnostics.codes import explain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from helpcenter.diagnostics.codes import Explanation
    from helpcenter.diagnostics.findings import Finding, Place

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# The folder that all paths are relative to; it is not named, for it is another one on every machine (3.14.14).
ROOT = "%SRCROOT%"
_NUMBER = re.compile(r"\d+")


def as_sarif(findings: Iterable[Finding]) -> str:
    """Show findings to a code scanner, sorted, so that the same findings give the same file."""
    ordered = sorted(findings, key=_order)
    codes = sorted({finding.code for finding in ordered})
    numbers = {code: number for number, code in enumerate(codes)}
    run = {
        "tool": {
            "driver": {"name": "helpcenter", "version": __version__, "rules": [_rule(explain(one)) for one in codes]}
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder in which mkdocs.yml lies."}}},
        "results": [
            _result(finding, numbers[finding.code], print_)
            for finding, print_ in zip(ordered, _fingerprints(ordered), strict=True)
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _order(finding: Finding) -> tuple[str | int, ...]:
    place = finding.place
    where = (place.path, place.line or 0, place.column or 0, place.length, place.text or "")
    return (*where, finding.code, finding.message, finding.label, finding.help)


def _rule(entry: Explanation) -> dict[str, Any]:
    example = f"\n\n```text\n{entry.example}\n```" if entry.example else ""
    return {
        "id": entry.code,
        "name": entry.code.title().replace("-", ""),
        "shortDescription": {"text": entry.title},
        "fullDescription": {"text": entry.why},
        "help": {
            "text": f"{entry.why}\n\nWhat to do: {entry.fix}",
            "markdown": f"{entry.why}\n\n**What to do:** {entry.fix}{example}",
        },
        "defaultConfiguration": {"level": str(entry.severity)},
    }


def _result(finding: Finding, number: int, print_: str) -> dict[str, Any]:
    parts = (finding.message, finding.label, finding.help)
    return {
        "ruleId": finding.code,
        "ruleIndex": number,
        "level": str(finding.severity),
        "message": {"text": "; ".join(_escape(part) for part in parts if part)},
        "locations": [{"physicalLocation": _location(finding.place)}],
        "partialFingerprints": {"helpcenterFinding/v1": print_},
    }


def _escape(text: str) -> str:
    """Keep braces from being placeholders (3.11.5) and Markdown's links from being links of the message (3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "\\](")


def _location(place: Place) -> dict[str, Any]:
    artifact = {"uri": quote(place.path, errors="surrogatepass"), "uriBaseId": ROOT}
    return {"artifactLocation": artifact} | ({"region": _region(place)} if place.line else {})


def _region(place: Place) -> dict[str, Any]:
    """Give what of a file is meant; columns begin with 1, and the last one is behind the text (3.30.8)."""
    region: dict[str, Any] = {"startLine": place.line}
    if place.column is not None:
        end = place.column + place.length
        region |= {"startColumn": place.column, "endColumn": end}
        if place.text is not None:
            region["snippet"] = {"text": place.text[place.column - 1 : end - 1]}
    return region


def _fingerprints(findings: Sequence[Finding]) -> Iterable[str]:
    """Name each finding so that it is the same one when lines above it come and go: by what it says of which line.

    Numbers in a message may be those of lines.  What says the same of the same words is counted.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        line = (finding.place.text or "").strip()
        key = (finding.code, finding.place.path, line, _NUMBER.sub("0", finding.message))
        seen[key] += 1
        yield hashlib.sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass")).hexdigest()[:32]
