"""OpenRun: a model run layer by layer, and the models inside it as well."""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
from keras.src.backend import get_keras_mask, set_keras_mask

from app.architecture.order import order_calls
from app.architecture.spec import Architecture, Node
from app.report.runs.running import Array, CallNode, run_nodes

Path = tuple[str, ...]
"""The name of a layer, behind those of the models around it."""

Given = dict[Path, list[Any]]

MOST_INSIDE = 60
"""Of a model of more layers none is looked at by itself."""


class OpenRun:
    """Keeps in `given` what each layer gives.

    After a model that is used as a layer, its own layers are called one by one; where these come to something
    else than the model, none of them is kept. With what was given `once`, the models that could be opened
    then are called in no other way, so that `call` is asked for every layer inside.
    """

    def __init__(self, call: CallNode, once: Given | None = None) -> None:
        self.given: Given = {}
        self._call = call
        self._once = once
        self._around: Path = ()

    def run(self, architecture: Architecture, data: Mapping[str, Array], layers: dict[str, Any]) -> Given:
        """Everything that is given for the data of every input. Raises what Keras raises."""
        for name, given in run_nodes(architecture, data, layers, self._call_node):
            self.given[name,] = given
        return self.given

    def locate(self, node: Node) -> Path:
        """Where the layer stands that is called at the moment."""
        return (*self._around, node.name)

    def _call_node(self, layer: Any, node: Node, read: list[Any]) -> list[Any]:
        path = self.locate(node)
        if self._once is not None and node.model and (*path, node.model.nodes[0].name) in self._once:
            ends = self._walk(layer, node.model, path, read)
            given = [_hand_mask(before, end) for before, end in zip(self._once[path], ends, strict=True)]
        else:
            given = self._call(layer, node, read)
            if self._once is None and node.model and not node.call and len(node.model.nodes) <= MOST_INSIDE:
                self._look_inside(layer, node.model, path, read, given)
        self.given[path] = given
        return given

    def _look_inside(
        self, layer: Any, model: Architecture, path: Path, read: list[Any], given: list[Any]
    ) -> None:
        ends = self._walk(layer, model, path, read)
        if not all(map(_are_same, ends, given)):
            self.given = {kept: tensors for kept, tensors in self.given.items() if kept[: len(path)] != path}

    def _walk(self, layer: Any, model: Architecture, path: Path, read: list[Any]) -> list[Any]:
        """What leaves a model whose layers are called by themselves."""
        around, self._around = self._around, path
        inputs = [node.name for node in model.nodes if node.is_input]
        tensors = {name: [tensor] for name, tensor in zip(inputs, read, strict=True)}
        self.given |= {(*path, name): entering for name, entering in tensors.items()}
        for node in order_calls(model):
            if not node.is_input:
                own = None if node.kind.startswith("ops.") else layer.get_layer(node.shares or node.name)
                reads = [tensors[source.node][source.output] for source in node.inbound]
                tensors[node.name] = self._call_node(own, node, reads)
        self._around = around
        return [tensors[source.node][source.output] for source in model.ends]


def _are_same(one: Any, other: Any) -> bool:
    return one.shape == other.shape and np.allclose(np.array(one), np.array(other), atol=1e-6)


def _hand_mask(before: Any, after: Any) -> Any:
    """The mask is of the model, which Keras gave it when it was called."""
    mask = get_keras_mask(before)
    tensor = keras.ops.copy(after)
    if mask is not None:
        set_keras_mask(tensor, mask)
    return tensor
