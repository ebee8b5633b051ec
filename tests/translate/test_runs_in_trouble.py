"""What a run does when something goes wrong: with a text, a provider, the money, the disk, or whoever waits for it."""

from __future__ import annotations

import errno
import fcntl
import os
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from run_cases import SCRIPTED

from helpcenter.catalog import State, fingerprint
from helpcenter.catalog.answers import Answers, journal_path
from helpcenter.content import seal
from helpcenter.diagnostics import HelpcenterError, Place, finding
from helpcenter.project import files, load_project
from helpcenter.translate import Limits, ProviderError
from helpcenter.translate.runner import Wishes
from project_cases import edit, snapshot, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from run_cases import Answer, Shop

    from helpcenter.translate.provider import ErrorCode

    MakeShop = Callable[..., Shop]

ALL = 11
LOST = ProviderError("network", "no connection", retryable=True)
REFUSED = ProviderError("quota", "nothing is left")
HELPLESS = ProviderError("language", "not this pair")


# Texts


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "Where is my order?",
        "__PH0__",
        ProviderError("truncated", "the end is missing"),
        ProviderError("echo", "gave the source text back"),
    ],
)
def test_an_answer_that_is_none_is_asked_for_once_more_alone(bad: Answer, scripted: MakeShop):
    asked: list[str] = []

    def answer(text: str) -> Answer:
        asked.append(text)
        return bad if text == "Where is my order?" and asked.count(text) == 1 else f"tr: {text}"

    shop = scripted(answer)
    outcome = shop.run()
    assert outcome.is_complete
    assert outcome.findings == ()
    assert shop.provider.calls[-1][0] == 1
    assert asked.count("Where is my order?") == 2
    # What was answered counts, whether it was of use or not.
    assert outcome.rows[0].characters == sum(map(len, asked))


def test_what_fails_alone_as_well_is_left_missing(scripted: MakeShop):
    shop = scripted(lambda text: text if text == "Where is my order?" else f"tr: {text}")
    outcome = shop.run()
    (found,) = outcome.findings
    assert (found.code, found.message) == (
        "translate-failed",
        "'Where is my order?': the answer is the source text (echo)",
    )
    assert shop.provider.asked.count("Where is my order?") == 2
    assert not outcome.is_complete
    assert shop.states().count(State.MISSING) == 1


def test_texts_that_fail_for_one_reason_are_one_finding(scripted: MakeShop):
    shop = scripted(lambda text: text if text.endswith(".") else f"tr: {text}")
    outcome = shop.run()
    (found,), count = outcome.findings, outcome.rows[0].failed
    assert count > 1
    assert f"and {count - 1} more: the answer is the source text (echo)" in found.message


def test_one_answer_to_two_texts_that_differ_is_not_taken(scripted: MakeShop):
    write(
        shop_folder := scripted().folder,
        {
            "content/faq/one.md": "---\ntitle: One?\n---\n\nSend the parcel back with the label that came with it.\n",
            "content/faq/two.md": "---\ntitle: Two?\n---\n\nWe pay the money back to the card that you paid with.\n",
        },
    )
    calls: list[str] = []

    def answer(text: str) -> Answer:
        calls.append(text)
        is_one_of_them = text.startswith(("Send the parcel", "We pay the money"))
        return "Koliyi içindeki etiketle geri gönderin." if is_one_of_them and calls.count(text) == 1 else f"tr: {text}"

    shop = scripted(answer, limits=Limits(10_000, 50, 1))
    assert shop.folder == shop_folder
    assert shop.run().is_complete
    assert calls.count("Send the parcel back with the label that came with it.") == 2
    assert shop.entry("faq/two.md", "We pay the money back to the card that you paid with.").msgstr.startswith("tr: We")


