"""add_legend(): a picture with its legend drawn below it, as files have it.

A page writes the legend itself, below the picture: its lines wrap there, and stay where the picture scrolls.
"""

from app.drawing.scene import MARGIN, Group, Scene, Text
from app.drawing.text import text_width

ABOVE, LINE, BESIDE = 18.0, 19.0, 10.0
BASELINE = 4.0


def add_legend(scene: Scene) -> Scene:
    """The same scene, with its legend among its marks."""
    y = scene.height - MARGIN + (ABOVE if scene.legend else 0)
    width, marks = scene.width, list(scene.marks)
    for sign in scene.legend:
        y += LINE
        x = MARGIN + (sign.width + BESIDE if sign.sample else 0)
        marks += [Group(sign.sample, x=MARGIN, y=y), Text(x, y + BASELINE, sign.words, "small")]
        width = max(width, x + text_width(sign.words, "small") + MARGIN)
    return Scene(width, y + MARGIN, tuple(marks), scene.title)
