from __future__ import annotations

import pytest

from helpcenter.inflection import find_any, find_name, find_phrase


def texts(phrase: str, text: str, tag: str, *, strict: bool = False) -> list[str]:
    return [text[start:end] for start, end in find_phrase(phrase, text, tag, strict=strict)]


@pytest.mark.parametrize(
    ("phrase", "text", "tag", "found"),
    [
        ("iade etiketi", "İade etiketi ve iade etiketleri", "tr", ["İade etiketi", "iade etiketleri"]),
        # Two words may stand between; three are another thing. What means little does not count.
        ("número de pedido", "el número de uno de los pedidos", "es", ["número de uno de los pedidos"]),
        ("número de pedido", "el número de tarjeta que paga cada pedido", "es", []),
        ("iade etiketi", "etiketi iade edin", "tr", []),
        ("iade etiketi", "Ürünü iade edin. Etiketi saklayın.", "tr", []),
        # Around a verb there is no order.
        ("Einwilligung widerrufen", "Widerrufen Sie Ihre Einwilligung", "de", ["Widerrufen Sie Ihre Einwilligung"]),
        ("zurücksenden", "Sie senden das Paket an uns zurück", "de", ["senden das Paket an uns zurück"]),
        ("zurücksenden", "Er kommt zurück. Senden Sie es.", "de", []),
        ("Rücksende-Etikett", "Rücksendeetiketten", "de", ["Rücksendeetiketten"]),
        ("Expressversand", "Express- und Standardversand", "de", ["Express-"]),
        ("étiquette", "l’étiquette", "fr", ["l’étiquette"]),
        ("退货标签", "请打印退货 标签。", "zh-CN", ["退货 标签"]),
        ("**Принят**", "статус **Принят**, потом", "ru", ["**Принят**"]),
        ("**Принят**", "заказ принят", "ru", []),
        ("Rück\u00adsende\u00adetikett", "Rücksendeetikett", "de", ["Rücksendeetikett"]),
        ("sefaretiketo", "Sefaretiketo", "eo", ["Sefaretiketo"]),
        ("5 €", "nur 5 € mehr", "de", ["5"]),
        ("→", "a → b", "de", ["→"]),
        ("", "a", "de", []),
        ("a", "", "de", []),
    ],
)
def test_the_words_of_a_phrase_are_found_together_and_inflected(phrase: str, text: str, tag: str, found: list[str]):
    assert texts(phrase, text, tag) == found


def test_strict_is_without_compounds_and_gaps():
    assert texts("Teil", "Ersatzteile", "de") == ["Ersatzteile"]
    assert texts("Teil", "Ersatzteile und Teile", "de", strict=True) == ["Teile"]
    assert texts("return label", "return shipping label", "en") == ["return shipping label"]
    assert texts("return label", "return shipping label", "en", strict=True) == []


def test_the_first_name_that_a_text_has_is_found_and_rules_go_before_dictionaries():
    # By the dictionary alone 'irá' is a form of 'ir'; the rules know 'pagar' at once.
    text = "se irá a pagar"
    assert [text[slice(*span)] for span in find_any(("ir", "pagar"), text, "es")] == ["pagar"]


def test_the_place_of_a_name_is_without_its_ending():
    text = "Pellavo'nun ve Pellavo"
    assert [text[slice(*span)] for span in find_name("Pellavo", text, "tr")] == ["Pellavo", "Pellavo"]
