"""Layers that pass nothing on: a softmax of one element is always 1, whatever came in."""

from collections.abc import Mapping
from math import prod
from typing import cast

from app.architecture import Node
from app.flow.course import Call, Sizes
from app.flow.rules.steps import COMPARING_ACTIVATIONS, list_axes
from app.report.arguments import argument, wrapped

ACTIVATIONS: Mapping[str, str] = {
    "Activation": "activation",
    "Conv1D": "activation",
    "Dense": "activation",
    "SimpleRNN": "activation",
    # An update gate that is always 1 keeps the state that a GRU began with.
    "GRU": "recurrent_activation",
}
"""The argument whose activation, when it compares one unit with itself, makes the output constant."""

MIXING = frozenset({"Softmax", "LayerNormalization"})


def is_constant(call: Call) -> bool:
    """Whether the layer's output is the same for every input."""
    return _is_constant(call.node, call.output)


def _is_constant(node: Node, output: Sizes) -> bool:
    if inner := wrapped(node):
        # Two walks of one unit each leave side by side, each as constant as alone.
        units = argument(inner, "units")
        return _is_constant(inner, (cast(int, units),) if node.kind == "Bidirectional" else output)
    if node.kind in MIXING:
        return prod(output[axis] for axis in list_axes(node, len(output))) == 1
    name = ACTIVATIONS.get(node.kind)
    return name is not None and argument(node, name) in COMPARING_ACTIVATIONS and output[-1] == 1