def test_an_answer_with_the_numbers_of_another_text_is_not_taken(scripted: MakeShop):
    texts = {
        "Call 112 when it burns.": "Call 4711 when it itches.",
        "Call 4711 when it itches.": "Call 112 when it burns.",
    }
    calls: list[str] = []

    def answer(text: str) -> Answer:
        calls.append(text)
        return f"tr: {texts.get(text, text) if calls.count(text) == 1 else text}"

    shop = scripted(answer, limits=Limits(10_000, 50, 1))
    write(shop.folder, {"content/faq/one.md": "---\ntitle: One?\n---\n\n" + "\n\n".join(texts) + "\n"})
    assert shop.run().is_complete
    for text in texts:
        assert shop.entry("faq/one.md", text).msgstr == f"tr: {text}"


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("Öffnen Sie den Link in unserer E-Mail.", "the text is German, and this locale is Turkish"),
        ("Откройте ссылку в нашем письме.", "this locale is Turkish"),
        ("E-postamızdaki (bağlantıyı", "(truncated)"),
        ("E-postamızdaki bağlantıyı açın. " * 8, "very long"),
    ],
)
def test_an_answer_in_another_language_cut_short_or_too_long_is_not_taken(bad: str, says: str, scripted: MakeShop):
    msgid = "Open the link in our e-mail."
    shop = scripted(lambda text: bad if text == msgid else "E-postamızdaki bağlantıyı açın.", judged=True)
    found = [one for one in shop.run().findings if "Open the link" in one.message]
    assert [says in one.message for one in found] == [True]
    assert shop.entry("faq/where-is-my-order.md", msgid).state is State.MISSING
    shop.forget()
    shop.provider.answer = lambda _: "E-postamızdaki bağlantıyı açın."
    shop.run(wishes=Wishes("scripted", again=True))
    assert shop.entry("faq/where-is-my-order.md", msgid).msgstr == "E-postamızdaki bağlantıyı açın."


def test_texts_that_differ_in_what_is_sealed_are_asked_for_once(scripted: MakeShop):
    shop = scripted()
    write(
        shop.folder,
        {
            "content/faq/one.md": "---\ntitle: One?\n---\n\nPress `A` to go on.\n\nPress `B` to go on.\n\n[Help](index.md)\n"
        },
    )
    edit(shop.folder, "content/faq/one.md", "index.md", "../index.md")
    shop.run()
    assert shop.provider.asked.count("Press __PH0__ to go on.") == 1
    for letter in "AB":
        assert shop.entry("faq/one.md", f"Press `{letter}` to go on.").msgstr == f"tr: Press `{letter}` to go on."


# Providers


def test_what_passes_by_itself_gets_a_second_pass(scripted: MakeShop):
    calls: list[str] = []

    def answer(text: str) -> Answer:
        calls.append(text)
        return LOST if calls.count(text) == 1 and "order" in text.lower() else f"tr: {text}"

    shop = scripted(answer)
    assert shop.run().is_complete
    assert set(shop.states()) == {State.MACHINE}


def test_a_service_out_of_reach_is_tried_once_more_after_a_pause_and_then_no_more(scripted: MakeShop):
    shop = scripted(lambda _: LOST)
    outcome = shop.run()
    (found,) = outcome.findings
    assert (len(shop.provider.calls), outcome.rows[0].failed) == (3, ALL)
    assert sum(shop.time.slept) >= 5
    assert (found.code, found.message) == (
        "translate-stopped",
        "scripted is asked no more: no connection (network); 11 texts of tr are not translated",
    )
    assert {step.note for step in shop.steps} == {"", "waiting for scripted"}


def test_a_service_that_comes_back_goes_on(scripted: MakeShop):
    shop = scripted(lambda text: LOST if shop.time.now < 104 else f"tr: {text}")
    outcome = shop.run()
    assert outcome.is_complete
    assert outcome.findings == ()
    assert set(shop.states()) == {State.MACHINE}
    assert len(shop.provider.calls) == 2 + 4


