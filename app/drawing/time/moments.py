"""list_moments(): for the time cursor's words: what a layer reads, remembers and returns at a timestep."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from app.architecture import Node
from app.architecture.outputs import STATES
from app.drawing.boxes.kinds import name_kind
from app.drawing.fold import list_shown
from app.drawing.measures import find_time, measure_output, measure_step
from app.drawing.state_names import LETTERS
from app.drawing.time.order import order_rows
from app.drawing.time.others import find_start, looks_back, looks_everywhere, reads_again
from app.drawing.time.repeated import count_most, fold_blocks
from app.drawing.words import write_axis
from app.flow import Flow, Lane
from app.flow.model import Direction
from app.frozen import Frozen
from app.report import LayerReport, Report
from app.report.arguments import argument, list_cells, wrapped

SHIFTS: Mapping[Direction, tuple[int, ...]] = {"forward": (-1,), "backward": (1,), "both": (-1, 1)}


class Wire(Frozen):
    """Data at a timestep: its letter with an index, and its size.

    With the cursor at t, the index is t + `shift`; if there is no such rule, `at` has the indices by the
    cursor's timestep, counted from 0. Data that is the same at every timestep has neither. `general` is the
    index without a cursor. `origin` is the layer that it is the output of, if that is no input.
    """

    sign: str
    general: str = ""
    shift: int | None = None
    at: Mapping[int, str] = {}
    holds: str
    hue: str
    origin: str = ""


class Moment(Frozen):
    """One layer at each of its timesteps.

    `kept` are the states after it, for the timestep that comes next. `last` is the only one whose output is
    returned, and `after` its number; None and empty if all are.
    """

    layer: str
    kind: str
    timesteps: int
    enters: tuple[Wire, ...]
    remembered: tuple[Wire, ...]
    kept: tuple[Wire, ...]
    leaves: tuple[Wire, ...]
    last: int | None
    after: str


def list_moments(report: Report, flow: Flow) -> tuple[Moment, ...]:
    """A moment for every lane that is drawn, in order."""
    report, flow, _ = fold_blocks(report, flow)
    layers = {layer.name: layer for layer in report.rows}
    nodes = {node.name: node for node in report.architecture.nodes}
    lengths = {lane.layer: lane.timesteps_out for lane in flow.lanes}
    return tuple(
        _tell(lane, layers, nodes[lane.layer], lengths)
        for lane in list_shown(order_rows(report, flow.lanes), count_most(flow))
    )


def _tell(lane: Lane, layers: Mapping[str, LayerReport], node: Node, lengths: Mapping[str, int]) -> Moment:
    layer = layers[node.name]
    walks = lane.kind in ("recurrent", "bidirectional")
    timesteps = lane.timesteps_in if walks or not lane.time_out else lane.timesteps_out
    last = None if lane.time_out else 0 if lane.direction == "backward" else timesteps - 1
    holds = measure_output(layer, lane.time_out)
    sign = "x" if not layer.inbound else "h" if lane.kind == "recurrent" else "y"
    leaving = partial(Wire, sign=sign, holds=holds.words, hue=holds.hue)
    after = "" if last is None else "T" if lane.symbolic and last else f"{last + 1:,}"
    remembered = tuple(_list_remembered(lane, layer, node)) if lane.state else ()
    return Moment(
        layer=lane.layer,
        kind=name_kind(node),
        timesteps=timesteps,
        enters=tuple(_list_entering(lane, layers, node, lengths)),
        remembered=remembered,
        kept=tuple(_list_kept(remembered)),
        leaves=(leaving(shift=0, general="t") if last is None else leaving(general=after if walks else ""),),
        last=last,
        after=after,
    )


def _list_entering(
    lane: Lane, layers: Mapping[str, LayerReport], node: Node, lengths: Mapping[str, int]
) -> Iterator[Wire]:
    """The timesteps read of each input."""
    layer, offset = layers[node.name], 0
    for place, name in enumerate(layer.inbound[:1] if lane.state else layer.inbound):
        if reads_again(node, place):
            continue
        axes, shape, timesteps = layer.input_axes[place], layer.input_shapes[place], lengths.get(name, 0)
        measure = measure_step(axes, shape, find_time(axes, has_time=True) if timesteps else None)
        origin = name if layers[name].inbound else ""
        wire = partial(Wire, sign="x", holds=measure.words, hue=measure.hue, origin=origin)
        if lane.state or not lane.time_out or lane.kind == "per_step":
            yield wire(shift=0, general="t")
        elif lane.time_in if place == 0 else timesteps > 1:
            read = _choose_reads(lane, layer, node, place, timesteps, offset)
            at = {step: _write_steps(read(step)) for step in lane.steps_out}
            yield wire(at=at, general="…")
        else:
            yield wire()
        offset += timesteps


def _choose_reads(
    lane: Lane, layer: LayerReport, node: Node, place: int, timesteps: int, offset: int
) -> Callable[[int], Sequence[int]]:
    """Which of the `timesteps` of the input at `place` an output step reads.

    `offset` is how many timesteps the inputs before it have together.
    """
    if place == 0:
        return dict(zip(lane.steps_out, lane.depends, strict=True)).__getitem__
    if looks_everywhere(layer, node, place):
        return partial(_look, looks_back(node), timesteps)
    return partial(_read_other, timesteps, find_start(layer, node, offset))


def _look(causal: bool, timesteps: int, step: int) -> Sequence[int]:
    return range(min(step + 1, timesteps) if causal else timesteps)


def _read_other(timesteps: int, start: int, step: int) -> Sequence[int]:
    return (step - start,) if 0 <= step - start < timesteps else ()


def _write_steps(steps: Sequence[int]) -> str:
    """(0, 1, 2) → "1–3"; (0, 4) → "1, 5"; "" for none."""
    if len(steps) > 2 and list(steps) == list(range(steps[0], steps[-1] + 1)):
        return f"{steps[0] + 1:,}–{steps[-1] + 1:,}"
    return ", ".join(f"{step + 1:,}" for step in steps)


def _list_remembered(lane: Lane, layer: LayerReport, node: Node) -> Iterator[Wire]:
    """The states of each cell from the timestep before, or after if the layer walks backward."""
    walker = wrapped(node) or node
    cells = list_cells(walker) or (walker,)
    for place, cell in enumerate(cells, 1):
        units = argument(cell, "units")
        measure = measure_output(layer, lane.time_out)
        holds, hue = (write_axis("units", units), "units") if isinstance(units, int) else measure[:2]
        if len(cells) > 1:
            holds += f" of cell {place}"
        for shift in SHIFTS[lane.direction]:
            for sign in LETTERS[: STATES.get(cell.kind, 1)]:
                general = "t−1" if shift < 0 else "t+1"
                yield Wire(sign=sign, general=general, shift=shift, holds=holds, hue=hue)


def _list_kept(remembered: Sequence[Wire]) -> Iterable[Wire]:
    """The same states after the timestep; those of two directions are said once."""
    kept = (wire.model_copy(update={"shift": 0, "general": "t"}) for wire in remembered)
    return {(wire.sign, wire.holds): wire for wire in kept}.values()
