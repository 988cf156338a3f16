"""Debian's Chromium (or the one that CHROMIUM names), driven by Playwright."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
"""The shell has the same engine without windows, and starts and draws in half the time."""


def find_browser() -> str:
    """The path of the browser to drive."""
    installed = (path for path in BROWSERS if Path(path).exists())
    return os.environ.get("CHROMIUM") or next(installed, BROWSERS[-1])


@contextmanager
def open_page(address: str, height: int = 900, scale: float = 1) -> Iterator[Page]:
    """The page at this address, loaded, in a window 1440 pixels wide; `scale` makes pictures finer."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser())
        page = browser.new_page(viewport={"width": 1440, "height": height}, device_scale_factor=scale)
        page.goto(address, wait_until="networkidle")
        yield page
        browser.close()
