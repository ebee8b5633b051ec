"""The forms in which masks travel: what is written is read by others, and read again as it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from helpcenter.translate.deepl import DeeplProvider
from helpcenter.translate.markup import MarkupError, Plain, Tags
from helpcenter.translate.microsoft import MicrosoftProvider
from helpcenter.translate.yandex import YandexProvider

XML, AZURE, YANDEX = DeeplProvider.form, MicrosoftProvider.form, YandexProvider.form
FORMS = [XML, AZURE, YANDEX]
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

texts = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
        st.sampled_from(
            ["&", "<", ">", "&amp;", "&lt;x", "]]>", "<!--", "</t>", '<x i="0"/>', "'", '"', "\r", "\n", "&#13;"]
        ),
        st.integers(0, 200).map(lambda number: f"__PH{number}__"),
    ),
    max_size=12,
).map("".join)


@given(texts)
@pytest.mark.parametrize("form", FORMS, ids=["deepl", "microsoft", "yandex"])
def test_what_is_written_is_read_again(form: Tags, text: str) -> None:
    try:
        written = form.write(text, "kqzva")
    except MarkupError:
        assert form is XML
        assert FORBIDDEN.search(text)
    else:
        assert form.read(written) == ("kqzva", text)


@given(texts)
def test_what_is_written_is_xml_to_others(text: str) -> None:
    if FORBIDDEN.search(text):
        return
    root = etree.fromstring(XML.write(text, "kqzva"))
    assert (root.tag, root.get("i")) == ("t", "kqzva")
    read = (root.text or "") + "".join(f"__PH{child.get('i')}__{child.tail or ''}" for child in root)
    assert read == text


@given(texts.filter(lambda text: not re.search(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]", text)))
def test_what_is_written_is_html_to_others(text: str) -> None:
    for form in (AZURE, YANDEX):
        root = lxml_html.fragment_fromstring(form.write(text, "kqzva"))
        assert (root.tag, root.get("id")) == ("p", "kqzva")
        read = (root.text or "") + "".join(f"__PH{child.get('id')}__{child.tail or ''}" for child in root)
        assert read == text


@given(st.text(max_size=60))
def test_nothing_that_comes_back_breaks_the_reader(text: str) -> None:
    for form in FORMS:
        for answer in (text, f"<{text}>", f'<t i="a">{text}</t>', f'<p id="a">{text}', f"<p id=a><span id={text}>"):
            try:
                name, _ = form.read(answer)
            except MarkupError:
                continue
            assert name


@pytest.mark.parametrize(
    ("form", "answer", "read"),
    [
        (XML, '<t i="a">Öde <x i="0"/>.</t>', "Öde __PH0__."),
        (XML, '<t i="a">Öde <x i="0"></x>.</t>', "Öde __PH0__."),
        (XML, "<t i='a'>Öde <x i='0' />.</t>", "Öde __PH0__."),
        (XML, '<t i="a">Öde <x i="0"/></t>.', "Öde __PH0__."),
        (XML, '<t i="a">A &amp;amp; &lt;b&gt; &quot;c&quot;</t>', 'A &amp; <b> "c"'),
        (XML, '<t i="a">bir</t> <t i="a">iki</t>', "bir iki"),
        (AZURE, '<p id="a">Öde <span class="notranslate" id="12">12</span>.</p>', "Öde __PH12__."),
        (AZURE, "<P ID=a>Öde <SPAN ID=3 CLASS=notranslate></SPAN>.</P>", "Öde __PH3__."),
        (AZURE, '<p id="a">Öde <span class="notranslate" id="3"><span>3</span></span>.</p>', "Öde __PH3__."),
        (AZURE, '<p id="a"><mstrans:dictionary translation="K">Kulüp</mstrans:dictionary> &#39;e</p>', "Kulüp 'e"),
    ],
)
def test_services_write_tags_in_their_own_way(form: Tags, answer: str, read: str) -> None:
    assert form.read(answer) == ("a", read)


@pytest.mark.parametrize(
    "answer",
    [
        "Öde",
        "",
        '<x i="0"/>',
        "<t>Öde</t>",
        '<t i="">Öde</t>',
        '<t i="a">Öde <b>şimdi</b></t>',
        '<t i="a">bir</t><t i="b">iki</t>',
        '<t i="a">Öde <x i="first"/></t>',
        '<t i="a">Öde <x/></t>',
        '<t i="a">Öde <!-- not --></t>',
        '<t i="a">Öde <?php ?></t>',
    ],
)
def test_other_tags_are_an_error(answer: str) -> None:
    with pytest.raises(MarkupError):
        XML.read(answer)


def test_a_plain_text_stays() -> None:
    assert Plain().read(Plain().write("Pay __PH0__ & <go>", "a")) == ("", "Pay __PH0__ & <go>")
