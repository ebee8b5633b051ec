from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from helpcenter.catalog import Entry, Machine, State, fingerprint, load_catalogs
from helpcenter.content import seal
from helpcenter.diagnostics import HelpcenterError
from helpcenter.translate import Job, Limits, ProviderError, Request, Result, runner
from helpcenter.translate.runner import Outcome, translate_locales
from project_cases import edit, load, snapshot, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

Answer = str | BaseException


@dataclass
class Scripted:
    """A provider that answers as a test says, and notes what it was asked.

    Args:
        answer: gives the translation of a text, or what goes wrong with it; a failure that no result can hold is raised.
    """

    answer: Callable[[str], Answer]
    limits: Limits = field(default_factory=lambda: Limits(10_000, 3, 1))
    name: str = "scripted"
    cost_per_million: Decimal | None = Decimal(20)
    style: str = "mask"
    languages: tuple[str, ...] = ("de", "tr")
    asked: list[str] = field(default_factory=list)
    calls: list[tuple[int, str, str]] = field(default_factory=list)

    def supports(self, _source: str, target: str) -> bool:
        return target in self.languages

    def translate(self, requests: Sequence[Request], job: Job) -> list[Result]:
        self.calls.append((len(requests), job.source, job.target))
        results = []
        for request in requests:
            self.asked.append(request.text)
            answer = self.answer(request.text)
            if isinstance(answer, ProviderError):
                results.append(Result(request, error=answer))
            elif isinstance(answer, str):
                results.append(Result(request, answer))
            else:
                raise answer
        return results


@dataclass
class Setting:
    """The small shop with a scripted provider."""

    folder: Path
    provider: Scripted

    def run(self, *tags: str, **options: bool) -> Outcome:
        project, pages = load(self.folder)
        locales = [project.locales[tag] for tag in tags or ("tr",)]
        return translate_locales(project, pages, locales, provider="scripted", env={}, **options)  # type: ignore[arg-type]

    def entry(self, page: str, msgid: str, tag: str = "tr") -> Entry:
        found = load_catalogs(self.folder / "locales" / tag / "catalog", self.folder)[0][page].get(msgid)
        assert found is not None
        return found

    def states(self, tag: str = "tr") -> list[State]:
        catalogs, _ = load_catalogs(self.folder / "locales" / tag / "catalog", self.folder)
        return [entry.state for catalog in catalogs.values() for entry in catalog.active]


@pytest.fixture
def scripted(project_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Setting]:
    def make(answer: Callable[[str], Answer] = lambda text: f"tr: {text}", **options: object) -> Setting:
        provider = Scripted(answer, **options)  # type: ignore[arg-type]

        def give(_name: str, _options: Mapping[str, object], _env: Mapping[str, str], **_: object) -> Scripted:
            return provider

        monkeypatch.setattr(runner, "make_provider", give)
        return Setting(project_folder, provider)

    return make


def test_what_is_missing_is_filled(scripted: Callable[..., Setting]):
    shop = scripted()
    outcome = shop.run()
    (row,) = outcome.rows
    assert outcome.findings == ()
    assert (row.locale, row.provider, row.segments, row.failed, row.dry_run) == ("tr", "scripted", 11, 0, False)
    assert row.characters == sum(map(len, shop.provider.asked))
    assert row.cost == Decimal(20) * row.characters / 1_000_000
    assert set(shop.states()) == {State.MACHINE}
    filled = shop.entry("faq/where-is-my-order.md", "Where is my order?")
    assert filled.msgstr == "tr: Where is my order?"
    assert filled.machine == Machine("scripted", fingerprint(filled.msgid), fingerprint(filled.msgstr))
    assert all((source, target) == ("en", "tr") for _, source, target in shop.provider.calls)


