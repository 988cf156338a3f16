"""place_ledger(): a table of a cell's weights, with one row per array and one column per gate."""

from collections.abc import Iterator
from math import log10, prod
from typing import NamedTuple

from app.drawing.cell.gates import Cell, Weight
from app.drawing.scene import Box, Line, Mark, Text
from app.drawing.text import text_width
from app.drawing.theme import hue_of
from app.drawing.words import write_count, write_shape

GUTTER = 16.0
GAP = 3.0
HEAD = 40.0
NARROWEST = 74.0
LEAST, MOST, BIAS = 42.0, 64.0, 36.0
"""The height of a row in px: for one number per unit, for ten thousand and more, and for a bias."""


class Columns(NamedTuple):
    """Names up to `left`, then one column of `width` per gate, then the totals, which end at `right`."""

    left: float
    width: float
    gates: int
    right: float

    @property
    def starts(self) -> list[float]:
        """The left edge of each gate's column."""
        return [self.left + place * (self.width + GAP) for place in range(self.gates)]

    @property
    def centres(self) -> list[float]:
        """The middle of each gate's column."""
        return [start + self.width / 2 for start in self.starts]


def write_formula(cell: Cell) -> str:
    """For example 4·((50 + 100)·100 + 100): gates · ((features + units) · units + biases)."""
    units = cell.units
    gate = "·".join((*map(str, cell.window), f"({cell.features} + {units})", str(units)))
    if cell.biases:
        gate += f" + {f'{len(cell.biases)}·' if len(cell.biases) > 1 else ''}{units}"
    return f"{len(cell.gates)}·({gate})" if len(cell.gates) > 1 else gate


def place_ledger(cell: Cell) -> tuple[tuple[Mark, ...], float, float]:
    """The table with its sum below, and its width and height."""
    rows = list(zip(("kernel", "recurrent kernel", *cell.biases), cell.weights, strict=True))
    columns = _measure_columns(cell, rows)
    marks = [*_place_gates(cell, columns)]
    y = HEAD
    for name, weight in rows:
        height = _measure_row(weight)
        marks += _place_row(name, weight, columns, y, height)
        y += height + GAP
    y += 4
    marks += _place_sums(cell, columns, y)
    formula = f"{write_formula(cell)} = {write_count(cell.total)} parameters"
    marks.append(Text(0, y + 54, formula, "name"))
    return tuple(marks), max(columns.right, text_width(formula, "name")), y + 58


def _measure_columns(cell: Cell, rows: list[tuple[str, Weight]]) -> Columns:
    width = max(
        *(text_width(_write_block(weight), "count") + 20 for _, weight in rows),
        *(text_width(gate.role, "small") + 12 for gate in cell.gates),
        NARROWEST,
    )
    left = GUTTER + max(
        max(text_width(name, "row"), text_width(write_shape(weight.shape), "small")) for name, weight in rows
    )
    total = write_count(cell.total)
    totals = max(text_width(total, "row"), text_width(total, "count"))
    gates = len(cell.gates)
    return Columns(left, width, gates, left + gates * (width + GAP) - GAP + GUTTER + totals)


def _measure_row(weight: Weight) -> float:
    """The height of a row, which grows with the logarithm of the number of elements that one unit reads."""
    if weight.name == "bias":
        return BIAS
    size = prod(weight.block[:-1])
    return LEAST + (MOST - LEAST) * min(1.0, log10(max(size, 1)) / 4)


def _write_block(weight: Weight) -> str:
    return " × ".join(map(write_count, weight.block))


def _place_gates(cell: Cell, columns: Columns) -> Iterator[Mark]:
    for gate, centre in zip(cell.gates, columns.centres, strict=True):
        yield Text(centre, 14, gate.sign, "name", "middle")
        yield Text(centre, 30, gate.role, "small", "middle")


def _place_row(name: str, weight: Weight, columns: Columns, y: float, height: float) -> Iterator[Mark]:
    """One array, cut into the blocks of its gates."""
    middle, count = y + height / 2, prod(weight.block)
    yield Text(0, middle - 3, name, "row")
    yield Text(0, middle + 12, write_shape(weight.shape), "small")
    for start, centre in zip(columns.starts, columns.centres, strict=True):
        yield Box(start, y, columns.width, height, hue_of(weight.hue), 3)
        if len(weight.block) > 1:
            yield Text(centre, middle - 2, _write_block(weight), "count", "middle")
            yield Text(centre, middle + 13, write_count(count), "small", "middle")
        else:
            yield Text(centre, middle + 4.5, _write_block(weight), "count", "middle")
    yield Text(columns.right, middle + 4.5, write_count(count * columns.gates), "count", "end")


def _place_sums(cell: Cell, columns: Columns, y: float) -> Iterator[Mark]:
    yield Line(((columns.left, y), (columns.right, y)), "rule")
    yield Text(0, y + 19, "each gate", "row")
    for centre in columns.centres:
        yield Text(centre, y + 19, write_count(cell.each), "count", "middle")
    yield Text(columns.right, y + 19, write_count(cell.total), "row", "end")
