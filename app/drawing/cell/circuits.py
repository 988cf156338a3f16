"""Circuits: the parts, wires and sizes of each recurrent cell, as tables; `wiring.py` draws them.

What comes from the input x has the colour of features, what comes from the state h that of units; the kernel
and the recurrent kernel have these colours in all pictures.
"""

from collections.abc import Mapping
from typing import NamedTuple

from app.drawing.scene import Anchor, Point

GATE_WIDTH, GATE_HEIGHT = 44.0, 26.0
TOP, LOW, GATES, H_BUS, X_BUS, BOTTOM = 44.0, 84.0, 126.0, 178.0, 202.0, 240.0
FRAME_TOP, FRAME_BOTTOM = 16.0, 224.0
PRODUCT = 155.0
LEFT = 84.0


class Part(NamedTuple):
    """A gate, with the letter of its weights, or an element-wise operation, centred at (x, y)."""

    name: str
    x: float
    y: float
    sign: str
    letter: str = ""
    is_gate: bool = False
    height: float = GATE_HEIGHT


class Wire(NamedTuple):
    """A path from one part to another."""

    source: str
    target: str
    points: tuple[Point, ...]
    look: str = "wire"


class Bus(NamedTuple):
    """A line from which wires branch."""

    name: str
    points: tuple[Point, ...]
    look: str


class End(NamedTuple):
    """Where something enters or leaves the cell; `axis` says which size it has."""

    name: str
    x: float
    y: float
    label: str
    axis: str = "units"


class Tag(NamedTuple):
    """The size of the data on a wire, written beside it."""

    x: float
    y: float
    anchor: Anchor = "start"
    axis: str = "units"
    room: float = 42
    """In px. A size that needs more is left out; the ends of the wires have the sizes too."""


class Circuit(NamedTuple):
    """A whole cell, in a frame from `top` and to `right`. {s} and {a} are its two activations."""

    right: float
    parts: tuple[Part, ...]
    ends: tuple[End, ...]
    buses: tuple[Bus, ...]
    wires: tuple[Wire, ...]
    tags: tuple[Tag, ...]
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


BUS_TAGS = (Tag(194, H_BUS + 15, "middle", room=66), Tag(194, X_BUS + 15, "middle", "features", room=90))

LSTM = Circuit(
    right=546,
    parts=(
        Part("forget", 152, TOP, "⊙"),
        Part("add", 274, TOP, "+"),
        Part("write", 274, LOW, "⊙"),
        Part("squash", 468, LOW, "{a}", is_gate=True),
        Part("read", 468, GATES, "⊙"),
        _gate("f", 152, "{s}"),
        _gate("i", 236, "{s}"),
        _gate("c", 312, "{a}"),
        _gate("o", 386, "{s}"),
    ),
    ends=(
        End("c in", LEFT, TOP, "c_{t−1}"),
        End("h in", LEFT, H_BUS, "h_{t−1}"),
        End("x in", 116, BOTTOM, "x_t", "features"),
        End("c out", 554, TOP, "c_t"),
        End("h out", 554, H_BUS, "h_t"),
    ),
    buses=(
        Bus("x bus", ((116, BOTTOM), (116, X_BUS), (378, X_BUS)), "input-wire"),
        Bus("h bus", ((LEFT, H_BUS), (394, H_BUS)), "state-h"),
        Bus("c line", ((283, TOP), (468, TOP)), "state-c"),
    ),
    wires=(
        *_feed("f", 152),
        *_feed("i", 236),
        *_feed("c", 312),
        *_feed("o", 386),
        Wire("c in", "forget", ((LEFT, TOP), (143, TOP)), "state-c"),
        Wire("forget", "add", ((161, TOP), (265, TOP)), "state-c"),
        Wire("add", "c out", ((283, TOP), (554, TOP)), "state-c"),
        Wire("f", "forget", ((152, GATES - 13), (152, TOP + 9))),
        Wire("i", "write", ((236, GATES - 13), (236, LOW), (265, LOW))),
        Wire("c", "write", ((312, GATES - 13), (312, LOW), (283, LOW))),
        Wire("write", "add", ((274, LOW - 9), (274, TOP + 9))),
        Wire("c line", "squash", ((468, TOP), (468, LOW - 13))),
        Wire("squash", "read", ((468, LOW + 13), (468, GATES - 9))),
        Wire("o", "read", ((408, GATES), (459, GATES))),
        Wire("read", "h out", ((468, GATES + 9), (468, H_BUS), (554, H_BUS)), "state-h"),
    ),
    tags=(
        *BUS_TAGS,
        Tag(157, 72, room=70),
        Tag(231, 104, "end", room=70),
        Tag(317, 102, room=70),
        Tag(431, 152, "middle", room=68),
        Tag(279, 67, room=70),
        Tag(473, 62, room=68),
        Tag(473, 111, room=68),
        Tag(473, 158, room=68),
        Tag(213, 38, "middle", room=80),
        Tag(376, 38, "middle", room=80),
    ),
)


