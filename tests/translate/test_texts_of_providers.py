# ruff: noqa: FBT001 - a case says yes or no
"""Masks, echoes, sentences, batches, pace: what happens to texts before and after a provider has them."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from math import ceil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.quality.untranslated import is_echo
from helpcenter.translate import Limits, ProviderError, Request, Result, TokenBucket, plan_batches
from helpcenter.translate.masks import (
    MASK,
    has_words,
    keeps_emphasis,
    keeps_links,
    loosen_emphasis,
    restore_emphasis,
    restore_masks,
)
from helpcenter.translate.sentences import cut, split_sentences

if TYPE_CHECKING:
    from provider_services import Time


@pytest.mark.parametrize(
    ("source", "translation", "restored"),
    [
        ("Pay __PH0__ now", "Şimdi __PH0__ öde", "Şimdi __PH0__ öde"),
        ("Pay __PH0__ now", "Şimdi __ PH0 __ öde", "Şimdi __PH0__ öde"),
        ("Pay __PH0__ now", "立即支付＿＿PH0＿＿", "立即支付__PH0__"),
        ("Pay __PH3__ now", "ادفع __PH٣__ الآن", "ادفع __PH3__ الآن"),
        ("Pay __PH12__ now", "_ _ph12_ _ öde", "__PH12__ öde"),
        ("__PH0____PH1__ x", "y __PH0____PH1__", "y __PH0____PH1__"),
        ("Pay __PH0__ now", "Şimdi öde", None),
        ("Pay __PH0__ now", "__PH0__ __PH0__ öde", None),
        ("Pay __PH0__ now", "__PH1__ öde", None),
        ("Pay now", "__PH0__ öde", None),
    ],
)
def test_masks_are_restored_or_missed(source: str, translation: str, restored: str | None) -> None:
    assert restore_masks(source, translation) == restored


@pytest.mark.parametrize(
    ("text", "words"),
    [("a", True), ("__PH0__", False), ("__PH0__ a", True), ("14 %", False), ("请", True), ("", False), ("_", False)],
)
def test_words_are_letters_outside_masks(text: str, words: bool) -> None:
    assert has_words(text) is words


@pytest.mark.parametrize(
    ("source", "translation", "echo"),
    [
        ("Where is my order?", "where is  my order?", True),
        ("Return policy", "Return policy", True),
        ("Apple Pay", "Apple Pay", False),
        ("Status", "Status", False),
        ("E-mail", "E-mail", False),
        ("PEL-482913", "PEL-482913", False),
        ("__PH0__ or __PH1__", "__PH0__ or __PH1__", False),
        ("订单在哪里", "订单在哪里", True),
        ("Where is my order?", "Siparişim nerede?", False),
    ],
)
def test_an_echo_is_told_from_a_name(source: str, translation: str, echo: bool) -> None:
    assert is_echo(source, translation) is echo


@pytest.mark.parametrize(
    ("source", "translation", "kept"),
    [
        ("Read our [policy __PH0__ .", "[Politikamızı __PH0__ oku.", True),
        ("Read our [policy __PH0__ .", "Politikamızı [ __PH0__ oku.", False),
        ("Read our [policy __PH0__ .", "Politikamızı __PH0__ oku.", False),
        ("Read our [policy __PH0__ .", "[[Politikamızı __PH0__ oku.", False),
        ("[ __PH0__ days __PH1__", "[ __PH0__ gün __PH1__", True),
        ("From __PH0__ to __PH1__ .", "__PH0__ __PH1__ arası.", True),
    ],
)
def test_words_stay_in_their_links(source: str, translation: str, kept: bool) -> None:
    assert keeps_links(source, translation) is kept


@pytest.mark.parametrize(
    ("source", "translation", "restored"),
    [
        ("Select **Track parcel** now", "Şimdi ** Kargoyu izle ** seç", "Şimdi **Kargoyu izle** seç"),
        ("Select **Track** now", "Şimdi** İzle **seç", "Şimdi **İzle** seç"),
        ("**a** and *b*", "** x** ve * y *", "**x** ve *y*"),
        ("**a** and **b**", "** x ** ve **y **", "**x** ve **y**"),
        ("2 * 3 * 4", "2 * 3 * 4", "2 * 3 * 4"),
        ("**a**", "** x", "** x"),
        ("no marks", "a ** b ** c", "a ** b ** c"),
    ],
)
def test_emphasis_is_closed_up_again(source: str, translation: str, restored: str) -> None:
    assert restore_emphasis(source, translation) == restored


@given(st.text(alphabet="ab*. \n", max_size=40))
def test_loosened_emphasis_is_restored(text: str) -> None:
    loose = loosen_emphasis(text)
    assert keeps_emphasis(text, loose)
    assert restore_emphasis(text, loose) == text


@pytest.mark.parametrize(
    ("source", "translation", "kept"),
    [
        ("**a** b", "** x ** y", True),
        ("**a** and *b*", "**x** e *y*", True),
        ("**a** b", "x y", False),
        ("**a** b", "**x y", False),
        ("a b", "** x ** y", True),
        ("2 * 3 * 4", "2 x 3 x 4", True),
    ],
)
def test_emphasis_is_kept_or_missed(source: str, translation: str, kept: bool) -> None:
    assert keeps_emphasis(source, translation) is kept


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("**[Where is it? __PH0__ ** What to do.", ["**[Where is it? __PH0__ ** ", "What to do."]),
        ("**Your number.** It is __PH0__ .", ["**Your number.** ", "It is __PH0__ ."]),
        ("*See us.* Call.", ["*See us.* ", "Call."]),
        ("Pay it. __PH0__ is due.", ["Pay it. ", "__PH0__ is due."]),
        ("Pay it. **Now** is best.", ["Pay it. ", "**Now** is best."]),
        ("Pay [it __PH0__ . __PH1__ is due.", ["Pay [it __PH0__ . ", "__PH1__ is due."]),
    ],
)
def test_a_sentence_keeps_the_end_of_its_link_and_emphasis(text: str, pieces: list[str]) -> None:
    assert split_sentences(text, "en") == pieces


# Sentences of the demo's languages with what ends no sentence: abbreviations, numbers, initials; and what has no spaces.
SENTENCES = {
    "en": ["Mr. A. Smith paid 3.50 EUR, e.g. by card.", "Is it “late”?", "Call us!"],
    "tr": ["Prof. Dr. Işık 1.250,50 TL ödedi.", "14. gün geçti mi?", "İade edin…"],
    "ru": ["Напишите, напр., в ул. Ленина, д. 5, и т. д. сегодня.", "Где «заказ»?", "2,5 кг."],
    "de": ["Am 3. Okt. kam z. B. die 2. Sendung.", "Wo ist „sie“?", "Das kostet 1.200,00 €."],
    "ar": ["أين طلبي؟", "يستغرق ذلك 3.5 أيام، أي ٥٫٢ أيام.", "د. سمير!"],
    "zh": ["订单在哪里？", "请等待3.5天。", "“已送达”！"],
    "pt": ["O Sr. Silva pagou R$ 1.250,50, p. ex., na pág. 3 do site.", "Chegou?", "Pág. 3."],
    "es": ["La Sra. Gil pagó 3,50 €, p. ej., hoy.", "¿Dónde está?", "¡Ya!"],
}


@given(
    st.sampled_from(sorted(SENTENCES)).flatmap(
        lambda language: st.tuples(
            st.just(language),
            st.lists(
                st.sampled_from(
                    [*SENTENCES[language], "__PH0__", "__PH12__", "**", "[", "]", "\n", "\n\n", "  ", "\u00a0"]
                )
                | st.text(max_size=6)
            ),
            st.sampled_from(["", " "]),
        )
    ),
    st.integers(8, 80),
)
def test_pieces_of_every_language_are_the_text_and_cut_no_mask(case: tuple[str, list[str], str], limit: int) -> None:
    language, parts, space = case
    text = space.join(parts)
    masks = MASK.findall(text)
    for pieces in (split_sentences(text, language), cut(text, language, limit) or [text]):
        assert "".join(pieces) == text
        assert [mask for piece in pieces for mask in MASK.findall(piece)] == masks


@pytest.mark.parametrize(("language", "sentences"), SENTENCES.items())
def test_sentences_of_every_language_end_where_readers_see_it(language: str, sentences: list[str]) -> None:
    space = "" if language == "zh" else " "
    assert [piece.strip() for piece in split_sentences(space.join(sentences), language)] == sentences


def test_sentences_end_where_readers_see_it() -> None:
    text = "Use it for e.g. returns. Mr. Smith paid 3.50 EUR.  See __PH0__.\nDone"
    assert split_sentences(text, "en") == [
        "Use it for e.g. returns. ",
        "Mr. Smith paid 3.50 EUR.  ",
        "See __PH0__.\n",
        "Done",
    ]


@given(st.text(alphabet="ab __PH0123.,;!? \n请。", max_size=200), st.integers(5, 60))
def test_pieces_are_the_text_and_within_the_limit(text: str, limit: int) -> None:
    pieces = cut(text, "en", limit)
    if pieces is not None:
        assert "".join(pieces) == text
        assert all(len(piece) <= limit for piece in pieces)


def test_a_sentence_is_cut_at_clauses_before_words() -> None:
    assert cut("Send it, pack it; pay it now or later.", "en", 20) == ["Send it, pack it; ", "pay it now or later."]
    assert cut("Send it now or later.", "en", 12) == ["Send it now ", "or later."]
    assert cut("Donaudampfschifffahrt", "de", 5) is None


def test_batches_keep_to_both_limits_and_to_the_order() -> None:
    requests = [Request("x" * size, str(size)) for size in (4, 4, 4, 99, 1, 1, 1, 1)]
    batches = plan_batches(requests, Limits(max_chars=10, max_items=3, concurrency=1))
    assert [[len(request.text) for request in batch] for batch in batches] == [[4, 4], [4, 1, 1], [99], [1, 1]]
    assert plan_batches([], Limits(1, 1, 1)) == []


@given(st.lists(st.integers(0, 30)), st.integers(1, 20), st.integers(1, 5))
def test_every_request_is_in_one_batch(sizes: list[int], chars: int, items: int) -> None:
    requests = [Request("x" * size, str(number)) for number, size in enumerate(sizes)]
    batches = plan_batches(requests, Limits(chars, items, 1))
    assert sorted(int(request.id) for batch in batches for request in batch) == list(range(len(sizes)))
    assert all([request.id for request in batch] == sorted((r.id for r in batch), key=int) for batch in batches)
    assert all(len(batch) <= items for batch in batches)
    assert all(len(batch) == 1 or sum(len(r.text) for r in batch) <= chars for batch in batches)


@pytest.mark.parametrize(("chars", "items"), [(500, 1000), (1000, 8), (600, 5), (10_000, 50), (130_000, 50)])
def test_batches_are_few(chars: int, items: int) -> None:
    dice = random.Random(1)  # noqa: S311 - lengths, no secrets
    sizes = [min(500, int(dice.lognormvariate(4, 0.9)) + 1) for _ in range(2000)]
    batches = plan_batches([Request("x" * size, "") for size in sizes], Limits(chars, items, 1))
    least = max(ceil(sum(sizes) / chars), ceil(len(sizes) / items))
    assert len(batches) <= least * 1.1
    assert all(len(batch) <= items and sum(len(one.text) for one in batch) <= chars for batch in batches)


def test_texts_of_a_page_stay_together_where_that_costs_nothing() -> None:
    requests = [Request("x" * (1 + number % 7), str(number)) for number in range(1000)]
    batches = plan_batches(requests, Limits(1000, 50, 1))
    assert [request for batch in batches for request in batch] == requests


def test_the_bucket_lets_pass_at_its_rate(time: Time) -> None:
    bucket = TokenBucket(2, clock=time.clock, sleep=time.sleep)
    for _ in range(5):
        bucket.take()
    assert time.slept == pytest.approx([0.5] * 4)


def test_the_bucket_lets_a_burst_pass_after_a_rest(time: Time) -> None:
    bucket = TokenBucket(2, burst=3, clock=time.clock, sleep=time.sleep)
    for _ in range(4):
        bucket.take()
    assert time.slept == pytest.approx([0.5])


def test_the_bucket_holds_everybody(time: Time) -> None:
    bucket = TokenBucket(None, burst=4, clock=time.clock, sleep=time.sleep)
    bucket.take()
    bucket.hold(30)
    bucket.take()
    bucket.take()
    assert time.slept == [30]


def test_the_bucket_is_shared_by_threads() -> None:
    waits: list[float] = []
    lock = threading.Lock()

    def sleep(seconds: float) -> None:
        with lock:
            waits.append(seconds)

    bucket = TokenBucket(1, clock=lambda: 0.0, sleep=sleep)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: bucket.take(), range(40)))
    assert sorted(waits) == [float(n) for n in range(1, 40)]


def test_a_result_says_one_thing() -> None:
    with pytest.raises(ValueError, match="either"):
        Result(Request("a", "1"))
    with pytest.raises(ValueError, match="either"):
        Result(Request("a", "1"), "b", ProviderError("echo", "x"))
