"""What each service is told and asks beside the texts: formality, terms, limits, the allowance."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from provider_dialects import Deepl, LibreTranslate, OpenAI
from provider_services import LISTS, Reply

from helpcenter.translate import Job, Request, count_billed

if TYPE_CHECKING:
    from collections.abc import Callable

    from provider_dialects import Build, Setting
    from provider_services import Asked

TERMS = (("return", "iade"), ("Pellavo Club", "Pellavo Kulübü"), ("linen", "keten"), ('"as new"', '"yeni gibi"'))


def translate(setting: Setting, *texts: str, **job: Any) -> list[str]:  # noqa: ANN401 - fields of a job
    results = setting.provider.translate(
        [Request(text, str(number)) for number, text in enumerate(texts)],
        Job(job.pop("source", "en"), job.pop("target", "tr"), **job),
    )
    return [result.text or str(result.error) for result in results]


def body(setting: Setting) -> Any:  # noqa: ANN401 - JSON is any
    return setting.service.translations[-1].body


def asked_for(setting: Setting, end: str) -> list[Asked]:
    return [asked for asked in setting.service.asked if end in asked.path]


# DeepL


@pytest.mark.parametrize(
    ("option", "formality", "sent"),
    [
        (None, None, None),
        (None, "formal", "prefer_more"),
        (None, "informal", "prefer_less"),
        ("default", "formal", None),
        ("less", "formal", "less"),
    ],
)
def test_deepl_is_as_formal_as_the_locale(build: Build, option: str | None, formality: Any, sent: str | None) -> None:  # noqa: ANN401 - a literal
    setting = build("deepl", **({"formality": option} if option else {}))
    translate(setting, "Send it back", formality=formality)
    assert body(setting).get("formality") == sent


def test_deepl_is_told_what_is_markup(build: Build) -> None:
    setting = build("deepl")
    assert translate(setting, "Read __PH0__ & <go>, then __PH1__.") == ["çeviri: Read __PH0__ & <go>, then __PH1__."]
    sent = body(setting)
    (text,) = sent.pop("text")
    assert text.endswith('">Read <x i="0"/> &amp; &lt;go&gt;, then <x i="1"/>.</t>')
    assert sent == {
        "source_lang": "EN",
        "target_lang": "TR",
        "tag_handling": "xml",
        "tag_handling_version": "v2",
        "outline_detection": False,
        "splitting_tags": ["t"],
        "split_sentences": "nonewlines",
    }


def test_deepl_keeps_the_terms_in_a_glossary(build: Build) -> None:
    setting = build("deepl")
    translate(setting, "Send it back", terms=TERMS)
    translate(setting, "Pay it now", terms=TERMS)
    (made,) = [asked for asked in asked_for(setting, "glossaries") if asked.method == "POST"]
    assert made.body["name"].startswith("helpcenter en-tr ")
    (dictionary,) = made.body["dictionaries"]
    assert (dictionary["source_lang"], dictionary["target_lang"], dictionary["entries_format"]) == ("en", "tr", "tsv")
    lines = ['"""as new"""\t"""yeni gibi"""', "Pellavo Club\tPellavo Kulübü", "linen\tketen", "return\tiade"]
    assert dictionary["entries"].split("\n") == lines
    assert [asked.body["glossary_id"] for asked in setting.service.translations] == ["id-0", "id-0"]


def test_deepl_finds_the_glossary_of_an_earlier_run(build: Build) -> None:
    setting = build("deepl")
    translate(setting, "Send it back", terms=TERMS)
    again = setting.dialect.make(setting.service.url, setting.time.waiting)
    again.translate([Request("Pay it now", "1")], Job("en", "tr", terms=tuple(reversed(TERMS))))
    assert body(setting)["glossary_id"] == "id-0"
    assert len([asked for asked in asked_for(setting, "glossaries") if asked.method == "POST"]) == 1


def test_deepl_glossaries_are_of_languages_without_variants(build: Build) -> None:
    setting = build("deepl")
    translate(setting, "Send it back", terms=TERMS, source="en-GB", target="pt-BR")
    (made,) = [asked for asked in asked_for(setting, "glossaries") if asked.method == "POST"]
    assert made.body["dictionaries"][0]["target_lang"] == "pt"
    assert body(setting)["target_lang"] == "PT-BR"


def test_deepl_deletes_old_glossaries_of_ours_alone(build: Build) -> None:
    setting = build("deepl")
    old, new = "2020-01-01T00:00:00.000Z", (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    assert isinstance(setting.dialect, Deepl)
    for number, (name, day) in enumerate(
        [
            ("helpcenter en-tr 0123456789abcdef", old),
            ("helpcenter en-tr 1123456789abcdef", new),
            ("helpcenter en-de 2123456789abcdef", old),
            ("helpcenter en-tr of the shop", old),
            ("Brand names", old),
            ("helpcenter en-tr 3123456789abcdef", "long ago"),
        ]
    ):
        setting.dialect.glossaries.append({"glossary_id": f"old-{number}", "name": name, "creation_time": day})
    assert translate(setting, "Send it back", terms=TERMS) == ["çeviri: Send it back"]
    assert [asked.path for asked in setting.service.asked if asked.method == "DELETE"] == ["/v3/glossaries/old-0"]
    assert body(setting)["glossary_id"] == "id-5"


@pytest.mark.parametrize(
    "reply", [Reply({"message": "Unsupported glossary language pair"}, 400), Reply("", 456), Reply({}, 201)]
)
def test_deepl_translates_without_a_glossary_that_it_does_not_keep(build: Build, reply: Reply) -> None:
    setting = build("deepl")
    honest = setting.service.handle
    setting.service.handle = lambda asked: (
        reply if asked.method == "POST" and asked.path == "/v3/glossaries" else honest(asked)
    )
    for _ in range(2):
        assert translate(setting, "Send it back", terms=TERMS) == ["çeviri: Send it back"]
        assert "glossary_id" not in body(setting)
    assert len([asked for asked in asked_for(setting, "glossaries") if asked.method == "POST"]) == 1


def test_deepl_does_without_a_glossary_that_is_gone(build: Build) -> None:
    setting = build("deepl")
    honest = setting.service.handle
    setting.service.handle = lambda asked: (
        Reply({"message": "Glossary not found"}, 404)
        if "translate" in asked.path and asked.body.get("glossary_id") == "id-0"
        else honest(asked)
    )
    assert translate(setting, "Send it back", terms=TERMS) == ["çeviri: Send it back"]
    assert isinstance(setting.dialect, Deepl)
    setting.dialect.glossaries[0]["name"] = "deleted"
    assert translate(setting, "Pay it now", terms=TERMS) == ["çeviri: Pay it now"]
    assert body(setting)["glossary_id"] == "id-1"


def test_deepl_leaves_an_account_alone_that_is_not_to_be_touched(build: Build) -> None:
    setting = build("deepl", glossary=False)
    translate(setting, "Send it back", terms=TERMS)
    assert asked_for(setting, "glossaries") == []


def test_deepl_without_terms_has_no_glossary(build: Build) -> None:
    setting = build("deepl")
    translate(setting, "Send it back", terms=((" ", "x"), ("a\tb", "c"), ("long" * 400, "d"), ("e", "")))
    assert asked_for(setting, "glossaries") == []


def test_a_key_that_is_refused_for_glossaries_ends_the_work(build: Build) -> None:
    setting = build("deepl")
    honest = setting.service.handle
    setting.service.handle = lambda asked: Reply("", 403) if "glossaries" in asked.path else honest(asked)
    assert translate(setting, "Send it back", terms=TERMS) == ["deepl answered 403 (auth)"]
    assert setting.service.translations == []


# Microsoft


def test_microsoft_is_told_names_in_its_dictionary(build: Build) -> None:
    setting = build("microsoft")
    assert translate(setting, "Join the Pellavo Club & return __PH0__", terms=TERMS) == [
        "çeviri: Join the Pellavo Club & return __PH0__"
    ]
    (sent,) = body(setting)
    assert sent["text"].endswith(
        '>Join the <mstrans:dictionary translation="Pellavo Kulübü">Pellavo Club</mstrans:dictionary> &amp; return '
        '<span class="notranslate" id="0">0</span></p>'
    )


def test_microsoft_has_its_dictionary_for_english_alone(build: Build) -> None:
    setting = build("microsoft")
    translate(setting, "Komm in den Pellavo Club", terms=TERMS, source="de")
    assert "dictionary" not in body(setting)[0]["text"]


def test_microsoft_names_are_whole_words(build: Build) -> None:
    setting = build("microsoft")
    translate(setting, "The Clubs of Club & Co", terms=(("Club", "<Kulüp>"), ("Club & Co", "Kulüp")))
    assert body(setting)[0]["text"].endswith(
        '>The Clubs of <mstrans:dictionary translation="Kulüp">Club &amp; Co</mstrans:dictionary></p>'
    )


# Yandex


def test_yandex_gets_the_terms_that_occur(build: Build) -> None:
    setting = build("yandex")
    translate(setting, "Return your linen", "Pay it now", terms=TERMS)
    assert body(setting)["glossaryConfig"] == {
        "glossaryData": {
            "glossaryPairs": [
                {"sourceText": "return", "translatedText": "iade"},
                {"sourceText": "linen", "translatedText": "keten"},
            ]
        }
    }
    translate(setting, "Pay it now", terms=TERMS)
    assert "glossaryConfig" not in body(setting)


def test_yandex_takes_only_so_many_terms(build: Build) -> None:
    setting = build("yandex")
    terms = tuple((f"word {number:04}", "x") for number in range(2_000))
    translate(setting, " ".join(term for term, _ in terms[:400]), "word 0400 word 0401", terms=terms)
    assert all(
        sum(len(pair["sourceText"]) for pair in asked.body["glossaryConfig"]["glossaryData"]["glossaryPairs"]) <= 10_000
        for asked in setting.service.translations
    )


# ChatGPT


def test_openai_is_told_the_job(build: Build) -> None:
    setting = build("openai", temperature=0.2, instructions="The shop sells linen.")
    translate(setting, "Return your linen", target="pt-BR", formality="informal", terms=TERMS)
    sent = body(setting)
    task = sent["messages"][0]["content"]
    assert "from English (en) into Portuguese (Brazil) (pt-BR)" in task
    assert "informally" in task
    assert "  return = iade\n  linen = keten\nThe shop sells linen." in task
    assert "Pellavo Club" not in task
    assert sent["temperature"] == 0.2
    schema = sent["response_format"]["json_schema"]
    assert schema["strict"] is True
    assert schema["schema"]["required"] == ["translations"]


@pytest.mark.parametrize(("answers", "sent"), [("object", {"type": "json_object"}), ("text", None)])
def test_openai_servers_that_know_no_schema(build: Build, answers: str, sent: object) -> None:
    setting = build("openai", answers=answers)
    translate(setting, "Send it back")
    assert body(setting).get("response_format") == sent
    assert "temperature" not in body(setting)


def complete(setting: Setting, make: Callable[[OpenAI, Asked], object]) -> None:
    dialect = setting.dialect
    assert isinstance(dialect, OpenAI)
    setting.service.handle = lambda asked: Reply(make(dialect, asked))


@pytest.mark.parametrize("fence", ["```json\n{}\n```", "```{}```", "  {}\n"])
def test_openai_models_put_json_in_a_code_block(build: Build, fence: str) -> None:
    setting = build("openai", answers="text")

    def fenced(dialect: OpenAI, asked: Asked) -> object:
        (name,) = [entry["id"] for entry in json.loads(asked.body["messages"][1]["content"])["texts"]]
        return dialect.completion(
            fence.replace("{}", json.dumps({"translations": [{"id": name, "text": "Geri gönder"}]}))
        )

    complete(setting, fenced)
    assert translate(setting, "Send it back") == ["Geri gönder"]


@pytest.mark.parametrize(
    ("completion", "error"),
    [
        ({"content": None, "refusal": "I cannot help with that"}, "openai declined to translate the text (response)"),
        ({"content": "", "finish": "content_filter"}, "openai declined to translate the text (response)"),
        (
            {"content": '{"translations": [{"id"', "finish": "length"},
            "openai stopped before the end of its answer (truncated)",
        ),
        ({"content": "Geri gönder"}, "openai wrote no JSON (response)"),
        ({"content": "[]"}, "openai gave an answer of another form: TypeError (response)"),
        ({"content": '{"translations": []}'}, "openai gave no translation of the text (response)"),
    ],
)
def test_openai_answers_that_are_none(build: Build, completion: dict[str, Any], error: str) -> None:
    setting = build("openai")
    complete(setting, lambda dialect, _: dialect.completion(**completion))
    assert translate(setting, "Send it back") == [error]


def test_openai_lists_that_are_too_long_are_halved(build: Build) -> None:
    setting = build("openai")

    def stop_early(dialect: OpenAI, asked: Asked) -> object:
        texts = dialect.texts(asked)
        if len(texts) > 2:
            return dialect.completion('{"translations"', finish="length")
        return dialect.answer([f"çeviri: {text}" for text in texts], asked)

    complete(setting, stop_early)
    texts = [f"the order {number} is here" for number in range(5)]
    assert translate(setting, *texts) == [f"çeviri: {text}" for text in texts]


# LibreTranslate


@pytest.mark.parametrize(("limit", "taken"), [(500, 500), (-1, 2_000), (50_000, 2_000), (None, 2_000), ("many", 2_000)])
def test_libretranslate_keeps_to_the_limit_of_its_server(build: Build, limit: object, taken: int) -> None:
    setting = build("libretranslate")
    assert isinstance(setting.dialect, LibreTranslate)
    setting.dialect.settings = {"charLimit": limit}
    assert setting.provider.supports("en", "tr")
    assert setting.provider.limits.max_chars == taken
    texts = [f"the order {number} is here, and so on and on" for number in range(30)]
    translate(setting, *texts)
    assert all(sum(map(len, asked.body["q"])) <= taken for asked in setting.service.translations)


def test_libretranslate_asks_for_a_key_that_is_missing(build: Build) -> None:
    setting = build("libretranslate")
    setting.provider._key = None  # type: ignore[attr-defined] # noqa: SLF001 - as if the environment had none
    assert translate(setting, "Send it back") == [
        "libretranslate asks for a key, which HELPCENTER_LIBRETRANSLATE_KEY does not hold (auth)"
    ]
    assert setting.service.translations == []


def test_libretranslate_servers_without_settings_are_tried(build: Build) -> None:
    setting = build("libretranslate")
    honest = setting.service.handle
    setting.service.handle = lambda asked: Reply("", 404) if "settings" in asked.path else honest(asked)
    assert translate(setting, "Send it back") == ["çeviri: Send it back"]


# MyMemory


def answer(setting: Setting, best: str, *matches: tuple[str, str]) -> None:
    found = [{"segment": segment, "translation": text} for segment, text in matches]
    reply = Reply({"responseData": {"translatedText": best}, "responseStatus": 200, "matches": found})
    setting.service.handle = lambda _: reply


def test_mymemory_passes_over_matches_of_other_sentences(build: Build) -> None:
    setting = build("mymemory", attempts=1)
    question = "You have 14 days"
    answer(setting, "30 gününüz var", ("You have 30 days", "30 gününüz var"), ("you have  14 days", "14 gününüz var"))
    assert translate(setting, question) == ["14 gününüz var"]
    answer(setting, "30 gününüz var", ("You have 30 days", "30 gününüz var"), (question, " "))
    assert translate(setting, question) == ["mymemory gave the translation of another text (response)"]
    answer(setting, "14 gününüz var")
    assert translate(setting, question) == ["14 gününüz var"]


def test_mymemory_writes_segments_with_character_references(build: Build) -> None:
    setting = build("mymemory", attempts=1)
    answer(setting, "Müşterinin", ("The customer&#39;s", "Müşterinin"))
    assert translate(setting, "The customer's") == ["Müşterinin"]


# Google


@pytest.mark.parametrize(
    "form",
    [
        "",
        '<form><input name="q" value="Send  it back"></form>',
        '<form><textarea name="q">Send it back</textarea></form>',
        '<form><input name="hl" value="en"></form>',
    ],
)
def test_google_pages_that_repeat_the_question_or_nothing(build: Build, form: str) -> None:
    setting = build("google", attempts=1)
    setting.service.handle = lambda _: Reply(f'<html>{form}<div class="result-container">Geri gönder</div></html>')
    assert translate(setting, "Send it back") == ["Geri gönder"]


def test_google_pages_that_repeat_another_question(build: Build) -> None:
    setting = build("google", attempts=1)
    page = '<form><input name="q" value="Pay now"></form><div class="result-container">Şimdi öde</div>'
    setting.service.handle = lambda _: Reply(page)
    assert translate(setting, "Send it back") == ["google gave the translation of another text (response)"]


# All


@pytest.mark.parametrize(
    ("name", "billed"),
    [("deepl", 5), ("google", 12), ("libretranslate", 12), ("microsoft", 64), ("yandex", 59), ("openai", 12)],
)
def test_what_is_billed(build: Build, name: str, billed: int) -> None:
    assert count_billed(build(name).provider, "Pay: __PH0__") == billed


def test_a_project_may_let_less_travel_at_a_time(build: Build, batching: str) -> None:
    setting = build(batching, max_items=2, max_chars=60)
    assert (setting.provider.limits.max_items, setting.provider.limits.max_chars) == (2, 60)
    translate(setting, *[f"the order {number} is here" for number in range(5)])
    assert [len(setting.dialect.texts(asked)) for asked in setting.service.translations] == [2, 2, 1]


def test_the_list_of_languages_is_asked_for_again_after_a_fault(build: Build, listing: str) -> None:
    setting = build(listing)
    honest, left = setting.service.handle, [1]

    def fail_once(asked: Asked) -> Reply:
        if asked.path.endswith(LISTS) and left[0]:
            left[0] = 0
            return Reply("", 503)
        return honest(asked)

    setting.service.handle = fail_once
    assert not setting.provider.supports("en", "tlh")
    assert translate(setting, "Send it back") == ["çeviri: Send it back"]


def test_a_text_that_xml_cannot_say_is_an_error_of_its_own(build: Build) -> None:
    setting = build("deepl")
    assert translate(setting, "Send it\x01 back", "Pay it now") == [
        "deepl cannot be sent this: the text holds a control character (response)",
        "çeviri: Pay it now",
    ]