def test_a_few_texts_that_nobody_can_translate_do_not_stop_a_provider(scripted: MakeShop):
    def answer(text: str) -> Answer:
        return ProviderError("response", f"the text is very long: {len(text)} characters for '{text[:9]}'")

    shop = scripted(answer, limits=Limits(10_000, 50, 1))
    outcome = shop.run()
    (found,) = outcome.findings
    assert (found.code, outcome.rows[0].failed, shop.time.slept) == ("translate-failed", ALL, [])
    assert f"and {ALL - 1} more: the text is very long" in found.message


def test_a_service_that_gives_everything_back_is_not_asked_for_ever(scripted: MakeShop):
    shop = scripted(lambda text: text)
    pages = "\n\n".join(f"This is the text of number {number}." for number in range(300))
    write(shop.folder, {"content/faq/one.md": f"---\ntitle: One?\n---\n\n{pages}\n"})
    outcome = shop.run()
    assert len(shop.provider.calls) < 15
    assert outcome.findings[0].code == "translate-stopped"
    assert len(outcome.findings) <= 2


@pytest.mark.parametrize("error", [LOST, REFUSED, HELPLESS])
def test_what_one_provider_does_not_translate_goes_to_the_next(error: ProviderError, scripted: MakeShop):
    shop = scripted(
        lambda text: f"tr: {text}" if text == "Where is my order?" else error, {"spare": lambda text: f"spare: {text}"}
    )
    write(shop.folder, {"locales/tr/locale.yml": "provider: scripted\nfallback: [spare]\n"})
    outcome = shop.run(wishes=Wishes())
    first, second = outcome.rows[0].shares
    assert outcome.is_complete
    assert (first.provider, second.provider) == ("scripted", "spare")
    assert first.texts + second.texts == ALL
    machines = {
        shop.entry(page, msgid).machine.provider  # type: ignore[union-attr]
        for page, msgid in (("faq/where-is-my-order.md", "Open the link in our e-mail."), ("index.md", "Help"))
    }
    assert machines == {"spare"}
    assert len(outcome.findings) <= 1
    assert all("asked of the next provider" in found.message for found in outcome.findings)


def test_a_provider_that_is_named_is_asked_alone(scripted: MakeShop):
    shop = scripted(lambda _: HELPLESS, {"spare": lambda text: f"spare: {text}"})
    write(shop.folder, {"locales/tr/locale.yml": "provider: scripted\nfallback: [spare]\n"})
    assert shop.run().rows[0].failed == ALL
    assert shop.providers["spare"].asked == []


def test_a_fallback_that_does_not_exist_is_told_at_its_place(project_folder: Path):
    from helpcenter.translate.runner import translate_locales  # noqa: PLC0415 - without the script
    from project_cases import load, plan_all  # noqa: PLC0415 - as above

    write(project_folder, {"locales/tr/locale.yml": "provider: pseudo\nfallback: [psuedo, deepl]\n"})
    project, pages = load(project_folder)
    with pytest.raises(HelpcenterError) as caught:
        translate_locales(project, plan_all(project, pages, ["tr"]))
    assert [(found.code, found.place.path) for found in caught.value.findings] == [
        ("translate-unknown-provider", "locales/tr/locale.yml"),
        ("translate-missing-credential", "locales/tr/locale.yml"),
    ]


def test_locales_share_one_provider_and_its_batches(scripted: MakeShop):
    shop = scripted(limits=Limits(10_000, 1, 4))
    outcome = shop.run("de", "tr")
    assert [row.texts for row in outcome.rows] == [1, ALL]
    assert {target for _, _, target in shop.provider.calls} == {"de", "tr"}


def test_options_of_the_project_hold_for_all_locales_and_those_of_a_locale_for_its_own(
    project_folder: Path, monkeypatch: pytest.MonkeyPatch
):
    from helpcenter.translate import engines  # noqa: PLC0415 - beside its use
    from helpcenter.translate.pseudo import make_pseudo  # noqa: PLC0415 - as above

    seen: list[dict[str, Any]] = []

    def give(name: str, options: dict[str, Any], env: dict[str, str], **_: object) -> object:
        seen.append({"name": name, **options})
        return make_pseudo({}, env)

    monkeypatch.setattr(engines, "make_provider", give)
    edit(
        project_folder,
        "mkdocs.yml",
        "    source: en\n",
        "    source: en\n    providers: {a: {x: 1, y: 2}, b: {z: 3}}\n",
    )
    write(project_folder, {"locales/tr/locale.yml": "provider: a\nprovider_options: {y: 4}\nfallback: [b]\n"})
    project = load_project(project_folder)
    engines.Chains(project, None, {}).of(project.locales["tr"])
    assert seen == [{"name": "a", "x": 1, "y": 4}, {"name": "b", "z": 3}]


