from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.translate import MASK, Request, make_provider
from helpcenter.translate.pseudo import pseudo_text

GOLDEN: list[tuple[str, str]] = yaml.safe_load(Path(__file__).with_name("pseudo.yml").read_text("utf-8"))


@pytest.mark.parametrize(("text", "expected"), GOLDEN)
def test_golden(text: str, expected: str) -> None:
    assert pseudo_text(text) == expected


@given(st.text(min_size=1).filter(str.strip))
def test_it_always_differs_and_is_always_the_same(text: str) -> None:
    assert pseudo_text(text) != text
    assert pseudo_text(text) == pseudo_text(text)


@given(st.lists(st.sampled_from(["__PH0__", "__PH11__", "Pay", " ", "now. ", "(", "{{ a.b }}"])))
def test_masks_stay(parts: list[str]) -> None:
    text = "".join(parts)
    assert MASK.findall(pseudo_text(text)) == MASK.findall(text)
    assert pseudo_text(text).count("{{ a.b }}") == text.count("{{ a.b }}")


@pytest.mark.parametrize("target", ["ar", "tr", "zh-CN", "en-GB", "es-419", "en"])
def test_every_pair_is_taken(target: str) -> None:
    provider = make_provider("pseudo", {}, {})
    assert provider.supports("en", target)
    (result,) = provider.translate([Request("Send it back", "7")], "en", target)
    assert (result.request.id, result.text) == ("7", "⟦Šéñð îţ ƀåçķ ····⟧")
    # Marks of direction would be invisible in a review and would stay behind in copied text.
    assert not set("\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069") & set(result.text or "")
