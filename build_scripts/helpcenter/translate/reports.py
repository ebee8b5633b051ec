"""What a run of translations says of what went wrong: one finding for each cause, however many texts it concerns."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from helpcenter.catalog.keys import split_key
from helpcenter.diagnostics import Finding, Place, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from helpcenter.translate.engines import Engine
    from helpcenter.translate.tasks import Failure, LocaleTask

_LONGEST = 60
# In which messages of one cause differ.
_PARTICULARS = re.compile(r"\d+|'[^']*'")


def report_failures(tasks: Sequence[LocaleTask], engines: Iterable[Engine]) -> list[Finding]:
    """Tell which providers were given up, and which texts have no translation for other reasons."""
    found = [_tell_stop(engine, tasks) for engine in engines if engine.reason is not None]
    for task in tasks:
        causes: dict[tuple[Engine, str], list[Failure]] = {}
        for failure in task.failures:
            if failure.error is not failure.engine.reason:
                causes.setdefault((failure.engine, _PARTICULARS.sub("", str(failure.error))), []).append(failure)
        found += [_tell_failures(task, failures) for failures in causes.values()]
    return found


def tell_once(found: Iterable[tuple[str, Finding]]) -> list[Finding]:
    """Tell what is wrong with several locales in the same way once: at the first, with the others named.

    Args:
        found: pairs of a locale's tag and a finding about it.
    """
    groups: dict[tuple[str, str], dict[str, Finding]] = {}
    for tag, one in found:
        cause = re.sub(rf"(?<![\w-]){re.escape(tag)}(?![\w-])", "", one.message)
        groups.setdefault((one.code, cause), {}).setdefault(tag, one)
    told = []
    for group in groups.values():
        first, *others = group
        rest = " and ".join(filter(None, [", ".join(others[:-1]), *others[-1:]]))
        message = group[first].message + (f"; the same holds for {rest}" if rest else "")
        told.append(replace(group[first], message=message))
    return told


def report_budget(tasks: Sequence[LocaleTask], limit: Decimal | None) -> list[Finding]:
    """Tell what was not sent, for it would have cost more than was allowed."""
    left = [text for task in tasks for text in task.left]
    if not left:
        return []
    where = ", ".join(f"{len(task.left)} of {task.locale.tag}" for task in tasks if task.left)
    characters = sum(len(text.sealed) for text in left)
    message = f"the budget of {limit} EUR does not suffice: {where} were not sent, {characters} characters"
    hint = "what was sent is kept; run the command again with a larger --budget for the rest"
    return [finding("translate-budget", message, Place("--budget"), help=hint)]


def _tell_stop(engine: Engine, tasks: Sequence[LocaleTask]) -> Finding:
    counts = {task.locale.tag: sum(failure.error is engine.reason for failure in task.failures) for task in tasks}
    left = ", ".join(f"{count} texts of {tag}" for tag, count in counts.items() if count)
    concerned = [task for task in tasks if engine in task.engines]
    file = f"locales/{concerned[0].locale.tag}/locale.yml" if concerned else "mkdocs.yml"
    what = f"{left} are not translated" if left else "the rest was asked of the next provider"
    assert engine.reason is not None  # noqa: S101 - who calls this looked
    message = f"{engine.name} is asked no more: {engine.reason}; {what}"
    hint = {
        "auth": "correct the key in the environment, and run the same command again",
        "quota": "wait until the allowance is renewed or raise it, or name another provider",
    }.get(engine.reason.code, "run the same command again when it can be reached, or set 'fallback:' in locale.yml")
    return finding("translate-stopped", message, Place(file), help=hint)


def _tell_failures(task: LocaleTask, failures: Sequence[Failure]) -> Finding:
    """Tell of the texts that failed for one reason, at the first of them."""
    first = failures[0]
    msgid = first.text.msgids[0]
    want = task.demand.wants[msgid][0]
    file = f"locales/{task.locale.tag}/catalog/{want.path.removesuffix('.md')}.po"
    words = " ".join(split_key(msgid).text.split())
    short = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    more = f" and {len(failures) - 1} more" if len(failures) > 1 else ""
    error = first.error
    hint = "run the same command again" if error.retryable else "translate it by hand, or try another provider"
    if task.is_suggested(first):
        hint = "take what stands beside it as '# suggest:', translate it by hand, or try another provider"
    if error.answered:
        hint += "; 'translate --again' asks this one once more"
    return finding("translate-failed", f"'{short}'{more}: {error}", Place(file, want.line or None), help=hint)
