"""run_nodes(): runs the real model on data, node by node."""

import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import keras
from numpy.typing import NDArray

from app.architecture.spec import Architecture, Node
from app.report.calls import call_layer
from app.report.layers import find_layer

Array = NDArray[Any]

SEED = 1
"""The weights are those of the model's code after `keras.utils.set_random_seed(SEED)`."""

CallNode = Callable[[Any, Node, list[Any]], list[Any]]
"""From a layer (None for an operation), its node and its input tensors to its output tensors."""


def run_nodes(
    architecture: Architecture,
    data: Mapping[str, Array],
    layers: dict[str, Any],
    call: CallNode = call_layer,
) -> Iterator[tuple[str, list[Any]]]:
    """The name of every node and its outputs, for the data of each input.

    Layers are made and called in the architecture's order, as in the code of a model, so their weights are
    those of that code after `set_random_seed(SEED)`. Layers already in `layers` are reused with their
    weights. Raises what Keras raises.
    """
    tensors: dict[str, list[Any]] = {}
    keras.utils.set_random_seed(SEED)
    for node in architecture.nodes:
        # The report says already that a mask is lost.
        with warnings.catch_warnings(action="ignore"):
            if node.is_input:
                given = [keras.ops.convert_to_tensor(data[node.name])]
            else:
                read = [tensors[source.node][source.output] for source in node.inbound]
                given = call(find_layer(node, layers), node, read)
        tensors[node.name] = given
        yield node.name, given
