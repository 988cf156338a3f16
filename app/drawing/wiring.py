"""place_wiring(): the inside of a recurrent cell, drawn from a table of parts and wires.

What comes from the input x is in the colour of features, what comes from the state h in that of units: the
colours that the kernel and the recurrent kernel have everywhere.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from app.drawing.gates import Cell, spell
from app.drawing.scene import Anchor, Arrow, Box, Dot, Group, Line, Mark, Point, Text
from app.drawing.text import fit_text
from app.drawing.words import write_axis

GATE_WIDTH, GATE_HEIGHT, OPERATOR = 44.0, 26.0, 9.0
TOP, LOW, GATES, H_BUS, X_BUS, BOTTOM = 44.0, 84.0, 126.0, 172.0, 194.0, 226.0
FRAME_TOP, FRAME_BOTTOM = 16.0, 212.0
LEFT, FRAME, BESIDE = 84.0, 92.0, 96.0


class Part(NamedTuple):
    """A gate, with the letter of its block of weights, or an operation on each element, around (x, y)."""

    name: str
    x: float
    y: float
    sign: str
    letter: str = ""
    is_gate: bool = False


class Wire(NamedTuple):
    """A way from one part to another."""

    source: str
    target: str
    points: tuple[Point, ...]
    look: str = "wire"


class Bus(NamedTuple):
    """A line that wires branch off."""

    name: str
    points: tuple[Point, ...]
    look: str


class End(NamedTuple):
    """Where something enters or leaves the cell; the axis says of which size it is."""

    name: str
    x: float
    y: float
    label: str
    axis: str = "units"


class Wiring(NamedTuple):
    """A whole cell, in a frame from `top` and up to `right`. {s} and {a} are its two activations."""

    right: float
    parts: tuple[Part, ...]
    ends: tuple[End, ...]
    buses: tuple[Bus, ...]
    wires: tuple[Wire, ...]
    top: float = FRAME_TOP


def _gate(letter: str, x: float, sign: str) -> Part:
    return Part(letter, x, GATES, sign, letter, is_gate=True)


def _feed(gate: str, x: float) -> tuple[Wire, Wire]:
    """The two arrows into a gate, from the buses below it."""
    y = GATES + GATE_HEIGHT / 2
    return (
        Wire("x bus", gate, ((x - 8, X_BUS), (x - 8, y)), "input-wire"),
        Wire("h bus", gate, ((x + 8, H_BUS), (x + 8, y)), "state-h"),
    )


WIRINGS: Mapping[str, Wiring] = {
    "LSTM": Wiring(
        right=490,
        parts=(
            Part("forget", 152, TOP, "⊙"),
            Part("add", 274, TOP, "+"),
            Part("write", 274, LOW, "⊙"),
            Part("squash", 442, LOW, "{a}", is_gate=True),
            Part("read", 442, GATES, "⊙"),
            _gate("f", 152, "{s}"),
            _gate("i", 236, "{s}"),
            _gate("c", 312, "{a}"),
            _gate("o", 386, "{s}"),
        ),
        ends=(
            End("c in", LEFT, TOP, "c_{t−1}"),
            End("h in", LEFT, H_BUS, "h_{t−1}"),
            End("x in", 116, BOTTOM, "x_t", "features"),
            End("c out", 498, TOP, "c_t"),
            End("h out", 498, H_BUS, "h_t"),
        ),
        buses=(
            Bus("x bus", ((116, BOTTOM), (116, X_BUS), (378, X_BUS)), "input-wire"),
            Bus("h bus", ((LEFT, H_BUS), (394, H_BUS)), "state-h"),
            Bus("c line", ((283, TOP), (442, TOP)), "state-c"),
        ),
        wires=(
            *_feed("f", 152),
            *_feed("i", 236),
            *_feed("c", 312),
            *_feed("o", 386),
            Wire("c in", "forget", ((LEFT, TOP), (143, TOP)), "state-c"),
            Wire("forget", "add", ((161, TOP), (265, TOP)), "state-c"),
            Wire("add", "c out", ((283, TOP), (498, TOP)), "state-c"),
            Wire("f", "forget", ((152, GATES - 13), (152, TOP + 9))),
            Wire("i", "write", ((236, GATES - 13), (236, LOW), (265, LOW))),
            Wire("c", "write", ((312, GATES - 13), (312, LOW), (283, LOW))),
            Wire("write", "add", ((274, LOW - 9), (274, TOP + 9))),
            Wire("c line", "squash", ((442, TOP), (442, LOW - 13))),
            Wire("squash", "read", ((442, LOW + 13), (442, GATES - 9))),
            Wire("o", "read", ((408, GATES), (433, GATES))),
            Wire("read", "h out", ((442, GATES + 9), (442, H_BUS), (498, H_BUS)), "state-h"),
        ),
    ),
    "GRU": Wiring(
        right=420,
        parts=(
            Part("keep", 160, TOP, "⊙"),
            Part("add", 360, TOP, "+"),
            Part("rest", 250, LOW, "1 −", is_gate=True),
            Part("write", 360, LOW, "⊙"),
            Part("reset", 304, GATES, "⊙"),
            _gate("z", 160, "{s}"),
            _gate("r", 244, "{s}"),
            _gate("h", 360, "{a}"),
        ),
        ends=(
            End("h in", LEFT, TOP, "h_{t−1}"),
            End("x in", 132, BOTTOM, "x_t", "features"),
            End("h out", 428, TOP, "h_t"),
        ),
        buses=(
            Bus("x bus", ((132, BOTTOM), (132, X_BUS), (360, X_BUS)), "input-wire"),
            Bus("h bus", ((LEFT, TOP), (112, TOP), (112, H_BUS), (304, H_BUS)), "state-h"),
            Bus("z line", ((160, GATES - 13), (160, LOW)), "wire"),
        ),
        wires=(
            *_feed("z", 160),
            *_feed("r", 244),
            Wire("x bus", "h", ((360, X_BUS), (360, GATES + 13)), "input-wire"),
            Wire("h bus", "reset", ((304, H_BUS), (304, GATES + 9)), "state-h"),
            Wire("r", "reset", ((266, GATES), (295, GATES))),
            Wire("reset", "h", ((313, GATES), (338, GATES)), "state-h"),
            Wire("h in", "keep", ((LEFT, TOP), (151, TOP)), "state-h"),
            Wire("keep", "add", ((169, TOP), (351, TOP)), "state-h"),
            Wire("add", "h out", ((369, TOP), (428, TOP)), "state-h"),
            Wire("z", "keep", ((160, GATES - 13), (160, TOP + 9))),
            Wire("z line", "rest", ((160, LOW), (228, LOW))),
            Wire("rest", "write", ((272, LOW), (351, LOW))),
            Wire("h", "write", ((360, GATES - 13), (360, LOW + 9))),
            Wire("write", "add", ((360, LOW - 9), (360, TOP + 9))),
        ),
    ),
    "SimpleRNN": Wiring(
        right=250,
        parts=(_gate("h", 172, "{a}"),),
        ends=(
            End("h in", LEFT, H_BUS, "h_{t−1}"),
            End("x in", 116, BOTTOM, "x_t", "features"),
            End("h out", 258, LOW, "h_t"),
        ),
        buses=(
            Bus("x bus", ((116, BOTTOM), (116, X_BUS), (164, X_BUS)), "input-wire"),
            Bus("h bus", ((LEFT, H_BUS), (180, H_BUS)), "state-h"),
        ),
        wires=(
            *_feed("h", 172),
            Wire("h", "h out", ((172, GATES - 13), (172, LOW), (258, LOW)), "state-h"),
        ),
        top=FRAME_TOP + LOW - TOP,
    ),
}


def place_wiring(cell: Cell) -> tuple[tuple[Mark, ...], float, float]:
    """The marks of one cell, their width and their height."""
    wiring = WIRINGS[cell.kind]
    sizes = {"units": cell.units, "features": cell.features}
    marks: list[Mark] = [
        Box(FRAME, wiring.top, wiring.right - FRAME, FRAME_BOTTOM - wiring.top, "card", 12),
        *(Line(bus.points, bus.look) for bus in wiring.buses),
        *(port for bus in wiring.buses for port in _open_bus(bus)),
        *(Arrow(wire.points, wire.look, wire.source, wire.target) for wire in wiring.wires),
        *(mark for part in wiring.parts for mark in _place_part(part, cell)),
        *(mark for end in wiring.ends for mark in _place_end(end, sizes[end.axis], wiring)),
    ]
    unused = wiring.top - FRAME_TOP
    return (Group(tuple(marks), y=-unused),), wiring.right + BESIDE, BOTTOM + 20 - unused


def _open_bus(bus: Bus) -> tuple[Box, ...]:
    """A port along each stretch of the bus, so that wires may branch off anywhere."""
    return tuple(
        Box(min(x, u), min(y, v), abs(u - x), abs(v - y), "port", 0, bus.name)
        for (x, y), (u, v) in pairwise(bus.points)
    )


def _place_part(part: Part, cell: Cell) -> tuple[Mark, ...]:
    sign = part.sign.format(s=cell.recurrent_activation, a=cell.activation)
    fitted = fit_text(sign, "operator", GATE_WIDTH - 4)
    text = Text(part.x, part.y + 4.5, fitted, "operator", "middle", "" if fitted == sign else sign)
    if not part.is_gate:
        return (Dot(part.x, part.y, OPERATOR, "gate", part.name), text)
    left, top = part.x - GATE_WIDTH / 2, part.y - GATE_HEIGHT / 2
    box = Box(left, top, GATE_WIDTH, GATE_HEIGHT, "gate", 6, part.name)
    signs = {gate.letter: gate.sign for gate in cell.gates}
    # Above the middle, where an arrow may come in.
    sign_beside = (Text(left - 4, part.y - 6, signs[part.letter], "letter", "end"),) if part.letter else ()
    return (box, text, *sign_beside)


def _place_end(end: End, size: int, wiring: Wiring) -> tuple[Mark, ...]:
    look = "units-small" if end.axis == "units" else "features-small"
    port = Box(end.x - 2, end.y - 2, 4, 4, "port", 0, end.name)
    words = write_axis(end.axis, size)
    if end.y == BOTTOM:
        name = Text(end.x + 10, end.y + 4, spell(end.label), "formula")
        return (port, name, Text(end.x + 30, end.y + 4, words, look))
    anchor: Anchor = "start" if end.x > wiring.right else "end"
    x = end.x + (6 if anchor == "start" else -6)
    return (
        port,
        Text(x, end.y - 1, spell(end.label), "formula", anchor),
        Text(x, end.y + 14, words, look, anchor),
    )
