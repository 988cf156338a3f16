"""Chips: the output tensors of a layer, each with the names and sizes of its axes."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import inf
from typing import NamedTuple

from app.architecture import Node
from app.drawing.scene import Box, Mark, Span, Text
from app.drawing.state_names import name_outputs
from app.drawing.text import text_width
from app.drawing.theme import hue_of
from app.drawing.words import write_axis
from app.frozen import Shape
from app.report import LayerReport

CHIP_HEIGHT, CHIP_PADDING, CHIP_LINE = 26.0, 12.0, 17.0

Nodes = Mapping[str, Node]


class Chip(NamedTuple):
    """An output tensor of a layer; a state has a name."""

    name: str
    axes: tuple[str, ...]
    shape: Shape


def list_chips(row: LayerReport, nodes: Nodes) -> list[Chip]:
    """A chip for each output of a layer."""
    names = name_outputs(nodes[row.name], len(row.output_shapes))
    return list(map(Chip, names, row.axes, row.output_shapes))


def measure_chip(chip: Chip, room: float = inf) -> tuple[float, float]:
    """Its width and height in px; a chip wider than `room` has a line break between two axes."""
    lines = _fold_chip(chip, room)
    width = max(text_width(line, "chip") for line in lines) + 2 * CHIP_PADDING
    return width, CHIP_HEIGHT + (len(lines) - 1) * CHIP_LINE


def place_chip(chip: Chip, centre: float, y: float, port: str, room: float = inf) -> tuple[Mark, ...]:
    """Its box, which is a port of the name `port`, and its words."""
    width, height = measure_chip(chip, room)
    return (
        Box(centre - width / 2, y, width, height, "chip-box", CHIP_HEIGHT / 2, port),
        *(
            Text(centre, y + 17.5 + place * CHIP_LINE, line, "chip", "middle")
            for place, line in enumerate(_fold_chip(chip, room))
        ),
    )


@lru_cache(4096)
def _fold_chip(chip: Chip, room: float) -> tuple[tuple[Span, ...], ...]:
    lines: list[tuple[Span, ...]] = [()]
    for axis in _spell_axes(chip):
        longer = (*lines[-1], *axis)
        if lines[-1] and text_width(longer, "chip") + 2 * CHIP_PADDING > room:
            lines[-1] = (*lines[-1][:-1], Span(","))
            lines.append(axis)
        else:
            lines[-1] = longer
    return tuple(lines)


def _spell_axes(chip: Chip) -> Iterator[tuple[Span, ...]]:
    """The words of each axis, with the punctuation around them."""
    before = [Span(f"{chip.name}  ", "letter")] if chip.name else []
    before.append(Span("("))
    for place, (name, size) in enumerate(zip(chip.axes, chip.shape, strict=True)):
        after = Span(", ") if place < len(chip.axes) - 1 else Span(")")
        yield (*before, Span(write_axis(name, size), f"{hue_of(name)}-text"), after)
        before = []
    if before:
        yield (*before, Span(")"))
