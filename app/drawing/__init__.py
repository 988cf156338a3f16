"""How it looks: pictures for the page, and files in every format. Placed first, written last.

- Pictures: `pictures` (all of a report), `scene` (placed marks), `svg` (writes tags), `theme`, `text`.
- Words: `words`, `describe`, `headline`, `lane_words`, `mask_words`, `state_names`.
- Common: `measures`, `fold`, `legend`.
- Files: `files`.
"""

from app.drawing.cell.inside import Inside
from app.drawing.files import FORMATS, SVG, Format
from app.drawing.formats.png import PNG, write_png
from app.drawing.formats.sheet import draw_error_svg
from app.drawing.pictures import Picture, Pictures, Whole, draw_pictures, draw_values, draw_whole

__all__ = [
    "FORMATS",
    "PNG",
    "SVG",
    "Format",
    "Inside",
    "Picture",
    "Pictures",
    "Whole",
    "draw_error_svg",
    "draw_pictures",
    "draw_values",
    "draw_whole",
    "write_png",
]
