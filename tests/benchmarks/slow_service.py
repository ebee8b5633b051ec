"""A translation service in a process of its own, as slow as a real one, that notes what it is asked.

    python tests/benchmarks/slow_service.py libretranslate --latency 0.1 --log FILE

It prints its address. It speaks as tests/translate/provider_dialects.py has it, and as deep-translator's own classes do.  Its
translations are Turkish words in the place of English ones: no sense, but of a language and of a length.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "translate"))

from provider_dialects import KEY, make_dialect
from provider_services import LISTS, Asked, Reply, Service

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["KEY", "Server", "serve"]

# No conjunctions: a text that ends in one is refused as cut short.
WORDS = [
    *(
        "kargo",
        "iade",
        "ürün",
        "günü",
        "adres",
        "ödeme",
        "üye",
        "hesap",
        "sayfa",
        "fiyat",
        "kutu",
        "kart",
        "para",
        "renk",
    ),
    *(
        "ölçü",
        "yıkama",
        "yazın",
        "açın",
        "seçin",
        "gelir",
        "olur",
        "biter",
        "alır",
        "verir",
        "bulur",
        "sipariş",
        "ücret",
    ),
]
_PIECE = re.compile(r"__PH\d+__|[A-Za-z]+(?:'[a-z]+)?")


def translate(text: str) -> str:
    """Put a Turkish word in the place of each English one; the same text always becomes the same."""

    def replaced(match: re.Match[str]) -> str:
        word = match[0]
        if word.startswith("__PH"):
            return word
        chosen = WORDS[zlib.crc32(f"{match.start()} {word}".encode()) % len(WORDS)]
        return chosen.capitalize() if word[0].isupper() else chosen

    return _PIECE.sub(replaced, text)


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dialect", choices=["deepl", "libretranslate"])
    parser.add_argument("--latency", type=float, default=0.1, help="seconds before each answer")
    parser.add_argument("--log", type=Path, required=True)
    options = parser.parse_args()
    dialect = make_dialect(options.dialect)
    speak = dialect.handler(translate)
    service = Service()

    def handle(asked: Asked) -> Reply:
        if asked.path.endswith(LISTS) or asked.method == "DELETE":
            return speak(asked)
        # As deep-translator's own classes ask: one text, in the address.
        is_library = asked.body is None
        texts = [asked.query.get("q") or asked.query["text"]] if is_library else dialect.texts(asked)
        with options.log.open("a", encoding="utf-8") as log:
            log.write(json.dumps(texts) + "\n")
        time.sleep(options.latency)
        if not is_library:
            return speak(asked)
        answer = translate(texts[0])
        body: Any = {"translatedText": answer, "translations": [{"text": answer}]}
        return Reply(body)

    service.handle = handle
    # Whoever is killed closes no connection.
    service.server.handle_error = lambda *_: None  # type: ignore[method-assign]
    print(service.url, flush=True)
    service.server.serve_forever()


@dataclass
class Server:
    """A service that runs.

    Args:
        url: its address.
        log: where it notes what it was asked, a list of texts in each line.
    """

    url: str
    log: Path

    def asked(self) -> list[list[str]]:
        """Give the texts of each request for translations so far."""
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()] if self.log.exists() else []


@contextmanager
def serve(dialect: str, folder: Path, latency: float = 0.1) -> Iterator[Server]:
    """Run a service in a process of its own."""
    log = folder / f"{dialect}.log"
    command = [sys.executable, __file__, dialect, "--latency", str(latency), "--log", str(log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield Server(process.stdout.readline().strip(), log)
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
