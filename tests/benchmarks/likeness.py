"""How well a mean of noted revisions stands for a corpus, and how often a report of providers is wrong.

``python tests/benchmarks/likeness.py``

First: in the reviewed catalogs of the demo words are cut, doubled, dropped and moved in three of five texts, as if a machine had
written them and a reviewer mended them.  chrF of the whole corpus is compared with the mean of the texts' figures, plain and
weighted by length.

Second: two providers are drawn from the very same figures, those that the demo's Brazilian catalogs note, and one of them loses
some points.  The share of draws in which ``status --providers`` names the better one; without a difference each naming is wrong.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from sacrebleu.metrics.chrf import CHRF

from helpcenter.catalog import load_catalogs
from helpcenter.project import load_project
from helpcenter.review import judge_providers, tally_providers
from helpcenter.review.providers import ProviderTally
from helpcenter.review.status import Revisions

ROOT = Path(__file__).parents[2]
LOCALES = ("tr", "ru", "de", "ar", "zh-CN")
DRAWS = 400


def undo(text: str, dice: Random, *, spaces: bool) -> str:
    """Give what a machine may have written before a reviewer mended it."""
    words = text.split(" ") if spaces else list(text)
    if dice.random() < 0.6:
        for _ in range(max(1, len(words) // 6)):
            place = dice.randrange(len(words))
            word = words[place]
            words[place] = dice.choice([word[:-2], f"{word}x", "", words[dice.randrange(len(words))]])
    return (" " if spaces else "").join(words)


def compare_means() -> None:
    """Print the figures of the first part."""
    metric = CHRF()
    print("locale  texts  corpus  weighted  plain")
    for tag in LOCALES:
        dice = Random(1)  # noqa: S311 - the same every time
        catalogs, _ = load_catalogs(ROOT / "locales" / tag / "catalog", ROOT)
        texts = [entry.msgstr for catalog in catalogs.values() for entry in catalog.active if entry.msgstr]
        drafts = [undo(text, dice, spaces=tag != "zh-CN") for text in texts]
        figures = [metric.sentence_score(draft, [text]).score for draft, text in zip(drafts, texts, strict=True)]
        weighted = sum(figure * len(text) for figure, text in zip(figures, texts, strict=True)) / sum(map(len, texts))
        corpus = metric.corpus_score(drafts, [texts]).score
        print(f"{tag:6}  {len(texts):5}  {corpus:6.1f}  {weighted:8.1f}  {sum(figures) / len(figures):5.1f}")


def draw(figures: list[tuple[int, int]], count: int, loss: int, name: str, dice: Random) -> ProviderTally:
    """Draw a provider's revisions from known ones, each some points worse."""
    drawn = [(max(0, chrf - loss), length) for chrf, length in dice.choices(figures, k=count)]
    weights = sum(length for _, length in drawn)
    known = Revisions(count, 0, 0, 0, weights, sum(chrf * length for chrf, length in drawn))
    return ProviderTally("pt-BR", name, revisions=known, likenesses=drawn)


def count_verdicts() -> None:
    """Print the figures of the second part."""
    project = load_project(ROOT)
    figures = [pair for tally in tally_providers(project, project.locales["pt-BR"]) for pair in tally.likenesses]
    print(f"\nfrom {len(figures)} figures\ntexts  points worse  named")
    for count in (30, 60, 120, 240):
        for loss in (0, 5, 10, 20):
            dice = Random(count + loss)  # noqa: S311 - as above
            pairs = ((draw(figures, count, 0, "a", dice), draw(figures, count, loss, "b", dice)) for _ in range(DRAWS))
            named = [judge_providers("pt-BR", pair).best for pair in pairs]
            print(
                f"{count:5}  {loss:12}  {(DRAWS - named.count(None)) / DRAWS:5.1%}, the worse {named.count('b') / DRAWS:.1%}"
            )


if __name__ == "__main__":
    compare_means()
    count_verdicts()
