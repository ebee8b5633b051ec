from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.diagnostics import HelpcenterError
from helpcenter.translate import MASK, Job, Request, make_provider
from helpcenter.translate.pseudo import VARIANTS, pseudo_text

GOLDEN: dict[str, list[tuple[str, str]]] = yaml.safe_load(Path(__file__).with_name("pseudo.yml").read_text("utf-8"))
CASES = [(variant, text, expected) for variant, cases in GOLDEN.items() for text, expected in cases]


@pytest.mark.parametrize(("variant", "text", "expected"), CASES)
def test_golden(variant: str, text: str, expected: str) -> None:
    assert pseudo_text(text, variant) == expected


def test_every_variant_has_golden_cases() -> None:
    assert list(GOLDEN) == list(VARIANTS)


@given(st.text(min_size=1).filter(str.strip))
def test_it_always_differs_and_is_always_the_same(text: str) -> None:
    assert pseudo_text(text) != text
    assert pseudo_text(text) == pseudo_text(text)


@given(st.lists(st.sampled_from(["__PH0__", "__PH11__", "Pay", " ", "now. ", "(", "{{ a.b }}"])))
def test_masks_stay(parts: list[str]) -> None:
    text = "".join(parts)
    for variant in VARIANTS:
        assert MASK.findall(pseudo_text(text, variant)) == MASK.findall(text)
        assert pseudo_text(text, variant).count("{{ a.b }}") == text.count("{{ a.b }}")


@pytest.mark.parametrize("target", ["ar", "tr", "zh-CN", "en-GB", "es-419", "en"])
def test_every_pair_is_taken(target: str) -> None:
    provider = make_provider("pseudo", {}, {})
    assert provider.supports("en", target)
    (result,) = provider.translate([Request("Send it back", "7")], Job("en", target))
    assert (result.request.id, result.text) == ("7", "⟦Šéñð îţ ƀåçķ ····⟧")
    # Marks of direction would be invisible in a review and would stay behind in copied text.
    assert not set("\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069") & set(result.text or "")


def test_a_variant_is_an_option() -> None:
    (result,) = make_provider("pseudo", {"variant": "rtl"}, {}).translate([Request("Send", "1")], Job("en", "he"))
    assert result.text == pseudo_text("Send", "rtl")


@pytest.mark.parametrize("options", [{"variant": "rlt"}, {"variant": 3}, {"variant": None}, {"size": 1}])
def test_other_options_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(HelpcenterError) as caught:
        make_provider("pseudo", options, {})
    (found,) = caught.value.findings
    assert found.code == "translate-option"
    assert "variant" in f"{found.message} {found.help}"
    assert ("did you mean 'rtl'?" in str(found.help)) == (options == {"variant": "rlt"})
