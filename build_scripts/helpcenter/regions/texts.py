"""Texts of region files and of ``shop.yml``: which of their values readers read, and how they reach catalogs and come back.

A text stands by language in its file (``{en: VAT, de: Mehrwertsteuer}``).  What a file does not say in a language may be said
in that language's catalog; what it says comes first.
"""

from __future__ import annotations

import fnmatch
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from helpcenter.catalog.keys import REGIONS, join_key
from helpcenter.catalog.merging import Source
from helpcenter.catalog.sheets import Sheet
from helpcenter.diagnostics import HelpcenterError
from helpcenter.project.yamlfile import load_yaml, parse_yaml
from helpcenter.regions.entries import is_entry
from helpcenter.regions.facts import Kind, nearest_text
from helpcenter.regions.shop import SHOP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from helpcenter.project import Locale, Project
    from helpcenter.project.yamlfile import YamlFile
    from helpcenter.regions.facts import Carrier, Fact, Method

_ANY = "*"
_FACT_TEXT = "text of a fact"
# Keys from the top of shop.yml down to a market.
_FACT = len(("markets", "TR"))


class Translatable(NamedTuple):
    """A place in YAML files where a text by language may stand.

    Args:
        files: pattern of their names.
        path: keys down to the text; ``*`` stands for any.
        id: which key, or which value beside the text, names what the text belongs to: its context in catalogs.
        what: what the text is, for translators.
    """

    files: str
    path: tuple[str, ...]
    id: str
    what: str


TRANSLATABLE = (
    Translatable("facts.yml", ("facts", _ANY, "label"), _ANY, "what customers call a fact"),
    Translatable("methods.yml", ("methods", _ANY, "names"), _ANY, "name of a payment method"),
    Translatable("methods.yml", ("methods", _ANY, "descriptions"), _ANY, "description of a payment method"),
    Translatable("carriers.yml", ("carriers", _ANY, "names"), _ANY, "name of a carrier"),
    Translatable("[A-Z0-9]*.yml", ("methods", _ANY, "names"), _ANY, "name of a payment method"),
    Translatable("[A-Z0-9]*.yml", ("methods", _ANY, "descriptions"), _ANY, "description of a payment method"),
    Translatable("[A-Z0-9]*.yml", ("carriers", _ANY, "names"), _ANY, "name of a carrier"),
    Translatable("[A-Z0-9]*.yml", ("facts", _ANY, "value"), "id", _FACT_TEXT),
)
"""All that is translated of YAML files.  Values that are no text by language are the same in every language."""


class Text(NamedTuple):
    """A text by language.

    Args:
        id: of the payment method, the carrier or the fact.
        texts: language tag → text.
        what: what it is, for translators.
        line: 1-based, of the text.
        region: where it holds; empty for what is named in tables, which holds everywhere.
        name: what catalogs call its place, behind the name of the file.
    """

    id: str
    texts: Mapping[str, str]
    what: str
    line: int
    region: str
    name: str


def find_texts(file: YamlFile) -> Iterator[Text]:
    """Find the texts of a file, in its order."""
    name = file.path.rpartition("/")[2]
    if name == SHOP:
        yield from _texts_of_shop(file)
    found = []
    for rule in TRANSLATABLE:
        if fnmatch.fnmatchcase(name, rule.files):
            for path, parent in _match(file.data, rule.path, ()):
                texts: Any = parent.get(path[-1])
                key = parent.get(rule.id) if rule.id != _ANY else path[rule.path.index(_ANY)]
                if isinstance(key, str) and _is_by_language(texts):
                    region = name.partition(".")[0] if rule.id != _ANY else ""
                    found.append(Text(key, texts, rule.what, file.place(*path).line or 1, region, key))
    yield from sorted(found, key=lambda text: text.line)