def test_the_terms_that_hold_for_a_text_are_noted_beside_it(scripted: Callable[..., Setting]):
    shop = scripted()
    write(shop.folder, {"locales/tr/glossary.yml": "terms: [{term: order, translation: sipariş}]\n"})
    shop.run()
    catalogs, _ = load_catalogs(shop.folder / "locales/tr/catalog", shop.folder)
    made = {entry.msgid: entry.machine for catalog in catalogs.values() for entry in catalog.active}
    concerned = {msgid for msgid, machine in made.items() if machine and machine.glossary}
    assert concerned == {msgid for msgid in made if re.search(r"\border\b", msgid)}
    assert "Where is my order?" in concerned


def test_a_glossary_that_cannot_be_read_stops_the_run_before_it_asks(scripted: Callable[..., Setting]):
    shop = scripted()
    write(shop.folder, {"locales/tr/glossary.yml": "terms: [{term: order}]\n"})
    with pytest.raises(HelpcenterError) as caught:
        shop.run()
    assert [one.place.path for one in caught.value.findings] == ["locales/tr/glossary.yml"]
    assert shop.provider.asked == []


def test_markup_is_sealed_on_the_way(scripted: Callable[..., Setting]):
    shop = scripted(lambda text: text.replace("then", "sonra"))
    shop.run()
    msgid = "Open `My orders`, then [write to us](contact.md)."
    assert seal(msgid).text in shop.provider.asked
    assert not any("contact.md" in text or "{{" in text or "My orders" in text for text in shop.provider.asked)
    assert shop.entry("guides/returns.md", msgid).msgstr == msgid.replace("then", "sonra")


def test_a_second_run_asks_for_nothing(scripted: Callable[..., Setting]):
    shop = scripted()
    shop.run()
    shop.provider.asked.clear()
    before = snapshot(shop.folder)
    (row,) = shop.run().rows
    assert (row.segments, row.characters, row.cost) == (0, 0, 0)
    assert shop.provider.asked == []
    assert snapshot(shop.folder) == before


def test_the_same_text_is_asked_once(scripted: Callable[..., Setting]):
    shop = scripted()
    write(
        shop.folder,
        {
            "content/faq/one.md": "---\ntitle: One?\n---\n\nThe same words.\n",
            "content/faq/two.md": "---\ntitle: Two?\n---\n\nThe same words.\n",
        },
    )
    shop.run()
    assert shop.provider.asked.count("The same words.") == 1
    assert shop.entry("faq/one.md", "The same words.").msgstr == "tr: The same words."
    assert shop.entry("faq/two.md", "The same words.").msgstr == "tr: The same words."


def test_text_of_a_person_is_not_asked_for(scripted: Callable[..., Setting]):
    shop = scripted()
    before = snapshot(shop.folder / "locales/de")
    shop.run("de")
    assert shop.provider.asked == [
        seal("Read [how to send something back](guides/returns.md#label) or [write to us](guides/contact.md).").text
    ]
    after = snapshot(shop.folder / "locales/de")
    assert {name for name in after if after[name] != before[name]} == {"catalog/index.po"}


def test_machine_text_of_a_changed_source_is_made_anew(scripted: Callable[..., Setting]):
    shop = scripted()
    edit(shop.folder, "content/policies/terms.md", "The seller is Small Shop.", "The seller is Small Shop 2.")
    shop.run()
    renewed = shop.entry("policies/terms.md", "The seller is Small Shop 2.")
    assert (renewed.msgstr, renewed.state, renewed.previous) == ("tr: The seller is Small Shop 2.", State.MACHINE, None)


def test_text_of_a_person_gets_a_suggestion_when_its_source_changes(scripted: Callable[..., Setting]):
    shop = scripted()
    edit(shop.folder, "content/policies/terms.md", "The seller is Small Shop.", "The seller is Small Shop 2.")
    edit(shop.folder, "locales/tr/catalog/policies/terms.po", "Satıcı Small Shop'tur.", "Satıcı biziz.")
    shop.run()
    mine = shop.entry("policies/terms.md", "The seller is Small Shop 2.")
    assert (mine.msgstr, mine.suggestion) == ("Satıcı biziz.", "tr: The seller is Small Shop 2.")
    assert (mine.state, mine.hard) == (State.STALE, True)
    shop.provider.asked.clear()
    shop.run()
    assert shop.provider.asked == []


