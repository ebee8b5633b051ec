from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from helpcenter.content import assemble, parse_page, skeleton_difference
from helpcenter.content.blocks import scan_blocks
from helpcenter.content.inline import find_opaque
from helpcenter.content.segments import make_segments

if TYPE_CHECKING:
    from helpcenter.content import Renderer, Segment

GOLDEN = yaml.safe_load((Path(__file__).parent / "cases" / "segments.yml").read_text("utf-8"))
NAMES = [case["name"] for case in GOLDEN]


@pytest.mark.parametrize("case", GOLDEN, ids=NAMES)
def test_pages_are_cut_into_segments(case: dict[str, Any]):
    blocks = scan_blocks(case["source"])
    segments = make_segments(case["source"], [], blocks.slices)
    assert [f"{segment.kind} | {segment.text}" for segment in segments] == case["segments"]
    assert [segment.anchor for segment in segments] == case.get("anchors", [""] * len(segments))
    assert [part.what for part in blocks.unsupported] == case.get("unsupported", [])


def in_other_letters(segment: Segment) -> str:
    """Translate into a language of one letter, with all markup kept."""
    parts, position = [], 0
    for part in [*find_opaque(segment.text), None]:
        words = segment.text[position : part.start if part else None]
        parts.append(re.sub(r"[^\W\d_]", "ж", words))
        if part:
            parts.append(part.text)
            position = part.end
    return "".join(parts)


@pytest.mark.parametrize("case", GOLDEN, ids=NAMES)
def test_a_translation_of_all_segments_keeps_the_structure(case: dict[str, Any], renderer: Renderer):
    source = re.sub(r"(?m)^(First\n)=====", r"\1-----", case["source"])
    page = parse_page("guides/page.md", f"---\ntitle: T\n---\n{source}")
    translated = assemble(page, in_other_letters)
    before, after = renderer.render(page.body), renderer.render(translated.split("---\n", 2)[2])
    assert skeleton_difference(before.html, after.html) is None


def test_anchors_are_the_ids_that_rendering_gives(renderer: Renderer):
    body = (
        "## Costs\n\n## Costs\n\n## Über *uns*\n\n## `code` [x](y.md)\n\n## Costs {#costs_1}\n\n"
        "### A &amp; B\n\n## 价格\n\n"
        "## Text[^1]\n\n## :material-home: Home\n\n## snake_case _em_ \\*\n\n"
        "[^1]: note\n\nSetext\n---\n\n- x\n\n    ## In item\n"
    )
    page = parse_page("guides/page.md", f"---\ntitle: T\n---\n{body}")
    ids = re.findall(r'<h\d id="([^"]+)"', renderer.render(body).html)
    anchors = [segment.anchor for segment in page.segments if segment.kind == "heading"]
    assert anchors == ids


def test_the_ids_of_a_translation_are_those_of_its_source(renderer: Renderer):
    body = "## Costs\n\n## Costs\n\n### Wide { .wide }\n\nSetext\n---\n"
    page = parse_page("guides/page.md", f"---\ntitle: T\n---\n{body}")
    translated = assemble(page, in_other_letters)
    assert renderer.render(translated.split("---\n", 2)[2]).anchors == renderer.render(body).anchors


def test_the_corpora_keep_their_structure(corpus: list[Path], renderer: Renderer):
    # Pages with reference links lose them when their words change: `[words]` is the reference itself.
    files = [file for file in corpus if "fastapi/en" in file.as_posix()]
    assert files
    for file in files:
        source = re.sub(r"\A---\n.*?\n---\n", "", file.read_text("utf-8"), flags=re.DOTALL)
        source = re.sub(r"(?m)^# ", "## ", source)
        if "{%" in source or re.search(r"(?m)^#[^#]", source):
            continue
        page = parse_page("guides/page.md", f"---\ntitle: T\n---\n{source}")
        translated = assemble(page, in_other_letters)
        after = renderer.render(translated.split("---\n", 2)[2]).html
        assert skeleton_difference(renderer.render(source).html, after) is None, file


def test_nesting_without_end_is_refused_and_not_followed():
    source = "> " * 3000 + "deep\n"
    blocks = scan_blocks(source)
    assert not blocks.slices
    assert [part.what for part in blocks.unsupported] == ["nesting this deep"]
