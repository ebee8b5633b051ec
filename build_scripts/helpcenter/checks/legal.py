"""The legal gate: nothing that binds the shop is published unless somebody answers for it.

A policy names its owner and what it rests on, and a person has signed it for each locale as its customers get it.  What the
law says is shown on no page, of whatever type, when nobody is sure of it or nobody has looked at it for too long.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from helpcenter.catalog import LocaleTexts, fingerprint
from helpcenter.checks.fitness import fit_page
from helpcenter.checks.strings import region_wording
from helpcenter.content.frontmatter import read_header
from helpcenter.diagnostics import Finding, Place, Severity, finding, suggest
from helpcenter.regions import Confidence, Duration, Kind, Money, used_facts
from helpcenter.regions.changes import change_days
from helpcenter.regions.facts import nearest_text
from helpcenter.regions.reach import reached_facts
from helpcenter.regions.settings import setting_of
from helpcenter.review.legal import Changes, Ledger, Signature, Statement, compare, load_ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from helpcenter.checks.gate import Gate
    from helpcenter.content import Page, Segment
    from helpcenter.project import Locale, Project
    from helpcenter.regions import Fact, Regions, RegionView, Wording
    from helpcenter.regions.settings import Setting
    from helpcenter.review import PageText

_PREFIX = "legal-"
_DAY = timedelta(days=1)
ONLINE_FUNCTION = "returns.online_function"
"""Whether the law asks for a function to withdraw online (EU: Directive (EU) 2023/2673, from 2026-06-19)."""
WITHDRAWAL_DESK = "desk.withdrawal"
"""Where that function is."""


def is_policy(page: Page) -> bool:
    """Tell whether a page binds the shop and is published."""
    return page.meta.type == "policy" and not page.meta.draft


def is_legal(one: Finding) -> bool:
    """Tell whether a finding is one that keeps a release back, and that a preview shows in its page."""
    return one.code.startswith(_PREFIX)


def soften(found: Iterable[Finding]) -> list[Finding]:
    """Let a preview be built in spite of what the legal gate says."""
    return [replace(one, severity=Severity.WARNING) if is_legal(one) else one for one in found]


def legal_by_page(pages: Sequence[Page], found: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Give what the gate says of source pages, by path of the page."""
    legal = [one for one in found if is_legal(one)]
    by_page = {page.path: [one for one in legal if one.place.path == page.name] for page in pages}
    return {path: found for path, found in by_page.items() if found}


def inspect_answers(page: Page, regions: Regions | None) -> list[Finding]:
    """Check that somebody answers for a policy, and that it says what it rests on.

    Args:
        page: the page.
        regions: the region rules, with their table of sources; None when they cannot be read.
    """
    if not is_policy(page):
        return []
    header = read_header(page.source, page.name)
    found = []
    top = header.file.place("title") if header is not None else Place(page.name)
    if not page.meta.owner:
        message = f"nobody answers for the policy '{page.path}'"
        hint = "add 'owner:' with the address of the person or team, as in 'owner: legal@shop.example'"
        found.append(finding("legal-owner", message, top, help=hint))
    if not page.meta.sources:
        message = f"the policy '{page.path}' does not say what it rests on"
        hint = "add 'sources:' with a list of laws as they are cited, or of keys of locales/regions/sources.yml"
        found.append(finding("legal-source", message, top, help=hint))
    for index, source in enumerate(page.meta.sources):
        # A law is cited in words; one word alone is a key.
        is_key = " " not in source and not source.startswith("https://")
        if is_key and regions is not None and source not in regions.sources:
            place = header.file.place("sources", index) if header is not None else top
            hint = "give a law as it is cited, an address that begins with https://, or a key of locales/regions/sources.yml"
            label = suggest(source, regions.sources)
            found.append(finding("legal-source", f"there is no source '{source}'", place, label=label, help=hint))
    return [replace(one, place=page.trace.locate(one.place)) for one in found]


