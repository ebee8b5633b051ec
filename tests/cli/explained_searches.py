"""A small built site, and what an editor is told of searches on it; run as a script it writes that down anew."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from helpcenter.search import Document, Section, Vocabulary, build_index, load_vocabulary, write_index

if TYPE_CHECKING:
    from collections.abc import Sequence

CASES = Path(__file__).parent / "cases/searching"
WORDS = """\
synonyms:
  - [iade, geri gönderme]
misspellings:
  kargu: [kargo]
"""


def page(url: str, title: str, *texts: tuple[str, str], lang: str = "tr", **more: Sequence[str] | str) -> Document:
    sections = tuple(Section(f"s{number}" if head else "", head, text) for number, (head, text) in enumerate(texts))
    keywords, bridge = tuple(more.pop("keywords", ())), tuple(("", name) for name in more.pop("bridge", ()))
    return Document(url, title, sections=sections, keywords=keywords, lang=lang, bridge=bridge, **more)  # type: ignore[arg-type]


PAGES = (
    page(
        "guides/returns/",
        "Ürün iade etme",
        ("", "Ürünü otuz gün içinde geri gönderebilirsiniz."),
        ("İade etiketi", "Etiketi yazdırın ve kargo paketine yapıştırın."),
        type="guide",
        answer="",
        keywords=("geri gönderme", "değişim"),
        bridge=("Send something back", "return label"),
    ),
    page(
        "faq/where-is-my-order/",
        "Siparişim nerede?",
        ("", "Kargo takip numarasıyla siparişinizi izleyin."),
        type="faq",
        answer="Siparişinizi kargo takip numarasıyla izleyin.",
        bridge=("Where is my order?",),
    ),
    page(
        "policies/terms/", "Terms", ("", "The seller of your order is Small Shop."), type="policy", answer="", lang="en"
    ),
)


def make_shop(folder: Path) -> Path:
    """Put words and a built index into the folder of a shop."""
    (folder / "locales/tr/search.yml").write_text(WORDS, "utf-8")
    words, findings = load_vocabulary(folder / "locales/tr", folder)
    assert findings == []
    index = build_index(PAGES, "tr", words, {"en": Vocabulary()}, source="en")
    (folder / "site/tr/search").mkdir(parents=True)
    write_index(index, folder / "site/tr/search")
    return folder


def without_numbers(said: str) -> str:
    """Leave out scores, which change whenever the ranking is tuned; what it does with a word stays."""
    return re.sub(r" *\d+\.\d+", " #", said)


def main() -> None:
    """Write what the command says of each query; read the difference."""
    with tempfile.TemporaryDirectory() as name:
        small = Path(__file__).parents[1] / "small_shop"
        shop = make_shop(shutil.copytree(small, Path(name) / "shop"))
        for case in sorted(CASES.glob("*.txt")):
            query = case.read_text("utf-8").split("\n", 1)[0].removeprefix("> ")
            command = [sys.executable, "-m", "helpcenter", "-C", str(shop), "search", query, "-l", "tr", "--explain"]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            case.write_text(f"> {query}\n{said}", "utf-8")


if __name__ == "__main__":
    main()