def test_signed_machine_text_gets_a_suggestion_as_well(scripted: Callable[..., Setting]):
    shop = scripted()
    edit(shop.folder, "content/policies/terms.md", "The seller is Small Shop.", "The seller is Small Shop 2.")
    shop.run("de")
    signed = shop.entry("policies/terms.md", "The seller is Small Shop 2.", "de")
    assert (signed.msgstr, signed.suggestion) == ("Verkäufer ist Small Shop.", "tr: The seller is Small Shop 2.")
    assert signed.approved is not None


@pytest.mark.parametrize(
    ("answer", "says", "hint"),
    [
        (ProviderError("response", "the answer makes no sense"), "the answer makes no sense (response)", "by hand"),
        (ProviderError("rate", "too many", retryable=True), "too many (rate)", "run the same command again"),
        ("", "the answer is empty (response)", "by hand"),
        (" \n ", "the answer is empty (response)", "by hand"),
    ],
)
def test_what_goes_wrong_with_a_text_is_told_at_its_entry(
    answer: Answer, says: str, hint: str, scripted: Callable[..., Setting]
):
    shop = scripted(lambda text: answer if text == "Where is my order?" else f"tr: {text}")
    outcome = shop.run()
    (row,), (found,) = outcome.rows, outcome.findings
    assert (row.segments, row.failed) == (10, 1)
    assert (found.code, found.message) == ("translate-failed", f"'Where is my order?': {says}")
    assert hint in found.help
    assert str(found.place) == "locales/tr/catalog/faq/where-is-my-order.po:10"
    assert shop.entry("faq/where-is-my-order.md", "Where is my order?").state is State.MISSING
    assert shop.states().count(State.MISSING) == 1


@pytest.mark.parametrize(
    "harm",
    [
        lambda text: text.replace("__PH0__", ""),
        lambda text: text.replace("__PH0__", "__PH0__ __PH0__"),
        lambda text: text.replace("__PH0__", "__PH7__"),
        lambda text: text + " `code`",
        lambda text: text + " {{ returns.days }}",
    ],
)
def test_a_text_that_lost_or_won_markup_is_not_taken(harm: Callable[[str], str], scripted: Callable[..., Setting]):
    shop = scripted(lambda text: harm(text) if text.startswith("Write to") and "PH" in text else text)
    (found,) = shop.run().findings
    assert found.code == "translate-failed"
    assert shop.entry("guides/contact.md", "Write to <help@small.example>.").state is State.MISSING


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), RuntimeError("a defect"), SystemExit(143)])
def test_what_was_done_before_a_run_is_stopped_is_kept(stop: BaseException, scripted: Callable[..., Setting]):
    shop = scripted(lambda text: stop if len(shop.provider.asked) > 3 else f"tr: {text}")
    with pytest.raises(type(stop)):
        shop.run()
    done = shop.provider.asked[:3]
    assert shop.states().count(State.MISSING) == 11 - 3
    shop.provider.asked.clear()
    shop.provider.answer = lambda text: f"tr: {text}"
    (row,) = shop.run().rows
    assert row.segments == 11 - 3
    assert not set(shop.provider.asked) & set(done)
    assert set(shop.states()) == {State.MACHINE}


@pytest.mark.parametrize("code", ["auth", "quota"])
def test_a_refused_account_ends_the_run(code: str, scripted: Callable[..., Setting]):
    refused = ProviderError(code, "refused")  # type: ignore[arg-type]
    shop = scripted(lambda text: refused if len(shop.provider.asked) > 3 else f"tr: {text}")
    outcome = shop.run()
    assert [size for size, _, _ in shop.provider.calls] == [3, 3]
    assert (outcome.rows[0].segments, outcome.rows[0].failed) == (3, 8)
    assert [found.code for found in outcome.findings] == ["translate-failed"] * 3


def test_a_service_out_of_reach_ends_the_run(scripted: Callable[..., Setting]):
    shop = scripted(lambda _: ProviderError("network", "no connection", retryable=True))
    outcome = shop.run()
    assert len(shop.provider.calls) == 1
    assert outcome.rows[0].failed == 11


