"""place_block(): a tensor of numbers as tables of cells, its last two axes down and across."""

from collections.abc import Mapping
from itertools import product
from math import prod
from typing import NamedTuple

from app.drawing.numbers.rulers import FOLD, LETTERS, make_ruler, name_place
from app.drawing.scene import Box, Group, Mark, Span, Text
from app.drawing.text import fit_name, text_width
from app.drawing.theme import hue_of
from app.drawing.words import clean_text, write_axis, write_count
from app.flow.data import Block

CELL_HEIGHT, NARROWEST, CELL_PADDING = 24.0, 30.0, 12.0
TICK, TICK_GAP = 18.0, 8.0
SLICE_GAP, HEAD = 18.0, 30.0
WIDEST_NAME, WIDEST_ROW = 160.0, 470.0


class Tiles(NamedTuple):
    """Marks with their top left corner at (0, 0).

    `cells` is the right edge of the cells, and `middle` the vertical middle, in px.
    """

    marks: tuple[Mark, ...]
    width: float
    height: float
    cells: float
    middle: float


def place_block(
    block: Block, shades: Mapping[int, int], drop: float = 0, starts: tuple[float, ...] = ()
) -> Tiles:
    """The block below its name and shape. `shades` has the shade of each position, from 1.

    The cells are `drop` px lower than necessary. `starts` are the tops of several slices, in px from the
    first.
    """
    name = fit_name(clean_text(block.name), "row", WIDEST_NAME)
    heading = (Span(f"{name}  ", "row"), *_spell_shape(block))
    grid = Grid(block, shades, starts)
    top = HEAD + drop
    full = "" if name == block.name else block.name
    marks = (Text(0, 14, heading, "chip", full=full), Group(grid.marks, y=top))
    width = max(grid.width, text_width(heading, "chip"))
    return Tiles(marks, width, top + grid.height, grid.width, top + grid.height / 2)


def _spell_shape(block: Block) -> tuple[Span, ...]:
    spans = [Span("(")]
    for place, (axis, size) in enumerate(zip(block.axes, block.shape, strict=True)):
        spans += [Span(", ")] if place else []
        spans.append(Span(write_axis(axis, size), f"{hue_of(axis)}-text"))
    return (*spans, Span(")"))