# The journal


def test_what_came_before_a_catalog_could_be_saved_is_not_asked_for_again(
    scripted: MakeShop, monkeypatch: pytest.MonkeyPatch
):
    from helpcenter.translate import checkpoints  # noqa: PLC0415 - beside its use

    shop = scripted()

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(checkpoints, "save_catalog", die)
        with pytest.raises(KeyboardInterrupt):
            shop.run()
    asked = set(shop.provider.asked)
    assert asked
    shop.forget()
    (row,) = shop.run().rows
    assert not asked & set(shop.provider.asked)
    assert (row.known, row.texts) == (len(asked), ALL - len(asked))
    assert set(shop.states()) == {State.MACHINE}


def test_a_journal_of_other_terms_is_not_used(scripted: MakeShop):
    shop = scripted()
    shop.run()
    before = set(shop.provider.asked)
    for file in (shop.folder / "locales/tr/catalog").rglob("*.po"):
        file.unlink()
    shop.forget()
    write(shop.folder, {"locales/tr/glossary.yml": "terms: [{term: order, translation: sipariş}]\n"})
    shop.run()
    again = before & set(shop.provider.asked)
    assert again
    assert all("order" in text.lower() for text in again)


def test_what_a_machine_had_said_of_an_edited_text_is_known(scripted: MakeShop):
    shop = scripted(lambda text: f"tr: {text}")
    shop.run()
    edit(shop.folder, "locales/tr/catalog/guides/returns.po", '"tr: How a return works."', '"İade nasıl olur."')
    edited = shop.entry("guides/returns.md", "How a return works.")
    assert edited.machine is not None
    journal = Answers.load(load_project(shop.folder), "tr")
    assert journal.text_of(edited.machine.output) == "tr: How a return works."
    linked = shop.entry("guides/returns.md", "Open `My orders`, then [write to us](contact.md).")
    assert journal.text_of(fingerprint(linked.msgstr)) == linked.msgstr


def test_a_stale_text_takes_what_its_new_source_has_elsewhere(scripted: MakeShop):
    shop = scripted()
    write(shop.folder, {"content/faq/one.md": "---\ntitle: One?\n---\n\nWe send it again.\n"})
    shop.run()
    edit(shop.folder, "locales/tr/catalog/faq/one.po", '"tr: We send it again."', '"Yeniden göndeririz."')
    shop.forget()
    edit(shop.folder, "content/policies/terms.md", "The seller is Small Shop.", "We send it again.")
    shop.run()
    assert shop.provider.asked == []
    assert "Yeniden göndeririz." in {
        shop.entry("policies/terms.md", "We send it again.").msgstr,
        shop.entry("policies/terms.md", "We send it again.").suggestion,
    }


# Money


def test_a_batch_that_would_pass_the_budget_is_not_sent(scripted: MakeShop):
    shop = scripted(cost_per_million=Decimal(1_000_000))
    outcome = shop.run(wishes=Wishes("scripted", budget=Decimal(100)))
    row, (found,) = outcome.rows[0], outcome.findings
    assert row.cost is not None
    assert 0 < row.cost <= 100
    assert row.texts + row.left == ALL
    assert found.code == "translate-budget"
    assert found.message.startswith(f"the budget of 100 EUR does not suffice: {row.left} of tr were not sent")
    assert not outcome.is_complete
    shop.forget()
    assert shop.run().is_complete
    assert len(shop.provider.asked) == row.left


