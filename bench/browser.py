"""Debian's Chromium (or the one that CHROMIUM names), driven by Playwright."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, ViewportSize, sync_playwright

WIDE: ViewportSize = {"width": 1360, "height": 900}


@contextmanager
def open_page(address: str, scale: float = 1) -> Iterator[Page]:
    """The page at this address in a window of its own, loaded; `scale` is device pixels per CSS pixel."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"))
        page = browser.new_page(viewport=WIDE, device_scale_factor=scale)
        page.goto(address, wait_until="networkidle")
        yield page
        browser.close()