def inspect_withdrawal(project: Project, regions: Regions, on: date) -> list[Finding]:
    """Find the regions of locales whose law asks for a function to withdraw online, and that do not say where it is."""
    missing: dict[Place, list[str]] = {}
    for region in dict.fromkeys(locale.region for locale in project.locales.values() if locale.region in regions.ids):
        facts = regions.resolve(region, on)
        asked, desk = facts.get(ONLINE_FUNCTION), facts.get(WITHDRAWAL_DESK)
        if asked is not None and asked.holds and (desk is None or not desk.holds):
            missing.setdefault(asked.place, []).append(region)
    hint = f"give its address as {WITHDRAWAL_DESK}; every page about returns then links it"
    return [
        finding(
            "legal-withdrawal-link",
            f"the law asks for a function to withdraw online, and '{WITHDRAWAL_DESK}' gives no address in {', '.join(names)}",
            place,
            help=hint,
        )
        for place, names in missing.items()
    ]


def withdrawal_link(page: Page, view: RegionView) -> str:
    """Give the address of the withdrawal function that a page must link; empty where it need not.

    It is linked wherever returns are explained: on pages of that topic, and on those that use facts of returns.
    """
    asked, desk = view.facts.get(ONLINE_FUNCTION), view.facts.get(WITHDRAWAL_DESK)
    if asked is None or not asked.holds or desk is None or not isinstance(desk.value, str):
        return ""
    about = "returns" in page.meta.topics or any(fact.startswith("returns.") for fact in used_facts(page.source))
    return desk.value if about else ""


def fingerprint_texts(page: Page, text: PageText) -> tuple[str, ...]:
    """Give fingerprints of the texts that a page shows in a locale, in its order, without the words that only search knows."""
    shown = (text.texts.get(segment.text, segment.text) for segment in signed_segments(page))
    return tuple(fingerprint(words)[:8] for words in shown)


def signed_segments(page: Page) -> list[Segment]:
    """Give the segments of a page that a signature is for."""
    return [segment for segment in page.segments if segment.kind != "keyword"]


def _fingerprint_source(page: Page) -> str:
    """Give a fingerprint of what a source page says, whatever system its lines were written on."""
    head = [segment.text for segment in signed_segments(page) if segment.key]
    head += [str(page.meta.effective)] if page.meta.effective is not None else []
    return fingerprint("\0".join([*head, page.body.replace("\r\n", "\n")]))