class Grid:
    """The slices of a block, one table each: side by side, or below each other if they are flat or wide."""

    def __init__(self, block: Block, shades: Mapping[int, int], starts: tuple[float, ...]) -> None:
        self.block, self.shades, self.starts = block, shades, starts
        alone = len(block.listed) == 1
        self.row_axis, self.column_axis = ("", block.axes[-1]) if alone else block.axes[-2:]
        rows, columns = ((0,), block.listed[0]) if alone else block.listed[-2:]
        words = [write_count(number) for number in block.numbers if number]
        self.cell = max([NARROWEST, *(text_width(word, "count") + CELL_PADDING for word in words)])
        self.rows = make_ruler(rows, CELL_HEIGHT, block.endless and len(block.listed) == 2)
        self.columns = make_ruler(columns, self.cell)
        self.row_names = [self._name(-2, place) if self.row_axis else "" for place in rows]
        self.left = max(text_width(name, "small") for name in self.row_names)
        self.left += TICK_GAP if self.left else 0
        self.top = TICK if self.column_axis in LETTERS else 0.0
        self.marks, self.width, self.height = self._place_slices()

    def _name(self, axis: int, place: int) -> str:
        block = self.block
        goes_on = block.endless and axis % len(block.axes) == 0
        is_end = block.shape[axis] is None and place == block.listed[axis][-1] and not goes_on
        return name_place(block.axes[axis], place, is_end)

    def _place_slices(self) -> tuple[tuple[Mark, ...], float, float]:
        leading = self.block.listed[:-2]
        if not leading:
            marks = self._place_slice(0, has_row_names=True, has_column_names=True)
            return tuple(marks), self.left + self.columns.length, self.top + self.rows.length
        return self._pile_up(leading) if self._is_flat(leading) else self._line_up(leading)

    def _is_flat(self, leading: tuple[tuple[int, ...], ...]) -> bool:
        count = prod(map(len, leading))
        return len(self.rows.places) == 1 or count * (self.columns.length + SLICE_GAP) > WIDEST_ROW

    def _list_slices(self, leading: tuple[tuple[int, ...], ...]) -> list[tuple[int, str, bool]]:
        """For each slice its first number, its name, and whether others are left out before it."""
        each = prod(len(listed) for listed in self.block.listed[-2:])
        slices, before = [], -1
        for number, places in enumerate(product(*leading)):
            name = ", ".join(self._name(axis, place) for axis, place in enumerate(places))
            slices.append((number * each, name, places[-1] > before + 1))
            before = places[-1]
        return slices

    def _line_up(self, leading: tuple[tuple[int, ...], ...]) -> tuple[tuple[Mark, ...], float, float]:
        marks: list[Mark] = []
        x, height = 0.0, 0.0
        middle = TICK + self.top + self.rows.length / 2 + 4
        for number, (first, name, gap) in enumerate(self._list_slices(leading)):
            named = number == 0 or bool(self.starts)
            left = self.left if named else 0.0
            y = self.starts[number] if self.starts else 0.0
            if gap:
                marks.append(Text(x, middle, "…", "fold-text"))
                x += FOLD + SLICE_GAP / 2
            inside = self._place_slice(first, has_row_names=named, has_column_names=True)
            marks.append(Text(x + left, y + 12, name, "batch-small"))
            marks.append(Group(tuple(inside), x=x + left - self.left, y=y + TICK))
            x += left + max(self.columns.length, text_width(name, "batch-small")) + SLICE_GAP
            height = y + TICK + self.top + self.rows.length
        if self.block.endless:
            marks.append(Text(x, middle + (self.starts[-1] if self.starts else 0), "…", "fold-text"))
            x += FOLD + SLICE_GAP
        return tuple(marks), x - SLICE_GAP, height

    def _pile_up(self, leading: tuple[tuple[int, ...], ...]) -> tuple[tuple[Mark, ...], float, float]:
        marks: list[Mark] = []
        y, width = 0.0, self.left + self.columns.length
        middle = self.left + self.columns.length / 2
        for number, (first, name, gap) in enumerate(self._list_slices(leading)):
            if gap:
                marks.append(Text(middle, y + 10, "⋮", "fold-text", "middle"))
                y += FOLD
            inside = self._place_slice(first, has_row_names=True, has_column_names=number == 0)
            marks.append(Text(self.left, y + 12, name, "batch-small"))
            marks.append(Group(tuple(inside), y=y + TICK))
            width = max(width, self.left + text_width(name, "batch-small"))
            y += TICK + (self.top if number == 0 else 0) + self.rows.length + SLICE_GAP / 2
        if self.block.endless:
            marks.append(Text(middle, y + 10, "⋮", "fold-text", "middle"))
            y += FOLD + SLICE_GAP / 2
        return tuple(marks), width, y - SLICE_GAP / 2

    def _place_slice(self, first: int, has_row_names: bool, has_column_names: bool) -> list[Mark]:
        """The names of rows and columns, and the cells from number `first` on."""
        marks: list[Mark] = []
        top = self.top if has_column_names else 0.0
        if top:
            look = f"{hue_of(self.column_axis)}-small"
            marks += [
                Text(self.left + x + self.cell / 2, 11, self._name(-1, place), look, "middle")
                for place, x in self.columns.listed
            ]
        if has_row_names and self.row_axis:
            look = f"{hue_of(self.row_axis)}-small"
            marks += [
                Text(self.left - TICK_GAP, top + y + 16, name, look, "end")
                for name, (_, y) in zip(self.row_names, self.rows.listed, strict=True)
            ]
        marks += [
            Text(self.left + self.columns.length / 2, top + y + 13, "⋮", "fold-text", "middle")
            for place, y in zip(self.rows.places, self.rows.starts, strict=True)
            if place is None
        ]
        width = len(self.columns.listed)
        for row, (_, y) in enumerate(self.rows.listed):
            marks += self._place_row(first + row * width, top + y)
        return marks

    def _place_row(self, number: int, y: float) -> list[Mark]:
        marks: list[Mark] = []
        for place, start in zip(self.columns.places, self.columns.starts, strict=True):
            x = self.left + start
            if place is None:
                marks.append(Text(x + FOLD / 2, y + 16, "…", "fold-text", "middle"))
                continue
            marks += self._place_cell(number, x, y)
            number += 1
        return marks

    def _place_cell(self, index: int, x: float, y: float) -> list[Mark]:
        number, position = self.block.numbers[index], self.block.positions[index]
        if number is None:
            return []
        look, words = (
            ("padding", "padded") if position is None else (f"shade-{self.shades[position]}", "count")
        )
        return [
            Box(x, y, self.cell, CELL_HEIGHT, look, 3),
            Text(x + self.cell / 2, y + 16.5, write_count(number), words, "middle"),
        ]
