"""Layers that pass nothing on: a softmax of one element is always 1, whatever came in."""

from math import prod
from typing import cast

from app.architecture import Node
from app.flow.course import Call, Sizes
from app.flow.rules.steps import COMPARING_ACTIVATIONS, list_axes
from app.report.arguments import argument, wrapped

ACTIVATED = frozenset({"Activation", "Conv1D", "Dense", "SimpleRNN"})
"""Kinds whose `activation` has the last word; where it compares one unit with itself, it says nothing."""

MEASURED = frozenset({"LayerNormalization", "Softmax"})
"""Kinds that measure each element against the others along `axis`."""


def is_constant(call: Call) -> bool:
    """Whether the layer's output is the same for every input."""
    return _is_constant(call.node, call.output)


def _is_constant(node: Node, output: Sizes) -> bool:
    if node.kind == "TimeDistributed":
        return _is_constant(cast(Node, wrapped(node)), (output[0], *output[2:]))
    if node.kind in MEASURED:
        return prod(output[axis] for axis in list_axes(node, len(output))) == 1
    activated = node.kind in ACTIVATED and argument(node, "activation") in COMPARING_ACTIVATIONS
    return activated and output[-1] == 1
