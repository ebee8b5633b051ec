from __future__ import annotations

import pytest

from helpcenter.catalog import Entry
from helpcenter.checks.unread import count_unread
from helpcenter.diagnostics import Finding, Place, finding

FILE = "locales/tr/catalog/faq/pay.po"
MACHINE = Entry("Pay now", line=10).with_machine_text("Öde", "deepl")
PERSON = Entry("Pay later", "Sonra öde", line=20)


def told(code: str, line: int | None, path: str = FILE):
    return finding(code, "wrong", Place(path, line))


@pytest.mark.parametrize(
    "one",
    [
        told("glossary-term", 21),
        told("translation-link", 11),
        told("catalog-approval", None),
        told("glossary-twice", 11, "locales/tr/glossary.yml"),
    ],
    ids=["of a person", "refused", "of a file", "of another file"],
)
def test_what_stands_in_the_way_is_told(one: Finding):
    assert count_unread([one], {FILE: [PERSON, MACHINE]}, "tr") == [one]


def test_what_is_wrong_with_unread_texts_is_counted():
    kept = told("glossary-term", 21)
    found = [told("translation-doubled", 11), kept, told("glossary-term", 11), told("glossary-term", 12)]
    rest = count_unread(found, {FILE: [PERSON, MACHINE]}, "tr")
    assert rest[:-1] == [kept]
    assert rest[-1].code == "check-unread"
    assert rest[-1].message.startswith("3 findings in texts of tr that nobody has read yet: 2 glossary-term, 1 transl")
    assert "-l tr --unread" in rest[-1].help
