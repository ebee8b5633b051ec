"""What becomes of answers that could not be used: they were paid for, and are not asked for again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from run_cases import SCRIPTED

from helpcenter.catalog import State
from helpcenter.catalog.answers import Answers
from helpcenter.content import seal
from helpcenter.exchange.pairs import pairs_of
from helpcenter.project import load_project
from helpcenter.quality.pairs import Problem
from helpcenter.translate import Limits, ProviderError, judgement
from helpcenter.translate.runner import Wishes
from project_cases import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from run_cases import Answer, Shop

    from helpcenter.quality import Direction, Pair

    MakeShop = Callable[..., Shop]

ALL = 11
PAGE = "faq/where-is-my-order.md"
MSGID = "Where is my order?"
AGAIN = Wishes("scripted", again=True)
CHAIN = "provider: scripted\nfallback: [spare]\n"


def echo(text: str) -> Answer:
    return text if text == MSGID else f"tr: {text}"


def noted(shop: Shop) -> list[tuple[str, str, bool]]:
    """Give what the journal says of refused answers: their words, the code, and whether the text was asked alone."""
    journal = Answers.load(load_project(shop.folder), "tr")
    return [(one.text, one.refused.code, one.refused.is_alone) for one in journal if one.refused is not None]


def test_a_refused_answer_is_paid_for_once(scripted: MakeShop):
    shop = scripted(echo)
    shop.run()
    assert noted(shop) == [(MSGID, "echo", False), (MSGID, "echo", True)]
    shop.forget()
    planned = shop.run(dry_run=True)
    outcome = shop.run()
    assert shop.provider.asked == []
    assert planned.rows == outcome.rows
    (row,), (found,) = outcome.rows, outcome.findings
    assert (row.failed, row.left, row.cost, outcome.is_complete) == (1, 0, 0, False)
    assert found.code == "translate-failed"
    assert found.message == f"'{MSGID}': answered before, and was refused: the answer is the source text (echo)"
    assert "by hand" in found.help
    assert "--again" in found.help
    assert len(noted(shop)) == 2


def test_a_refused_answer_is_asked_for_once_more_where_a_person_says_so(scripted: MakeShop):
    shop = scripted(echo)
    shop.run()
    shop.forget()
    assert shop.run(wishes=AGAIN).findings[0].message == f"'{MSGID}': the answer is the source text (echo)"
    assert shop.provider.asked == [MSGID, MSGID]
    shop.forget()
    shop.provider.answer = lambda text: f"tr: {text}"
    planned = shop.run(wishes=AGAIN, dry_run=True)
    outcome = shop.run(wishes=AGAIN)
    assert outcome.is_complete
    assert planned.rows == outcome.rows
    assert shop.provider.asked == [MSGID]
    assert shop.entry(PAGE, MSGID).msgstr == f"tr: {MSGID}"


def test_a_run_that_is_killed_between_two_attempts_leaves_one(scripted: MakeShop):
    def answer(text: str) -> Answer:
        return KeyboardInterrupt() if shop.provider.asked.count(MSGID) > 1 else echo(text)

    shop = scripted(answer)
    with pytest.raises(KeyboardInterrupt):
        shop.run()
    assert noted(shop) == [(MSGID, "echo", False)]
    shop.forget()
    shop.provider.answer = echo
    shop.run()
    assert shop.provider.asked.count(MSGID) == 1
    assert (1, "en", "tr") in shop.provider.calls
    assert noted(shop) == [(MSGID, "echo", False), (MSGID, "echo", True)]
    shop.forget()
    shop.run()
    assert shop.provider.asked == []


def test_an_answer_to_another_text_is_not_taken_by_a_later_run_either(scripted: MakeShop):
    texts = ["Call 112 when it burns.", "Call 4711 when it itches."]

    def answer(text: str) -> Answer:
        is_first = shop.provider.asked.count(text) == 1
        if text in texts and not is_first:
            return KeyboardInterrupt()
        return f"tr: {texts[1 - texts.index(text)] if text in texts else text}"

    shop = scripted(answer, limits=Limits(10_000, 50, 1))
    write(shop.folder, {"content/faq/one.md": "---\ntitle: One?\n---\n\n" + "\n\n".join(texts) + "\n"})
    with pytest.raises(KeyboardInterrupt):
        shop.run()
    assert noted(shop) == [("", "response", False)] * 2
    shop.provider.answer = lambda text: f"tr: {text}"
    assert shop.run().is_complete
    assert [shop.entry("faq/one.md", text).msgstr for text in texts] == [f"tr: {text}" for text in texts]


def test_a_refused_text_goes_to_the_next_provider_at_once(scripted: MakeShop):
    shop = scripted(echo, {"spare": echo})
    write(shop.folder, {"locales/tr/locale.yml": CHAIN})
    shop.run(wishes=SCRIPTED)
    shop.forget()
    planned = shop.run(wishes=Wishes(), dry_run=True)
    shop.run(wishes=Wishes())
    assert [share.texts for share in planned.rows[0].shares] == [0, 1]
    assert (shop.provider.asked, shop.providers["spare"].asked) == ([], [MSGID, MSGID])
    shop.forget()
    (found,) = shop.run(wishes=Wishes()).findings
    assert (shop.provider.asked, shop.providers["spare"].asked) == ([], [])
    assert "answered before" in found.message


def test_a_kept_answer_is_taken_once_the_rules_allow_it(scripted: MakeShop, monkeypatch: pytest.MonkeyPatch):
    def refuse(pair: Pair, _: Direction) -> Iterator[Problem]:
        if pair.source == MSGID:
            yield Problem("translation-length", "the text is very long", (0, 1), "")

    shop = scripted()
    with monkeypatch.context() as patch:
        patch.setattr(judgement, "_FATAL", ((refuse, "response"),))
        assert shop.run().rows[0].failed == 1
    shop.forget()
    outcome = shop.run()
    assert outcome.is_complete
    assert (outcome.rows[0].known, shop.provider.asked) == (1, [])
    assert shop.entry(PAGE, MSGID).msgstr == f"tr: {MSGID}"


def test_what_fits_some_segments_of_a_text_is_kept_for_them(scripted: MakeShop, monkeypatch: pytest.MonkeyPatch):
    def refuse(pair: Pair, _: Direction) -> Iterator[Problem]:
        if "`B`" in pair.source:
            yield Problem("translation-length", "the text is very long", (0, 1), "")

    shop = scripted()
    write(shop.folder, {"content/faq/one.md": "---\ntitle: One?\n---\n\nPress `A` to go on.\n\nPress `B` to go on.\n"})
    monkeypatch.setattr(judgement, "_FATAL", ((refuse, "response"),))
    shop.run()
    shop.forget()
    assert shop.run().rows[0].failed == 1
    assert shop.provider.asked == []
    assert shop.entry("faq/one.md", "Press `A` to go on.").msgstr == "tr: Press `A` to go on."
    assert shop.entry("faq/one.md", "Press `B` to go on.").state is State.MISSING


def test_another_question_is_asked_though_its_text_was_refused(scripted: MakeShop):
    shop = scripted(echo)
    shop.run()
    shop.forget()
    write(shop.folder, {"locales/tr/glossary.yml": "terms: [{term: order, translation: sipariş}]\n"})
    shop.run()
    assert shop.provider.asked == [MSGID, MSGID]


@pytest.mark.parametrize(
    ("error", "is_kept"),
    [
        (ProviderError("response", "scripted changed the placeholders of the text", answered=True), True),
        (ProviderError("truncated", "scripted stopped before the end"), True),
        (ProviderError("response", "scripted gave an answer of another form"), False),
        (ProviderError("timeout", "scripted did not answer", retryable=True), False),
    ],
)
def test_what_a_provider_refuses_itself_is_kept_where_it_was_an_answer(
    error: ProviderError,
    is_kept: bool,  # noqa: FBT001 - a case
    scripted: MakeShop,
):
    shop = scripted(lambda text: error if text == MSGID else f"tr: {text}")
    shop.run()
    shop.forget()
    assert shop.run().rows[0].failed == 1
    assert (shop.provider.asked == []) is is_kept


def test_a_text_that_is_only_doubtful_is_left_to_a_person(scripted: MakeShop):
    msgid, long = "Open the link in our e-mail.", " ".join(["E-postamızdaki bağlantıyı açın."] * 8)
    shop = scripted(lambda text: long if text == msgid else "E-postamızdaki bağlantıyı açın.", judged=True)
    for _ in range(2):
        (found,) = [one for one in shop.run().findings if "very long" in one.message]
        assert "# suggest:" in found.help
        entry = shop.entry(PAGE, msgid)
        assert (entry.state, entry.suggestion) == (State.MISSING, long)
        # A translation memory is no place for it.
        project = load_project(shop.folder)
        assert long not in {pair.target for pair in pairs_of(project, project.locales["tr"])}
    shop.provider.answer = lambda _: "E-postamızdaki bağlantıyı açın."
    shop.run(wishes=AGAIN)
    entry = shop.entry(PAGE, msgid)
    assert (entry.msgstr, entry.suggestion) == ("E-postamızdaki bağlantıyı açın.", None)


def test_what_would_not_be_shown_right_or_has_a_translation_is_not_suggested(scripted: MakeShop):
    msgid, other = "Open `My orders`, then [write to us](contact.md).", "E-postamızdaki bağlantıyı açın."
    good = "Önce __PH0__ açın, sonra [bize yazın __PH1__ ."
    answers = {"broken": "Önce açın, sonra [bize yazın __PH1__ .", "long": good + " Bu bağlantıyı açın." * 20}

    def answer(text: str) -> Answer:
        return answers[kind] if text == seal(msgid).text else other

    for kind in answers:
        shop = scripted(answer, {"spare": lambda text: good if text == seal(msgid).text else other}, judged=True)
        if kind == "long":
            write(shop.folder, {"locales/tr/locale.yml": CHAIN})
        shop.run(wishes=Wishes("scripted") if kind == "broken" else Wishes(again=True))
        entry = shop.entry("guides/returns.md", msgid)
        assert (bool(entry.msgstr), entry.suggestion) == (kind == "long", None)
    assert seal(msgid).text in shop.providers["spare"].asked
