from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpcenter.catalog import fingerprint
from helpcenter.catalog.answers import Answer, Answers, Question, Refusal, journal_path
from helpcenter.diagnostics import HelpcenterError
from helpcenter.project import load_project

if TYPE_CHECKING:
    from pathlib import Path

    from helpcenter.project import Project

ASKED = Question("Send __PH0__ back.", "en", "deepl", "formal", "abc")
ANSWER = Answer(ASKED, "__PH0__ geri gönderin.", ("[Koliyi](a.md) geri gönderin.", "`X` geri gönderin."))


@pytest.fixture
def project(project_folder: Path) -> Project:
    return load_project(project_folder)


def test_what_was_answered_is_known_to_the_next_run(project: Project):
    Answers.load(project, "tr").add([ANSWER])
    later = Answers.load(project, "tr")
    assert later.find(ASKED) == "__PH0__ geri gönderin."
    assert [later.text_of(fingerprint(text)) for text in ANSWER.texts] == list(ANSWER.texts)
    assert later.text_of(fingerprint("something else")) is None
    assert Answers.load(project, "de").find(ASKED) is None


@pytest.mark.parametrize(
    "other",
    [
        ASKED._replace(text="Send it back."),
        ASKED._replace(source="de"),
        ASKED._replace(provider="google"),
        ASKED._replace(formality="informal"),
        ASKED._replace(glossary=""),
    ],
)
def test_another_question_has_another_answer(other: Question, project: Project):
    journal = Answers.load(project, "tr")
    journal.add([ANSWER])
    assert journal.find(other) is None


def test_the_latest_answer_counts_and_older_texts_are_still_known(project: Project):
    Answers.load(project, "tr").add([Answer(ASKED, "one", ("one",))])
    Answers.load(project, "tr").add([Answer(ASKED, "two", ("two",))])
    later = Answers.load(project, "tr")
    assert (later.find(ASKED), later.text_of(fingerprint("one"))) == ("two", "one")


def test_a_torn_line_costs_no_other(project: Project):
    file = journal_path(project, "tr")
    Answers.load(project, "tr").add([ANSWER])
    whole = file.read_bytes()
    for end in range(0, len(whole), 7):
        file.write_bytes(whole + whole[:end])
        other = Answer(ASKED._replace(text=f"no. {end}"), "x", ("x",))
        Answers.load(project, "tr").add([other])
        later = Answers.load(project, "tr")
        assert (later.find(ASKED), later.find(other.question)) == (ANSWER.text, "x")


REFUSALS = st.none() | st.builds(Refusal, st.text(), st.text(), st.booleans())


# Each example waits for the disk.
@settings(deadline=None, max_examples=30)
@given(rows=st.lists(st.tuples(st.text(), st.text(), st.lists(st.text()), REFUSALS)), rest=st.binary(max_size=40))
def test_any_text_comes_back(
    rows: list[tuple[str, str, list[str], Refusal | None]], rest: bytes, tmp_path_factory: pytest.TempPathFactory
):
    folder = tmp_path_factory.mktemp("journal")
    answers = {
        text: Answer(ASKED._replace(text=text), answer, tuple(texts), refused) for text, answer, texts, refused in rows
    }
    Answers(folder / "tr.jsonl", folder).add(answers.values())
    with (folder / "tr.jsonl").open("ab") as file:
        file.write(rest)
    later = Answers(folder / "tr.jsonl", folder)
    later.read()
    assert {text: list(later.answers_to(answer.question)) for text, answer in answers.items()} == {
        text: [answer] for text, answer in answers.items()
    }
    for answer in answers.values():
        assert later.find(answer.question) == (answer.text if answer.refused is None else None)
        assert later.refusal(answer.question) == answer.refused


def test_what_was_refused_alone_is_the_last_word_until_an_answer_is_taken(project: Project):
    journal = Answers.load(project, "tr")
    first, alone = Refusal("truncated", "lacks its end"), Refusal("response", "is German", is_alone=True)
    for refused, told in ((first, first), (alone, alone), (first, alone), (None, None), (first, first)):
        journal.add([Answer(ASKED, "kept", (), refused)])
        for one in (journal, Answers.load(project, "tr")):
            assert one.refusal(ASKED) == told
    assert [answer.refused for answer in journal.answers_to(ASKED)] == [first, None, first, alone, first]
    assert journal.find(ASKED) == "kept"


def test_a_line_of_an_earlier_version_is_an_answer_that_was_taken(project: Project):
    file = journal_path(project, "tr")
    file.parent.mkdir(parents=True)
    line = '{"text":"Pay","source":"en","provider":"deepl","formality":"","glossary":"","answer":"Öde"}\n'
    file.write_text(line + line.replace("}", ',"refused":7}').replace("Öde", "?"), "utf-8")
    (answer,) = Answers.load(project, "tr")
    assert answer == Answer(Question("Pay", "en", "deepl"), "Öde", ("Öde",), None)


def test_a_full_disk_is_told_and_leaves_what_is_there(project: Project, monkeypatch: pytest.MonkeyPatch):
    journal = Answers.load(project, "tr")
    journal.add([ANSWER])

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(HelpcenterError) as caught:
        journal.add([Answer(ASKED._replace(text="more"), "x", ("x",))])
    (found,) = caught.value.findings
    assert (found.code, str(found.place)) == ("file-unreadable", ".build/translate/tr.jsonl")
    assert "No space left" in found.message
    assert Answers.load(project, "tr").find(ASKED) == ANSWER.text


def test_answers_that_no_catalog_refers_to_can_go(project: Project):
    journal = Answers.load(project, "tr")
    old = Answer(ASKED._replace(text="old"), "eski", ("eski",))
    journal.add([Answer(ASKED, "first", ("first",)), ANSWER, old])
    journal.drop_unused({fingerprint(ANSWER.texts[1]), fingerprint("first")})
    for one in (journal, Answers.load(project, "tr")):
        assert len(one) == 2
        assert (one.find(ASKED), one.find(old.question)) == (ANSWER.text, None)
        assert one.text_of(fingerprint(ANSWER.texts[0])) == ANSWER.texts[0]
        assert one.text_of(fingerprint("first")) == "first"


def test_what_was_refused_stays_as_long_as_the_text_has_no_translation(project: Project):
    journal = Answers.load(project, "tr")
    gone = ASKED._replace(text="gone")
    for question in (ASKED, gone):
        journal.add([Answer(question, "eski", (), Refusal("response", "is German", is_alone=True))])
    journal.drop_unused(set(), {ASKED.text})
    later = Answers.load(project, "tr")
    assert (later.refusal(ASKED), later.refusal(gone)) == (journal.refusal(ASKED), None)
    assert later.refusal(ASKED) is not None


def test_a_journal_that_cannot_be_opened_is_told(project: Project):
    journal_path(project, "tr").mkdir(parents=True)
    with pytest.raises(HelpcenterError) as caught:
        Answers.load(project, "tr")
    assert caught.value.findings[0].code == "file-unreadable"
