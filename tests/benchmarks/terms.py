"""How well and how fast terms are found in every form.

    python tests/benchmarks/terms.py frozen            # the frozen sets
    python tests/benchmarks/terms.py demo              # time and findings on the demo's catalogs
    python tests/benchmarks/terms.py dictionary de     # a sample of a dictionary's forms and lemmas: de, es

What the dictionary calls a form of a word should be found by the rules alone, and a form of another word that begins with the
same four letters should not.  Two nouns of which one is in the other, a verb and its participle, are other words to it.
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from pathlib import Path

import yaml
from simplemma.strategies.dictionaries import DEFAULT_DICTIONARY_FACTORY

from helpcenter.catalog import load_catalogs
from helpcenter.catalog.glossary import Glossary, Term, load_glossary, terms_in
from helpcenter.checks.quality import read_pairs
from helpcenter.inflection.grammars import grammar_of
from helpcenter.quality import Direction, Pair
from helpcenter.quality.terms import find_term_problems

ROOT = Path(__file__).parents[2]
FROZEN = ROOT / "tests" / "quality" / "frozen"
SAMPLE = 60_000


def measure_frozen() -> None:
    """Print how many right uses pass, and how many wrong ones are found."""
    for file in sorted(FROZEN.glob("terms-*.yml")):
        tag = file.stem.removeprefix("terms-")
        passed = {True: 0, False: 0}
        count = {True: 0, False: 0}
        for case in yaml.safe_load(file.read_text("utf-8")):
            term = Term(term=case["term"], translation=case["translation"], forms=case.get("forms", ()))
            pair = Pair(case["source"], case["text"])
            count[case["right"]] += 1
            passed[case["right"]] += not list(find_term_problems(pair, Direction("en", tag), Glossary(terms=(term,))))
        print(f"{tag}: right {passed[True]}/{count[True]}, wrong {count[False] - passed[False]}/{count[False]}")


def measure_demo() -> None:
    """Print time and findings for each language that has a glossary."""
    for folder in sorted(path.parent for path in (ROOT / "locales").glob("*/glossary.yml")):
        glossary, _ = load_glossary(folder, ROOT)
        catalogs, _ = load_catalogs(folder / "catalog", ROOT)
        pairs = [
            pair
            for page, catalog in catalogs.items()
            for _, pair in read_pairs(page, [entry for entry in catalog.active if entry.msgstr])
        ]
        start = time.process_time()
        found = [one for pair in pairs for one in find_term_problems(pair, Direction("en", folder.name), glossary)]
        seconds = time.process_time() - start
        concerned = sum(bool(terms_in(pair.source, glossary)) for pair in pairs)
        print(
            f"{folder.name}: {len(pairs)} texts, {concerned} with a term, {len(glossary.terms)} terms, "
            f"{len(found)} findings, {seconds:.2f} s"
        )


def measure_dictionary(tag: str) -> None:
    """Print how many forms of a dictionary the rules find, and how many forms of other words."""
    grammar, draw = grammar_of(tag), random.Random(1)  # noqa: S311 - the same sample every time
    dictionary = DEFAULT_DICTIONARY_FACTORY.get_dictionary(tag)
    pairs = [(form, dictionary[form]) for form in draw.sample(list(dictionary), SAMPLE)]
    beginnings = defaultdict(list)
    for form, lemma in pairs:
        beginnings[form[:4].lower()].append(lemma)

    def finds(lemma: str, form: str) -> bool:
        term, word = (grammar.fold_term or grammar.fold)(lemma), grammar.fold(form)
        return grammar.is_form(term, word) or bool(grammar.is_compound and grammar.is_compound(term, word))

    own = [finds(lemma, form) for form, lemma in pairs if form != lemma]
    others = [
        finds(other, form)
        for form, lemma in pairs
        for other in draw.sample(beginnings[form[:4].lower()], min(3, len(beginnings[form[:4].lower()])))
        if other != lemma
    ]
    print(
        f"{tag}: {sum(own) / len(own):.1%} of {len(own)} forms, {sum(others) / len(others):.1%} of {len(others)} others"
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["frozen"]:
            measure_frozen()
        case ["demo"]:
            measure_demo()
        case ["dictionary", tag]:
            measure_dictionary(tag)
        case _:
            sys.exit(__doc__)
