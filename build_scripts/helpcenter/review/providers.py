"""Providers compared: which of them leaves least to do, by what people changed of its texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.catalog import fingerprint, load_catalogs
from helpcenter.content import seal
from helpcenter.diagnostics import HelpcenterError
from helpcenter.review.status import Revisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np

    from helpcenter.catalog import Catalog, Entry
    from helpcenter.project import Locale, Project

FEWEST_TEXTS = 30
"""With fewer known revisions of a provider nothing is said of it: a rule of thumb for means."""
_SAMPLES = 2000
# The same figures every time.
_SEED = 20150917


class Interval(NamedTuple):
    """Where a figure lies with a confidence of 95 %."""

    low: float
    high: float


@dataclass(slots=True)
class ProviderTally:
    """What became of a provider's texts in a locale; the same text on several pages counts once.

    Args:
        locale: tag.
        provider: name.
        texts: so many it has written for sources that are still there.
        characters: of these sources, as they are sent.
        unread: so many nobody has read.
        revisions: of those that a person vouches for.
        likenesses: of each known revision, chrF and the length of the text.
    """

    locale: str
    provider: str
    texts: int = 0
    characters: int = 0
    unread: int = 0
    revisions: Revisions = field(default_factory=Revisions)
    likenesses: list[tuple[int, int]] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Count an entry."""
        self.texts += 1
        self.characters += len(seal(entry.msgid).text)
        self.unread += not entry.is_relied_on
        self.revisions.add(entry)
        if entry.revision is not None:
            self.likenesses.append((entry.revision.chrf, len(entry.msgstr)))

    @property
    def is_enough(self) -> bool:
        """Whether anything can be said of it."""
        return self.revisions.texts >= FEWEST_TEXTS and self.revisions.is_fair

    @property
    def interval(self) -> Interval | None:
        """Where the mean likeness of all its texts lies; None of too few."""
        return _interval(_resampled_means(self.likenesses)) if self.is_enough else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which provider needs least editing in a locale.

    Args:
        locale: tag.
        best: its name; None where that cannot be told.
        why: a sentence without a full stop.
    """

    locale: str
    best: str | None
    why: str


def tally_providers(project: Project, locale: Locale) -> list[ProviderTally]:
    """Count what became of the texts of each provider in a locale's own catalogs; the most texts first.

    Raises:
        HelpcenterError: a catalog cannot be read.
    """
    catalogs, found = load_catalogs(project.catalog_folder(locale.tag), project.root)
    if found:
        raise HelpcenterError(*found)
    tallies: dict[str, ProviderTally] = {}
    for entry in _machine_entries(catalogs.values()):
        name = entry.machine.provider if entry.machine is not None else ""
        tallies.setdefault(name, ProviderTally(locale.tag, name)).add(entry)
    return sorted(tallies.values(), key=lambda tally: (-tally.texts, tally.provider))


def _machine_entries(catalogs: Iterable[Catalog]) -> Iterator[Entry]:
    """Give the entries whose text a machine wrote first, for the source as it is; the same pair once."""
    seen = set()
    for catalog in catalogs:
        for entry in catalog.active:
            machine = entry.machine
            if machine is None or not entry.msgstr or machine.source != fingerprint(entry.msgid):
                continue
            key = (machine.provider, entry.msgid, entry.msgstr, entry.is_relied_on, entry.revision)
            if key not in seen:
                seen.add(key)
                yield entry


def judge_providers(locale: str, tallies: Sequence[ProviderTally]) -> Verdict:
    """Say which provider needs least editing, if that can be told.

    Args:
        locale: tag.
        tallies: of its providers.
    """
    known = [tally for tally in tallies if tally.is_enough]
    few = [tally for tally in tallies if not tally.is_enough]
    note = "".join(f"; {_lack(tally)}" for tally in few)
    if not known:
        return Verdict(locale, None, f"cannot tell yet{note}")
    ranked = sorted(known, key=lambda tally: -(tally.revisions.chrf or 0.0))
    best, *others = ranked
    if not others:
        return Verdict(locale, None, f"nothing to compare {best.provider} with{note}")
    means = {tally.provider: _resampled_means(tally.likenesses) for tally in ranked}
    for other in others:
        low, high = _interval(means[best.provider] - means[other.provider])
        between = f"by {low:.1f} to {high:.1f} points with 95 % confidence"
        if low <= 0:
            why = f"cannot tell {best.provider} from {other.provider}: they differ {between}{note}"
            return Verdict(locale, None, why)
    low, high = _interval(means[best.provider] - means[others[0].provider])
    why = f"{best.provider}: {low:.1f} to {high:.1f} points more than {others[0].provider} with 95 % confidence{note}"
    return Verdict(locale, best.provider, why)


def _lack(tally: ProviderTally) -> str:
    """Say why nothing is said of a provider."""
    revisions = tally.revisions
    if revisions.texts < FEWEST_TEXTS:
        return f"{tally.provider} has {revisions.texts} of {FEWEST_TEXTS} texts"
    return f"of {tally.provider} {revisions.unknown} texts are not known"


def _resampled_means(likenesses: Sequence[tuple[int, int]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Give the means of samples drawn from some texts with replacement (bootstrap).

    Source: Koehn 2004, https://aclanthology.org/W04-3250.
    """
    import numpy as np  # noqa: PLC0415 - 0.1 s that only this report pays

    chrf, lengths = np.array(likenesses, dtype=np.float64).T
    picked = np.random.default_rng(_SEED).integers(0, len(chrf), (_SAMPLES, len(chrf)))
    means: np.ndarray[tuple[int], np.dtype[np.float64]] = (chrf * lengths)[picked].sum(1) / lengths[picked].sum(1)
    return means


def _interval(means: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Interval:
    import numpy as np  # noqa: PLC0415 - as above

    low, high = np.percentile(means, (2.5, 97.5))
    return Interval(float(low), float(high))
