"""place_units(): recurrent layers, unit by unit: a circle per unit, a line per connection.

The units of a layer are on a slant, so that no line from the left or from above passes through another unit.
Of many units the first ones and the last are drawn, with the lines between these.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from app.drawing.cell.stacks import Stack, write_numbers
from app.drawing.scene import MARGIN, Arrow, Box, Dot, Group, Line, Mark, Point, Scene, Sign, Text
from app.drawing.text import fit_name, text_width
from app.drawing.time.columns import SUBSCRIPTS
from app.drawing.words import write_count, write_plural

MOST_COLUMNS, FEWEST_COLUMNS, MOST_LINES, MOST_HEADS = 3, 2, 300, 16
LABEL_GAP, HEADER = 16.0, 30.0
NARROWEST, WIDEST, LONGEST_NAME = 94.0, 230.0, 24
RADIUS, INPUT_RADIUS = 11.0, 7.0
SLANT, INPUT_PITCH = 30.0, 22.0
COLUMN_GAP, ROW_GAP, LEAVE = 70.0, 56.0, 26.0
FOLDED = 5.0

MOST_INSIDE, BESIDE = 99, 4.0
"""The number of a unit after this one is beside its circle."""


class Level(NamedTuple):
    """A row of circles in every column: the inputs (no layer), or the units of a layer."""

    layer: str
    look: str
    wire: str
    size: int
    places: tuple[int | None, ...]
    """What is drawn, counted from 0; None is where others are folded away."""
    top: float
    start: float
    """How far to the right of the column's x the first circle is."""
    radius: float
    right: float
    down: float

    def list_circles(self, x: float) -> Iterator[tuple[int, Point]]:
        """The circles in the column at x with their centres."""
        for place, circle in enumerate(self.places):
            if circle is not None:
                yield circle, self.centre(x, place)

    def centre(self, x: float, place: int) -> Point:
        """The centre of one place in the column at x."""
        return x + self.start + place * self.right, self.top + place * self.down

    @property
    def width(self) -> float:
        """The distance between the centres of the first and the last circle."""
        return (len(self.places) - 1) * self.right

    @property
    def bottom(self) -> float:
        """The lower edge of the last circle."""
        return self.top + (len(self.places) - 1) * self.down + self.radius

    @property
    def words(self) -> str:
        """For example "100 units"."""
        return write_plural(self.size, "unit" if self.layer else "feature")

    @property
    def beside(self) -> str:
        """The number beside the last unit; empty if it is in the circle."""
        return write_count(self.size) if self.layer and self.size > MOST_INSIDE else ""


def place_units(stack: Stack) -> Scene:
    """The layers of a stack over two or three timesteps, from left to right."""
    levels = _make_levels(stack)
    columns = _count_columns(stack)
    first = min(level.start for level in levels)
    width = max(level.start + level.width for level in levels) - first + 2 * RADIUS
    labels = _measure_labels(levels)
    left = MARGIN + labels + LABEL_GAP + RADIUS - first
    xs = [left + column * (width + COLUMN_GAP) for column in range(columns)]
    marks: list[Mark] = [mark for level in levels for mark in _label_level(level, labels)]
    backward = stack.layers[0].backward
    for column, x in enumerate(xs):
        middle = x + first - RADIUS + width / 2
        label = f"t{column + 1}".translate(SUBSCRIPTS)
        groups = [Group((Text(middle, MARGIN + 12, label, "tick", "middle"),), "step", stack.name, column)]
        groups += [
            Group(
                tuple(_place_level(levels, place, column, xs, backward)),
                "step",
                level.layer or stack.name,
                column,
            )
            for place, level in enumerate(levels)
        ]
        marks += groups
    end = xs[-1] + first + width
    if stack.timesteps is None or stack.timesteps > columns:
        marks.append(Text(end + 10, MARGIN + 12, "…", "fold-text"))
        end += 10 + text_width("…", "fold-text")
    marks += _place_leaving(stack, levels[-1], xs)
    besides = [BESIDE + text_width(level.beside, "units-small") for level in levels if level.beside]
    end = max(end, xs[-1] + first + width + max(besides, default=0))
    title, bottom = f"The units of {stack.title}", levels[-1].bottom + LEAVE
    return Scene(end + MARGIN, bottom + MARGIN, tuple(marks), title, tuple(_list_signs(stack)))


def _make_levels(stack: Stack) -> list[Level]:
    features = stack.features
    top = MARGIN + HEADER + INPUT_RADIUS
    # As far left as the slant allows, as a line from further left would cross other units.
    units = stack.layers[0].units
    start = max(-ROW_GAP / 2, ((len(units) - 1) * SLANT - (len(features) - 1) * INPUT_PITCH) / 2)
    size = stack.layers[0].cell.features
    levels = [Level("", "features", "", size, features, top, start, INPUT_RADIUS, INPUT_PITCH, 0)]
    for place, walker in enumerate(stack.layers):
        wire = "input-wire" if place == 0 else "layer-wire"
        top = levels[-1].bottom + ROW_GAP + RADIUS
        size, units = walker.cell.units, walker.units
        levels.append(Level(walker.name, "cell", wire, size, units, top, 0, RADIUS, SLANT, SLANT))
    return levels


