"""Kinds of faults that a translation may have, and how each is planted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from helpcenter.catalog.glossary import Glossary, words_of
from helpcenter.quality import BLANK, Pair

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator, Mapping

    from helpcenter.catalog import Entry
    from helpcenter.content import Page

LEXICON: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("faults.yml").read_text("utf-8"))
_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\(([^()\s]+)\)")
_FACT = re.compile(r"\{\{[^{}]*\}\}")
_CODE = re.compile(r"`[^`\n]+`")
_TAG = re.compile(r"</?[a-z]+[^<>]*>")
_NOTE = re.compile(r"\[\^[^\]]+\](?!:)")
_STRONG = re.compile(r"\*\*[^*\n]+\*\*")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_QUOTES = re.compile(r"[“”„«»「」]")
_CLOSING = re.compile(r"[”»」“](?=[^\w]|$)")
_LATIN, _CYRILLIC = "aceopx", "асеорх"
_BIDI = "\u202e"
# Shorter texts are not told from others by anybody who does not read them.
_SENTENCE, _PHRASE = 60, 20


@dataclass(frozen=True)
class Case:
    """A translation that a fault may be planted in.

    Args:
        tag: the locale.
        page: the source page.
        entry: the translation.
        others: texts of the page's other entries of the same kind, in this locale.
        elsewhere: the same entry's text in the other locales.
        glossary: of the locale.
    """

    tag: str
    page: Page
    entry: Entry
    others: tuple[str, ...]
    elsewhere: tuple[str, ...]
    glossary: Glossary

    @property
    def text(self) -> str:
        """The translation."""
        return self.entry.msgstr

    @cached_property
    def words(self) -> str:
        """The translation without what is sealed, as long as the text."""
        return Pair(self.entry.msgid, self.text, self.entry.kind, self.page.labels).text_words

    @property
    def is_plain(self) -> bool:
        """Whether nothing in it is sealed or emphasized, so that nothing but its words can show what is wrong with it."""
        return BLANK not in self.words and "*" not in self.text


@dataclass(frozen=True)
class Kind:
    """A kind of fault.

    Args:
        name: what is wrong.
        codes: of the findings that say so.
        plant: damages a text; gives None where there is nothing to damage.
    """

    name: str
    codes: frozenset[str]
    plant: Callable[[Case, random.Random], str | None]


def _put(text: str, match: re.Match[str] | None, new: str) -> str | None:
    return None if match is None else text[: match.start()] + new + text[match.end() :]


def _pick(pattern: re.Pattern[str], text: str, dice: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return dice.choice(found) if found else None


def _change_digit(case: Case, dice: random.Random) -> str | None:
    match = _pick(re.compile(r"\d"), case.words, dice)
    return _put(case.text, match, str((int(match[0]) + dice.randint(1, 9)) % 10)) if match else None


def _drop_number(case: Case, dice: random.Random) -> str | None:
    match = _pick(_NUMBER, case.words, dice)
    text = _put(case.text, match, "")
    return re.sub(r"  +", " ", text).strip() if text else None


def _change_unit(case: Case, dice: random.Random) -> str | None:
    known = [(old, new) for old, new in LEXICON["units"] if re.search(r"\d\s?" + re.escape(old.strip()), case.words)]
    if not known:
        return None
    old, new = dice.choice(known)
    pattern = re.compile(r"(?<=\d)" + re.escape(old) if old[0] == " " else r"(?<=[\d ])" + re.escape(old))
    return _put(case.text, pattern.search(case.words), new)


def _change_currency(case: Case, dice: random.Random) -> str | None:
    return _put(case.text, _pick(re.compile("€"), case.words, dice), dice.choice("$£₺"))


def _remove(pattern: re.Pattern[str], new: str = "") -> Callable[[Case, random.Random], str | None]:
    def plant(case: Case, dice: random.Random) -> str | None:
        text = _put(case.text, _pick(pattern, case.text, dice), new)
        return text.strip() if text and text.strip(" .。") else None

    return plant


def _change_target(case: Case, dice: random.Random) -> str | None:
    match = _pick(_LINK, case.text, dice)
    if match is None:
        return None
    target = re.sub(r"#.*|$", "#elsewhere", match[2], count=1)
    return _put(case.text, match, f"[{match[1]}]({target})")


def _unlink(case: Case, dice: random.Random) -> str | None:
    match = _pick(_LINK, case.text, dice)
    return _put(case.text, match, match[1]) if match else None


def _change_code(case: Case, dice: random.Random) -> str | None:
    match = _pick(_CODE, case.text, dice)
    return (
        _put(case.text, match, dice.choice([match[0].lower(), f"`{match[0][1:-2]}0`", match[0][1:-1]]))
        if match
        else None
    )


def _double_fact(case: Case, dice: random.Random) -> str | None:
    match = _pick(_FACT, case.text, dice)
    return _put(case.text, match, f"{match[0]} {match[0]}") if match else None


def _break_emphasis(case: Case, dice: random.Random) -> str | None:
    match = _pick(_STRONG, case.text, dice)
    return (
        _put(case.text, match, dice.choice([match[0][:-2], match[0][2:-2], f"** {match[0][2:-2]} **"]))
        if match
        else None
    )


def _add_link(case: Case, dice: random.Random) -> str | None:
    match = _pick(re.compile(r"(?<![\w\ufffc])\w{3,}(?![\w\ufffc])"), case.words, dice)
    if match is None or "[" in case.text:
        return None
    return _put(case.text, match, f"[{match[0]}](https://elsewhere.example/)")


def _leave_in_english(case: Case, dice: random.Random) -> str | None:  # noqa: ARG001 - all kinds are called alike
    return case.entry.msgid if len(case.entry.msgid.split()) >= 4 and case.is_plain else None


def _write_another_language(case: Case, dice: random.Random) -> str | None:
    if not case.is_plain or len(case.entry.msgid) < _PHRASE:
        return None
    if len(case.text) >= _PHRASE and dice.random() < 0.4:
        return dice.choice(LEXICON["foreign"][case.tag])
    return dice.choice(case.elsewhere) if case.elsewhere else None


def _cut(case: Case, dice: random.Random) -> str | None:
    if not case.is_plain or len(case.entry.msgid) < _SENTENCE:
        return None
    share = dice.uniform(0.3, 0.6)
    at = int(len(case.text) * share)
    if case.tag != "zh-CN":
        at = case.text.find(" ", at)
    return case.text[:at].rstrip(" ,;:،؛，；：.。—") if at > 0 else None


def _take_another(case: Case, dice: random.Random) -> str | None:
    if len(case.entry.msgid) < _PHRASE or not case.is_plain:
        return None
    others = [text for text in case.others if "{" not in text and "](" not in text and "`" not in text]
    return dice.choice(others) if others else None


def _keep_end_mark(case: Case, dice: random.Random) -> str | None:  # noqa: ARG001
    marks = {"؟": "?", "？": "?", "。": ".", "！": "!"}
    new = marks.get(case.text[-1])
    return case.text[:-1] + new if new and case.words[-1] == case.text[-1] else None


def _lose_question(case: Case, dice: random.Random) -> str | None:  # noqa: ARG001
    is_question = case.words[-1] in "?؟？" and case.entry.msgid[-1] == "?"
    return case.text[:-1] if is_question else None


def _unpair_quotes(case: Case, dice: random.Random) -> str | None:
    return _put(case.text, _pick(_CLOSING, case.words, dice), "") if len(_QUOTES.findall(case.words)) >= 2 else None


def _straighten_quotes(case: Case, dice: random.Random) -> str | None:  # noqa: ARG001
    if len(_QUOTES.findall(case.words)) < 2:
        return None
    return "".join('"' if _QUOTES.match(word) else own for own, word in zip(case.text, case.words, strict=True))


def _double_word(case: Case, dice: random.Random) -> str | None:
    if case.tag == "zh-CN":
        return _put(case.text, _pick(re.compile("(?<!目)的(?!的)"), case.words, dice), "的的")
    match = _pick(re.compile(r"(?<![\w'’-])\w{4,}(?![\w'’-])"), case.words, dice)
    return _put(case.text, match, f"{match[0]} {match[0]}") if match else None


def _override_direction(case: Case, dice: random.Random) -> str | None:
    match = _pick(re.compile(r"(?<=\w)(?=\w)" if case.tag == "zh-CN" else r"(?<=\w) (?=\w)"), case.words, dice)
    return _put(case.text, match, f"{match[0]}{_BIDI}") if match else None


def _mix_scripts(case: Case, dice: random.Random) -> str | None:
    pairs = {"ru": (_CYRILLIC, _LATIN), "tr": (_LATIN, _CYRILLIC), "de": (_LATIN, _CYRILLIC)}.get(case.tag)
    if pairs is None:
        return None
    old, new = pairs
    match = _pick(re.compile(rf"(?<=\w)[{old}](?=\w\w)"), case.words, dice)
    return _put(case.text, match, new[old.index(match[0])]) if match else None


def _swap_term(case: Case, dice: random.Random) -> str | None:
    if case.entry.kind == "keyword":
        return None
    texts = list(_swap(case, LEXICON["terms"], is_clean=True))
    return dice.choice(texts) if texts else None


def _use_avoided(case: Case, dice: random.Random) -> str | None:
    texts = list(_swap(case, LEXICON["avoid"], is_clean=False))
    return dice.choice(texts) if texts else None


def _swap(case: Case, lexicon: Mapping[str, Mapping[str, list[str]]], *, is_clean: bool) -> Iterator[str]:
    for name, (old, new) in lexicon.get(case.tag, {}).items():
        if not re.search(rf"\b{re.escape(name)}s?\b", words_of(case.entry.msgid), re.IGNORECASE):
            continue
        text = re.sub(old, new, case.text)
        allowed = [
            form.casefold()
            for term in case.glossary.terms
            if term.term.casefold() == name
            for form in (term.translation, *term.forms)
        ]
        if text != case.text and not (is_clean and any(form in text.casefold() for form in allowed)):
            yield text


def _speak_informally(case: Case, dice: random.Random) -> str | None:  # noqa: ARG001
    text = case.text
    for old, new in LEXICON["informal"].get(case.tag, ()):
        text = re.sub(old, new, text)
    return text if text != case.text else None


def _repeat(case: Case, dice: random.Random) -> str | None:  # noqa: ARG001
    if not case.is_plain or len(case.entry.msgid) < _PHRASE:
        return None
    return case.text + ("" if case.tag == "zh-CN" else " ") + case.text


def _add_brackets(case: Case, dice: random.Random) -> str | None:
    match = _pick(re.compile(r"(?<=\w)(?=[.。,，])"), case.words, dice)
    return _put(case.text, match, "（）" if case.tag == "zh-CN" else " ()")


def _open_bracket(case: Case, dice: random.Random) -> str | None:
    return _put(case.text, _pick(re.compile(r"[)）]"), case.words, dice), "")


_GATE = {
    f"translation-{name}"
    for name in "attributes code emphasis expression footnote html link placeholder structure".split()  # noqa: SIM905 - one line
}
# What tells that a text is another one: it stands twice, or counts, names or says something else than its source.
_OTHER = {
    "translation-misplaced", "translation-number", "translation-unit", "translation-length", "translation-cut", "glossary-term",
}  # fmt: skip


def _kind(name: str, plant: Callable[[Case, random.Random], str | None], *codes: str) -> Kind:
    return Kind(name, frozenset(codes), plant)


KINDS: tuple[Kind, ...] = (
    _kind("a digit is another one", _change_digit, "translation-number"),
    _kind("a number is gone", _drop_number, "translation-number"),
    _kind("a unit is another one", _change_unit, "translation-unit"),
    _kind("a currency is another one", _change_currency, "translation-unit"),
    _kind("a fact is gone", _remove(_FACT), *_GATE),
    _kind("a fact is written out", _remove(_FACT, "14"), *_GATE),
    _kind("a fact stands twice", _double_fact, *_GATE),
    _kind("a link leads elsewhere", _change_target, *_GATE),
    _kind("a link is plain text", _unlink, *_GATE),
    _kind("code is other code, or none", _change_code, *_GATE),
    _kind("a tag is gone", _remove(_TAG), *_GATE),
    _kind("a reference to a note is gone", _remove(_NOTE), *_GATE),
    _kind("emphasis is broken, or gone", _break_emphasis, *_GATE),
    _kind("a link of its own", _add_link, *_GATE),
    _kind("English is left", _leave_in_english, "translation-untranslated"),
    _kind("another language", _write_another_language, "translation-language"),
    _kind("cut in the middle", _cut, "translation-cut"),
    _kind("the text of another segment", _take_another, *_GATE, *_OTHER),
    _kind("the end mark is the source's", _keep_end_mark, "translation-punctuation", "translation-end"),
    _kind("the question mark is gone", _lose_question, "translation-end", "translation-cut"),
    _kind("a quotation is not closed", _unpair_quotes, "translation-unpaired"),
    _kind("quotation marks are straight", _straighten_quotes, "translation-quotes"),
    _kind("a word is doubled", _double_word, "translation-doubled"),
    _kind("a control overrides direction", _override_direction, "translation-bidi-override"),
    _kind("a letter of another script", _mix_scripts, "translation-characters"),
    _kind("another word for a term", _swap_term, "glossary-term"),
    _kind("a word that is to be avoided", _use_avoided, "glossary-avoid", "glossary-term"),
    _kind("informal address", _speak_informally, "register-informal", "register-mixed"),
    _kind("everything stands twice", _repeat, "translation-doubled"),
    _kind("empty brackets", _add_brackets, "translation-unpaired"),
    _kind("a bracket is not closed", _open_bracket, "translation-unpaired", "translation-cut"),
)
