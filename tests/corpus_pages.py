"""Pages that nobody of this project wrote, to prove on real Markdown what golden cases prove in small.

They lie in the folder that ``HELPCENTER_CORPORA`` names.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from helpcenter.checks import Gate
from helpcenter.content import MarkdownConfig, Page, mend, parse_page, seal, unseal
from helpcenter.content.blocks import scan_blocks
from helpcenter.content.frontmatter import FrontMatter
from helpcenter.content.references import fold_label
from helpcenter.content.segments import make_segments
from helpcenter.diagnostics import HelpcenterError
from helpcenter.translate.pseudo import pseudo_text

if TYPE_CHECKING:
    from helpcenter.checks import Verdict

FOLDER = Path(os.environ.get("HELPCENTER_CORPORA", Path(__file__).parents[2] / "shared" / "corpora"))
ABSENT = f"no pages below {FOLDER}; set HELPCENTER_CORPORA to a folder of pages"
EXCEPTIONS: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "content/cases/corpora.yml").read_text("utf-8")
)

# What Material documents and what FastAPI uses, all at once.
CONFIG = MarkdownConfig(
    (
        "abbr",
        "admonition",
        "attr_list",
        "def_list",
        "footnotes",
        "md_in_html",
        "tables",
        "toc",
        "pymdownx.arithmatex",
        "pymdownx.betterem",
        "pymdownx.blocks.admonition",
        "pymdownx.blocks.caption",
        "pymdownx.blocks.details",
        "pymdownx.blocks.tab",
        "pymdownx.caret",
        "pymdownx.critic",
        "pymdownx.details",
        "pymdownx.emoji",
        "pymdownx.highlight",
        "pymdownx.inlinehilite",
        "pymdownx.keys",
        "pymdownx.mark",
        "pymdownx.smartsymbols",
        "pymdownx.snippets",
        "pymdownx.superfences",
        "pymdownx.tabbed",
        "pymdownx.tasklist",
        "pymdownx.tilde",
    ),
    {
        "toc": {"permalink": True},
        "pymdownx.arithmatex": {"generic": True},
        "pymdownx.betterem": {"smart_enable": "all"},
        "pymdownx.blocks.admonition": {
            "types": "note attention caution danger error tip hint warning info check".split()  # noqa: SIM905 - shorter
        },
        "pymdownx.blocks.tab": {"alternate_style": True},
        "pymdownx.emoji": {
            "emoji_index": "material.extensions.emoji.twemoji",
            "emoji_generator": "material.extensions.emoji.to_svg",
        },
        "pymdownx.highlight": {"anchor_linenums": True, "line_spans": "__span", "pygments_lang_class": True},
        "pymdownx.snippets": {"check_paths": False},
        "pymdownx.superfences": {
            "custom_fences": [
                {"name": "mermaid", "class": "mermaid", "format": "pymdownx.superfences.fence_code_format"}
            ]
        },
        "pymdownx.tabbed": {"alternate_style": True, "combine_header_slug": True},
        "pymdownx.tasklist": {"custom_checkbox": True},
    },
)
_FRONT_MATTER = re.compile(r"\A\ufeff?---\r?\n.*?\r?\n---\r?\n", re.DOTALL)


@cache
def corpus_files() -> tuple[Path, ...]:
    """Give all pages, sorted; none where the folder is absent."""
    return tuple(sorted(file for file in FOLDER.glob("*/**/*.md"))) if FOLDER.is_dir() else ()


def corpus_name(file: Path) -> str:
    return file.relative_to(FOLDER).as_posix()


def load_page(name: str) -> Page:
    return corpus_page(name, (FOLDER / name).read_bytes().decode("utf-8"))


def corpus_page(name: str, source: str) -> Page:
    """Make a page of a text: through the real parser, or its body alone where its front matter is not ours."""
    try:
        return parse_page(name, source)
    except HelpcenterError:
        front = _FRONT_MATTER.match(source)
        start = front.end() if front else 0
        blocks = scan_blocks(source, start)
        segments = make_segments(source, [], blocks.slices)
        labels = frozenset(fold_label(definition.label.strip()) for definition in blocks.definitions)
        return Page(name, name, source, FrontMatter(title="T", type="guide"), start, segments, labels=labels)


@cache
def gate() -> Gate:
    return Gate(CONFIG)


def translate(page: Page, variant: str) -> dict[str, str]:
    """Translate all texts of a page on the way that a real translation goes: sealed, translated, unsealed."""
    texts = {}
    for segment in page.segments:
        sealed = seal(segment.text, page.labels)
        text = unseal(pseudo_text(sealed.text, variant), sealed.tokens)
        texts[segment.text] = mend(segment.text, text, page.labels)
    return texts


def judge(page: Page, variant: str) -> tuple[Verdict, ...]:
    """Let the gate judge a page in a variant of the pseudo-translation."""
    return gate().judge(page, translate(page, variant))
