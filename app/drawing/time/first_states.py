"""Initial states that are not zeros: the states of recurrent layers above, or outputs of other layers.

A state leads down to a rail beside the columns, and along it to the first cell.
"""

from collections.abc import Mapping
from typing import NamedTuple

from app.architecture.handed import find_places
from app.architecture.spec import Inbound, Node, Source
from app.drawing.measures import measure_step
from app.drawing.scene import Arrow, Box, Group
from app.drawing.state_names import LETTERS
from app.drawing.time.sources import Place
from app.drawing.time.strip import BAR, Strip, name_port
from app.flow import Lane
from app.report import LayerReport

RAILS: Mapping[str, float] = {"h": 8.0, "c": 3.0}
RAILS_BEFORE: Mapping[str, float] = {"h": 8.0, "c": 13.0}
"""How far the rail of a state is from the columns: into a cell, and into the state's own bar (BEFORE)."""

NEAR: Mapping[str, tuple[float, float]] = {"h": (10.0, 6.0), "c": (5.0, 11.0)}
FAR: Mapping[str, tuple[float, float]] = {"h": (5.0, 11.0), "c": (10.0, 16.0)}
"""How far the path of a state is beside and below the middle of its source, on the side of the rail (NEAR)
and on the other side (FAR). So the paths of h and c do not cross."""

BESIDE = 8.0
"""How far the middle of a state's own bar is from the columns; the rails and the first cell's input are
between."""

MIDDLES: Mapping[str, float] = {"h": 5.0, "c": -5.0}
"""How far below the middle of a cell with two states each of them enters."""


class Beginning(NamedTuple):
    """The first cell of a walk, and the side at which states enter: -1 left, 1 right; `end` is its middle."""

    step: int | None
    side: int
    end: Place


def find_first_state(node: Node) -> Inbound:
    """The tensors of a layer's initial state, h before c; empty if it is zeros."""
    return tuple(node.inbound[place] for place in find_places(node.call.get("initial_state")))


def keep_states(strip: Strip, layer: LayerReport, *ends: Place) -> None:
    """Record the cells in which a layer's walks end, which have the states that it returns."""
    states = len(layer.output_shapes) - 1
    for output in range(states):
        strip.states[layer.name, output + 1] = ends[output * len(ends) // states]


def open_first_states(strip: Strip, lane: Lane, layer: LayerReport) -> None:
    """A row for each initial state that no row above has, with its bar beside the rails."""
    node = strip.nodes[layer.name]
    side = 1 if lane.direction == "backward" else -1
    x = strip.columns.right - BESIDE if side > 0 else strip.columns.left + BESIDE
    sources = find_first_state(node)
    each = len(sources) // (2 if lane.direction == "both" else 1)
    for place, source in enumerate(sources):
        if _find_place(strip, source) is not None:
            continue
        letter = LETTERS[place % each % len(LETTERS)]
        row = strip.layers[source.node]
        measure = measure_step(row.axes[source.output], row.output_shapes[source.output], None)
        y = strip.open_row(measure.height)
        strip.name_row(y, row.name, f"begins {layer.name}")
        strip.measure_row(y, lane, row, measure, changed=False)
        port = name_port(row.name, 0, f" state {source.output}")
        bar = Box(x - BAR / 2, y - measure.height / 2, BAR, measure.height, measure.hue, 3, port)
        strip.rails.take(y, measure.height, BAR / 2, (x,))
        beginning = Beginning(None, side, Place((x + side * BAR / 2, y), port))
        read = (_find_place(strip, before) for before in strip.nodes[source.node].inbound)
        rail = RAILS_BEFORE[letter]
        arrows = [_lead(strip, letter, rail, ending, beginning, 0) for ending in read if ending]
        strip.put(Group((*arrows, bar), "read", row.name))
        strip.states[source.node, source.output] = Place((x, y + measure.height / 2), port)


def place_first_states(strip: Strip, lane: Lane, *beginnings: Beginning) -> None:
    """The paths of the initial states into the first cell of each of a layer's walks."""
    sources = find_first_state(strip.nodes[lane.layer])
    each = len(sources) // len(beginnings)
    for walk, beginning in enumerate(beginnings):
        own = list(zip(LETTERS, sources[walk * each : (walk + 1) * each], strict=False))
        arrows = tuple(
            _lead(strip, letter, RAILS[letter], place, beginning, MIDDLES[letter] if len(own) > 1 else 0)
            for letter, source in own
            if (place := _find_place(strip, source))
        )
        if arrows:
            strip.put_step(lane.layer, beginning.step, *arrows)
            strip.legend.append("handed")


def _find_place(strip: Strip, source: Source) -> Place | None:
    """Where a tensor without timesteps leaves its row."""
    leaving = strip.exits.get(source.node)
    if leaving and leaving.single and not source.output:
        return leaving.places[0]
    return strip.states.get((source.node, source.output))


def _lead(
    strip: Strip, letter: str, beside: float, state: Place, beginning: Beginning, below_middle: float
) -> Arrow:
    _, side, ((end_x, end_y), port) = beginning
    (x, bottom), columns = state.point, strip.columns
    near = (columns.middle - x) * side < 0
    aside, below = (NEAR if near else FAR)[letter]
    start = x + (side if near else -side) * aside
    rail = columns.left - beside if side < 0 else columns.right + beside
    way = (
        (start, bottom),
        (start, bottom + below),
        (rail, bottom + below),
        (rail, end_y + below_middle),
        (end_x, end_y + below_middle),
    )
    return Arrow(way, f"state-{letter}", state.port, port)
