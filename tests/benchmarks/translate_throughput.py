"""Measure ``helpcenter translate`` against a service of 100 ms, and deep-translator's own ``translate_batch`` beside it.

    python tests/benchmarks/translate_throughput.py [--latency 0.1] [--texts 655]

Both translate the same texts of the demo into Turkish, through the same service in a process of its own.  Ours is the whole
command, from its start to the saved catalogs; the other is the loop alone.  Requests are counted at the service.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from math import ceil
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from deep_translator import DeeplTranslator, LibreTranslator
from slow_service import KEY, Server, serve

_HOME = Path(__file__).resolve().parents[2]
# Characters and texts of a request, as docs/providers.md has them.
LIMITS = {"libretranslate": (2000, 25), "deepl": (18_000, 50)}


def prepare(root: Path, dialect: str, server: Server) -> None:
    """Copy the demo without its Turkish catalogs, and let Turkish be translated by the service."""
    for name in ("content", "locales", "overrides"):
        shutil.copytree(_HOME / name, root / name)
    shutil.copy(_HOME / "mkdocs.yml", root / "mkdocs.yml")
    shutil.rmtree(root / "locales" / "tr" / "catalog")
    (root / "locales" / "tr" / "glossary.yml").unlink(missing_ok=True)
    url = f"provider_options: {{url: {server.url}}}\n" if dialect == "deepl" else ""
    (root / "locales" / "tr" / "locale.yml").write_text(f"region: TR\nprovider: {dialect}\n{url}", "utf-8")


def environment(dialect: str, server: Server) -> dict[str, str]:
    """Give what the provider reads."""
    if dialect == "deepl":
        return os.environ | {"HELPCENTER_DEEPL_KEY": KEY}
    return os.environ | {"HELPCENTER_LIBRETRANSLATE_URL": server.url, "HELPCENTER_LIBRETRANSLATE_KEY": KEY}


def translate_by_library(dialect: str, server: Server, texts: list[str]) -> None:
    """Translate as deep-translator does."""
    if dialect == "deepl":
        translator = DeeplTranslator(api_key=KEY, source="en", target="tr", use_free_api=True)
        translator._base_url = f"{server.url}/v2/"  # noqa: SLF001 - it has no option for it
    else:
        translator = LibreTranslator(source="en", target="tr", api_key=KEY, custom_url=f"{server.url}/")
    translator.translate_batch(texts)


def compare(dialect: str, options: argparse.Namespace, folder: Path) -> None:
    """Print one line for a service."""
    with serve(dialect, folder, options.latency) as server:
        root = folder / dialect
        prepare(root, dialect, server)
        command = [sys.executable, "-m", "helpcenter", "translate", "-l", "tr"]
        started = time.perf_counter()
        done = subprocess.run(
            command, cwd=root, env=environment(dialect, server), capture_output=True, text=True, check=False
        )
        ours = time.perf_counter() - started
        asked = server.asked()
        texts = list(dict.fromkeys(text for batch in asked for text in batch))
        chars, items = LIMITS[dialect]
        least = max(ceil(sum(map(len, texts)) / chars), ceil(len(texts) / items))
        sample = texts[: options.texts]
        started = time.perf_counter()
        translate_by_library(dialect, server, sample)
        theirs = (time.perf_counter() - started) * len(texts) / len(sample)
    print(
        f"{dialect:<16}{len(texts):>6}{sum(map(len, texts)):>8}{len(asked):>10}{least:>7}{ours:>8.1f}{theirs:>16.1f}"
        f"{theirs / ours:>8.1f}"
    )
    if done.returncode != 0:
        print(done.stdout, done.stderr)


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--latency", type=float, default=0.1)
    parser.add_argument(
        "--texts", type=int, default=10_000, help="that deep-translator translates; its time is scaled up"
    )
    parser.add_argument("dialects", nargs="*", default=["libretranslate", "deepl"], metavar="SERVICE")
    options = parser.parse_args()
    print(
        f"{'':<16}{'texts':>6}{'chars':>8}{'requests':>10}{'least':>7}{'ours s':>8}{'translate_batch':>16}{'ratio':>8}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for dialect in options.dialects:
            compare(dialect, options, Path(folder))


if __name__ == "__main__":
    main()
