from __future__ import annotations

import re
import shutil
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from helpcenter.catalog import Machine, State, fingerprint, load_catalogs
from helpcenter.content import seal
from helpcenter.diagnostics import HelpcenterError, Place, finding
from helpcenter.translate import Limits, ProviderError
from helpcenter.translate.outcomes import Share
from helpcenter.translate.reports import tell_once
from helpcenter.translate.runner import Surroundings, Wishes, estimate_locales, translate_locales
from project_cases import edit, load, plan_all, snapshot, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from run_cases import Answer, Shop

    from helpcenter.diagnostics import Finding

PRICES = {
    "deepl": Decimal(20),
    "google": Decimal(0),
    "libretranslate": None,
    "microsoft": Decimal(10),
    "mymemory": Decimal(0),
    "openai": None,
    "yandex": None,
}


def test_what_is_missing_is_filled(scripted: Callable[..., Shop]):
    shop = scripted()
    outcome = shop.run()
    (row,) = outcome.rows
    assert outcome.findings == ()
    (share,) = row.shares
    assert (row.locale, share.provider, share.texts, row.failed, outcome.dry_run) == ("tr", "scripted", 11, 0, False)
    assert row.characters == sum(map(len, shop.provider.asked))
    assert row.cost == Decimal(20) * row.characters / 1_000_000
    assert set(shop.states()) == {State.MACHINE}
    filled = shop.entry("faq/where-is-my-order.md", "Where is my order?")
    assert filled.msgstr == "tr: Where is my order?"
    assert filled.machine == Machine("scripted", fingerprint(filled.msgid), fingerprint(filled.msgstr))
    assert all((source, target) == ("en", "tr") for _, source, target in shop.provider.calls)


def test_the_terms_that_hold_for_a_text_are_noted_beside_it(scripted: Callable[..., Shop]):
    shop = scripted()
    write(shop.folder, {"locales/tr/glossary.yml": "terms: [{term: order, translation: sipariş}]\n"})
    shop.run()
    catalogs, _ = load_catalogs(shop.folder / "locales/tr/catalog", shop.folder)
    made = {entry.msgid: entry.machine for catalog in catalogs.values() for entry in catalog.active}
    concerned = {msgid for msgid, machine in made.items() if machine and machine.glossary}
    assert concerned == {msgid for msgid in made if re.search(r"\border\b", msgid)}
    assert "Where is my order?" in concerned


def test_a_glossary_that_cannot_be_read_stops_the_run_before_it_asks(scripted: Callable[..., Shop]):
    shop = scripted()
    write(shop.folder, {"locales/tr/glossary.yml": "terms: [{term: order}]\n"})
    with pytest.raises(HelpcenterError) as caught:
        shop.run()
    assert [one.place.path for one in caught.value.findings] == ["locales/tr/glossary.yml"]
    assert shop.provider.asked == []


def test_markup_is_sealed_on_the_way(scripted: Callable[..., Shop]):
    shop = scripted(lambda text: text.replace("then", "sonra"))
    shop.run()
    msgid = "Open `My orders`, then [write to us](contact.md)."
    assert seal(msgid).text in shop.provider.asked
    assert not any("contact.md" in text or "{{" in text or "My orders" in text for text in shop.provider.asked)
    assert shop.entry("guides/returns.md", msgid).msgstr == msgid.replace("then", "sonra")


def test_a_second_run_asks_for_nothing(scripted: Callable[..., Shop]):
    shop = scripted()
    shop.run()
    shop.provider.asked.clear()
    before = snapshot(shop.folder / "locales")
    (row,) = shop.run().rows
    assert (row.texts, row.characters, row.cost) == (0, 0, 0)
    assert shop.provider.asked == []
    assert snapshot(shop.folder / "locales") == before


def test_the_same_text_is_asked_once(scripted: Callable[..., Shop]):
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


def test_text_of_a_person_is_not_asked_for(scripted: Callable[..., Shop]):
    shop = scripted()
    before = snapshot(shop.folder / "locales/de")
    shop.run("de")
    assert shop.provider.asked == [
        seal("Read [how to send something back](guides/returns.md#label) or [write to us](guides/contact.md).").text
    ]
    after = snapshot(shop.folder / "locales/de")
    assert {name for name in after if after[name] != before[name]} == {"catalog/index.po"}


def test_machine_text_of_a_changed_source_is_made_anew(scripted: Callable[..., Shop]):
    shop = scripted()
    edit(shop.folder, "content/policies/terms.md", "The seller is Small Shop.", "The seller is Small Shop 2.")
    shop.run()
    renewed = shop.entry("policies/terms.md", "The seller is Small Shop 2.")
    assert (renewed.msgstr, renewed.state, renewed.previous) == ("tr: The seller is Small Shop 2.", State.MACHINE, None)


