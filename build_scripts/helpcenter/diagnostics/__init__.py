"""Findings: what a check says, with a stable code, a place and the next step; and the views of them.

A :class:`Finding` is an object; text, JSON and annotations are views of it.  Every code is explained in ``codes.yml``.
"""

from helpcenter.diagnostics.codes import Explanation, explain, known_codes
from helpcenter.diagnostics.findings import Finding, HelpcenterError, Place, Severity, finding, suggest
from helpcenter.diagnostics.sarif import as_sarif
from helpcenter.diagnostics.views import as_github, as_json, as_text, printable

__all__ = [
    "Explanation",
    "Finding",
    "HelpcenterError",
    "Place",
    "Severity",
    "as_github",
    "as_json",
    "as_sarif",
    "as_text",
    "explain",
    "finding",
    "known_codes",
    "printable",
    "suggest",
]