GRU = Circuit(
    right=452,
    parts=(
        Part("keep", 160, TOP, "⊙"),
        Part("add", 392, TOP, "+"),
        Part("rest", 264, LOW, "1 −", is_gate=True),
        Part("write", 392, LOW, "⊙"),
        Part("reset", 318, GATES, "⊙"),
        Part("product", 318, PRODUCT, "·U_h", is_gate=True, height=20),
        _gate("z", 160, "{s}"),
        _gate("r", 244, "{s}"),
        _gate("h", 392, "{a}"),
    ),
    ends=(
        End("h in", LEFT, TOP, "h_{t−1}"),
        End("x in", 132, BOTTOM, "x_t", "features"),
        End("h out", 460, TOP, "h_t"),
    ),
    buses=(
        Bus("x bus", ((132, BOTTOM), (132, X_BUS), (392, X_BUS)), "input-wire"),
        Bus("h bus", ((LEFT, TOP), (112, TOP), (112, H_BUS), (318, H_BUS)), "state-h"),
        Bus("z line", ((160, GATES - 13), (160, LOW)), "wire"),
    ),
    wires=(
        *_feed("z", 160),
        *_feed("r", 244),
        Wire("x bus", "h", ((392, X_BUS), (392, GATES + 13)), "input-wire"),
        Wire("h bus", "product", ((318, H_BUS), (318, PRODUCT + 10)), "state-h"),
        Wire("product", "reset", ((318, PRODUCT - 10), (318, GATES + 9)), "state-h"),
        Wire("r", "reset", ((266, GATES), (309, GATES))),
        Wire("reset", "h", ((327, GATES), (370, GATES)), "state-h"),
        Wire("h in", "keep", ((LEFT, TOP), (151, TOP)), "state-h"),
        Wire("keep", "add", ((169, TOP), (383, TOP)), "state-h"),
        Wire("add", "h out", ((401, TOP), (460, TOP)), "state-h"),
        Wire("z", "keep", ((160, GATES - 13), (160, TOP + 9))),
        Wire("z line", "rest", ((160, LOW), (242, LOW))),
        Wire("rest", "write", ((286, LOW), (383, LOW))),
        Wire("h", "write", ((392, GATES - 13), (392, LOW + 9))),
        Wire("write", "add", ((392, LOW - 9), (392, TOP + 9))),
    ),
    tags=(
        *BUS_TAGS,
        Tag(154, 102, "end"),
        Tag(154, 68, "end"),
        Tag(201, 79, "middle"),
        Tag(334, 79, "middle"),
        Tag(287, 120, "middle"),
        Tag(344, 142, "middle"),
        Tag(397, 107),
        Tag(397, 68),
        Tag(276, 38, "middle"),
    ),
)
"""With reset_after=True: the reset gate works on the state after its product with the recurrent kernel."""

UNMULTIPLIED = Wire("h bus", "reset", ((318, H_BUS), (318, GATES + 9)), "state-h")

GRU_RESET_BEFORE = GRU._replace(
    parts=tuple(part for part in GRU.parts if part.name != "product"),
    wires=tuple(
        UNMULTIPLIED if wire.source == "product" else wire for wire in GRU.wires if wire.target != "product"
    ),
)
"""With reset_after=False: the reset gate works on the state itself."""

SIMPLE_RNN = Circuit(
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
    tags=(
        Tag(140, H_BUS + 15, "middle"),
        Tag(140, X_BUS + 15, "middle", "features"),
        Tag(167, 102, "end"),
    ),
    top=FRAME_TOP + LOW - TOP,
)

CIRCUITS: Mapping[tuple[str, bool], Circuit] = {
    # By the kind of cell, and its argument reset_after.
    ("LSTM", False): LSTM,
    ("ConvLSTM", False): LSTM,
    ("GRU", False): GRU_RESET_BEFORE,
    ("GRU", True): GRU,
    ("SimpleRNN", False): SIMPLE_RNN,
}