def _texts_of_shop(file: YamlFile) -> Iterator[Text]:
    """Find the texts of markets: at whatever depth, what stands by language."""
    markets = _key(file, "markets")
    below: list[tuple[tuple[Any, ...], Any]] = [(("markets", *key), value) for key, value in _items(markets)]
    while below:
        path, value = below.pop(0)
        fact_id = ".".join(part for part in path[_FACT:] if isinstance(part, str) and part != "value")
        if fact_id and _is_by_language(value):
            market = str(path[1])
            yield Text(fact_id, value, _FACT_TEXT, file.place(*path).line or 1, market, f"{market}.{fact_id}")
        else:
            below[:0] = [((*path, *key), inner) for key, inner in _items(value)]


def _items(value: object) -> list[tuple[tuple[Any], Any]]:
    pairs: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [((key,), inner) for key, inner in pairs]


def _match(data: Any, keys: tuple[str, ...], path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:  # noqa: ANN401 - any YAML value
    first, *rest = keys
    items: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        if first not in {_ANY, key}:
            continue
        if rest:
            yield from _match(value, tuple(rest), (*path, key))
        elif isinstance(data, dict):
            yield (*path, key), data


def _is_by_language(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(part, str) for pair in value.items() for part in pair)


def extract_yaml(
    fileobj: IO[bytes], _keywords: object, _comment_tags: object, options: Mapping[str, str]
) -> Iterator[tuple[int, str, tuple[str, str], list[str]]]:
    """Extract the texts of a YAML file, as Babel asks its extractors to: ``[helpcenter: **.yml]`` in a mapping file.

    Args:
        fileobj: the file; its name tells what may be in it.
        options: ``source_language`` (``en`` when left out).

    Yields:
        ``(line, "pgettext", (context, text), comments)``.

    Raises:
        HelpcenterError: it is no YAML.
    """
    language = options.get("source_language", "en")
    for text in find_texts(parse_yaml(fileobj.read().decode(), Path(fileobj.name).as_posix())):
        source = _source_text(text.texts, language)
        if source:
            yield text.line, "pgettext", (text.id, source), [text.what]


def regions_sheet(project: Project) -> Sheet | None:
    """Give the texts of a project's region files; None where one cannot be read, so that its catalog stays as it is."""
    paths = [*sorted(project.regions_folder.glob("*.yml")), project.shop_file]
    try:
        files = {path.stem: load_yaml(path, project.root) for path in paths if path.exists()}
    except HelpcenterError:
        # `check` and `build` say what is wrong.
        return None
    language = project.source.tag
    found = [
        _Found("shop.yml" if name == "shop" else f"regions/{name}.yml", join_key(source, text.id), text)
        for name, file in files.items()
        for text in find_texts(file)
        if (source := _source_text(text.texts, language))
    ]
    descriptions = _descriptions(files)
    places: dict[str, dict[str, None]] = {}
    notes: dict[str, str] = {}
    for file_name, key, text in found:
        places.setdefault(key, {})[f"{file_name}#{text.name}"] = None
        notes.setdefault(key, ": ".join(filter(None, (text.what, descriptions.get(text.id)))))
    strings = tuple(Source(key, tuple(places[key]), notes[key]) for key in places)
    given = {locale.tag: set(places) - _needed(files, found, locale) for locale in project.targets}
    return Sheet(REGIONS, strings, given | {language: set(places)})


class _Found(NamedTuple):
    """A text, the file it is in, and its key."""

    file: str
    key: str
    text: Text


def _needed(files: Mapping[str, YamlFile], found: Iterable[_Found], locale: Locale) -> set[str]:
    """Give the keys of the texts that a locale's readers may meet and that no file has in its language."""
    chain = _chain(files, locale.region)
    by_id: dict[str, list[_Found]] = {}
    for one in found:
        by_id.setdefault(one.text.id, []).append(one)
    needed: set[str] = set()
    for name, texts in by_id.items():
        for region in _holders(files, chain, name):
            here = [one for one in texts if one.text.region == region]
            needed |= {one.key for one in here if not nearest_text(one.text.texts, locale.tag)[1]}
    return needed


def _holders(files: Mapping[str, YamlFile], chain: Sequence[str], name: str) -> Iterator[str]:
    """Give the regions whose value of a fact may hold for a region: up to the first that has one without an end.

    What tables name comes first: it holds everywhere.
    """
    yield ""
    markets = _key(files["shop"], "markets") if "shop" in files else None
    for region in chain:
        yield region
        facts = _key(files[region], "facts") if region in files else None
        rows = [row for row in facts if isinstance(row, dict)] if isinstance(facts, list) else []
        own: list[object] = [row for row in rows if row.get("id") == name]
        chosen = _below(markets, (region, *name.split(".")))
        own += chosen if isinstance(chosen, list) and all(map(is_entry, chosen)) else [chosen] * (chosen is not None)
        if any(not isinstance(row, dict) or "valid_to" not in row for row in own):
            return


def _below(data: object, path: Iterable[str]) -> object:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _chain(files: Mapping[str, YamlFile], region: str) -> list[str]:
    """Give a region and all that contain it, nearest first, as far as the files say."""
    chain: list[str] = []
    while region and region not in chain:
        chain.append(region)
        parent = _key(files[region], "parent") if region in files else _group_of(files, region)
        region = parent if isinstance(parent, str) else ""
    return chain


def _group_of(files: Mapping[str, YamlFile], region: str) -> str:
    """Give the group that lists a country which has no file of its own."""
    for name, file in files.items():
        members = _key(file, "members")
        if isinstance(members, list) and region in members:
            return name
    return ""


def _descriptions(files: Mapping[str, YamlFile]) -> dict[str, str]:
    facts = _key(files["facts"], "facts") if "facts" in files else None
    rows = facts.items() if isinstance(facts, dict) else ()
    described = ((str(key), row.get("description")) for key, row in rows if isinstance(row, dict))
    return {key: " ".join(words.split()) for key, words in described if isinstance(words, str)}


def _key(file: YamlFile, key: str) -> object:
    return file.data.get(key) if isinstance(file.data, dict) else None


class Wording(NamedTuple):
    """What the catalogs of a locale say for texts of region files, by key.

    Args:
        shop: texts that somebody has reviewed.
        statute: those that a named person has approved: what names a right is held to what policies are.
        source: language that the files are written in.
    """

    shop: Mapping[str, str] = {}
    statute: Mapping[str, str] = {}
    source: str = "en"

    def complete_fact(self, fact: Fact, kind: Kind, tag: str) -> Fact:
        """Add to a text by language what the catalogs say for a language that its file lacks."""
        if fact.type != "text" or not isinstance(fact.value, dict):
            return fact
        texts = self._complete(fact.id, fact.value, self.statute if kind is Kind.STATUTE else self.shop, tag)
        return fact if texts is fact.value else replace(fact, value=texts)

    def complete_method(self, method: Method, tag: str) -> Method:
        """Add to the names and descriptions of a payment method what the catalogs say for a language its file lacks."""
        names = method.names if method.name is not None else self._complete(method.id, method.names, self.shop, tag)
        descriptions = self._complete(method.id, method.descriptions, self.shop, tag)
        if names is method.names and descriptions is method.descriptions:
            return method
        return replace(method, names=names, descriptions=descriptions)

    def complete_carrier(self, carrier: Carrier, tag: str) -> Carrier:
        """Add to the names of a carrier what the catalogs say for a language that its file lacks."""
        if carrier.name is not None:
            return carrier
        names = self._complete(carrier.id, carrier.names, self.shop, tag)
        return carrier if names is carrier.names else replace(carrier, names=names)

    def complete_label(self, fact_id: str, label: Mapping[str, str], tag: str) -> Mapping[str, str]:
        """Add to what customers call a fact what the catalogs say for a language that the registry lacks."""
        return self._complete(fact_id, label, self.shop, tag)

    def _complete(self, key: str, texts: Mapping[str, str], words: Mapping[str, str], tag: str) -> Mapping[str, str]:
        source = _source_text(texts, self.source)
        if not words or not source or nearest_text(texts, tag)[1]:
            return texts
        word = words.get(join_key(source, key))
        return texts if word is None else {**texts, tag: word}


def _source_text(texts: Mapping[str, str], language: str) -> str:
    text, is_there = nearest_text(texts, language)
    return text if is_there else ""
