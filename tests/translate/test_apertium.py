"""Apertium: its adapter with a program that behaves as the test says, and with the real one where it is installed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from helpcenter.diagnostics import HelpcenterError
from helpcenter.translate import MASK, Job, Provider, Request, make_provider
from helpcenter.translate.apertium import read_modes

if TYPE_CHECKING:
    from collections.abc import Callable

    Install = Callable[[str], Provider]

ENGLISH_TO_SPANISH = Job("en", "es")
# Without what Python imports for a whole environment, for it is started often.
HEAD = f"""#!{sys.executable} -SE
import json, os, sys
folder = os.path.dirname(__file__)
if "-l" in sys.argv:
    print("  eng-spa\\n  spa-eng\\n  spa-eng_US\\n  eng-cat\\n  eng-cat_valencia\\n  nno-nob\\n  es-pt_BR")
    raise SystemExit
text = sys.stdin.buffer.read().decode()
with open(folder + "/calls.jsonl", "a") as calls:
    print(json.dumps({{"words": sys.argv[1:], "text": text, "env": dict(os.environ)}}), file=calls)
"""
ANSWER = "sys.stdout.write(text.replace('Pay', 'Paga').replace('parcel', 'paquete'))"


@pytest.fixture
def install(tmp_path: Path) -> Install:
    def write(body: str, **options: object) -> Provider:
        program = tmp_path / "apertium"
        program.write_text(HEAD + body, "utf-8")
        program.chmod(0o755)
        env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "HELPCENTER_DEEPL_KEY": "secret"}
        return make_provider("apertium", options, env)

    return write


def calls(tmp_path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (tmp_path / "calls.jsonl").read_text("utf-8").splitlines()]


def ask(provider: Provider, *texts: str, job: Job = ENGLISH_TO_SPANISH) -> list[str | None]:
    """Give translations, or codes of errors in angle brackets."""
    results = provider.translate([Request(text, str(n)) for n, text in enumerate(texts)], job)
    assert [result.request.id for result in results] == [str(n) for n in range(len(texts))]
    return [f"<{result.error.code}>" if result.error else result.text for result in results]


def test_texts_travel_together_on_standard_input(install: Install, tmp_path: Path) -> None:
    provider = install(ANSWER)
    assert ask(provider, "Pay now\n\nor later", "14 €", " Pay __PH0__ ") == [
        "Paga now\nor later",
        "14 €",
        " Paga __PH0__ ",
    ]
    (call,) = calls(tmp_path)
    assert call["words"] == ["-u", "-f", "txt", "eng-spa"]
    assert call["text"] == "Pay now\nor later\n\nPay __PH0__"


def test_no_shell_sees_a_text_and_the_program_no_key(install: Install, tmp_path: Path) -> None:
    text = f"Pay $(touch {tmp_path}/x); `id` | cat > y && 'z'"
    assert ask(install(ANSWER), text) == [text.replace("Pay", "Paga")]
    assert not (tmp_path / "x").exists()
    (call,) = calls(tmp_path)
    assert "secret" not in json.dumps(call)
    assert call["env"]["LC_ALL"] == "C.UTF-8"


def test_paragraphs_that_went_astray_are_asked_for_in_halves(install: Install, tmp_path: Path) -> None:
    body = "sys.stdout.write(text.replace('Pay', 'Paga') if text.count('Pay') < 2 else 'Paga')"
    provider = install(body)
    assert ask(provider, "Pay one", "Pay two", "Pay three") == ["Paga one", "Paga two", "Paga three"]
    assert len(calls(tmp_path)) == 5


ANSWERS = [
    ("Pay __PH0__ now", "Paga ahora", "<response>"),
    ("Read [it __PH0__ now", "Lee [ __PH0__ ahora", "<response>"),
    ("Select **pay**", "Elige **pagar", "<response>"),
    ("Select **pay** now", "Elige ** pagar ** ahora", "Elige **pagar** ahora"),
    ("We have it all", "  Lo  tenemos  todo ", "Lo tenemos todo"),
    ("Where is my order?", "Where is my order?", "<echo>"),
    ("Apple Pay", "Apple Pay", "Apple Pay"),
]


def test_answers_are_taken_or_refused_each_by_itself(install: Install) -> None:
    provider = install(f"sys.stdout.write({chr(10) * 2!r}.join({[answer for _, answer, _ in ANSWERS]!r}))")
    assert ask(provider, *(text for text, _, _ in ANSWERS)) == [wanted for _, _, wanted in ANSWERS]


def test_an_empty_answer_and_broken_letters_are_seen(install: Install) -> None:
    assert ask(install("print()"), "Pay now") == ["<response>"]
    assert ask(install("sys.stdout.buffer.write(b'Paga \\xff')"), "Pay now") == ["<response>"]


def test_a_failure_says_what_the_program_said(install: Install) -> None:
    provider = install("sys.exit('no such\\n  mode ' + 'x' * 500)")
    (result,) = provider.translate([Request("Pay", "1")], ENGLISH_TO_SPANISH)
    assert result.error is not None
    assert result.error.code == "internal"
    assert result.error.message.startswith("apertium failed: no such mode xxx")
    assert len(result.error.message) < 250


def test_a_program_that_hangs_is_ended_with_all_it_started(install: Install, tmp_path: Path) -> None:
    body = """
