"""place_data(): numbers before and after they are cut, moved or padded, shaded by their position in time."""

from app.drawing.numbers.data_words import say_looks, say_way
from app.drawing.numbers.grids import CELL_HEIGHT, TICK, Tiles, place_block
from app.drawing.numbers.rulers import make_ruler
from app.drawing.scene import MARGIN, Arrow, Box, Group, Mark, Scene, Sign, Text
from app.drawing.text import text_width
from app.drawing.theme import SHADES
from app.flow.data import Block, Regrouping, Way

TITLE, CODE, BELOW = 13.0, 31.0, 49.0
ARROW, OFF, WIDEST = 52.0, 8.0, 690.0
APART = 34.0


def place_data(regrouping: Regrouping) -> Scene:
    """Every way of a regrouping, below each other, with a legend."""
    marks: list[Mark] = []
    y, width = MARGIN, 0.0
    for number, way in enumerate(regrouping.ways):
        placed, wide, tall = _place_way(way, str(number))
        marks.append(Group(placed, x=MARGIN, y=y))
        y += tall + APART
        width = max(width, wide)
    legend = tuple(map(Sign, say_looks(regrouping)))
    title = f"The numbers of {regrouping.layer}"
    return Scene(width + 2 * MARGIN, y - APART + MARGIN, tuple(marks), title, legend)


def find_shades(*blocks: Block) -> dict[int, int]:
    """A shade, from 1, for every position that is drawn; a few positions are spread over all shades."""
    positions = sorted({position for block in blocks for position in block.positions if position is not None})
    last = max(len(positions) - 1, SHADES / 2)
    return {position: 1 + round(place * (SHADES - 1) / last) for place, position in enumerate(positions)}


def _place_way(way: Way, number: str) -> tuple[tuple[Mark, ...], float, float]:
    title = say_way(way)
    shades = find_shades(way.before, way.after)
    starts = find_starts(way)
    before = place_block(way.before, shades, drop=TICK if starts else 0)
    after = place_block(way.after, shades, starts=starts)
    x = max(before.cells + ARROW, before.width + 2 * OFF)
    beside = x + after.width <= WIDEST
    x, y = (x, BELOW) if beside else (0.0, BELOW + before.height + ARROW)
    marks = (
        Text(0, TITLE, title, "name"),
        Text(0, CODE, way.code, "code"),
        Group(before.marks, y=BELOW),
        Group(after.marks, x=x, y=y),
        *(_point_right(before, after, x, number) if beside else _point_down(before, after, y, number)),
    )
    width = max(before.width, x + after.width, text_width(title, "name"), text_width(way.code, "code"))
    return marks, width, max(BELOW + before.height, y + after.height)


def find_starts(way: Way) -> tuple[float, ...]:
    """Where the samples of a table begin, so that each row is drawn beside itself; empty if it is folded."""
    if way.kind not in ("windows", "blocks"):
        return ()
    rows = make_ruler(way.before.listed[0], CELL_HEIGHT)
    sample = make_ruler(way.after.listed[1], CELL_HEIGHT)
    if not (rows.is_whole and sample.is_whole):
        return ()
    each, columns = len(way.after.numbers) // len(way.after.listed[0]), len(way.before.listed[1])
    firsts = way.after.numbers[::each]
    return tuple(rows.starts[way.before.numbers.index(first) // columns] for first in firsts)


def _point_right(before: Tiles, after: Tiles, x: float, name: str) -> tuple[Mark, ...]:
    start, end = before.cells + OFF, x - OFF
    y = BELOW + min(before.middle, after.middle)
    return (
        Box(0, BELOW, start, before.height, "port", 0, f"{name} before"),
        Box(end, BELOW, after.cells + OFF, after.height, "port", 0, f"{name} after"),
        Arrow(((start, y), (end, y)), "wire", f"{name} before", f"{name} after"),
    )


def _point_down(before: Tiles, after: Tiles, y: float, name: str) -> tuple[Mark, ...]:
    start, end = BELOW + before.height + OFF, y - OFF
    x = min(before.cells, after.cells) / 2
    return (
        Box(0, BELOW, before.cells, start - BELOW, "port", 0, f"{name} before"),
        Box(0, end, after.cells, after.height + OFF, "port", 0, f"{name} after"),
        Arrow(((x, start), (x, end)), "wire", f"{name} before", f"{name} after"),
    )
