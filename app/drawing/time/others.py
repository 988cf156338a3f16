"""What a layer reads of its other inputs: `depends` speaks of the first."""

from app.architecture import Node
from app.architecture.catalogue import find_kind
from app.drawing.measures import find_time
from app.report import LayerReport
from app.report.axes.continued import continue_axes

PRODUCTS = frozenset(f"ops.{name}" for name in ("dot", "einsum", "inner", "matmul", "tensordot"))
"""Operations that sum over some axes of each of their inputs."""


def reads_again(node: Node, place: int) -> bool:
    """Whether what is read there is the first input, of which `depends` says all."""
    return place > 0 and node.inbound[place] == node.inbound[0]


def looks_everywhere(layer: LayerReport, node: Node, place: int) -> bool:
    """Whether each output step reads all steps of the input at a place that is not the first."""
    if layer.kind in PRODUCTS:
        way = continue_axes(node, place, layer.input_shapes, len(layer.output_shapes[0]))
        read, given = find_time(layer.input_axes[place], True), find_time(layer.axes[0], True)
        return way is not None and read is not None and (given is None or way[given] != read)
    return layer.kind == "Dot" or find_kind(layer.kind).category == "attention"


def looks_back(node: Node) -> bool:
    """Whether no output step reads a later step of any input."""
    return node.call.get("use_causal_mask") is True
