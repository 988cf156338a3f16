"""run_nodes(): the real model with real weights, run on data, node by node."""

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
"""`keras.utils.set_random_seed` of it, before the model's code, gives the weights that are run here."""

CallNode = Callable[[Any, Node, list[Any]], list[Any]]
"""From a layer (None for an operation), its node and the tensors that it reads to those that it gives."""


def run_nodes(
    architecture: Architecture,
    data: Mapping[str, Array],
    layers: dict[str, Any],
    call: CallNode = call_layer,
) -> Iterator[tuple[str, list[Any]]]:
    """Every node's name and what it gives, for the data of every input.

    Layers are made and called in the architecture's order, as the code of a model does, so that they have
    the weights of that code after `set_random_seed(SEED)`; those in `layers` are called again with the
    weights that they have. Raises what Keras raises.
    """
    tensors: dict[str, list[Any]] = {}
    keras.utils.set_random_seed(SEED)
    for node in architecture.nodes:
        # That a mask is lost is told by the report.
        with warnings.catch_warnings(action="ignore"):
            if node.is_input:
                given = [keras.ops.convert_to_tensor(data[node.name])]
            else:
                read = [tensors[source.node][source.output] for source in node.inbound]
                given = call(find_layer(node, layers), node, read)
        tensors[node.name] = given
        yield node.name, given
