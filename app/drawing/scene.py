"""Scene: a picture that has been measured and placed, but not written yet. In px; y grows downwards.

Looks are names from `theme`; `port` is the name by which arrows find a box. Marks are plain tuples, as a
picture has hundreds of them and is placed at every keystroke.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

MARGIN = 12.0
"""The margin of every picture, in px."""

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]


class Span(NamedTuple):
    """A part of a text with a different look; `look` may be empty."""

    text: str
    look: str = ""


class Text(NamedTuple):
    """One line of text; x is at the `anchor`, y the baseline.

    `full` is the whole text if it was cut to fit.
    """

    x: float
    y: float
    text: str | tuple[Span, ...]
    look: str
    anchor: Anchor = "start"
    full: str = ""


class Box(NamedTuple):
    """A rectangle; with a port, arrows may start and end at it. `full` is its tooltip."""

    x: float
    y: float
    width: float
    height: float
    look: str
    radius: float = 4
    port: str = ""
    full: str = ""


class Dot(NamedTuple):
    """A circle around (x, y)."""

    x: float
    y: float
    radius: float
    look: str
    port: str = ""


class Line(NamedTuple):
    """A line that is no data flow: a rule, a brace, an output that is not used."""

    points: tuple[Point, ...]
    look: str


class Arrow(NamedTuple):
    """Data that moves from the box with the port `source` to the box with the port `target`."""

    points: tuple[Point, ...]
    look: str
    source: str
    target: str
    head: bool = True


class Glyph(NamedTuple):
    """A sign from `theme.GLYPHS`, 12 px square, by its top left corner."""

    x: float
    y: float
    name: str
    look: str


class Group(NamedTuple):
    """Marks that belong together, moved by (x, y).

    `layer` and `step` are their layer and timestep, counted from 0 as in `Lane.depends`; the page finds them
    as `data-layer` and `data-step`. `anchor` is an id for links.
    """

    marks: "tuple[Mark, ...]"
    kind: str = ""
    layer: str = ""
    step: int | None = None
    x: float = 0
    y: float = 0
    anchor: str = ""


Path = Line | Arrow
Mark: TypeAlias = Text | Box | Dot | Line | Arrow | Glyph | Group


class Sign(NamedTuple):
    """A line of a legend: words, and before them a sample of `width` px from x = 0 on, its middle at y = 0.

    A sentence has no sample.
    """

    words: str
    sample: tuple[Mark, ...] = ()
    width: float = 24


class Scene(NamedTuple):
    """A whole picture; `title` names it in a few words. Its `legend` is not among its marks.

    `folds` says whether timesteps or layers are folded away that could be drawn.
    """

    width: float
    height: float
    marks: tuple[Mark, ...]
    title: str
    legend: tuple[Sign, ...] = ()
    folds: bool = False


def flatten(marks: tuple[Mark, ...], x: float = 0, y: float = 0) -> Iterator[Mark]:
    """Every mark that is not a group, at its final position."""
    for mark in marks:
        if isinstance(mark, Group):
            yield from flatten(mark.marks, x + mark.x, y + mark.y)
        elif isinstance(mark, Path):
            yield mark._replace(points=tuple((px + x, py + y) for px, py in mark.points))
        else:
            yield mark._replace(x=mark.x + x, y=mark.y + y)
