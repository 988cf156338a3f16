"""place_wiring(): a recurrent cell drawn from its circuit."""

from itertools import pairwise

from app.drawing.cell.circuits import (
    BOTTOM,
    CIRCUITS,
    FRAME_BOTTOM,
    FRAME_TOP,
    GATE_WIDTH,
    Bus,
    Circuit,
    End,
    Part,
    Tag,
)
from app.drawing.cell.gates import Cell, spell_equation
from app.drawing.scene import Anchor, Arrow, Box, Dot, Group, Line, Mark, Text
from app.drawing.text import fit_text, text_width
from app.drawing.theme import hue_of
from app.drawing.words import write_axis, write_count

OPERATOR = 9.0
FRAME, BESIDE = 92.0, 96.0

SHORT = {"hard_sigmoid": "hardσ"}
"""Abbreviations of activations whose names are wider than a gate."""


def place_wiring(cell: Cell) -> tuple[tuple[Mark, ...], float, float]:
    """The marks of one cell, their width and their height."""
    circuit = CIRCUITS[cell.kind, cell.reset_after]
    marks: list[Mark] = [
        Box(FRAME, circuit.top, circuit.right - FRAME, FRAME_BOTTOM - circuit.top, "card", 12),
        *(Line(bus.points, bus.look) for bus in circuit.buses),
        *(port for bus in circuit.buses for port in _open_bus(bus)),
        *(Arrow(wire.points, wire.look, wire.source, wire.target) for wire in circuit.wires),
        *(mark for part in circuit.parts for mark in _place_part(part, cell)),
        *(mark for end in circuit.ends for mark in _place_end(end, cell, circuit)),
        *(mark for tag in circuit.tags for mark in _place_tag(tag, cell)),
    ]
    unused = circuit.top - FRAME_TOP
    return (Group(tuple(marks), y=-unused),), circuit.right + BESIDE, BOTTOM + 20 - unused


def _open_bus(bus: Bus) -> tuple[Box, ...]:
    """A port along each segment of the bus, so that wires may branch off anywhere."""
    return tuple(
        Box(min(x, u), min(y, v), abs(u - x), abs(v - y), "port", 0, bus.name)
        for (x, y), (u, v) in pairwise(bus.points)
    )


def _place_part(part: Part, cell: Cell) -> tuple[Mark, ...]:
    sign = part.sign.format(s=cell.recurrent_activation, a=cell.activation)
    fitted = fit_text(SHORT.get(sign, sign), "operator", GATE_WIDTH - 2)
    full = "" if fitted == sign else sign
    text = Text(part.x, part.y + 4.5, spell_equation(fitted), "operator", "middle", full)
    if not part.is_gate:
        return (Dot(part.x, part.y, OPERATOR, "gate", part.name), text)
    left, top = part.x - GATE_WIDTH / 2, part.y - part.height / 2
    box = Box(left, top, GATE_WIDTH, part.height, "gate", 6, part.name)
    signs = {gate.letter: gate.sign for gate in cell.gates}
    # Above the middle, as an arrow may enter there.
    sign_beside = (Text(left - 4, part.y - 6, signs[part.letter], "letter", "end"),) if part.letter else ()
    return (box, text, *sign_beside)


def _place_end(end: End, cell: Cell, circuit: Circuit) -> tuple[Mark, ...]:
    axis, size, across = _find_axis(end.axis, cell)
    look = f"{hue_of(axis)}-small"
    port = Box(end.x - 2, end.y - 2, 4, 4, "port", 0, end.name)
    words = write_axis(axis, size)
    if end.y == BOTTOM:
        name = Text(end.x + 10, end.y + 4, spell_equation(end.label), "formula")
        held = " × ".join((*across, words))
        return (port, name, Text(end.x + 30, end.y + 4, held, look))
    anchor: Anchor = "start" if end.x > circuit.right else "end"
    x = end.x + (6 if anchor == "start" else -6)
    lines = [" × ".join(across), words] if across else [words]
    return (
        port,
        Text(x, end.y - 1, spell_equation(end.label), "formula", anchor),
        *(
            Text(x, end.y + 14 + 14 * place, fit_text(line, look, BESIDE - 24), look, anchor)
            for place, line in enumerate(lines)
        ),
    )


def _place_tag(tag: Tag, cell: Cell) -> tuple[Mark, ...]:
    """The size at a wire; left out if there is no room for it."""
    axis, size, across = _find_axis(tag.axis, cell)
    look = f"{hue_of(axis)}-small"
    words = "×".join((*across, write_count(size)))
    return (Text(tag.x, tag.y, words, look, tag.anchor),) if text_width(words, look) <= tag.room else ()


def _find_axis(axis: str, cell: Cell) -> tuple[str, int, tuple[str, ...]]:
    """The name of the axis, its size, and the spatial sizes before it."""
    features, units = cell.axes
    if axis == "features":
        return features, cell.features, tuple(map(_write_size, cell.entering))
    return units, cell.units, tuple(map(_write_size, cell.state))


def _write_size(size: int | None) -> str:
    return "?" if size is None else write_count(size)
