"""Show every golden picture on one page: python scripts/contact_sheet.py [directory]

Writes contact-sheet.html, and light.png, dark.png and narrow.png (390 px wide), which Chromium takes of it.
"""

import sys
from html import escape
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.drawing.theme import stylesheet  # noqa: E402

GOLDEN = ROOT / "tests" / "drawing" / "golden"
CHROMIUM = "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
SWITCHES += ["--disable-background-networking", "--disable-component-update"]
SHOTS = {"light": ("light", 1600), "dark": ("dark", 1600), "narrow": ("light", 390)}

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Contact sheet</title>
<style>{style}
body {{ background: var(--k-surface); color: var(--k-ink); font: 12px system-ui; margin: 8px }}
figure {{ display: inline-block; vertical-align: top; margin: 0 24px 24px 0; max-width: 100%; overflow-x: auto }}
figcaption {{ color: var(--k-muted) }}
</style>
{figures}
</html>
"""


def write_page() -> str:
    """One figure for each golden picture, in the order of their names."""
    figures = "\n".join(
        f"<figure><figcaption>{escape(path.stem)}</figcaption>{path.read_text(encoding='utf-8')}</figure>"
        for path in sorted(GOLDEN.glob("*.svg"))
    )
    return PAGE.format(style=stylesheet(), figures=figures)


def take_shots(page_path: Path) -> None:
    """Photograph the page in both themes and on a narrow screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        for name, (theme, width) in SHOTS.items():
            page = browser.new_page(viewport={"width": width, "height": 900})
            page.goto(page_path.as_uri())
            page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
            page.screenshot(path=page_path.with_name(f"{name}.png"), full_page=True)
        browser.close()


def main() -> None:
    """Write the page and its pictures."""
    directory = Path(sys.argv[1] if len(sys.argv) > 1 else "contact-sheet").resolve()
    directory.mkdir(parents=True, exist_ok=True)
    page_path = directory / "contact-sheet.html"
    page_path.write_text(write_page(), encoding="utf-8")
    take_shots(page_path)
    print(page_path)


if __name__ == "__main__":
    main()
