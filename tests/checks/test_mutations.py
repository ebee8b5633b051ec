from __future__ import annotations

import random

import pytest

from corpus_pages import gate
from helpcenter.content import parse_page
from mutations import MUTATIONS, mutate

BODY = """\
See [ways to pay](a.md#cards), run `one`, keep **what you have** and <kbd>this</kbd>.[^1] You have {{ returns.window }}.

- Open [the list](b.md) with `two` and **three**.

[^1]: A note.
"""
DAMAGED = list(mutate(parse_page("guides/a.md", f"---\ntitle: T\n---\n{BODY}"), random.Random(1), 2))  # noqa: S311 - chance


@pytest.mark.parametrize(("kind", "msgid", "text"), DAMAGED, ids=[f"{kind}-{msgid[:8]}" for kind, msgid, _ in DAMAGED])
def test_the_gate_refuses_damage(kind: str, msgid: str, text: str):
    page = parse_page("guides/a.md", f"---\ntitle: T\n---\n{BODY}")
    assert gate().judge(page, {msgid: msgid}) == ()
    assert [verdict.msgid for verdict in gate().judge(page, {msgid: text})] == [msgid], kind


def test_every_kind_of_damage_is_tried():
    assert {kind for kind, _, _ in DAMAGED} == set(MUTATIONS)
