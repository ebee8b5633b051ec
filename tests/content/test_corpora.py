"""Real pages survive a translation; the whole of it, with every variant for every page, is ``benchmarks/corpora.py``."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus_pages import ABSENT, EXCEPTIONS, corpus_files, corpus_name, judge, load_page
from helpcenter.content import assemble
from helpcenter.translate.pseudo import VARIANTS

NAMES = [corpus_name(file) for file in corpus_files()]
# A page has its turn with one variant, which takes a fifth of the time.
TURNS = [(name, list(VARIANTS)[number % len(VARIANTS)]) for number, name in enumerate(NAMES)]
TURNS += [(name, variant) for name, listed in EXCEPTIONS.items() for variant in listed["variants"]] if NAMES else []
# Pages of others are no part of this repository.
PAGES = pytest.mark.skipif(not NAMES, reason=ABSENT)


@PAGES
@pytest.mark.parametrize("name", NAMES)
def test_the_identity_gives_every_byte_back(name: str):
    page = load_page(name)
    assert assemble(page, lambda segment: segment.text) == page.source


@PAGES
@pytest.mark.parametrize(("name", "variant"), sorted(set(TURNS)))
def test_a_pseudo_translation_keeps_the_structure(name: str, variant: str):
    page = load_page(name)
    verdicts = judge(page, variant)
    if variant in EXCEPTIONS.get(name, {}).get("variants", ()):
        assert verdicts, "the page passes: take it off the list"
    else:
        assert [(verdict.msgid, verdict.message) for verdict in verdicts] == []


@PAGES
def test_at_most_one_page_in_a_hundred_is_an_exception():
    assert set(EXCEPTIONS) <= set(NAMES)
    counted = Counter(variant for listed in EXCEPTIONS.values() for variant in listed["variants"])
    assert set(counted) <= set(VARIANTS)
    assert all(number <= len(NAMES) / 100 for number in counted.values())
    assert all(listed["reason"] for listed in EXCEPTIONS.values())
