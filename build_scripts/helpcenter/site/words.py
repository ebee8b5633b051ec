"""Words of the theme: which ones templates ask for, and what each locale says for them.

What helpcenter ships and what a project has put into ``overrides/locales/`` comes ready; the rest travels in the catalog
``_theme.po`` of each locale.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from helpcenter.catalog import LocaleTexts
from helpcenter.catalog.keys import THEME, join_key, split_forms, split_key
from helpcenter.catalog.merging import Source
from helpcenter.catalog.sheets import PLURAL_FORMS, Sheet
from helpcenter.diagnostics import HelpcenterError, Place, finding
from helpcenter.project import read_text, relative
from helpcenter.project.tags import language_data, language_of, parents_of, script_of
from helpcenter.review import publish_strings
from helpcenter.site.layout import theme_layers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from babel.messages import Catalog

    from helpcenter.diagnostics import Finding
    from helpcenter.project import Locale, Project

# The language that the words of our templates are written in.
TEMPLATES = "en"
# How a comment begins that is meant for translators: {# Translators: … #}.
_COMMENT = "Translators:"

Layer = dict[str, "Path"]
"""Catalogs of words of one folder of templates, by gettext's name of the language."""


def word_layers(project: Project) -> list[Layer]:
    """Give the catalogs of words of each folder of templates."""
    folders = theme_layers(project)
    return [{path.parent.name: path for path in sorted(folder.glob("locales/*/messages.po"))} for folder in folders]


def read_words(path: Path, root: Path) -> Catalog:
    """Read a catalog of words.

    Raises:
        HelpcenterError: ``catalog-syntax``, or one of reading files.
    """
    from babel.messages.pofile import PoFileError  # noqa: PLC0415 - beside its use

    try:
        return _parse_words(read_text(path, root))
    except (PoFileError, ValueError) as error:
        line = getattr(error, "lineno", None)
        place = Place(relative(path, root), line + 1 if isinstance(line, int) else None)
        message = f"the catalog cannot be read: {error}"
        hint = "mend the line (msgfmt -c shows more)"
        raise HelpcenterError(finding("catalog-syntax", message, place, help=hint)) from error


# A build asks for the same words once for each locale that takes them.
@lru_cache(maxsize=64)
def _parse_words(text: str) -> Catalog:
    from babel.messages.pofile import read_po  # noqa: PLC0415 - beside its use

    return read_po(io.BytesIO(text.encode()), abort_invalid=True)


def nearest_catalog(tag: str, names: Iterable[str]) -> str | None:
    """Give the catalog of words that is nearest to a locale: its own, its language's, or one of its language and script.

    Args:
        tag: the locale.
        names: of all catalogs, as gettext writes them.
    """
    known = sorted(names)
    own = [one.replace("-", "_") for one in (tag, *parents_of(tag))]
    same = [one for one in known if language_of(one.replace("_", "-")) == language_of(tag)]
    alike = [one for one in same if script_of(one.replace("_", "-")) == script_of(tag)]
    return next((one for one in (*own, *alike) if one in known), None)


def theme_sheet(project: Project) -> Sheet:
    """Give the words that the templates ask for.

    Words are read from the templates as they are staged: one of the project's takes the place of ours of the same name.

    Raises:
        HelpcenterError: ``theme-template``, or a catalog of words that cannot be read, all at once.
    """
    layers = word_layers(project)
    files = {
        path.relative_to(folder): path for folder in theme_layers(project) for path in sorted(folder.rglob("*.html"))
    }
    shipped = theme_layers(project)[0]
    places: dict[str, dict[str, None]] = {}
    notes: dict[str, dict[str, None]] = {}
    ours: set[str] = set()
    found: list[Finding] = []
    for name, path in sorted(files.items()):
        try:
            words = list(_extract(path, project.root))
        except HelpcenterError as error:
            found += error.findings
            continue
        for key, comments in words:
            # gettext separates places by spaces.
            places.setdefault(key, {})[f"overrides/{name.as_posix()}".replace(" ", "%20")] = None
            notes.setdefault(key, {}).update(dict.fromkeys(comments))
            if path.is_relative_to(shipped):
                ours.add(key)
    if found:
        raise HelpcenterError(*found)
    strings = tuple(Source(key, tuple(places[key]), ": ".join(["word of the theme", *notes[key]])) for key in places)
    given = {locale.tag: _given(project, locale, layers, ours) for locale in project.targets}
    return Sheet(THEME, strings, given | {project.source.tag: frozenset(places)})


