from __future__ import annotations

from helpcenter.catalog import Entry
from helpcenter.checks.quality import read_pairs


def test_a_stale_text_is_held_to_the_source_it_was_made_for():
    entries = [
        Entry(
            "Keep the box. Wait for us.", "Die Kiste aufheben.", fuzzy=True, previous="Keep the box.", kind="list item"
        ),
        Entry("Keep the box.", "Die Kiste aufheben."),
        Entry("Keep the box.", ""),
    ]
    pairs = [pair for _, pair in read_pairs("faq/box.md", entries)]
    assert [(pair.source, pair.kind) for pair in pairs] == [("Keep the box.", "list item"), ("Keep the box.", "")]