def _count_columns(stack: Stack) -> int:
    sizes = [_count(stack.features), *(_count(walker.units) for walker in stack.layers)]
    lines = sum((entering + units) * units for entering, units in pairwise(sizes))
    most = MOST_COLUMNS if lines * MOST_COLUMNS <= MOST_LINES else FEWEST_COLUMNS
    return most if stack.timesteps is None else min(most, stack.timesteps)


def _count(places: tuple[int | None, ...]) -> int:
    return len(places) - places.count(None)


def _name_port(level: Level, column: int, place: int) -> str:
    return f"{level.layer or 'x'}@{column}.{place}"


def _measure_labels(levels: list[Level]) -> float:
    """The width of the names at the left; very long ones are cut."""
    names = (text_width(level.layer[:LONGEST_NAME], "row") for level in levels)
    sizes = (text_width(level.words, "units-small") for level in levels)
    return min(max(NARROWEST, *names, *sizes), WIDEST)


def _label_level(level: Level, room: float) -> list[Mark]:
    name = level.layer or "x"
    fitted = fit_name(name, "row", room)
    y = level.top + (len(level.places) - 1) * level.down / 2
    look = "units-small" if level.layer else "features-small"
    return [
        Text(MARGIN, y - 2, fitted, "row", full="" if fitted == name else name),
        Text(MARGIN, y + 13, level.words, look),
    ]


def _place_level(levels: list[Level], place: int, column: int, xs: list[float], backward: bool) -> list[Mark]:
    level, x = levels[place], xs[column]
    marks: list[Mark] = []
    if place > 0:
        marks += _connect(levels[place - 1], column, xs, level, column, level.wire)
        before = column + 1 if backward else column - 1
        if before in range(len(xs)):
            marks += _connect(level, before, xs, level, column, "recurrent-wire")
    for circle, (cx, cy) in level.list_circles(x):
        marks.append(Dot(cx, cy, level.radius, level.look, _name_port(level, column, circle)))
        if circle >= MOST_INSIDE and level.beside:
            marks.append(
                Text(cx + level.radius + BESIDE, cy + level.radius + BESIDE, level.beside, "units-small")
            )
        elif level.layer:
            marks.append(Text(cx, cy + 4, str(circle + 1), "units-small", "middle"))
    if None in level.places:
        cx, cy = level.centre(x, level.places.index(None))
        # On the slant, below the lines to the last unit.
        aside = FOLDED if level.down else 0.0
        marks.append(Text(cx - aside, cy + 4 + aside, "…", "fold-text", "middle"))
    return marks


def _connect(source: Level, start: int, xs: list[float], target: Level, end: int, look: str) -> list[Mark]:
    head = _count(source.places) * _count(target.places) <= MOST_HEADS
    look = look if head else f"{look}-dense"
    arrows: list[Mark] = []
    for a, left in source.list_circles(xs[start]):
        for b, right in target.list_circles(xs[end]):
            points = _between(left, source.radius, right, target.radius)
            arrows.append(Arrow(points, look, _name_port(source, start, a), _name_port(target, end, b), head))
    return arrows


def _between(start: Point, start_radius: float, end: Point, end_radius: float) -> tuple[Point, Point]:
    """The part of a line that is outside of both circles."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx**2 + dy**2) ** 0.5
    ux, uy = dx / length, dy / length
    return (
        (start[0] + ux * start_radius, start[1] + uy * start_radius),
        (end[0] - ux * end_radius, end[1] - uy * end_radius),
    )


def _place_leaving(stack: Stack, level: Level, xs: list[float]) -> list[Mark]:
    """The outputs: of every timestep, or of the last one if it is drawn."""
    columns = list(range(len(xs)))
    if not stack.layers[-1].sequences and stack.layers[-1].backward:
        columns = columns[:1]
    elif not stack.layers[-1].sequences:
        columns = columns[-1:] if stack.timesteps == len(xs) else []
    marks: list[Mark] = []
    for column in columns:
        for circle, (x, y) in level.list_circles(xs[column]):
            port = f"out@{column}.{circle}"
            end = level.bottom + LEAVE - 8
            marks.append(Box(x - 3, end, 6, 4, "port", 0, port))
            marks.append(
                Arrow(((x, y + level.radius), (x, end)), "wire", _name_port(level, column, circle), port)
            )
    return sorted(marks, key=lambda mark: isinstance(mark, Arrow))


def _list_signs(stack: Stack) -> Iterator[Sign]:
    numbers = write_numbers(stack.layers[0].cell)
    yield _explain("input-wire", f"kernel: every feature to every unit; a line is {numbers}")
    if len(stack.layers) > 1:
        yield _explain("layer-wire", "kernel of the next layer: every unit to every unit of it")
    if stack.timesteps != 1:
        when = "earlier" if stack.layers[0].backward else "later"
        yield _explain("recurrent-wire", f"recurrent kernel: every unit to every unit, one timestep {when}")

    if stack.folds:
        yield Sign("more of them, which have as many lines each", (Text(12, 4, "…", "fold-text", "middle"),))
        for walker in stack.layers:
            yield Sign(
                f"{walker.name}: {write_plural(walker.connections, 'connection')} from what it reads, "
                f"{write_plural(walker.recurrent_connections, 'recurrent connection')} in all"
            )


def _explain(look: str, words: str) -> Sign:
    return Sign(words, (Line(((0, 0), (24, 0)), look),))