def _extract(path: Path, root: Path) -> Iterator[tuple[str, list[str]]]:
    """Give the words of a template, each with its comments for translators.

    Raises:
        HelpcenterError: it is no template that Jinja can read.
    """
    from babel.messages.extract import DEFAULT_KEYWORDS, extract  # noqa: PLC0415 - beside its use
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - as above
    from jinja2.ext import babel_extract  # noqa: PLC0415 - as above

    source = read_text(path, root)
    if not _may_hold_words(source):
        return
    options = {"encoding": "utf-8", "silent": "false"}
    # Jinja's types say nothing of the contexts that it gives.
    extractor: Any = babel_extract
    try:
        rows = list(extract(extractor, io.BytesIO(source.encode()), DEFAULT_KEYWORDS, (_COMMENT,), options))
    except TemplateSyntaxError as error:
        line = source.split("\n")[error.lineno - 1] if error.lineno <= source.count("\n") + 1 else None
        place = Place(relative(path, root), error.lineno, 1, 1, line)
        hint = "mend the template; docs/theme.md tells what one may hold"
        raise HelpcenterError(
            finding("theme-template", f"the template cannot be read: {error.message}", place, help=hint)
        ) from error
    for _, message, comments, context in rows:
        text, plural = (message, "") if isinstance(message, str) else (message[0], message[1])
        if text:
            yield join_key(text, context or "", plural), [one.removeprefix(_COMMENT).strip() for one in comments]


def _may_hold_words(source: str) -> bool:
    """Whether a template is worth the parsing: most of a theme's hold no words."""
    return "_(" in source or "gettext" in source or "trans" in source


def _given(project: Project, locale: Locale, layers: Sequence[Layer], ours: set[str]) -> set[str]:
    """Give the words that a locale need not translate."""
    given: set[str] = set()
    for layer in layers:
        nearest = nearest_catalog(locale.tag, layer)
        if nearest is not None:
            given.update(pairs_of(read_words(layer[nearest], project.root)))
    # A machine is told that the words are in the project's language, and ours are English.
    if language_of(locale.tag) == TEMPLATES or language_of(project.source.tag) != TEMPLATES:
        given |= ours
    return given


def words_of(project: Project, locale: Locale) -> Catalog:
    """Give all that a locale says for words of templates, the nearest first: its catalogs, the project's words, ours.

    Raises:
        HelpcenterError: a catalog cannot be read.
    """
    from babel.messages import Catalog  # noqa: PLC0415 - beside its use

    texts = LocaleTexts(project, locale)
    chain = [texts.catalog(tag, THEME) for tag in locale.chain]
    nearest = [(layer, nearest_catalog(locale.tag, layer)) for layer in word_layers(project)]
    ready = [(name.replace("_", "-"), read_words(layer[name], project.root)) for layer, name in nearest if name]
    rules = [catalog.metadata[PLURAL_FORMS] for catalog in chain if PLURAL_FORMS in catalog.metadata]
    rules += [words.plural_forms for _, words in reversed(ready)]
    merged: dict[str, list[str]] = {}
    for tag, words in ready:
        # Switzerland reads German words without ß, as it does the texts of pages.
        merged |= {key: [texts.respell(form, tag) for form in forms] for key, forms in pairs_of(words).items()}
    if locale.tag != project.source.tag:
        merged |= {key: split_forms(text) for key, text in publish_strings(THEME, locale, texts).items()}
    # The same words give the same bytes, whenever they are written.
    made = datetime(2000, 1, 1, tzinfo=UTC)
    # Babel leaves out the rule for plural forms where it does not know the language, whatever rule was given.
    catalog = Catalog(locale=language_data(locale.tag) or TEMPLATES, charset="utf-8", creation_date=made)
    if rules:
        catalog.mime_headers = [(PLURAL_FORMS, rules[0])]
    for key, forms in merged.items():
        text, context, plural = split_key(key)
        ids = (text, plural) if plural else text
        catalog.add(ids, tuple(forms) if plural else forms[0], context=context or None)
    return catalog


def pairs_of(words: Catalog) -> dict[str, list[str]]:
    """Give the texts of a catalog of words that are fit to be shown, by key."""
    pairs: dict[str, list[str]] = {}
    for message in words:
        forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
        if message.id and all(forms) and not message.fuzzy:
            one, many = (message.id, "") if isinstance(message.id, str) else (message.id[0], message.id[1])
            pairs[join_key(one, message.context or "", many)] = forms
    return pairs


def plain_words(words: Catalog) -> dict[str, str]:
    """Give what gettext would say for each text without context and plural forms."""
    pairs = {split_key(key): forms[0] for key, forms in pairs_of(words).items()}
    return {key.text: text for key, text in pairs.items() if not key.context and not key.plural}


def language_of_words(project: Project, locale: Locale, words: Collection[str]) -> str:
    """Give the language in which the theme's own words are, or most of them: the locale's, or that of the templates."""
    layers = word_layers(project)
    if language_of(locale.tag) == TEMPLATES or any(nearest_catalog(locale.tag, layer) for layer in layers):
        return locale.tag
    # All languages that helpcenter ships have the same words.
    ours = pairs_of(read_words(next(iter(layers[0].values())), project.root))
    return locale.tag if 2 * len(ours.keys() & set(words)) >= len(ours) else TEMPLATES
