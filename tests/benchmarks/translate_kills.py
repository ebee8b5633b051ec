"""Kill ``helpcenter translate`` at random moments, and look at what the service is asked and the catalogs become.

    python tests/benchmarks/translate_kills.py [--times 200] [--seed 1] [--latency 0.1]

After each kill all catalogs can be read; the same command once more asks for no text that was in the journal before, leaves
none missing, and ends in the bytes of a run that nobody disturbed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "catalog"))
sys.path.insert(0, str(Path(__file__).parent))

from kill_cases import call, files_of
from slow_service import KEY, Server, serve

# A fork has what is here already.
import helpcenter.cli.translation
import helpcenter.site.sheets
import helpcenter.translate.libretranslate
import helpcenter.translate.runner
from helpcenter.catalog import State, load_catalogs
from helpcenter.catalog.answers import Answers
from helpcenter.project import load_project
from killing import dies_after, time_of
from project_cases import SMALL_SHOP, write

PRELOADED = (
    helpcenter.cli.translation,
    helpcenter.site.sheets,
    helpcenter.translate.libretranslate,
    helpcenter.translate.runner,
)
PAGES = 12
WORDS = (
    "parcel",
    "label",
    "refund",
    "invoice",
    "order",
    "payment",
    "address",
    "delivery",
    "return",
    "colour",
    "box",
    "shop",
)


def prepare(folder: Path) -> None:
    """Write a shop with texts for some twenty requests."""
    shutil.copytree(SMALL_SHOP, folder)
    shutil.rmtree(folder / "locales" / "tr")
    write(
        folder,
        {"locales/tr/locale.yml": "provider: libretranslate\nprovider_options: {max_items: 5, concurrency: 2}\n"},
    )
    dice = random.Random(1)  # noqa: S311 - sentences, no secrets
    for page in range(PAGES):
        lines = [
            f"Open `page {page}` and look for the {dice.choice(WORDS)} of your {dice.choice(WORDS)}, then wait {number} days."
            for number in range(2, 10)
        ]
        text = "\n\n".join(lines)
        write(
            folder, {f"content/faq/page-{page}.md": f"---\ntitle: Page {page} of the {WORDS[page]}?\n---\n\n{text}\n"}
        )


def journaled(folder: Path) -> set[str]:
    """Give the texts whose answers are kept."""
    return {answer.question.text for answer in Answers.load(load_project(folder), "tr")}


class Case:
    """The shop, before and after.

    Args:
        folder: where it is.
        server: the service.
    """

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder, self.server = folder, server
        prepare(folder / "before")
        shutil.copytree(folder / "before", folder / "finished")
        self.seconds = time_of(partial(call, folder / "finished", "translate", "-l", "tr"))
        self.texts = {text for batch in server.asked() for text in batch}
        self.requests = len(server.asked())
        self.finished = files_of(folder / "finished")

    def kill(self, seconds: float) -> bool:
        """Start anew and kill it after a while; give whether it was at work."""
        shutil.rmtree(self.folder / "killed", ignore_errors=True)
        shutil.copytree(self.folder / "before", self.folder / "killed")
        return dies_after(seconds, partial(call, self.folder / "killed", "translate", "-l", "tr"))

    def check(self) -> int:
        """Check what is there and what becomes of it; give how many texts had been kept.

        Raises:
            AssertionError: something is lost, broken, or was asked for twice.
        """
        killed = self.folder / "killed"
        _, found = load_catalogs(killed / "locales/tr/catalog", killed)
        assert found == []
        kept, before = journaled(killed), len(self.server.asked())
        time_of(partial(call, killed, "translate", "-l", "tr"))
        asked = [text for batch in self.server.asked()[before:] for text in batch]
        assert not kept & set(asked), "a text was asked for once more"
        assert len(asked) == len(set(asked)), "a text was asked for twice in one run"
        assert kept | set(asked) == self.texts, "a text was lost"
        catalogs, _ = load_catalogs(killed / "locales/tr/catalog", killed)
        states = {entry.state for catalog in catalogs.values() for entry in catalog.active}
        assert states == {State.MACHINE}
        left = files_of(killed)
        assert left.keys() == self.finished.keys()
        assert [name for name in left if left[name] != self.finished[name]] == []
        return len(kept)


def main() -> None:
    """Print how many kills met the command at work; a check that fails ends the run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--latency", type=float, default=0.1)
    options = parser.parse_args()
    dice = random.Random(options.seed)  # noqa: S311 - moments, no secrets
    with tempfile.TemporaryDirectory() as folder, serve("libretranslate", Path(folder), options.latency) as server:
        os.environ |= {"HELPCENTER_LIBRETRANSLATE_URL": server.url, "HELPCENTER_LIBRETRANSLATE_KEY": KEY}
        case = Case(Path(folder), server)
        print(f"undisturbed: {len(case.texts)} texts, {case.requests} requests, {case.seconds:.1f} s", flush=True)
        met = kills = partly = 0
        while met < options.times:
            met += case.kill(dice.uniform(0, case.seconds))
            kills += 1
            partly += 0 < case.check() < len(case.texts)
    print(
        f"killed at work {met} times of {kills}, {partly} of them with a part of the answers: all catalogs readable, nothing "
        "asked twice, nothing lost, the same end each time"
    )


if __name__ == "__main__":
    main()
