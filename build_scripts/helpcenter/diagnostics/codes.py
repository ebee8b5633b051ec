"""The registry of finding codes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from helpcenter.diagnostics.findings import Severity


@dataclass(frozen=True, slots=True)
class Explanation:
    """What ``helpcenter explain CODE`` tells.

    Args:
        code: the code.
        severity: of every finding with this code.
        title: what it is, in a few words.
        why: why it matters, a paragraph.
        fix: what to do, a paragraph.
        example: an example of the finding's cause, or an empty text.
        usage: whether it is about what a command was asked for, not about the project.
        acceptable: whether a reviewer may say of such a finding in a translation that it is no fault.
    """

    code: str
    severity: Severity
    title: str
    why: str
    fix: str
    example: str = ""
    usage: bool = False
    acceptable: bool = False


@cache
def known_codes() -> dict[str, Explanation]:
    """Give every code with its explanation, in alphabetical order."""
    import yaml  # noqa: PLC0415 - costs 20 ms that a run without findings does not pay

    text = resources.files("helpcenter.diagnostics").joinpath("codes.yml").read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    raw = yaml.load(text, Loader=loader)  # noqa: S506 - both are safe
    return {
        code: Explanation(
            code,
            Severity(entry["severity"]),
            entry["title"],
            entry["why"].strip(),
            entry["fix"].strip(),
            entry.get("example", "").rstrip(),
            entry.get("usage", False),
            entry.get("acceptable", False),
        )
        for code, entry in sorted(raw.items())
    }


def explain(code: str) -> Explanation:
    """Give the explanation of a code.

    Raises:
        KeyError: no such code.
    """
    return known_codes()[code]
