"""Layers with a constant output: a softmax of one element is always 1."""

from math import prod
from typing import cast

from app.architecture import Node
from app.flow.course import Call, Sizes
from app.flow.rules.steps import COMPARING_ACTIVATIONS, list_axes
from app.report.arguments import argument, list_cells, wrapped

ACTIVATED = frozenset(
    {
        *(
            "Activation",
            "Conv1D",
            "Conv1DTranspose",
            "Conv2D",
            "Conv2DTranspose",
            "Conv3D",
            "Conv3DTranspose",
        ),
        *("Dense", "DepthwiseConv1D", "DepthwiseConv2D", "EinsumDense", "SeparableConv1D", "SeparableConv2D"),
        *("SimpleRNN", "SimpleRNNCell"),
    }
)
"""Kinds whose `activation` is applied last; if that normalizes over one unit, the output is constant."""

MEASURED = frozenset({"LayerNormalization", "Softmax", "UnitNormalization"})
"""Kinds that normalize each element by the others along `axis`."""


def is_constant(call: Call) -> bool:
    """Whether the layer's output is the same for every input."""
    return _is_constant(call.node, call.output)


def _is_constant(node: Node, output: Sizes) -> bool:
    if node.kind == "TimeDistributed":
        return _is_constant(cast(Node, wrapped(node)), (output[0], *output[2:]))
    if node.kind == "SpectralNormalization":
        return _is_constant(cast(Node, wrapped(node)), output)
    if node.kind == "RNN":
        return any(_is_constant(cell, output) for cell in list_cells(node)[-1:])
    if node.kind == "GroupNormalization":
        return _count_in_group(node, output) == 1
    if node.kind in MEASURED:
        return prod(output[axis] for axis in list_axes(node, len(output))) == 1
    activated = node.kind in ACTIVATED and argument(node, "activation") in COMPARING_ACTIVATIONS
    return activated and output[-1] == 1


def _count_in_group(node: Node, output: Sizes) -> int:
    """The number of elements that a GroupNormalization normalizes together."""
    (axis,) = list_axes(node, len(output))
    groups = argument(node, "groups")
    channels = 1 if groups == -1 or not isinstance(groups, int) else output[axis] // max(groups, 1)
    return channels * prod(size for place, size in enumerate(output) if place not in (0, axis))
