"""Rows of recurrent layers: cells along the timesteps, in one direction or in both."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from app.architecture import Node
from app.architecture.outputs import STATES
from app.drawing.boxes.kinds import name_kind
from app.drawing.measures import Measure, measure_output
from app.drawing.scene import MARGIN, Arrow, Group, Line, Point, Text
from app.drawing.state_names import LETTERS, gives_both_walks
from app.drawing.time.cell_row import CELL, CellRow
from app.drawing.time.cells import APART
from app.drawing.time.columns import Slot
from app.drawing.time.first_states import keep_states, open_first_states, place_first_states
from app.drawing.time.lanes import find_sources, leave_chip, put_bars, put_chip
from app.drawing.time.sources import Exit, Place, Source
from app.drawing.time.strip import BAR, Strip, name_port
from app.flow import Lane
from app.report import LayerReport
from app.report.arguments import list_cells, wrapped

SHORTEST_CELL = 30.0
STUB, STOP = 8.0, 4.0
ASIDE, TURN = 8.0, 10.0
BETWEEN_WALKS, BETWEEN_CELLS = 22.0, 26.0
BELOW_STOPS, BELOW_STATES = 12.0, 21.0
"""How far below a cell its output passes the signs of dropped outputs, and the states."""


def is_walk(lane: Lane, node: Node) -> bool:
    """Whether a state that runs from cell to cell shows exactly what `depends` says."""
    last = lane.timesteps_in - 1
    one_way = lane.kind == "recurrent" or gives_both_walks(node)
    for step, reads in zip(lane.steps_out, lane.depends, strict=True):
        expected = lane.steps_in
        if lane.time_out and one_way:
            backward = lane.direction == "backward"
            expected = (
                expected[bisect_left(expected, last - step) :]
                if backward
                else expected[: bisect_right(expected, step)]
            )
        if expected != reads:
            return False
    # There is no walk along an axis of length 0.
    return lane.kind in ("recurrent", "bidirectional") and lane.timesteps_in > 0


def place_walk(strip: Strip, lane: Lane, layer: LayerReport) -> None:
    """Cells from left to right, or from right to left if the layer goes backwards."""
    sources = find_sources(strip, lane, layer)
    measure = measure_output(layer, lane.time_out)
    height = max(measure.height, SHORTEST_CELL)
    slots = strip.slots(lane, lane.timesteps_in)
    backward = lane.direction == "backward"
    walked = slots[::-1] if backward else slots
    open_first_states(strip, lane, layer)
    y = strip.open_row(height)
    strip.name_row(y, layer.name, name_kind(strip.nodes[lane.layer]))
    # Narrow columns have narrow cells, so that there is room for the letters of the states between them.
    cell = min(CELL, max(BAR, strip.columns.pitch - BETWEEN_CELLS))
    walk = CellRow(strip, lane, _has_memory(strip, layer), "", cell)
    ends = walk.put(walked, y, height, sources, 0)
    place_first_states(strip, lane, walk.find_beginning(walked[0], y, 0, 1 if backward else -1))
    keep_states(strip, layer, ends[walked[-1].step])
    if not lane.time_out:
        _leave_once(strip, lane, layer, measure, y, ends, slots, cell / 2)
        return
    strip.measure_row(y, lane, layer, measure, changed=False)
    strip.exits[lane.layer] = leaving = Exit(ends, False, lane.timesteps_out)
    if backward:
        last = lane.timesteps_in - 1
        turned = Source(leaving, lambda step: (last - step,), folded=False)
        strip.exits[lane.layer] = _put_outputs(strip, lane, measure, [turned], "in reverse order")
    elif lane.layer not in strip.read:
        _put_outputs(
            strip, lane, measure, [Source(leaving, lambda step: (step,), False)], "every output leaves"
        )


def place_two_walks(strip: Strip, lane: Lane, layer: LayerReport) -> None:
    """Bidirectional: one row of cells to the right, one to the left, and their merged outputs."""
    sources = find_sources(strip, lane, layer)
    measure = measure_output(layer, lane.time_out)
    height = SHORTEST_CELL
    slots = strip.slots(lane, lane.timesteps_in)
    open_first_states(strip, lane, layer)
    y = strip.open_row(2 * height + BETWEEN_WALKS)
    upper, lower = y - (height + BETWEEN_WALKS) / 2, y + (height + BETWEEN_WALKS) / 2
    strip.name_row(y, layer.name, name_kind(strip.nodes[lane.layer]))
    memory = _has_memory(strip, layer)
    there, back = (CellRow(strip, lane, memory, f" {way}", BAR) for way in ("forward", "backward"))
    forward = there.put(slots, upper, height, sources, -ASIDE)
    backward = back.put(slots[::-1], lower, height, sources, ASIDE)
    from_left = there.find_beginning(slots[0], upper, -ASIDE, -1)
    place_first_states(strip, lane, from_left, back.find_beginning(slots[-1], lower, ASIDE, 1))
    keep_states(strip, layer, forward[slots[-1].step], backward[slots[0].step])
    if lane.time_out:
        both = [
            Source(Exit(ends, False, lane.timesteps_in), lambda step: (step,), folded=False)
            for ends in (forward, backward)
        ]
        strip.measure_row(y, lane, layer, measure, changed=False)
        if gives_both_walks(strip.nodes[lane.layer]):
            strip.exits[lane.layer] = _put_outputs(strip, lane, measure, both[:1], "forward output", -ASIDE)
            strip.seconds[lane.layer] = _put_outputs(
                strip, lane, measure, both[1:], "backward output", ASIDE, " out 2"
            )
        else:
            strip.exits[lane.layer] = _put_outputs(strip, lane, measure, both, "both walks together")
        return
    port = name_port(lane.layer, 0)
    strip.measure_row(y, lane, layer, measure, changed=False)
    chip = put_chip(strip, measure, y, port)
    last, first = forward[slots[-1].step], backward[slots[0].step]
    turn, edge = chip.x - TURN, slots[-1].x - ASIDE + BAR / 2
    arrows = (
        Arrow(
            ((edge, upper), (turn, upper), (turn, y - APART), (chip.x, y - APART)), "wire", last.port, port
        ),
        Arrow(_lead_below(layer, first.point, turn, (chip.x, y + APART)), "wire", first.port, port),
    )
    _put_dropped(strip, lane, forward, slots[-1].step)
    _put_dropped(strip, lane, backward, slots[0].step)
    strip.put(Group((*arrows, chip), "result", lane.layer))
    strip.exits[lane.layer] = leave_chip(strip, measure, y, port)


def _has_memory(strip: Strip, layer: LayerReport) -> bool:
    node = strip.nodes[layer.name]
    walker = wrapped(node) or node
    return any(STATES.get(cell.kind, 0) == len(LETTERS) for cell in list_cells(walker) or (walker,))


def _put_outputs(
    strip: Strip,
    lane: Lane,
    measure: Measure,
    sources: list[Source],
    said: str,
    aside: float = 0,
    part: str = " out",
) -> Exit:
    y = strip.open_row(measure.height)
    strip.put(Text(MARGIN, y + 4, said, "small"))
    return put_bars(strip, lane, sources, measure, y, part, aside)


def _leave_once(
    strip: Strip,
    lane: Lane,
    layer: LayerReport,
    measure: Measure,
    y: float,
    ends: Mapping[int | None, Place],
    slots: tuple[Slot, ...],
    half: float,
) -> None:
    """Only the last output of the walk is returned; the others are computed and dropped."""
    final = slots[0] if lane.direction == "backward" else slots[-1]
    port = name_port(lane.layer, 0)
    chip = put_chip(strip, measure, y, port)
    leaves = ends[final.step]
    end = (chip.x, y)
    backward = lane.direction == "backward"
    straight = ((final.x + half, y), end)
    points = _lead_below(layer, leaves.point, chip.x - TURN, end) if backward else straight
    _put_dropped(strip, lane, ends, final.step)
    strip.put(Group((Arrow(points, "wire", leaves.port, port), chip), "result", lane.layer))
    strip.measure_row(y, lane, layer, measure, changed=False)
    strip.exits[lane.layer] = leave_chip(strip, measure, y, port)


def _lead_below(layer: LayerReport, start: Point, turn: float, end: Point) -> tuple[Point, ...]:
    """The route of the first timestep's output below all others, up at `turn` and into the chip."""
    gives_states = len(layer.output_shapes) > 1
    below = start[1] + (BELOW_STATES if gives_states else BELOW_STOPS)
    return (start, (start[0], below), (turn, below), (turn, end[1]), end)


def _put_dropped(strip: Strip, lane: Lane, ends: Mapping[int | None, Place], kept: int | None) -> None:
    """The sign of an output that is not returned, below every cell except `kept`."""
    for step, (point, _) in ends.items():
        if step not in (None, kept):
            x, bottom = point
            stub = Line(((x, bottom), (x, bottom + STUB)), "dropped")
            stop = Line(((x - STOP, bottom + STUB), (x + STOP, bottom + STUB)), "dropped")
            strip.put_step(lane.layer, step, stub, stop)
            strip.legend.append("dropped")
