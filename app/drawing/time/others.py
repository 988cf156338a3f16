"""What a layer reads of inputs other than the first, which `depends` says nothing about."""

from app.architecture import Node
from app.architecture.catalogue import find_kind
from app.drawing.measures import find_time
from app.report import LayerReport
from app.report.arguments import argument, find_roles, sizes
from app.report.axes import families
from app.report.axes.continued import continue_axes, list_places

PRODUCTS = frozenset(f"ops.{name}" for name in ("cdist", "dot", "einsum", "inner", "matmul", "tensordot"))
"""Operations that combine all numbers along some axes of their inputs."""

LOOKING = frozenset({"Dot", "ops.dot_product_attention", "ops.solve"})
"""Kinds whose every output timestep reads all of an input, as attention does."""

JOINING = frozenset({"Concatenate", *(f"ops.{name}" for name in families.JOINING)})


def reads_again(node: Node, place: int) -> bool:
    """Whether the input at this place is the first input once more."""
    return place > 0 and node.inbound[place] == node.inbound[0]


def looks_everywhere(layer: LayerReport, node: Node, place: int) -> bool:
    """Whether each output timestep reads all timesteps of the input at this place, which is not the first."""
    if layer.kind in PRODUCTS:
        way = continue_axes(node, place, layer.input_shapes, len(layer.output_shapes[0]))
        read, given = find_time(layer.input_axes[place], True), find_time(layer.axes[0], True)
        return way is not None and read is not None and (given is None or way[given] != read)
    return layer.kind in LOOKING or find_kind(layer.kind).category == "attention"


def joins_time(layer: LayerReport, node: Node) -> bool:
    """Whether the layer puts its inputs one after the other along time."""
    time = find_time(layer.axes[0], has_time=True)
    return layer.kind in JOINING and list_places(node, "axis", len(layer.output_shapes[0])) == (time,)


def find_start(layer: LayerReport, node: Node, before: int) -> int:
    """The output timestep at which an input begins; the inputs before it have `before` timesteps together."""
    if joins_time(layer, node):
        return before
    starts = sizes(node, "start_indices", len(layer.output_shapes[0]))
    time = find_time(layer.axes[0], has_time=True)
    return starts[time] if layer.kind == "ops.slice_update" and starts and time is not None else 0


def leaves_padding_out(layer: LayerReport, node: Node, place: int) -> bool:
    """Whether the layer does not read the timesteps that the mask of the input at this place marks.

    This is how attention looks for values, and how an average is taken.
    """
    if not layer.mask.in_ or "mask" in node.call:
        return False
    if find_kind(layer.kind).category == "attention" and (roles := find_roles(node)):
        return node.inbound[place] in (node.inbound[roles.value], node.inbound[roles.key])
    return layer.kind == "GlobalAveragePooling1D"


def looks_back(node: Node) -> bool:
    """Whether no output timestep reads a later timestep of any input."""
    return node.call.get("use_causal_mask") is True or argument(node, "is_causal") is True
