"""Take the pictures of the documentation from the built demo: ``python tests/browser/screenshots.py`` after ``make site``."""

from __future__ import annotations

import functools
import http.server
import io
import os
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
LOCALES = ("en", "tr", "ar", "zh-CN", "de-CH")
PHONE, DESK = (360, 720), (1280, 860)
QUERIES = {
    "en": "where is my refund",
    "tr": "param ne zaman iade edilir",
    "ar": "أين طلبي",
    "zh-CN": "退款",
    "de-CH": "ruckgabe",
}
# Picture → path below the locale, and what to do there before the picture is taken.
SHOTS = {
    "home": ("", ""),
    "guide": ("guides/delivery/", ""),
    "policy": ("policies/returns/", ""),
    "search": ("", "search"),
    "results": ("search/?q=", "results"),
    "languages": ("guides/delivery/", "languages"),
    "not-found": ("no/such/page/", ""),
}
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site, and each language's own page for wrong addresses."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        locale = self.path.strip("/").partition("/")[0]
        page = Path(self.directory) / locale / "404.html"
        if code != http.HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def _serve(site: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()


def _prepare(page: Page, locale: str, action: str) -> None:
    if action == "search":
        page.keyboard.press("/")
        page.keyboard.insert_text(QUERIES[locale])
        page.wait_for_selector("[role=option]")
    elif action == "results":
        page.wait_for_selector(".hc-found")
    elif action == "languages":
        page.locator(".hc-language summary").first.click()
    page.wait_for_timeout(400)


def _take(browser: Browser, url: str, size: tuple[int, int], locale: str, action: str, scale: float = 1) -> Image.Image:
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=scale)
    page.goto(url)
    _prepare(page, locale, action)
    image = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    return image.convert("RGB")


def _join(images: list[Image.Image], path: Path, gap: int = 16) -> None:
    """Put pictures side by side and write them with a palette, which text on plain ground does not suffer from."""
    width = sum(image.width for image in images) + gap * (len(images) - 1)
    sheet = Image.new("RGB", (width, max(image.height for image in images)), "#d9ddd6")
    left = 0
    for image in images:
        sheet.paste(image, (left, 0))
        left += image.width + gap
    sheet.quantize(128).save(path, optimize=True)


def main() -> None:
    """Write all pictures."""
    IMAGES.mkdir(exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with _serve(ROOT / "site") as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_FLAGS))
        page = "tutorials/return-an-item/"
        three = [_take(browser, f"{base}/{tag}/{page}", (380, 780), tag, "", 1.5) for tag in ("en", "tr", "ar")]
        _join(three, IMAGES / "return-an-item.png", 24)
        for name, (path, action) in SHOTS.items():
            typed = {tag: quote(QUERIES[tag]) if action == "results" else "" for tag in LOCALES}
            phones = [_take(browser, f"{base}/{tag}/{path}{typed[tag]}", PHONE, tag, action) for tag in LOCALES]
            _join(phones, IMAGES / f"{name}-phone.png")
            desks = [_take(browser, f"{base}/{tag}/{path}{typed[tag]}", DESK, tag, action) for tag in ("tr", "ar")]
            _join(desks, IMAGES / f"{name}-desk.png")
        states = (
            "pt-BR/policies/returns/",
            "pt-BR/tutorials/track-a-parcel/",
            "de/policies/returns/",
            "de/policies/returns/terms/2026-01-01/",
        )
        _join([_take(browser, f"{base}/{path}", PHONE, "en", "") for path in states], IMAGES / "states-phone.png")
        _join(
            [_take(browser, f"{base}/", DESK, "en", ""), _take(browser, f"{base}/", PHONE, "en", "")],
            IMAGES / "chooser.png",
        )
        browser.close()


if __name__ == "__main__":
    main()
