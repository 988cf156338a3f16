"""Debian's Chromium (or the one that CHROMIUM names), driven by Playwright."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright


@contextmanager
def open_page(address: str, height: int = 900, scale: float = 1) -> Iterator[Page]:
    """The page at this address, loaded, in a window 1440 pixels wide; `scale` makes pictures finer."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"))
        page = browser.new_page(viewport={"width": 1440, "height": height}, device_scale_factor=scale)
        page.goto(address, wait_until="networkidle")
        yield page
        browser.close()
