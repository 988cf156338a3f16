"""Take the README's screenshot, of a real server in a real browser."""

from pathlib import Path

from bench.browser import open_page
from bench.server import run_server

PICTURE = Path(__file__).parent.parent / "docs" / "screenshot.png"
EXAMPLE = "/examples/stacked-lstm"
HEIGHT = 960
"""One screen: the shapes, the timesteps and where the answer begins."""


def make_screenshot() -> None:
    """Write docs/screenshot.png."""
    with run_server() as server:
        server.wait_for("/readyz")
        with open_page(server.address + EXAMPLE, height=HEIGHT, scale=1.5) as page:
            page.screenshot(path=PICTURE)


if __name__ == "__main__":
    make_screenshot()
