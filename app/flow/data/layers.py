"""follow_layer(): where a layer or function that computes nothing moves the numbers of a sample."""

import json
from collections.abc import Iterator
from functools import lru_cache
from itertools import permutations

import numpy as np
from pydantic import JsonValue

from app.architecture import Node
from app.architecture.catalogue import KINDS, OPERATION, find_kind
from app.architecture.slices import read_key
from app.flow.data.blocks import Side, make_way
from app.flow.data.model import Way
from app.frozen import Shape
from app.report import LayerReport
from app.report.places import Numbers, count_up, rearrange

REARRANGING = frozenset(
    kind
    for kind in KINDS
    if kind in ("Flatten", "Permute", "RepeatVector", "Reshape")
    or kind.startswith(("Cropping", "ZeroPadding"))
)

FUNCTIONS = frozenset(
    f"ops.{name}"
    for name in (
        *("expand_dims", "flip", "moveaxis", "pad", "repeat", "reshape", "roll", "squeeze", "swapaxes"),
        *("tile", "transpose"),
    )
)
GET_ITEM = "ops.get_item"

INSTEAD = {
    "Permute": "Reshape",
    "Reshape": "Permute",
    **dict.fromkeys(("ops.moveaxis", "ops.swapaxes", "ops.transpose"), "ops.reshape"),
    "ops.reshape": "ops.transpose",
}
"""What is taken for another, as it can give the same shape."""

MOST_AXES = 4
"""A tensor with more axes has too many permutations to be tried."""

Named = tuple[str, tuple[str, ...], Shape]


def follow_layer(node: Node, layer: LayerReport, length: int) -> tuple[Way, ...]:
    """The layer's way for one sample, with `length` for every unknown size.

    For a Reshape a Permute that gives the same shape follows, and the other way round. Empty for layers of
    other kinds, for tensors that are too large, and where the batch axis does not stay the first.
    """
    if not _rearranges(node):
        return ()
    sizes = tuple(length if size is None else size for size in layer.input_shapes[0][1:])
    return _follow(
        node.kind,
        json.dumps(node.arguments, sort_keys=True),
        sizes,
        (layer.inbound[0], layer.input_axes[0][1:], layer.input_shapes[0][1:]),
        (layer.name, layer.axes[0][1:], layer.output_shapes[0][1:]),
    )


@lru_cache(256)
def _follow(kind: str, arguments: str, sizes: tuple[int, ...], read: Named, given: Named) -> tuple[Way, ...]:
    node = _make_node(kind, **json.loads(arguments))
    own = rearrange(node, sizes)
    # A single number has no axis along which it could be seen to move.
    if own is None or () in (sizes, own.shape) or 0 in (*sizes, *own.shape):
        return ()
    before = Side(*read, count_up(*sizes))
    ways = [make_way("layer", spell_call(node), before, Side(*given, own))]
    for other, numbers in _list_others(kind, sizes, own):
        ways.append(make_way("instead", spell_call(other), before, Side(other.kind, *given[1:], numbers)))
        break
    return tuple(ways)


def _rearranges(node: Node) -> bool:
    if node.kind == GET_ITEM:
        return _only_adds_axes(str(node.arguments.get("key", "")))
    return node.kind in REARRANGING or (node.kind in FUNCTIONS and len(node.inbound) == 1)


def _only_adds_axes(key: str) -> bool:
    parts = read_key(key)
    return None in parts and all(part in (None, Ellipsis, slice(None)) for part in parts)


def _make_node(kind: str, **arguments: JsonValue) -> Node:
    return Node(kind=kind, name=kind, arguments=arguments)


def _list_others(kind: str, sizes: tuple[int, ...], own: Numbers) -> Iterator[tuple[Node, Numbers]]:
    """Layers that give the same shape, with other numbers at each position."""
    if own.shape == sizes or len(sizes) > MOST_AXES:
        return
    orders = [
        [axis + 1 for axis in order]
        for order in permutations(range(len(sizes)))
        if tuple(sizes[axis] for axis in order) == own.shape
    ]
    others = {
        "Reshape": [{"target_shape": list(own.shape)}],
        "ops.reshape": [{"newshape": [-1, *own.shape]}],
        "Permute": [{"dims": order} for order in orders],
        "ops.transpose": [{"axes": [0, *order]} for order in orders],
    }
    instead = INSTEAD.get(kind, "")
    for arguments in others.get(instead, []):
        other = _make_node(instead, **arguments)
        numbers = rearrange(other, sizes)
        if numbers is not None and not np.array_equal(numbers, own):
            yield other, numbers


def spell_call(node: Node) -> str:
    """A layer, or a function of `x`, as Python code; its first argument by position, if it is given."""
    if node.kind == GET_ITEM:
        return f"x[{node.arguments['key']}]"
    kind = find_kind(node.kind)
    names = [argument.name for argument in kind.arguments if argument.type != "tensor"]
    given = ["x"] if kind.category == OPERATION else []
    for place, name in enumerate(filter(node.arguments.__contains__, names)):
        is_first = place == 0 and name == names[0]
        given.append(f"{'' if is_first else f'{name}='}{_spell(node.arguments[name])}")
    return f"{node.kind}({', '.join(given)})"


def _spell(value: JsonValue) -> str:
    if not isinstance(value, list):
        return repr(value)
    inside = ", ".join(map(_spell, value))
    return f"({inside},)" if len(value) == 1 else f"({inside})"
