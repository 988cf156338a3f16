"""How it looks: pictures for pages, and files in every format. Measured and placed first, written last."""

from app.drawing.files import FORMATS, Format, draw_error_svg
from app.drawing.pictures import Picture, Pictures, draw_pictures

__all__ = ["FORMATS", "Format", "Picture", "Pictures", "draw_error_svg", "draw_pictures"]
