"""Checks: everything that is wrong with a project, found in one run and before anything is written."""

from helpcenter.checks.gate import Gate, Verdict
from helpcenter.checks.inspection import Sources, inspect_legal, inspect_sources, inspect_translations

__all__ = ["Gate", "Sources", "Verdict", "inspect_legal", "inspect_sources", "inspect_translations"]
