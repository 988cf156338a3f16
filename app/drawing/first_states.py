"""place_first_state(): a walk that begins with the last state of another: the decoder behind an encoder."""

from collections.abc import Iterator

from app.architecture.handed import find_places
from app.architecture.spec import Inbound, Node
from app.drawing.scene import Arrow
from app.drawing.state_names import LETTERS
from app.drawing.strip import Place, Strip

OUTLINES = {"h": (5.0, 11.0, -8.0, 5.0), "c": (10.0, 16.0, -3.0, -5.0)}
"""How far the way of a state is beside the middle of the cell that it leaves, below that cell, beside the
first column, and below the middle of the cell that it enters: so that the two do not cross."""


def find_first_state(node: Node) -> Inbound:
    """The tensors that a walk begins with, h before c; none where it begins with zeros."""
    return tuple(node.inbound[place] for place in find_places(node.call.get("initial_state")))


def place_first_state(strip: Strip, node: Node, first: Place) -> Iterator[Arrow]:
    """The ways of the states into the left side of the first cell, from the last cells of walks above."""
    for letter, source in zip(LETTERS, find_first_state(node), strict=False):
        last = strip.last_cells.get(source.node)
        if last is None or not source.output:
            continue
        aside, below, left, middle = OUTLINES[letter]
        (x, bottom), (end, y) = last.point, first.point
        rail = strip.columns.left + left
        way = (
            (x + aside, bottom),
            (x + aside, bottom + below),
            (rail, bottom + below),
            (rail, y + middle),
            (end, y + middle),
        )
        strip.legend.append("handed")
        yield Arrow(way, f"state-{letter}", last.port, first.port)
