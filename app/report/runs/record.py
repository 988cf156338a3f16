"""record_run(): the real model run once, recording all that its recurrent cells compute."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from time import monotonic
from typing import Any, NamedTuple

import keras
import numpy as np

from app.architecture.spec import Architecture, Node
from app.report.calls import call_layer
from app.report.runs.inside import OpenRun, Path
from app.report.runs.running import Array
from app.report.runs.walks import Heard, OutOfTime, Walk, read_tensor, walk_cells


class Recorded(NamedTuple):
    """The first output of one layer call, and the walks of its cells over the timesteps."""

    output: Array
    walks: tuple[Walk, ...]


def record_run(architecture: Architecture, data: Mapping[str, Array], seconds: float) -> dict[Path, Recorded]:
    """The first output of every layer, also inside nested models, for the data of each input.

    The weights are those of the model's code after `set_random_seed(SEED)`. Raises OutOfTime, and what Keras
    raises.
    """
    deadline = monotonic() + seconds
    walks: dict[Path, tuple[Walk, ...]] = {}

    def call_heard(layer: Any, node: Node, read: list[Any]) -> list[Any]:
        with _hear_walkers(layer) as heard:
            given = call_layer(layer, node, read)
        walked = tuple(walk for way in heard for walk in walk_cells(way, heard[way], deadline))
        is_distributed = isinstance(layer, keras.layers.TimeDistributed)
        walks[run.locate(node)] = tuple(_walk_inside(layer, read[0], deadline)) if is_distributed else walked
        if monotonic() > deadline:
            raise OutOfTime
        return given

    run = OpenRun(call_heard)
    return {
        path: Recorded(read_tensor(given[0]), walks.get(path, ()))
        for path, given in run.run(architecture, data, {}).items()
    }


@contextmanager
def _hear_walkers(layer: Any) -> Iterator[dict[str, Heard]]:
    """Collects the inputs, states and masks of the recurrent layers in `layer` while it is called."""
    heard: dict[str, Heard] = {}
    walkers: dict[str, Any] = {}
    if isinstance(layer, keras.layers.Bidirectional):
        walkers = {"forward": layer.forward_layer, "backward": layer.backward_layer}
    elif isinstance(layer, keras.layers.RNN):
        walkers = {"": layer}
    with ExitStack() as stack:
        for way, walker in walkers.items():
            walker.inner_loop = partial(_listen, heard, way, walker, walker.inner_loop)
            stack.callback(delattr, walker, "inner_loop")
        yield heard


def _walk_inside(layer: keras.layers.TimeDistributed, read: Any, deadline: float) -> Iterator[Walk]:
    """The walks of a recurrent layer in a TimeDistributed, with its own timesteps behind the outer ones.

    TimeDistributed calls it on symbolic tensors, which have no numbers: here it is called on the sequences
    of all outer timesteps at once, which gives the same. None if there is a mask, which is not about its own.
    """
    if getattr(read, "_keras_mask", None) is not None:
        return
    samples, timesteps = read.shape[:2]
    with _hear_walkers(layer.layer) as heard:
        if isinstance(layer.layer, keras.layers.RNN | keras.layers.Bidirectional):
            layer.layer(keras.ops.reshape(read, (samples * timesteps, *read.shape[2:])))

    def regroup(values: Array) -> Array:
        return values.reshape(samples, timesteps, *values.shape[1:])

    for way in heard:
        for walk in walk_cells(way, heard[way], deadline):
            yield walk._replace(
                way=f"inner {walk.way or ('backward' if walk.backwards else '')}".strip(),
                backwards=False,
                gates=tuple(gate._replace(values=regroup(gate.values)) for gate in walk.gates),
                states=tuple(map(regroup, walk.states)),
                skipped=np.zeros((samples, timesteps), bool),
            )


def _listen(
    heard: dict[str, Heard],
    way: str,
    layer: Any,
    inner_loop: Any,
    /,
    sequences: Any,
    initial_state: Any,
    mask: Any,
    **options: Any,
) -> Any:
    """Replaces a recurrent layer's `inner_loop`, the point at which all its inputs are decided."""
    heard[way] = Heard(layer, sequences, initial_state, mask)
    return inner_loop(sequences=sequences, initial_state=initial_state, mask=mask, **options)
