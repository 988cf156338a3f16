"""write_png(): a standalone SVG as PNG, in the app's own font, so that it is the same on every machine."""

import re
from pathlib import Path

import resvg_py

PNG = "image/png"
MOST_PIXELS = 40_000_000
"""A larger picture is scaled down, as resvg takes 8 bytes per pixel."""

FAMILY = "DejaVu Sans"
"""The font whose widths `text.py` has, and one that has every sign of the equations."""

FONTS = sorted(map(str, (Path(__file__).parents[1] / "fonts").glob("*.ttf")))
SIZE = re.compile(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"')


def write_png(svg: str, scale: int = 1) -> bytes:
    """The picture at `scale` times its size, in the light theme, as resvg ignores media queries.

    Takes about 0.1 s per million pixels, and memory in proportion. Raises ValueError if the text is not an
    SVG with a width and a height.
    """
    found = SIZE.search(svg)
    if found is None:
        raise ValueError("This SVG has no width and height.")
    width, height = map(float, found.groups())
    fitting = (MOST_PIXELS / (width * height)) ** 0.5
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=min(scale, fitting),
        # Without these, there would be no text on machines without fonts.
        skip_system_fonts=True,
        font_files=FONTS,
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