import signal
child = os.fork()
if child:
    with open(folder + "/pid", "w") as file:
        file.write(str(child))
signal.pause()
"""
    provider = install(body, timeout=1)
    (result,) = provider.translate([Request("Pay", "1")], ENGLISH_TO_SPANISH)
    assert result.error is not None
    assert (result.error.code, result.error.retryable) == ("timeout", True)
    # Whoever is killed answers no signal any more; one that nobody has buried yet is a zombie.
    child = int((tmp_path / "pid").read_text("utf-8"))
    try:
        os.kill(child, signal.SIGCONT)
    except ProcessLookupError:
        return
    assert Path(f"/proc/{child}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z"


MODES = {
    ("en", "es"): "eng-spa",
    ("en-GB", "es-419"): "eng-spa",
    ("es", "en"): "spa-eng",
    ("es", "en-US"): "spa-eng_US",
    ("en", "ca"): "eng-cat",
    ("nn", "nb"): "nno-nob",
    ("es", "pt-BR"): "es-pt_BR",
}


def test_languages_are_those_of_the_installed_pairs(install: Install, tmp_path: Path) -> None:
    provider = install(ANSWER)
    for source, target in MODES:
        assert provider.supports(source, target)
        ask(provider, "Pay", job=Job(source, target))
    assert [call["words"][-1] for call in calls(tmp_path)] == list(MODES.values())


def test_other_pairs_are_refused(install: Install) -> None:
    provider = install(ANSWER)
    for source, target in [("en", "tr"), ("de", "es"), ("en", "en-US"), ("es-MX", "es")]:
        assert not provider.supports(source, target)
        (result,) = provider.translate([Request("Pay", "1")], Job(source, target))
        assert result.error is not None
        assert result.error.code == "language"
        assert "installed are: eng-cat, " in result.error.message


def test_what_is_no_pair_is_passed_over() -> None:
    assert read_modes("  eng-spa\n\nError: x\n eng-cat_valencia_uni\n") == {
        "eng": {"spa": "eng-spa", "cat_valencia_uni": "eng-cat_valencia_uni"}
    }


def test_a_missing_program_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(HelpcenterError) as caught:
        make_provider("apertium", {}, {"PATH": str(tmp_path)})
    (one,) = caught.value.findings
    assert one.code == "translate-missing-program"
    assert "apt-get install apertium-eng-spa" in (one.help or "")
    with pytest.raises(HelpcenterError, match="/nowhere/apertium"):
        make_provider("apertium", {"program": "/nowhere/apertium"}, {"PATH": str(tmp_path)})


def test_options_are_checked_all_at_once(install: Install) -> None:
    with pytest.raises(HelpcenterError) as caught:
        install("", timeout=0, programm="x")
    assert [one.code for one in caught.value.findings] == ["translate-option"] * 2


@pytest.fixture(scope="module")
def real() -> Provider:
    if shutil.which("apertium") is None:
        pytest.skip("apertium is not installed")
    provider = make_provider("apertium", {}, os.environ)
    if not provider.supports("en", "es"):
        pytest.skip("apertium-eng-spa is not installed")
    return provider


SEALED = [
    "Where is my order?",
    "Write to __PH0__ . We answer within __PH1__ . Have your order number ready: it looks like __PH2__ .",
    "Open your order on the [orders page __PH0__ and check whether the refund was sent.",
    "**Access to your mailbox.** We send links and confirmations there.",
    "Select **Track parcel** in the e-mail.",
    "We have it.\nYou pay ^nothing$ [a/b] {c} \\ @ <d> & 5 < 6.",
    "订单 🙂 the order\u00a0is __PH0____PH1__ late",
]


def test_the_real_program_keeps_masks_and_marks(real: Provider) -> None:
    results = real.translate([Request(text, "1") for text in SEALED], Job("en-GB", "es"))
    for text, result in zip(SEALED, results, strict=True):
        assert result.text is not None, result.error
        assert result.text != text
        assert sorted(MASK.findall(result.text)) == sorted(MASK.findall(text))
        assert result.text.count("**") == text.count("**")
        assert "  " not in result.text
        assert "*" not in result.text.replace("**", "")
