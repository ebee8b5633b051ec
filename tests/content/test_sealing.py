from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpcenter.content import SealError, placeholders, seal, unseal

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = {
    "Write to {{ contact.email }}.": "Write to __PH0__ .",
    "See [ways to pay](a.md#x), `PEL-482913` and <br>": "See [ways to pay __PH0__ , __PH1__ and __PH2__",
    "**{{ a }}**{{ b }}": "** __PH0__ ** __PH1__",
    "[x](a_(b).md 'Title') :material-home:{ .lg }": "[x __PH0__ __PH1__",
    "https://a.example/b?c=d. Or me@a.example!": "__PH0__ . Or __PH1__ !",
    "Text[^1] &nbsp; ++ctrl+alt++": "Text __PH0__ __PH1__ __PH2__",
    "A literal __PH0__ and ph1_": "A literal __PH0__ and __PH1__",
    "Escaped \\`no code\\` and ``a ` b``": "Escaped \\`no code\\` and __PH0__",
    "No markup, 10:30 or a: b": "No markup, 10:30 or a: b",
    "[text][ref] <https://x.example> <a@b.example>": "[text __PH0__ __PH1__ __PH2__",
    "[x](a.md){ .b }[^1] and <b>`c`</b>.": "[x __PH0__ and __PH1__ .",
    "{{ 'a}b' }} {% has x %} <span lang=\"en\">x</span>": "__PH0__ __PH1__ __PH2__ x __PH3__",
}
SAMPLES = st.lists(
    st.sampled_from(
        [
            r"`a`",
            r"](",
            r"{{",
            r"}}",
            r"{{x.y}}",
            r"](u)",
            r"[",
            r"**",
            r"_",
            r"<b>",
            r"</b>",
            r"&nbsp;",
            r":icon-a:",
            r"__PH0__",
            r"__",
            r"PH",
            r"1",
            r"ph2_",
            r"[^1]",
            r"\\*",
            r"\\`",
            r"`",
            r"https://a.example/x",
            r"a@b.example",
            r"{.x}",
            r".",
            r",",
            r"word",
            r"слово",
            r"字",
            r"(",
            r")",
            r'"',
            r"++ctrl++",
            r"⁠",
            r"_PH",
            r"0_",
            r"<",
        ]
    )
    | st.sampled_from([" ", "\n", "{{ x }}"]),
    max_size=14,
).map("".join)


@pytest.mark.parametrize(("text", "masked"), TEXTS.items())
def test_markup_is_masked_and_put_back(text: str, masked: str):
    sealed = seal(text)
    assert sealed.text == masked
    assert unseal(sealed.text, sealed.tokens) == text


@settings(max_examples=800, deadline=None)
@given(SAMPLES | st.text(max_size=40))
def test_unsealing_restores_any_text(text: str):
    sealed = seal(text)
    assert unseal(sealed.text, sealed.tokens) == text


DAMAGE = [
    str.lower,
    lambda text: text.replace("__PH", "__ PH").replace("PH", "PH "),
    lambda text: re.sub(r"(\d)__", r"\1 __", text),
    lambda text: text.replace("__PH", "_PH"),
    lambda text: re.sub(r"(\d)__", r"\1_", text),
    lambda text: text.replace("__PH", "PH"),
    lambda text: re.sub(r"(\d)__", r"\1", text),
    lambda text: text.replace("_", "\\_"),
    lambda text: text.replace("__", "＿＿"),
    lambda text: text.replace("PH", "РН"),
    lambda text: text.translate({ord("0"): "٠", ord("1"): "١"}),
    lambda text: re.sub(r"(__PH\d__)", r" \1  ", text),
]


@pytest.mark.parametrize("damage", DAMAGE, ids=range(len(DAMAGE)))
def test_masks_survive_what_engines_do_to_them(damage: Callable[[str], str]):
    sealed = seal("write to {{ contact.email }}, or [by post](a.md): `code`.")
    found = unseal(damage(sealed.text), sealed.tokens)
    assert re.sub(r"\s+", " ", found).strip() == "write to {{ contact.email }}, or [by post](a.md): `code`."


LABELS = frozenset({"ways to pay", "a b", "x"})


