"""How it looks: pictures for pages, and files in every format. Measured and placed first, written last."""

from app.drawing.files import FORMATS, SVG, Format
from app.drawing.inside import Inside
from app.drawing.pictures import Picture, Pictures, Whole, draw_pictures, draw_values, draw_whole
from app.drawing.png import PNG, write_png
from app.drawing.sheet import draw_error_svg

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
