from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from helpcenter.quality import Brand, Direction, Pair
from helpcenter.quality.brands import check_brands

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "brands.yml").read_text("utf-8"))
NAMES = {
    "paypal": ("PayPal",),
    "klarna": ("Klarna",),
    "visa": ("Visa",),
    "discover": ("Discover",),
    "troy": ("Troy",),
    "mir": ("Mir", "Мир"),
    "apple-pay": ("Apple Pay",),
    "alipay": ("Alipay", "支付宝"),
    "wechat-pay": ("WeChat Pay", "微信支付"),
    "mada": ("mada", "مدى"),
    "tabby": ("Tabby", "تابي"),
    "dhl": ("DHL",),
    "dhl-express": ("DHL Express",),
    "ups": ("UPS",),
}
BRANDS = tuple(Brand(key, names) for key, names in NAMES.items())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['to']}: {case['text']}")
def test_brands_stay_what_they_are(case: dict[str, Any]):
    pair = Pair(case["source"], case["text"], case.get("kind", "paragraph"))
    found = [problem.message for problem in check_brands(pair, Direction("en", case["to"], brands=BRANDS))]
    assert found == ([case["find"]] if "find" in case else [])


def test_without_names_nothing_is_said():
    assert list(check_brands(Pair("PayPal", "Klarna"), Direction("en", "de"))) == []