@pytest.mark.parametrize(
    ("text", "masked", "back"),
    [
        ("See [ways to pay].", "See [ways to pay __PH0__ .", "See [Ways][ways to pay]."),
        ("See [ways to pay][].", "See [ways to pay __PH0__ .", "See [Ways][ways to pay]."),
        ("See [Ways][ways to pay].", "See [Ways __PH0__ .", "See [Ways][ways to pay]."),
        ("See [ways] to pay.", "See [ways] to pay.", "See [Ways] to pay."),
        ("[x][^1] and [`x`]", "[x __PH0__  __PH1__ and [ __PH2__ ]", "[x][^1] and [`x`]"),
    ],
)
def test_a_link_that_is_its_own_label_keeps_the_label_with_other_words(text: str, masked: str, back: str):
    sealed = seal(text, LABELS)
    assert sealed.text == masked
    assert unseal(sealed.text, sealed.tokens) == text
    assert unseal(sealed.text.replace("ways to pay", "Ways").replace("ways", "Ways"), sealed.tokens) == back


@settings(max_examples=400, deadline=None)
@given(SAMPLES, st.frozensets(st.sampled_from(["x", "a b", "word", "](u)", "", "[", "word."])))
def test_unsealing_restores_any_text_with_labels(text: str, labels: frozenset[str]):
    sealed = seal(text, labels)
    assert unseal(sealed.text, sealed.tokens) == text


@settings(max_examples=400, deadline=None)
@given(SAMPLES, st.data())
def test_masks_in_any_order_bring_back_what_they_stand_for(text: str, data: st.DataObject):
    tokens = seal(text, LABELS).tokens
    order = data.draw(st.permutations(range(len(tokens))))
    found = unseal(" ".join(f"__PH{number}__" for number in order), tokens)
    # An address without words before it gets its label.
    parts = [re.sub(r"\](?:\s?\[\])?\u2063(.+)", r"][\1]", tokens[number].strip("\u2060")) for number in order]
    assert "".join(found.split()) == "".join("".join(parts).split())


def test_placeholders_count_links_by_their_labels():
    assert placeholders("[ways to pay], [X][] [q]", LABELS) == Counter({"][ways to pay]": 1, "][x]": 1})
    assert placeholders("[Wege][ways to pay] [Ix][X] [q]", LABELS) == placeholders("[ways to pay], [x] [q]", LABELS)
    # As Python-Markdown reads it: the first is the words of the second.
    assert placeholders("[ways to pay] [x]", LABELS) == Counter({"][x]": 1})


def test_masks_may_move_and_take_the_spaces_of_their_new_place():
    sealed = seal("Read `a`, then write to {{ b }}.")
    assert (
        unseal("Önce __PH1__ adresine yazın, sonra __PH0__ okuyun.", sealed.tokens)
        == "Önce {{ b }} adresine yazın, sonra `a` okuyun."
    )


@pytest.mark.parametrize(
    "text", ["Yalnızca __PH0__", "__PH0__ __PH1__ __PH1__", "__PH0__ __PH1__ __PH2__", "none", "PH0 PH1"]
)
def test_lost_doubled_and_invented_masks_are_refused(text: str):
    sealed = seal("{{ a }} and {{ b }}")
    with pytest.raises(SealError):
        unseal(text, sealed.tokens)


def test_a_seal_error_names_what_is_lost():
    with pytest.raises(SealError, match=r"\{\{ a \}\}.*missing"):
        unseal("nothing", seal("{{ a }}").tokens)
    with pytest.raises(SealError, match="mask 7"):
        unseal("__PH7__", ())


def test_units_that_look_like_masks_are_text():
    assert unseal("pH 7 and Ph 3", ()) == "pH 7 and Ph 3"


def test_placeholders_compare_without_order_and_without_text():
    source = placeholders('[a](x.md "Title") {{ b }} `c` &nbsp; \\* {{b}}')
    assert source == placeholders("`c` {{ b }} {{  b }} — [ä](x.md)")
    assert source == Counter({"](x.md)": 1, "{{ b }}": 2, "`c`": 1})
    assert source != placeholders("`c` {{ b }} [ä](y.md) {{ b }}")