def test_the_budget_of_the_project_holds_where_none_is_given(scripted: MakeShop):
    shop = scripted(cost_per_million=Decimal(1_000_000))
    edit(shop.folder, "mkdocs.yml", "    source: en\n", "    source: en\n    budget: 0.5\n")
    assert shop.run().rows[0].left == ALL
    assert shop.provider.asked == []


@pytest.mark.parametrize("dry_run", [True, False])
def test_no_budget_without_a_price(dry_run: bool, scripted: MakeShop):  # noqa: FBT001 - a case
    shop = scripted(cost_per_million=None)
    before = snapshot(shop.folder)
    with pytest.raises(HelpcenterError) as caught:
        shop.run(wishes=Wishes("scripted", budget=Decimal(5)), dry_run=dry_run)
    assert caught.value.findings[0].code == "translate-unpriced"
    assert "cost_per_million" in caught.value.findings[0].help
    assert snapshot(shop.folder) == before


# The glossary


def test_texts_of_an_older_glossary_are_made_anew_where_that_is_asked_for(scripted: MakeShop):
    shop = scripted()
    shop.run()
    edit(shop.folder, "locales/tr/catalog/guides/returns.po", '"tr: How a return works."', '"İade nasıl olur."')
    write(
        shop.folder,
        {
            "locales/tr/glossary.yml": (
                "terms: [{term: order, translation: sipariş}, {term: return, translation: iade}]\n"
            )
        },
    )
    shop.forget()
    shop.provider.answer = lambda text: f"yeni: {text}"
    assert shop.run().rows[0].texts == 0
    wishes = Wishes("scripted", older_glossary=True)
    planned = shop.run(dry_run=True, wishes=wishes)
    done = shop.run(wishes=wishes)
    assert planned.rows == done.rows
    assert done.rows[0].texts > 0
    assert shop.entry("faq/where-is-my-order.md", "Where is my order?").msgstr == "yeni: Where is my order?"
    mine = shop.entry("guides/returns.md", "How a return works.")
    assert (mine.msgstr, mine.suggestion) == ("İade nasıl olur.", None)
    shop.forget()
    assert shop.run(wishes=wishes).rows[0].texts == 0
    assert shop.provider.asked == []


# Stops, locks and the disk


def test_whoever_stops_a_run_gets_what_was_out(scripted: MakeShop):
    shop = scripted()
    before = shop.states().count(State.MACHINE)
    outcome = shop.run(is_stopped=lambda: bool(shop.provider.asked))
    assert (outcome.stopped, outcome.abandoned) == (True, 0)
    assert (outcome.rows[0].texts, outcome.rows[0].left) == (3, ALL - 3)
    assert shop.states().count(State.MACHINE) == before + 3
    assert outcome.findings == ()


def test_two_runs_at_once_are_refused(scripted: MakeShop):
    shop = scripted()
    lock = shop.folder / ".build/translate/lock"
    write(shop.folder, {".build/translate/lock": "4711"})
    before = snapshot(shop.folder / "locales")
    with lock.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(HelpcenterError) as caught:
            shop.run()
    (found,) = caught.value.findings
    assert (found.code, "process 4711" in found.message) == ("translate-running", True)
    assert snapshot(shop.folder / "locales") == before
    assert shop.run().is_complete


def _full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_disk_that_is_full_for_catalogs_costs_nothing(scripted: MakeShop, monkeypatch: pytest.MonkeyPatch):
    shop = scripted()
    shop.run(dry_run=True)
    with monkeypatch.context() as patch:
        patch.setattr(files.os, "replace", _full)
        outcome = shop.run(wishes=SCRIPTED)
    codes = [found.code for found in outcome.findings]
    assert codes == ["file-unreadable", "translate-not-saved"]
    assert f"{ALL} translations of tr are not in their catalogs yet" in outcome.findings[1].message
    assert not outcome.is_complete
    shop.forget()
    assert shop.run().is_complete
    assert shop.provider.asked == []
    assert set(shop.states()) == {State.MACHINE}