def test_text_of_a_person_gets_a_suggestion_when_its_source_changes(scripted: Callable[..., Shop]):
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


def test_signed_machine_text_gets_a_suggestion_as_well(scripted: Callable[..., Shop]):
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
    answer: Answer, says: str, hint: str, scripted: Callable[..., Shop]
):
    shop = scripted(lambda text: answer if text == "Where is my order?" else f"tr: {text}")
    outcome = shop.run()
    (row,), (found,) = outcome.rows, outcome.findings
    assert (row.texts, row.failed) == (10, 1)
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
def test_a_text_that_lost_or_won_markup_is_not_taken(harm: Callable[[str], str], scripted: Callable[..., Shop]):
    shop = scripted(lambda text: harm(text) if text.startswith("Write to") and "PH" in text else f"tr: {text}")
    (found,) = shop.run().findings
    assert found.code == "translate-failed"
    assert shop.entry("guides/contact.md", "Write to <help@small.example>.").state is State.MISSING


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), SystemExit(143)])
def test_what_was_done_before_a_run_is_broken_off_is_kept(stop: BaseException, scripted: Callable[..., Shop]):
    shop = scripted(lambda text: stop if len(shop.provider.asked) > 3 else f"tr: {text}")
    with pytest.raises(type(stop)):
        shop.run()
    done = shop.provider.asked[:3]
    assert shop.states().count(State.MISSING) == 11 - 3
    shop.forget()
    shop.provider.answer = lambda text: f"tr: {text}"
    (row,) = shop.run().rows
    assert row.texts == 11 - 3
    assert not set(shop.provider.asked) & set(done)
    assert set(shop.states()) == {State.MACHINE}


def test_a_provider_that_breaks_costs_its_own_texts_alone(scripted: Callable[..., Shop]):
    defect = RuntimeError("key=secret")
    shop = scripted(lambda text: defect if text == "Where is my order?" else f"tr: {text}")
    outcome = shop.run()
    assert (outcome.rows[0].texts, outcome.rows[0].failed) == (8, 3)
    (found,) = outcome.findings
    assert "and 2 more: scripted failed inside: RuntimeError (internal)" in found.message
    assert "secret" not in found.message


@pytest.mark.parametrize("code", ["auth", "quota"])
def test_a_refused_account_ends_the_run(code: str, scripted: Callable[..., Shop]):
    refused = ProviderError(code, "refused")  # type: ignore[arg-type]
    shop = scripted(lambda text: refused if len(shop.provider.asked) > 3 else f"tr: {text}")
    outcome = shop.run()
    assert [size for size, _, _ in shop.provider.calls] == [3, 3]
    assert (outcome.rows[0].texts, outcome.rows[0].failed) == (3, 8)
    (found,) = outcome.findings
    assert (found.code, found.message) == (
        "translate-stopped",
        f"scripted is asked no more: refused ({code}); 8 texts of tr are not translated",
    )
    assert outcome.rows[0].characters == sum(map(len, shop.provider.asked[:3]))


def test_one_lost_connection_does_not(scripted: Callable[..., Shop]):
    lost = ProviderError("network", "no connection", retryable=True)
    shop = scripted(lambda text: lost if text == "Where is my order?" else f"tr: {text}")
    assert shop.run().rows[0].texts == 10


def test_batches_run_side_by_side(scripted: Callable[..., Shop]):
    shop = scripted(limits=Limits(10_000, 1, 4))
    assert shop.run().rows[0].texts == 11
    assert len(shop.provider.calls) == 11
    assert set(shop.states()) == {State.MACHINE}


def test_a_dry_run_counts_and_asks_and_writes_nothing(scripted: Callable[..., Shop]):
    shop = scripted()
    write(shop.folder, {"content/faq/new.md": "---\ntitle: What is new?\n---\n\n`code`\n\n12\n"})
    before = snapshot(shop.folder)
    planned = shop.run(dry_run=True)
    assert snapshot(shop.folder) == before
    assert shop.provider.asked == []
    done = shop.run()
    assert (planned.dry_run, done.dry_run) == (True, False)
    assert planned.rows == done.rows
    (share,) = planned.rows[0].shares
    assert share == Share("scripted", 12, share.characters, 4, Decimal(20) * share.characters / 1_000_000)
    assert planned.as_json()["total"] == done.as_json()["total"]


@pytest.mark.parametrize("new", [(), ("de",), ("de", "tr")])
def test_a_dry_run_of_many_locales_counts_what_each_of_them_asks(scripted: Callable[..., Shop], new: tuple[str, ...]):
    tags = ("de", "tr")
    shop = scripted()
    for tag in new:
        shutil.rmtree(shop.folder / "locales" / tag / "catalog")
    planned = shop.run(*tags, dry_run=True)
    assert planned.rows == shop.run(*tags).rows
    assert len({row.characters for row in planned.rows if row.locale in new}) <= 1


