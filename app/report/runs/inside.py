"""OpenRun: runs a model layer by layer, including the layers of nested models."""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
from keras.src.backend import get_keras_mask, set_keras_mask

from app.architecture.order import order_calls
from app.architecture.spec import Architecture, Node
from app.report.runs.running import Array, CallNode, run_nodes

Path = tuple[str, ...]
"""The name of a layer, preceded by those of the models around it."""

Given = dict[Path, list[Any]]

MOST_INSIDE = 60
"""Nested models of more layers are not run layer by layer."""


class OpenRun:
    """Runs a model and keeps in `given` what each layer returns.

    After a nested model, its own layers are called one by one; if their result differs from the model's, none
    of them is kept. Given the results of an earlier run as `once`, the models that could be opened then are
    called layer by layer only, so that `call` is used for every layer inside.
    """

    def __init__(self, call: CallNode, once: Given | None = None) -> None:
        self.given: Given = {}
        self.masks: dict[Path, Any] = {}
        """Of each first output when it was given: MultiHeadAttention takes the masks off what it reads."""
        self._call = call
        self._once = once
        self._around: Path = ()

    def run(self, architecture: Architecture, data: Mapping[str, Array], layers: dict[str, Any]) -> Given:
        """What every layer returns for the data of each input. Raises what Keras raises."""
        for name, given in run_nodes(architecture, data, layers, self._call_node):
            self.given[name,] = given
        return self.given

    def locate(self, node: Node) -> Path:
        """The path of the layer that is being called."""
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
        self.masks[path] = get_keras_mask(given[0])
        return given

    def _look_inside(
        self, layer: Any, model: Architecture, path: Path, read: list[Any], given: list[Any]
    ) -> None:
        ends = self._walk(layer, model, path, read)
        if not all(map(_are_same, ends, given)):
            self.given = {kept: tensors for kept, tensors in self.given.items() if kept[: len(path)] != path}

    def _walk(self, layer: Any, model: Architecture, path: Path, read: list[Any]) -> list[Any]:
        """The outputs of a model whose layers are called one by one."""
        around, self._around = self._around, path
        inputs = [node.name for node in model.nodes if node.is_input]
        tensors = {name: [tensor] for name, tensor in zip(inputs, read, strict=True)}
        self.given |= {(*path, name): entering for name, entering in tensors.items()}
        self.masks |= {(*path, name): get_keras_mask(entering) for name, (entering,) in tensors.items()}
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