def test_a_disk_that_is_full_for_the_journal_ends_the_run(scripted: MakeShop, monkeypatch: pytest.MonkeyPatch):
    shop = scripted()
    before = shop.states().count(State.MACHINE)
    with monkeypatch.context() as patch:
        patch.setattr(Answers, "add", _refuse)
        outcome = shop.run()
    assert [found.code for found in outcome.findings] == ["file-unreadable"]
    # What had come is in the catalogs, and nothing more was asked for.
    assert (len(shop.provider.asked), shop.states().count(State.MACHINE)) == (3, before + 3)
    assert not outcome.is_complete


def _refuse(*_: object) -> None:
    raise HelpcenterError(finding("file-unreadable", "cannot write the file", Place("journal")))


def test_a_catalog_that_breaks_meanwhile_keeps_its_texts_in_the_journal(scripted: MakeShop):
    def answer(text: str) -> str:
        (shop.folder / "locales/tr/catalog/index.po").write_text('msgid "', "utf-8")
        return f"tr: {text}"

    shop = scripted(answer)
    healthy = (shop.folder / "locales/tr/catalog/index.po").read_bytes()
    outcome = shop.run()
    assert "translate-not-saved" in {found.code for found in outcome.findings}
    assert "catalog-syntax" in {found.code for found in outcome.findings}
    (shop.folder / "locales/tr/catalog/index.po").write_bytes(healthy)
    shop.forget()
    shop.provider.answer = lambda text: f"tr: {text}"
    assert shop.run().is_complete
    assert shop.provider.asked == []


# What is sent


def test_no_request_carries_what_is_not_to_be_translated(scripted: MakeShop):
    shop = scripted()
    secrets = (
        "sk-4711",
        "intern@small.example",
        "api.small.example",
        "printf",
        "returns.days",
        "geheim",
        "queries-only",
    )
    front = (
        "---\ntitle: New page?\ntype: faq\nsummary: A short text.\nowner: intern@small.example\ntoken: sk-4711\n"
        "queries: [queries-only]\n---\n\n"
    )
    body = (
        "Call [our service](https://api.small.example/v1?key=sk-4711) with `printf sk-4711`.\n\n"
        "You have {{ returns.days }} <span data-key='geheim'>to decide</span>.\n\n"
        "```sh\nprintf sk-4711\n```\n\n<!-- geheim -->\n\nWrite to <intern@small.example> or [us][mail].\n\n"
        "[mail]: mailto:intern@small.example\n"
    )
    write(shop.folder, {"content/faq/secret.md": front + body})
    edit(shop.folder, "mkdocs.yml", "    source: en\n", "    source: en\n    front_matter: {kept: [token]}\n")
    from helpcenter.catalog import plan_extraction  # noqa: PLC0415 - with keys of the project
    from helpcenter.content import load_outlines  # noqa: PLC0415 - as above
    from helpcenter.translate.runner import Surroundings, translate_locales  # noqa: PLC0415 - as above

    project = load_project(shop.folder)
    read = load_outlines(project.content, project.root, {}, project.configuration.settings.front_matter)
    assert read is not None
    plans = [plan_extraction(project, read[0], project.locales[tag]) for tag in ("de", "tr")]
    assert translate_locales(project, plans, SCRIPTED, Surroundings(env={})).is_complete
    assert seal("Call [our service](https://x.example) with `y`.").text in shop.provider.asked
    for secret in secrets:
        assert not [text for text in shop.provider.asked if secret in text], secret
    journal = journal_path(project, "tr").read_text("utf-8")
    assert "Call [our service" in journal


@pytest.mark.parametrize("code", ["auth", "quota", "setup"])
def test_what_no_service_took_in_costs_nothing(code: ErrorCode, scripted: MakeShop):
    shop = scripted(cost_per_million=Decimal(1_000_000))
    shop.provider.answer = lambda _text: ProviderError(code, "refused")
    row = shop.run(wishes=Wishes("scripted", budget=Decimal(10_000))).rows[0]
    assert row.failed == ALL
    assert not row.cost
