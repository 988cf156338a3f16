"""trace_values(): the numbers of a model that Keras runs with seeded weights. Needs Keras."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from app.architecture.sequences import Sequences
from app.architecture.spec import INPUT, Architecture, Node
from app.flow.entries import TIMESTEPS, list_entries
from app.flow.feeding import feed_inputs, plan_inputs
from app.flow.masks import MOST_NUMBERS, count_most
from app.flow.model import Lane
from app.flow.refusals import explain_refusal, refuse_run, refuse_sequences
from app.flow.valued import Fed, Strip, ValuedLayer, Values, ValueTrace
from app.problems import RunStopped
from app.report import LayerReport, Report
from app.report.arguments import argument, wrapped
from app.report.model import list_calls
from app.report.runs.inside import Path
from app.report.runs.record import Recorded, record_run
from app.report.runs.running import SEED, Array
from app.report.runs.tokens import find_vocabulary
from app.report.runs.walks import OutOfTime, Walk

MOST_TIMESTEPS = 256
MOST_VALUES = 250_000
MOST_SECONDS = 5.0
"""The time limit of a run. A model of more timesteps or numbers than the limits above is not run."""

ROLES = {
    "i": "input gate",
    "f": "forget gate",
    "o": "output gate",
    "z": "update gate",
    "r": "reset gate",
    "c̃": "candidate",
    "h̃": "candidate",
}
STATES = (("h", "hidden state"), ("c", "cell state"))


RANGES: Mapping[str, tuple[float, float]] = {
    **dict.fromkeys(("sigmoid", "hard_sigmoid"), (0.5, 0.5)),
    **dict.fromkeys(("softmax", "sparsemax", "tanh", "hard_tanh", "softsign"), (0.0, 1.0)),
}
"""What an activation gives for 0, and how far from it its numbers can be; of a softmax, how far from 0."""


class Run(NamedTuple):
    """The result of a run, with the lanes, and the inputs that read tokens."""

    recorded: Mapping[Path, Recorded]
    lanes: Mapping[Path, Lane]
    tokens: frozenset[Path]


def trace_values(
    report: Report, lanes: tuple[Lane, ...], sequences: Sequences | None, timesteps: int
) -> ValueTrace:
    """Run the model once, on the typed sequences, else on random numbers from a seed.

    `timesteps` is the length of the random data if the axis is open. If the model cannot be run, or is too
    large to be run, `refused` says why. Raises RunStopped if the run takes too long, which is not a final
    answer: on a less busy machine the same run may finish.
    """
    if refused := refuse_run(report, bool(lanes)):
        return ValueTrace(refused=refused)
    longest = max(max(lane.timesteps_in, lane.timesteps_out) for lane in lanes)
    if longest > MOST_TIMESTEPS:
        return ValueTrace(refused=f"The model has {longest:,} timesteps: at most {MOST_TIMESTEPS} are run.")
    entries = list_entries(report)
    if sequences and (refused := refuse_sequences(entries, sequences)):
        return ValueTrace(refused=refused)
    plan = plan_inputs(entries, sequences, timesteps)
    if count_most(report.architecture, plan.sizes) > MOST_NUMBERS:
        return ValueTrace(refused=f"More than {MOST_NUMBERS:,} numbers leave a layer: the model is not run.")
    feeding = feed_inputs(entries, plan, report.architecture)
    try:
        recorded = record_run(report.architecture, feeding.data, MOST_SECONDS)
    except OutOfTime:
        raise RunStopped(f"The run took more than {MOST_SECONDS:g} seconds, and was stopped.") from None
    except Exception as error:
        return ValueTrace(refused=explain_refusal(error, report.architecture, feeding.data))
    if _count_values(recorded) > MOST_VALUES:
        return ValueTrace(refused=f"There would be more than {MOST_VALUES:,} numbers to show.")
    tokens = {(entry.name,) for entry in entries if find_vocabulary(entry.name, report.architecture)}
    run = Run(recorded, {(lane.layer,): lane for lane in lanes}, frozenset(tokens))
    return ValueTrace(
        weights=f"keras.utils.set_random_seed({SEED})",
        fed=tuple(Fed(input=name, code=code) for name, code in feeding.codes.items()),
        layers=tuple(_list_layers(report.rows, report.architecture, (), run)),
    )


def _list_layers(
    rows: Iterable[LayerReport], architecture: Architecture, around: Path, run: Run
) -> Iterator[ValuedLayer]:
    """The layers that have numbers; after a nested model its own layers, except its inputs."""
    nodes = {node.name: node for node in architecture.nodes}
    for row in rows:
        node, path = nodes[row.name], (*around, row.name)
        if path not in run.recorded or (around and row.kind == INPUT):
            continue
        strips = _list_strips(row, node, run.lanes.get(path), run.recorded[path], path in run.tokens)
        if shown := tuple(strips):
            yield ValuedLayer(layer=row.name, kind=row.kind, around=around, strips=shown)
        if node.model is not None:
            yield from _list_layers(list_calls(row.layers), node.model, path, run)


def _count_values(recorded: Mapping[Path, Recorded]) -> int:
    arrays = [one.output for one in recorded.values()]
    for walk in (walk for one in recorded.values() for walk in one.walks):
        arrays += [*(gate.values for gate in walk.gates), *walk.states]
    return sum(array.size for array in arrays)


def _list_strips(
    row: LayerReport, node: Node, lane: Lane | None, recorded: Recorded, reads_tokens: bool
) -> Iterator[Strip]:
    cells = max((walk.place for walk in recorded.walks), default=0) + 1
    for walk in recorded.walks:
        yield from _list_walk(walk, cells)
    axes = row.axes[0]
    has_timesteps = TIMESTEPS in axes or (lane is not None and lane.time_out)
    if _is_state(recorded, has_timesteps) or not (has_timesteps or recorded.output.ndim == 2):
        return
    time = axes.index(TIMESTEPS) if TIMESTEPS in axes else 1
    numbers = np.moveaxis(recorded.output, time, 1) if has_timesteps else recorded.output[:, None]
    centre, reach = _find_scale(node, recorded)
    yield Strip(
        name="out",
        centre=centre,
        reach=reach,
        role="input" if row.kind == INPUT else "output",
        whole=row.output_dtypes[0].startswith(("int", "uint")) or reads_tokens,
        has_timesteps=has_timesteps,
        values=_list_values(numbers),
    )


def _find_scale(node: Node, recorded: Recorded) -> tuple[float, float | None]:
    """The middle of the scale of an output, and how far the scale goes if its activation limits that."""
    if recorded.walks:
        return 0.0, None
    layer = wrapped(node) or node
    function = argument(layer, "activation") or layer.kind.removeprefix("ops.").lower()
    return RANGES.get(function, (0.0, None)) if isinstance(function, str) else (0.0, None)


def _is_state(recorded: Recorded, has_timesteps: bool) -> bool:
    """Whether a layer's output is the hidden states of its last cell, or the last of them."""
    if not recorded.walks:
        return False
    walk = recorded.walks[-1]
    state = walk.states[0] if has_timesteps else walk.states[0][:, 0 if walk.backwards else -1]
    return state.shape == recorded.output.shape and np.allclose(state, recorded.output, atol=1e-6)


def _list_walk(walk: Walk, cells: int) -> Iterator[Strip]:
    way = walk.way or ("backward" if walk.backwards else "")
    which = Strip(
        name="",
        role="",
        way=way if cells == 1 else f"{way} cell {walk.place + 1}".strip(),
        direction="backward" if walk.backwards else "forward",
        skipped=tuple(map(tuple, walk.skipped.tolist())) if walk.skipped.any() else None,
        values=(),
    )
    for gate in walk.gates:
        made = {"name": gate.name, "role": ROLES[gate.name], "centre": gate.centre}
        yield which.model_copy(update={**made, "values": _list_values(gate.values)})
    for (name, role), state in zip(STATES, walk.states, strict=False):
        yield which.model_copy(update={"name": name, "role": role, "values": _list_values(state)})


def _list_values(array: Array) -> Values:
    """The numbers with all axes after the timesteps flattened, rounded to six digits."""
    samples, timesteps = array.shape[:2]
    numbers = array.reshape(samples, timesteps, -1).tolist()
    return tuple(tuple(tuple(map(_round, step)) for step in sample) for sample in numbers)


def _round(number: float) -> float | None:
    return float(f"{number:.6g}") if np.isfinite(number) else None
