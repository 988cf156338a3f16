"""Chips: the tensors that leave a layer, each with the names and the sizes of its axes."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from app.architecture import Node
from app.drawing.scene import Box, Mark, Span, Text
from app.drawing.state_names import name_outputs
from app.drawing.text import text_width
from app.drawing.theme import hue_of
from app.drawing.words import write_axis
from app.frozen import Shape
from app.report import LayerReport

CHIP_HEIGHT, CHIP_PADDING = 26.0, 12.0

Nodes = Mapping[str, Node]


class Chip(NamedTuple):
    """A tensor that leaves a layer; a state has a name."""

    name: str
    axes: tuple[str, ...]
    shape: Shape


def list_chips(row: LayerReport, nodes: Nodes) -> list[Chip]:
    """A chip for each tensor that leaves a layer."""
    names = name_outputs(nodes[row.name], len(row.output_shapes))
    return list(map(Chip, names, row.axes, row.output_shapes))


def measure_chip(chip: Chip) -> float:
    """How wide it is, in px."""
    return text_width(_spell_chip(chip), "chip") + 2 * CHIP_PADDING


def place_chip(chip: Chip, centre: float, y: float, port: str) -> tuple[Mark, ...]:
    """Its box, which is a port of that name, and its words."""
    spans, width = _spell_chip(chip), measure_chip(chip)
    return (
        Box(centre - width / 2, y, width, CHIP_HEIGHT, "chip-box", CHIP_HEIGHT / 2, port),
        Text(centre, y + 17.5, spans, "chip", "middle"),
    )


@lru_cache(4096)
def _spell_chip(chip: Chip) -> tuple[Span, ...]:
    spans = [Span(f"{chip.name}  ", "letter")] if chip.name else []
    spans.append(Span("("))
    for place, (name, size) in enumerate(zip(chip.axes, chip.shape, strict=True)):
        spans += [Span(", ")] if place else []
        spans.append(Span(write_axis(name, size), f"{hue_of(name)}-text"))
    return (*spans, Span(")"))