@pytest.mark.parametrize(("price", "cost"), [(None, None), (Decimal(0), 0)])
def test_a_free_provider_and_one_without_a_price(
    price: Decimal | None, cost: int | None, scripted: Callable[..., Shop]
):
    shop = scripted(cost_per_million=price)
    assert shop.run(dry_run=True).rows[0].cost == cost
    assert shop.run().as_json()["total"]["cost"] == cost


def test_a_language_it_does_not_know(scripted: Callable[..., Shop]):
    shop = scripted(languages=())
    before = snapshot(shop.folder)
    with pytest.raises(HelpcenterError) as caught:
        shop.run("de", "tr")
    assert [(found.code, str(found.place), found.message) for found in caught.value.findings] == [
        (
            "translate-language",
            "locales/de/locale.yml",
            "scripted does not translate from en to de; the same holds for tr",
        )
    ]
    assert snapshot(shop.folder) == before


def test_what_is_wrong_with_several_locales_is_told_once():
    def say(tag: str, message: str, code: str = "translate-language") -> tuple[str, Finding]:
        return tag, finding(code, message, Place(f"locales/{tag}/locale.yml"))

    rows = [say(tag, f"deepl has no {tag}") for tag in ("de", "tr", "pt-BR", "pt")]
    rows += [say(tag, "deepl has no key", "translate-missing-credential") for tag in ("de", "tr")]
    rows += [say("tr", "deepl has no luck")]
    assert [(str(one.place), one.message) for one in tell_once(rows)] == [
        ("locales/de/locale.yml", "deepl has no de; the same holds for tr, pt-BR and pt"),
        ("locales/de/locale.yml", "deepl has no key; the same holds for tr"),
        ("locales/tr/locale.yml", "deepl has no luck"),
    ]


@pytest.mark.parametrize("name", sorted(PRICES))
def test_a_price_is_told_without_a_key(name: str, project_folder: Path):
    edit(project_folder, "mkdocs.yml", "source: en\n", "source: en\n    providers: {openai: {model: gpt-x}}\n")
    project, pages = load(project_folder)
    plans = plan_all(project, pages, ["de", "tr"])
    rows = estimate_locales(project, plans, Wishes(name), Surroundings(env={})).rows
    assert [row.shares[0].provider for row in rows] == [name, name]
    price = PRICES[name]
    for row in rows:
        assert row.cost == (None if price is None else price * row.characters / 1_000_000)
    if name in {"google", "mymemory"}:
        return
    with pytest.raises(HelpcenterError) as caught:
        translate_locales(project, plans, Wishes(name), Surroundings(env={}))
    (found,) = caught.value.findings
    assert (found.code, str(found.place)) == ("translate-missing-credential", "locales/de/locale.yml")
    assert found.message.endswith("; the same holds for tr")


def test_locales_without_a_provider_are_all_told(project_folder: Path):
    write(project_folder, {"locales/de/locale.yml": "region: DE\n"})
    project, pages = load(project_folder)
    plans = plan_all(project, pages, ["de", "tr"])
    before = snapshot(project_folder)
    with pytest.raises(HelpcenterError) as caught:
        translate_locales(project, plans, around=Surroundings(env={}))
    (found,) = caught.value.findings
    assert (found.code, found.place.path) == ("translate-no-provider", "locales/de/locale.yml")
    assert found.message == "de has no provider; the same holds for tr"
    assert snapshot(project_folder) == before


def test_a_locale_has_a_provider_of_its_own(project_folder: Path):
    project, pages = load(project_folder)
    (row,) = translate_locales(project, plan_all(project, pages, ["de"]), around=Surroundings(env={})).rows
    assert (row.shares[0].provider, row.texts) == ("pseudo", 1)


def test_progress_is_told(scripted: Callable[..., Shop]):
    shop = scripted()
    shop.run()
    assert [(step.locale, step.done, step.total) for step in shop.steps] == [
        ("tr", 0, 11),
        ("tr", 3, 11),
        ("tr", 6, 11),
        ("tr", 9, 11),
        ("tr", 11, 11),
    ]
    last = shop.steps[-1]
    assert last.characters == last.all_characters == sum(map(len, shop.provider.asked))
    assert last.cost == Decimal(20) * last.characters / 1_000_000


def test_a_catalog_that_cannot_be_read_is_told(scripted: Callable[..., Shop]):
    shop = scripted()
    edit(shop.folder, "locales/tr/catalog/index.po", 'msgid "Help"', "msgid Help")
    before = snapshot(shop.folder)
    with pytest.raises(HelpcenterError) as caught:
        shop.run()
    assert caught.value.findings[0].code == "catalog-syntax"
    assert shop.provider.asked == []
    assert snapshot(shop.folder) == before
