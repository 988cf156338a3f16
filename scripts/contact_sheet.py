"""All golden pictures on one page, as screenshots in both themes and on a narrow screen."""

import sys
from html import escape
from pathlib import Path

from app.drawing.theme import stylesheet
from bench.browser import open_page

GOLDEN = Path(__file__).parent.parent / "tests" / "drawing" / "golden"
SHOTS = {"light": ("light", 1440), "dark": ("dark", 1440), "narrow": ("light", 390)}

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Contact sheet</title>
<style>{style}
body {{ background: var(--k-surface); color: var(--k-ink); font: 12px system-ui; margin: 8px }}
figure {{ display: inline-block; vertical-align: top; margin: 0 24px 24px 0 }}
figure {{ max-width: 100%; overflow-x: auto }}
figcaption {{ color: var(--k-muted) }}
</style>
{figures}
</html>
"""


def write_sheet() -> str:
    """One figure per golden picture, in the order of their names."""
    figures = "\n".join(
        f"<figure><figcaption>{escape(path.stem)}</figcaption>{read_picture(path)}</figure>"
        for path in sorted(GOLDEN.glob("*.svg"))
    )
    return PAGE.format(style=stylesheet(), figures=figures)


def read_picture(path: Path) -> str:
    """A golden picture as it was drawn, without the line breaks, which would be spaces between words."""
    return path.read_text(encoding="utf-8").replace(">\n<", "><")


def make_contact_sheet(directory: Path) -> None:
    """Write sheet.html into the directory, and light.png, dark.png and narrow.png beside it."""
    directory.mkdir(parents=True, exist_ok=True)
    sheet = directory.resolve() / "sheet.html"
    sheet.write_text(write_sheet(), encoding="utf-8")
    with open_page(sheet.as_uri()) as page:
        for name, (theme, width) in SHOTS.items():
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
            page.screenshot(path=sheet.with_name(f"{name}.png"), full_page=True)


if __name__ == "__main__":
    make_contact_sheet(Path(sys.argv[1]))