@dataclass(frozen=True)
class LegalGate:
    """Judges the pages of one locale.

    Args:
        project: the project.
        locale: the locale.
        regions: the region rules.
        on: the day whose rules hold.
        wording: what the locale's catalogs say for texts of region files.
        ledger: who has signed what.
    """

    project: Project
    locale: Locale
    regions: Regions
    on: date
    wording: Wording
    ledger: Ledger
    _lines: dict[tuple[str, Setting, bool], tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    _doubtful: dict[Setting, dict[str, list[Finding]]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def open(cls, project: Project, locale: Locale, regions: Regions, on: date) -> LegalGate:
        """Read what the gate needs to know.

        Raises:
            HelpcenterError: the ledger or a catalog cannot be read.
        """
        wording = region_wording(project, locale, LocaleTexts(project, locale))
        return cls(project, locale, regions, on, wording, load_ledger(project, locale.tag))

    def _view(self, setting: Setting) -> RegionView:
        """Give what the locale's customers see in its own language, on pages of a kind."""
        return self.regions.view(self.locale.region, self.on, self.locale.tag, self.wording, setting)

    def judge(self, page: Page, texts: tuple[str, ...], *, is_translation: bool) -> list[Finding]:
        """Find what keeps a page of the locale back.

        Args:
            page: the page; a draft has nothing that could be kept back.
            texts: fingerprints of what it shows (:func:`fingerprint_texts`).
            is_translation: whether it is shown in the locale's language.
        """
        if page.meta.draft:
            return []
        found = self._judge_facts(page, is_translation=is_translation)
        if is_policy(page):
            found += self._judge_signature(page, self.state(page, texts, is_translation=is_translation))
        return found

    def state(self, page: Page, texts: tuple[str, ...], *, is_translation: bool) -> Statement:
        """Give what a page says to the locale's customers, with the whole schedule of its facts of law."""
        registry = self.regions.registry
        laws = (fact for fact in used_facts(page.source) if fact in registry and registry[fact].kind is Kind.STATUTE)
        setting = setting_of(page.meta)
        said = {fact: self._schedule(fact, setting, is_translation=is_translation) for fact in sorted(laws)}
        facts = {fact: lines for fact, lines in said.items() if lines}
        return Statement(_fingerprint_source(page), texts, facts)

    def _schedule(self, fact_id: str, setting: Setting, *, is_translation: bool) -> tuple[str, ...]:
        """Write what a fact of law says in the locale's region at all times, a line for each time."""
        key = (fact_id, setting, is_translation)
        if key not in self._lines:
            self._lines[key] = tuple(self._write_schedule(fact_id, setting, is_translation=is_translation))
        return self._lines[key]

    def _write_schedule(self, fact_id: str, setting: Setting, *, is_translation: bool) -> Iterator[str]:
        region = self.locale.region
        tag = self.locale.tag if is_translation else self.project.source.tag
        said: list[tuple[date, str]] = []
        for day in (date.min, *change_days(self.regions, region, [fact_id])):
            fact = self.regions.resolve(region, day, setting).get(fact_id)
            if fact is not None and is_translation:
                fact = self.wording.complete_fact(fact, Kind.STATUTE, tag)
            words = "" if fact is None else _write_fact(fact, tag)
            if not said or said[-1][1] != words:
                said.append((day, words))
        for (start, words), (end, _) in pairwise([*said, (date.max, "")]):
            if words:
                yield f"{_write_time(start, end)}{words}"

    def _judge_signature(self, page: Page, now: Statement) -> list[Finding]:
        signature = self.ledger.pages.get(page.path)
        changes = compare(signature.statement, now) if signature is not None else None
        if changes is not None and not changes:
            return []
        tag = self.locale.tag
        if signature is None or changes is None:
            message, place = f"nobody has signed '{page.path}' for {tag}", self._place_of(page)
        else:
            message = f"'{page.path}' of {tag} is not what {_who(signature)} signed on {signature.day}: {changes}"
            place = self._place_of(page, changes.texts[0] if changes.texts else None)
        who = f"ask {page.meta.owner} to read it" if page.meta.owner else "read it"
        hint = f"{who} ('helpcenter show {page.path} -l {tag}'), then 'helpcenter approve {page.path} -l {tag} --legal'"
        return [finding("legal-unapproved", message, place, help=hint)]

    def _place_of(self, page: Page, text: int | None = None) -> Place:
        segments = signed_segments(page)
        if text is None or text >= len(segments):
            text = 0
        return page.place(segments[text].start, segments[text].end) if segments else Place(page.name)

    def _troubles(self, setting: Setting) -> dict[str, list[Finding]]:
        """Give what is wrong on the day with facts of law, by id; they may be shown nowhere until it is mended."""
        if setting not in self._doubtful:
            registry, facts = self.regions.registry, self._view(setting).facts
            laws = (fact for key, fact in facts.items() if key in registry and registry[key].kind is Kind.STATUTE)
            self._doubtful[setting] = {fact.id: found for fact in laws if (found := list(self._doubts(fact)))}
        return self._doubtful[setting]

    def _doubts(self, fact: Fact) -> Iterator[Finding]:
        region, owner = self.locale.region, fact.owner or "its owner"
        shown = f"{fact.id} of {fact.region} is shown to readers in {region}"
        if fact.confidence is Confidence.LOW:
            hint = f"ask {owner} to confirm it and to raise 'confidence'; until then take it from the pages of {region}"
            yield finding("legal-confidence", f"{shown}, and nobody is sure of it", fact.place, help=hint)
        if fact.review_by is not None and fact.review_by < self.on:
            hint = f"ask {owner} to look at it, and set the next date"
            message = f"{shown}, and was to be looked at again by {fact.review_by}"
            yield finding("legal-overdue", message, fact.place, help=hint)
        if isinstance(fact.value, dict) and not nearest_text(fact.value, self.locale.tag)[1]:
            tag = self.locale.tag
            message = f"{shown}, and nobody has approved words for it in {tag}"
            done = f"'helpcenter approve _regions.po -l {tag} --as approved'"
            hint = f"translate it in locales/{tag}/catalog/_regions.po, then {done}"
            yield finding("legal-text", message, fact.place, help=hint)

    def is_troubled(self, page: Page) -> bool:
        """Tell whether something is wrong with a fact that a page uses, so that the page must be looked at."""
        return not self._troubles(setting_of(page.meta)).keys().isdisjoint(used_facts(page.source))

    def _judge_facts(self, page: Page, *, is_translation: bool) -> list[Finding]:
        if not self.is_troubled(page):
            return []
        setting = setting_of(page.meta)
        troubles = self._troubles(setting)
        met = reached_facts(page.source, self._view(setting)) & troubles.keys()
        found = [one for fact_id in sorted(met) for one in troubles[fact_id]]
        # What is shown in the source language has its texts in that language.
        return [one for one in found if is_translation or one.code != "legal-text"]


def _write_time(start: date, end: date) -> str:
    last = "" if end == date.max else str(end - _DAY)
    if start == date.min:
        return f"until {last}: " if last else ""
    return f"{start} to {last}: " if last else f"from {start}: "


def _write_fact(fact: Fact, tag: str) -> str:
    value = nearest_text(fact.value, tag)[0] if isinstance(fact.value, Mapping) else fact.value
    return _write_value(value) + (f" — {fact.law}" if fact.law else "")


def _write_value(value: object) -> str:
    """Write a value in words that no library decides: a new release of one must not let signatures lapse."""
    match value:
        case None:
            return "none"
        case bool():
            return str(value).lower()
        case Duration(unit, low, high):
            span = str(low) if low == high else f"{low}–{high}"
            return f"{span} {(unit if high > 1 else unit.removesuffix('s')).replace('_', ' ')}"
        case Money(amount, currency):
            return f"{amount} {currency}"
        case tuple():
            return ", ".join(map(_write_value, value)) or "none"
    return str(value)


def _who(signature: Signature) -> str:
    # A name is enough where there is one; the address stands in the ledger.
    return signature.by.partition("<")[0].strip() or signature.by


@dataclass(frozen=True)
class Signing:
    """A page that somebody is about to sign.

    Args:
        page: the page.
        text: what it shows in the locale.
        statement: what is signed.
        signature: the one there is, or None.
        changes: what has changed since that one; None without one.
    """

    page: Page
    text: PageText
    statement: Statement
    signature: Signature | None
    changes: Changes | None

    @property
    def is_due(self) -> bool:
        """Whether a signature would say something new."""
        return self.changes is None or bool(self.changes)

    def words(self, index: int) -> str:
        """Give the text at a position of the statement, as customers get it."""
        segment = signed_segments(self.page)[index]
        return self.text.texts.get(segment.text, segment.text)


def prepare_signing(
    project: Project, pages: Sequence[Page], locale: Locale, regions: Regions, on: date, gate: Gate
) -> list[Signing]:
    """Gather what somebody signs who answers for policies of a locale.

    Args:
        project: the project.
        pages: the policies.
        locale: as its customers get them.
        regions: the region rules.
        on: the day; what is signed does not depend on it.
        gate: compares translations with their sources.

    Raises:
        HelpcenterError: the ledger or a catalog cannot be read.
    """
    legal = LegalGate.open(project, locale, regions, on)
    texts = LocaleTexts(project, locale)
    ready = []
    for page in pages:
        text, _ = fit_page(page, project, locale, texts, gate)
        now = legal.state(page, fingerprint_texts(page, text), is_translation=text.is_translation)
        signature = legal.ledger.pages.get(page.path)
        changes = compare(signature.statement, now) if signature is not None else None
        ready.append(Signing(page, text, now, signature, changes))
    return ready


def without_doubles(found: list[Finding]) -> list[Finding]:
    """Leave out warnings about facts where the legal gate says the same as an error."""
    kept_back = {(one.place.path, one.place.line) for one in found if one.code in {"legal-confidence", "legal-overdue"}}
    same = {"region-low-confidence", "region-review-overdue"}
    return [one for one in found if one.code not in same or (one.place.path, one.place.line) not in kept_back]
