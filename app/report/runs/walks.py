"""walk_cells(): the states and gates of a recurrent layer's cells at each timestep, computed by Keras."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from time import monotonic
from typing import Any, NamedTuple

import keras
import numpy as np
from numpy.typing import NDArray

from app.report.runs.running import Array

LSTM_GATES = (
    ("i", "recurrent_activation", 0),
    ("f", "recurrent_activation", 1),
    ("c̃", "activation", 0),
    ("o", "recurrent_activation", 2),
)
GATES: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    "LSTMCell": LSTM_GATES,
    "ConvLSTMCell": LSTM_GATES,
    "GRUCell": (
        ("z", "recurrent_activation", 0),
        ("r", "recurrent_activation", 1),
        ("h̃", "activation", 0),
    ),
}
"""For each cell its gates: the function that computes each while the cell is called, and the number of that
call. From `call` of the cells in keras/src/layers/rnn: lstm.py, gru.py and conv_lstm.py."""


class OutOfTime(Exception):
    """A run took longer than allowed."""


class Heard(NamedTuple):
    """A recurrent layer, and the inputs of its loop."""

    layer: Any
    sequences: Any
    initial_state: Any
    mask: Any


class Gate(NamedTuple):
    """A gate's values: (samples, timesteps, …the axes of the state); NaN at skipped timesteps."""

    name: str
    values: Array
    centre: float
    """The gate's value without any signal: 0.5 for a sigmoid."""


class Walk(NamedTuple):
    """One cell along the timesteps; its states are those after each timestep."""

    way: str
    """The direction of a Bidirectional, "forward" or "backward"; "inner" in a TimeDistributed; else empty."""
    place: int
    """The number of the cell among stacked cells, from 0."""
    backwards: bool
    gates: tuple[Gate, ...]
    states: tuple[Array, ...]
    skipped: NDArray[np.bool_]
    """For each sample, for each timestep, whether the mask makes the cell skip it."""


class _Step(NamedTuple):
    """One timestep: the gates of each cell, and the states of all cells after it."""

    gates: list[list[Array]]
    states: list[Array]


def walk_cells(way: str, heard: Heard, deadline: float) -> Iterator[Walk]:
    """Calls the layer's own cell timestep by timestep; at a masked one the states stay, as in Keras.

    Raises OutOfTime once `monotonic()` reaches the deadline, and what Keras raises.
    """
    layer = heard.layer
    cells = getattr(layer.cell, "cells", [layer.cell])
    counts = _read_mask(heard)
    steps = _list_steps(heard, cells, counts, deadline)
    first = 0
    for place, cell in enumerate(cells):
        # The state size of a convolutional cell is a shape, but it has only one.
        size = len(keras.tree.flatten(cell.state_size)) if len(cells) > 1 else len(steps[0].states)
        gates = (
            Gate(
                name, np.stack([step.gates[place][number] for step in steps], axis=1), _find_centre(cell, by)
            )
            for number, (name, by, _) in enumerate(_list_gates(cell))
        )
        states = (
            np.stack([step.states[number] for step in steps], axis=1) for number in range(first, first + size)
        )
        yield Walk(way, place, layer.go_backwards, tuple(gates), tuple(states), ~counts)
        first += size


def read_tensor(tensor: Any) -> Array:
    """The numbers of a tensor of any dtype."""
    return np.asarray(keras.ops.convert_to_numpy(tensor)).astype("float64")


def _read_mask(heard: Heard) -> NDArray[np.bool_]:
    masks = [mask for mask in keras.tree.flatten(heard.mask) if mask is not None]
    return np.array(masks[0], bool) if masks else np.ones(heard.sequences.shape[:2], bool)


def _list_steps(heard: Heard, cells: list[Any], counts: Array, deadline: float) -> list[_Step]:
    """In the order of the timesteps, whichever way they are walked."""
    states = keras.tree.flatten(heard.initial_state)
    order = range(counts.shape[1])
    walked: dict[int, _Step] = {}
    for step in reversed(order) if heard.layer.go_backwards else order:
        if monotonic() > deadline:
            raise OutOfTime
        kept = counts[:, step]
        with ExitStack() as stack:
            gates = [stack.enter_context(_hear_gates(cell)) for cell in cells]
            packed = keras.tree.pack_sequence_as(heard.initial_state, states)
            _, changed = heard.layer.cell(heard.sequences[:, step], packed)
        given = [
            [_blank(kept, read_tensor(gates[place][by][call])) for _, by, call in _list_gates(cell)]
            for place, cell in enumerate(cells)
        ]
        pairs = zip(keras.tree.flatten(changed), states, strict=True)
        states = [keras.ops.where(_spread(kept, new), new, old) for new, old in pairs]
        walked[step] = _Step(given, [read_tensor(state) for state in states])
    return [walked[step] for step in order]


def _list_gates(cell: Any) -> tuple[tuple[str, str, int], ...]:
    return GATES.get(type(cell).__name__, ())


def _find_centre(cell: Any, function: str) -> float:
    return float(getattr(cell, function)(keras.ops.zeros(())))


@contextmanager
def _hear_gates(cell: Any) -> Iterator[dict[str, list[Any]]]:
    """Collects what each gate function of a cell returns while the cell is called, in order."""
    functions = {by: getattr(cell, by) for _, by, _ in _list_gates(cell)}
    heard: dict[str, list[Any]] = {by: [] for by in functions}

    def listen_to(by: str) -> Any:
        def listen(values: Any) -> Any:
            heard[by].append(functions[by](values))
            return heard[by][-1]

        return listen

    for by in functions:
        setattr(cell, by, listen_to(by))
    try:
        yield heard
    finally:
        for by, function in functions.items():
            setattr(cell, by, function)


def _spread(kept: Array, like: Any) -> Array:
    return kept.reshape(-1, *(1 for _ in like.shape[1:]))


def _blank(kept: Array, values: Array) -> Array:
    return np.asarray(np.where(_spread(kept, values), values, np.nan))
