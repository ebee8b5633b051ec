"""Small shops in eight languages, as both sides search them."""

import functools
import json
from pathlib import Path
from typing import Any

import yaml

from helpcenter.search import Document, Index, Section, Vocabulary, build_index, load_vocabulary

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SCRIPTS = ROOT / "overrides/assets/javascripts/search"
LANGUAGES = ("tr", "de", "zh-CN", "ar", "ru", "es", "pt-BR", "en")


def read_case(name: str) -> Any:  # noqa: ANN401 - any JSON value
    return json.loads((HERE / "cases" / name).read_text("utf-8"))


def _sections(page: dict[str, Any]) -> tuple[Section, ...]:
    return (Section("", "", page["intro"]), *(Section(**section) for section in page.get("sections", ())))


@functools.cache
def corpus(language: str) -> tuple[Document, ...]:
    pages = yaml.safe_load((HERE / "corpora" / f"{language}.yml").read_text("utf-8"))
    return tuple(
        Document(
            url,
            page["title"],
            url.split("/")[0],
            tuple(page.get("keywords", ())),
            "",
            _sections(page),
            language,
        )
        for url, page in pages.items()
    )


@functools.cache
def vocabulary(language: str) -> Vocabulary:
    words, findings = load_vocabulary(ROOT / "locales" / language, ROOT)
    assert findings == []
    return words


@functools.cache
def index_of(language: str) -> Index:
    """The pages of a language; to the Turkish ones come two that are not translated yet."""
    fallback = corpus("en")[4:6] if language == "tr" else ()
    return build_index([*corpus(language), *fallback], language, vocabulary(language), {"en": vocabulary("en")})
