"""draw_card(): the preview picture that chats show beside a link."""

from app.drawing.boxes.shapes import place_shapes
from app.drawing.describe import describe_shapes
from app.drawing.headline import summarise_model
from app.drawing.legend import add_legend
from app.drawing.scene import Group, Mark, Scene, Text
from app.drawing.svg import write_svg_file
from app.drawing.text import fit_text
from app.drawing.time.unroll import place_time
from app.flow import Flow
from app.report import Report

RATIO = 1200 / 630
"""Width to height, to which chats and social networks crop previews."""

NARROWEST, WIDEST = 900.0, 1500.0
"""In px. A narrower sheet would enlarge a small model too much; a wider one could not be read, so it is
cut."""

MARGIN, TITLE, GAP = 28.0, 40.0, 40.0


def draw_card(report: Report, flow: Flow, code: str) -> str:
    """Shapes and timesteps side by side, below the name of the model, on a wide sheet."""
    scenes = [place_shapes(report)]
    time = place_time(report, flow)
    scenes += [add_legend(time)] if time else []
    wide = sum(scene.width for scene in scenes) + GAP * (len(scenes) - 1) + 2 * MARGIN
    high = max(scene.height for scene in scenes) + TITLE + 2 * MARGIN
    width = min(max(NARROWEST, wide, high * RATIO), WIDEST)
    x = MARGIN + max(0.0, (width - wide) / 2)
    height = width / RATIO
    title = summarise_model(report)
    marks: list[Mark] = [Text(MARGIN, MARGIN + 16, fit_text(title, "title", width - 2 * MARGIN), "title")]
    for scene in scenes:
        y = MARGIN + TITLE + max(0.0, (height - TITLE - 2 * MARGIN - scene.height) / 2)
        marks.append(Group(scene.marks, x=x, y=y))
        x += scene.width + GAP
    return write_svg_file(Scene(width, height, tuple(marks), title), describe_shapes(report))
