"""record_run(): the real model run once, with all that its recurrent cells compute on the way."""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from time import monotonic
from typing import Any, NamedTuple

import keras

from app.architecture.spec import Architecture
from app.report.calls import call_layer
from app.report.layers import find_layer
from app.report.walks import Array, Heard, OutOfTime, Walk, read_tensor, walk_cells

SEED = 1
"""`keras.utils.set_random_seed` of it, before the model's code, gives the weights that are run here."""


class Recorded(NamedTuple):
    """What left one call of a layer first, and the walks of its cells."""

    output: Array
    walks: tuple[Walk, ...]


def record_run(architecture: Architecture, data: Mapping[str, Array], seconds: float) -> dict[str, Recorded]:
    """Every node's first output by its name, for the data of every input.

    Layers are made and called in the architecture's order, as the code of a model does, so that they have
    the weights of that code after `set_random_seed(SEED)`. Raises OutOfTime, and what Keras raises.
    """
    deadline = monotonic() + seconds
    layers: dict[str, Any] = {}
    tensors: dict[str, list[Any]] = {}
    recorded: dict[str, Recorded] = {}
    keras.utils.set_random_seed(SEED)
    with warnings.catch_warnings():
        # That a mask is lost is told by the report.
        warnings.simplefilter("ignore")
        for node in architecture.nodes:
            walks: list[Walk] = []
            if node.is_input:
                tensors[node.name] = [keras.ops.convert_to_tensor(data[node.name])]
            else:
                read = [tensors[source.node][source.output] for source in node.inbound]
                layer = find_layer(node, layers)
                with _hear_walkers(layer) as heard:
                    tensors[node.name] = call_layer(layer, node, read)
                walks = [walk for way in heard for walk in walk_cells(way, heard[way], deadline)]
            if monotonic() > deadline:
                raise OutOfTime
            recorded[node.name] = Recorded(read_tensor(tensors[node.name][0]), tuple(walks))
    return recorded


@contextmanager
def _hear_walkers(layer: Any) -> Iterator[dict[str, Heard]]:
    """What the recurrent layers in this one are given while it is called, states and masks included."""
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
    """Stands in for a recurrent layer's `inner_loop`: everything that it is given has been decided."""
    heard[way] = Heard(layer, sequences, initial_state, mask)
    return inner_loop(sequences=sequences, initial_state=initial_state, mask=mask, **options)