def test_one_lost_connection_does_not(scripted: Callable[..., Setting]):
    lost = ProviderError("network", "no connection", retryable=True)
    shop = scripted(lambda text: lost if text == "Where is my order?" else f"tr: {text}")
    assert shop.run().rows[0].segments == 10


def test_batches_run_side_by_side(scripted: Callable[..., Setting]):
    shop = scripted(limits=Limits(10_000, 1, 4))
    assert shop.run().rows[0].segments == 11
    assert len(shop.provider.calls) == 11
    assert set(shop.states()) == {State.MACHINE}


def test_a_dry_run_counts_and_asks_and_writes_nothing(scripted: Callable[..., Setting]):
    shop = scripted()
    write(shop.folder, {"content/faq/new.md": "---\ntitle: What is new?\n---\n\n`code`\n\n12\n"})
    before = snapshot(shop.folder)
    (planned,) = shop.run(dry_run=True).rows
    assert snapshot(shop.folder) == before
    assert shop.provider.asked == []
    (done,) = shop.run().rows
    assert planned.dry_run
    assert (planned.segments, planned.characters, planned.cost) == (done.segments, done.characters, done.cost)
    assert str(planned) == f"tr: 12 texts to translate by scripted, {planned.characters} characters, about 0.01 EUR"
    assert str(done) == f"tr: 12 texts translated by scripted, {done.characters} characters, about 0.01 EUR"


def test_a_free_provider_and_one_without_a_price(scripted: Callable[..., Setting]):
    assert "EUR" not in str(scripted(cost_per_million=None).run(dry_run=True).rows[0])
    assert "about 0.00 EUR" in str(scripted(cost_per_million=Decimal(0)).run(dry_run=True).rows[0])


def test_a_language_it_does_not_know(scripted: Callable[..., Setting]):
    shop = scripted(languages=())
    before = snapshot(shop.folder)
    with pytest.raises(HelpcenterError) as caught:
        shop.run("de", "tr")
    assert [(found.code, str(found.place)) for found in caught.value.findings] == [
        ("translate-language", "locales/de/locale.yml"),
        ("translate-language", "locales/tr/locale.yml"),
    ]
    assert snapshot(shop.folder) == before


def test_locales_without_a_provider_are_all_told(project_folder: Path):
    write(project_folder, {"locales/de/locale.yml": "region: DE\n"})
    project, pages = load(project_folder)
    before = snapshot(project_folder)
    with pytest.raises(HelpcenterError) as caught:
        translate_locales(project, pages, [project.locales["de"], project.locales["tr"]], env={})
    assert [(found.code, found.place.path) for found in caught.value.findings] == [
        ("translate-no-provider", "locales/de/locale.yml"),
        ("translate-no-provider", "locales/tr/locale.yml"),
    ]
    assert snapshot(project_folder) == before


def test_a_locale_has_a_provider_of_its_own(project_folder: Path):
    project, pages = load(project_folder)
    outcome = translate_locales(project, pages, [project.locales["de"]], env={})
    assert (outcome.rows[0].provider, outcome.rows[0].segments) == ("pseudo", 1)


def test_progress_is_told(scripted: Callable[..., Setting]):
    shop = scripted()
    project, pages = load(shop.folder)
    told: list[tuple[str, int, int]] = []
    translate_locales(
        project, pages, [project.locales["tr"]], provider="x", env={}, progress=lambda *step: told.append(step)
    )
    assert told == [("tr", 0, 11), ("tr", 3, 11), ("tr", 6, 11), ("tr", 9, 11), ("tr", 11, 11)]


def test_a_catalog_that_cannot_be_read_is_told(scripted: Callable[..., Setting]):
    shop = scripted()
    edit(shop.folder, "locales/tr/catalog/index.po", 'msgid "Help"', "msgid Help")
    before = snapshot(shop.folder)
    with pytest.raises(HelpcenterError) as caught:
        shop.run()
    assert caught.value.findings[0].code == "catalog-syntax"
    assert shop.provider.asked == []
    assert snapshot(shop.folder) == before
