"""Register: whether a translation addresses its readers as its locale does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from helpcenter.quality.address import load_manners
from helpcenter.quality.pairs import BLANK, Problem
from helpcenter.quality.verbs import address_of
from helpcenter.quality.wording import WORD, find_sentences, language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from helpcenter.project.locales import Formality
    from helpcenter.quality.address import Manners, Way
    from helpcenter.quality.pairs import Direction, Pair

_QUOTATION = re.compile(
    r"„[^“”„]*[“”]|“[^“”]*”|«[^«»]*»|»[^«»]*«|\"[^\"]*\"|「[^「」]*」|『[^『』]*』|‹[^‹›]*›|‚[^‘’‚]*[‘’]"
)
# A name of the shop's in bold, as its pages show it; a sentence in bold ends with a mark.
_LABEL = re.compile(r"\*\*[^*\n]*[^*\n.!?:。！？：]\*\*|__[^_\n]*[^_\n.!?:。！？：]__")
_FULL_STOP = re.compile(r"[.!。！？?…]+[\s*_)\]）」』\"“”»]*$")
_BRACKETED_END = re.compile(r"(?:[（(][^（()）]*[)）])+$")
_STARTS_SENTENCE = re.compile(r"(?:^|[.!?:;…¿¡\n•。(–—„“«\"]|\d\.)[\s*_\[„“«\"(]*$")
_STARTS_CLAUSE = re.compile(r"[,;][\s*_\[]*$")
_SECOND_CLAUSE = re.compile(r"[,;]\s+(\w+)")
# `Commande : les cartes` names what follows.
_NAMES_WHAT_FOLLOWS = re.compile(r"\s*[*_]*\s*:")
_SHOWN = 3
_SECOND = 2
# `Suis-je remboursé ?` is no order.
_SUBJECTS = frozenset({"je", "il", "elle", "on", "ce", "ils", "elles"})


@dataclass(frozen=True, slots=True)
class Address:
    """A word that addresses the reader.

    Args:
        way: ``formal`` or ``informal``.
        start: where it is in the text.
        end: behind it.
    """

    way: Formality
    start: int
    end: int


def check_register(pair: Pair, direction: Direction) -> Iterator[Problem]:
    """Find a text that addresses its readers otherwise than the locale does; nothing where it does not say how."""
    wanted = direction.formality
    if wanted is None:
        return
    unwanted: Formality = "informal" if wanted == "formal" else "formal"
    found = [address for address in find_addresses(pair, direction.target) if address.way == unwanted]
    manners = load_manners(language_of(direction.target))
    if found and manners is not None:
        names = {"informal": manners.informal.name, "formal": manners.formal.name}
        message = (
            f"readers are addressed as '{names[unwanted]}' ({_quote(pair, found)}); this locale says '{names[wanted]}'"
        )
        yield Problem(f"register-{unwanted}", message, (found[0].start, found[0].end))


def find_mixed(pairs: Sequence[Pair], direction: Direction) -> tuple[int, Problem] | None:
    """Find out whether the texts of a page address their readers in two ways, where the locale does not say how.

    Returns:
        The index of the first text that does it in the rarer way, and what is to be said of it; None where all do it alike.
    """
    manners = load_manners(language_of(direction.target))
    if direction.formality is not None or manners is None:
        return None
    found = [find_addresses(pair, direction.target) for pair in pairs]
    counts = {way: sum(any(one.way == way for one in text) for text in found) for way in ("informal", "formal")}
    if not all(counts.values()):
        return None
    rarer = min(counts, key=lambda way: (counts[way], way))
    index = next(i for i, text in enumerate(found) if any(one.way == rarer for one in text))
    here = [one for one in found[index] if one.way == rarer]
    name, other = (manners.informal.name, manners.formal.name)[:: 1 if rarer == "informal" else -1]
    often = max(counts.values())
    message = (
        f"readers are addressed as '{name}' here ({_quote(pairs[index], here)}), and as '{other}' in "
        f"{often} text{'' if often == 1 else 's'} of the page"
    )
    return index, Problem("register-mixed", message, (here[0].start, here[0].end))


def _quote(pair: Pair, found: Sequence[Address]) -> str:
    words = list(dict.fromkeys(pair.text[one.start : one.end] for one in found))
    return ", ".join(f"'{word}'" for word in words[:_SHOWN]) + (", …" if len(words) > _SHOWN else "")


def find_addresses(pair: Pair, tag: str) -> list[Address]:
    """Find the words that address the reader, in their order; none in keywords, quotations and what is sealed.

    Args:
        pair: the translation.
        tag: of its locale.
    """
    language = language_of(tag)
    manners = load_manners(language)
    if manners is None or pair.kind == "keyword":
        return []
    words = _QUOTATION.sub(_blank, pair.text_words)
    if not _LABEL.fullmatch(words.strip()):
        words = _LABEL.sub(_blank, words)
    found = {}
    for way, forms in manners.ways:
        for start, end in _find_words(words, forms, language):
            found[start] = Address(way, start, end)
        if not (manners.is_third and pair.kind == "table cell"):
            for start, end in _find_imperatives(words, forms, manners, language):
                found[start] = Address(way, start, end)
    found |= {one.start: one for one in _find_ends(words, manners, language, pair.kind)}
    if language == "ru":
        found |= {one.start: one for one in _find_verbs(words)}
    return [found[start] for start in sorted(found)]


def _blank(match: re.Match[str]) -> str:
    return BLANK * len(match[0])


@lru_cache(maxsize=8192)
def _lower(word: str, language: str) -> str:
    if language in {"tr", "az"}:
        word = word.replace("İ", "i").replace("I", "ı")
    return word.lower().replace("’", "'")


def _find_words(words: str, way: Way, language: str) -> Iterator[tuple[int, int]]:
    """Find what addresses a reader wherever it stands."""
    if way.letters:
        yield from (match.span() for match in re.finditer(way.letters, words))
    if way.phrases.pattern:
        lowered = _lower(words, language)
        # A letter that becomes two in lower case would move the places behind it.
        if len(lowered) == len(words):
            yield from (match.span() for match in way.phrases.finditer(lowered))
    previous = ""
    for match in WORD.finditer(words):
        word = _lower(match[0], language)
        if match[0].isupper() and len(word) > 1 and not words.isupper():
            previous = word
            continue  # an abbreviation: `OS`, `TI`
        parts = (word, *re.split(r"[-']", word)) if "-" in word or "'" in word else (word,)
        if word not in way.exceptions and (
            any(part in way.words for part in parts)
            or way.endings.fullmatch(word)
            or (way.elided and word.startswith(way.elided + "'"))
            or (word in way.possessives and previous not in way.unless_after)
            or (match[0] in way.within and not _STARTS_SENTENCE.search(words[: match.start()]))
        ):
            yield match.start(), match.end()
        previous = word


def _find_imperatives(words: str, way: Way, manners: Manners, language: str) -> Iterator[tuple[int, int]]:
    """Find imperatives at the beginning of a sentence or clause, or at the end of one."""
    if not (way.openings or way.closings):
        return
    for start, end in find_sentences(words, language):
        sentence = words[start:end]
        found = [(match, _lower(match[0], language)) for match in WORD.finditer(sentence)]
        names = [word for _, word in found]
        if manners.speaker in names:
            continue
        for index, (match, word) in enumerate(found):
            # `colle-la`, `n'oublie`
            verb, _, behind = word.removeprefix("n'").partition("-") if manners.is_third else (word, "", "")
            if behind in _SUBJECTS:
                continue
            before = names[index - 1] if index else ""
            after = behind or "".join(names[index + 1 : index + 2]).partition("'")[0]
            is_certain = (
                index == 0
                and verb in way.ambiguous
                and after in way.followers
                and _NAMES_WHAT_FOLLOWS.match(sentence, match.end()) is None
            )
            if sentence[match.end() : match.end() + 1] != "-" and (
                is_certain
                or (verb in way.openings and _opens(sentence[: match.start()], names[: index + 1], manners))
                or (word in way.negated and before in {"no", "nunca"})
                or (word in way.closings and not names[index + 1 :] and _FULL_STOP.match(sentence, match.end()))
            ):
                yield start + match.start(), start + match.end()


def _opens(before: str, names: Sequence[str], manners: Manners) -> bool:
    """Whether the last of these words of a sentence is where an imperative stands.

    Args:
        before: the sentence up to the word.
        names: its words up to this one, in lower case.
        manners: of the language.
    """
    if _STARTS_SENTENCE.search(before):
        return True
    if _STARTS_CLAUSE.search(before):
        # `Si vous êtes absent, il revient, laisse le colis`
        if any(match[1].lower() in manners.subjects for match in _SECOND_CLAUSE.finditer(before)):
            return False
        return manners.conditions is None or names[0] in manners.conditions | manners.leads
    return len(names) > 1 and names[-2] in manners.leads and (not manners.is_third or len(names) == _SECOND)


def _find_ends(words: str, manners: Manners, language: str, kind: str) -> Iterator[Address]:
    """Find sentences whose end addresses a reader; headings and what has no full stop may end in any way."""
    if kind in {"heading", "title"}:
        return
    for start, end in find_sentences(words, language):
        sentence = words[start:end]
        stop = _FULL_STOP.search(sentence)
        if stop is None:
            continue
        core = _BRACKETED_END.sub("", sentence[: stop.start()])
        # A polite end holds a plain one: `ました`.
        for way, forms in reversed(manners.ways):
            match = forms.ends.search(core)
            if match:
                yield Address(way, start + match.start("end"), start + len(core))
                break


def _find_verbs(words: str) -> Iterator[Address]:
    """Find verbs of Russian that address a reader."""
    found = list(WORD.finditer(words))
    for index, match in enumerate(found):
        after = found[index + 1][0].lower() if index + 1 < len(found) else ""
        opens = _STARTS_SENTENCE.search(words[: match.start()]) is not None
        way = address_of(match[0].lower(), after, opens=opens)
        if way is not None:
            yield Address(way, match.start(), match.end())
