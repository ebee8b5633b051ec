"""Releases and previews of pages that bind the shop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from project_cases import AS_OF, Run, edit, snapshot, write

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("legal")]

PAGE = "policies/terms.md"
ONLINE = "  returns.online_function: {type: boolean, kind: statute, description: Asked for.}\n"
DESK = "  desk.withdrawal: {type: text, kind: shop, description: Where it is.}\n"
ADDRESS = "https://shop.example/withdraw?from=help&now=1"


def build(folder: Path, run: Run, *words: str) -> str:
    done = run("-C", folder, "build", *AS_OF, "-l", "de-AT", *words)
    return done.err if done.code else ""


def html(folder: Path, page: str, *, preview: bool = False) -> str:
    site = folder / (".build/preview/site" if preview else "site")
    return (site / "de-AT" / page / "index.html").read_text("utf-8")


def test_a_release_waits_for_a_signature_and_a_preview_says_so_in_the_page(project_folder: Path, run: Run):
    assert not build(project_folder, run)
    live = snapshot(project_folder / "site")
    edit(project_folder, f"content/{PAGE}", "The seller is Small Shop.", "The seller is Big Shop.")
    said = build(project_folder, run)
    assert "error[legal-unapproved]: 'policies/terms.md' of de-AT is not what Small Shop signed on 2026-11-22" in said
    assert "ask law@small.example to read it" in said
    assert snapshot(project_folder / "site") == live
    assert run("-C", project_folder, "build", *AS_OF, "-l", "de-AT", "--dry-run").code == 1

    preview = run("-C", project_folder, "build", *AS_OF, "-l", "de-AT", "--preview")
    assert preview.code == 0
    assert "warning[legal-unapproved]" in preview.err
    page = html(project_folder, "policies/terms", preview=True)
    (box,) = re.findall(r'<section class="hc-findings".*?</section>', page, re.DOTALL)
    assert 'aria-labelledby="hc-findings"' in box
    assert '<h2 id="hc-findings">Diese Seite kann noch nicht veröffentlicht werden</h2>' in box
    assert '<ul lang="en" dir="ltr">' in box
    assert "legal-unapproved" in box
    for name in ("policies/terms", "guides/contact", "."):
        page = html(project_folder, name, preview=True)
        assert '<meta name="robots" content="noindex">' in page
        assert "hreflang" not in page.partition("</head>")[0]
        assert "hc-preview-mark" in page
    assert "hc-findings" not in html(project_folder, "guides/contact", preview=True)
    assert "noindex" in (project_folder / ".build/preview/site/index.html").read_text("utf-8")

    signed = run(
        "-C", project_folder, "approve", "--legal", "--all", "--by", "Lena <lena@small.example>", "--on", "2026-11-22"
    )
    assert signed.code == 0
    assert "1 text changed or new" in said
    assert "  signed by Small Shop <law@small.example> on 2026-11-22; since then:" in signed.out
    assert not build(project_folder, run)
    page = html(project_folder, "policies/terms")
    assert "hc-preview-mark" not in page
    assert "noindex" not in html(project_folder, "guides/contact")


def test_what_a_policy_lacks_stands_in_its_preview(project_folder: Path, run: Run):
    edit(project_folder, f"content/{PAGE}", "owner: law@small.example\n", "")
    assert "error[legal-owner]" in build(project_folder, run)
    assert not build(project_folder, run, "--preview")
    assert "legal-owner" in html(project_folder, "policies/terms", preview=True)


def test_other_locales_are_no_reason_to_wait(project_folder: Path, run: Run):
    (project_folder / "locales/tr/legal.yml").unlink()
    assert not build(project_folder, run)
    assert "for tr" in run("-C", project_folder, "build", *AS_OF).err


@pytest.fixture
def shop(project_folder: Path) -> Path:
    """Give the small shop where the law of the EU asks for a function to withdraw online, from a day on."""
    edit(project_folder, "locales/regions/facts.yml", "facts:\n", f"facts:\n{ONLINE}{DESK}")
    world = (
        f"  - {{id: returns.online_function, value: false, law: A}}\n  - {{id: desk.withdrawal, value: '{ADDRESS}'}}\n"
    )
    edit(project_folder, "locales/regions/001.yml", "facts:\n", f"facts:\n{world}")
    eu = "  - {id: returns.online_function, value: true, law: B, valid_from: 2026-11-22}\n"
    edit(project_folder, "locales/regions/EU.yml", "facts:\n", f"facts:\n{eu}")
    return project_folder


def test_pages_about_returns_link_the_withdrawal_function_where_the_law_asks_for_it(shop: Path, run: Run):
    link = 'href="https://shop.example/withdraw?from=help&amp;now=1"'
    assert not build(shop, run)
    assert html(shop, "guides/returns").count(link) == 1
    assert "Vertrag widerrufen" in html(shop, "guides/returns")
    assert link not in html(shop, "guides/contact")
    assert run("-C", shop, "build", "--as-of", "2026-11-21", "-l", "de-AT").code == 0
    assert link not in html(shop, "guides/returns")
    # A page that links it itself needs no second link.
    text = (shop / "content/guides/returns.md").read_text("utf-8")
    write(shop, {"content/guides/returns.md": f"{text}\n[Withdraw]({ADDRESS})\n"})
    assert not build(shop, run)
    assert html(shop, "guides/returns").count(link) == 1


def test_a_template_that_drops_the_link_is_noticed_in_the_finished_page(shop: Path, run: Run):
    assert not build(shop, run)
    live = snapshot(shop / "site")
    write(shop, {"overrides/partials/page-footer.html": "<footer></footer>\n"})
    said = build(shop, run)
    assert "error[legal-withdrawal-link]: 'guides/returns.md' of de-AT explains returns and does not link" in said
    assert snapshot(shop / "site") == live
    assert not build(shop, run, "--preview")
