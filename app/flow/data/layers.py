"""follow_layer(): where a layer that computes nothing moves the numbers of one sample, asked of Keras."""

import json
from collections.abc import Iterator
from functools import lru_cache
from itertools import permutations

import numpy as np
from pydantic import JsonValue

from app.architecture import Node
from app.architecture.catalogue import KINDS
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

MOST_AXES = 4
"""A tensor with more axes has too many permutations to be tried."""

Named = tuple[str, tuple[str, ...], Shape]


def follow_layer(node: Node, layer: LayerReport, length: int) -> tuple[Way, ...]:
    """The layer's way for one sample, with `length` for every unknown size.

    For a Reshape a Permute that gives the same shape follows, and the other way round. Empty for layers of
    other kinds, and for tensors that are too large.
    """
    if node.kind not in REARRANGING:
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


def _make_node(kind: str, **arguments: JsonValue) -> Node:
    return Node(kind=kind, name=kind, arguments=arguments)


def _list_others(kind: str, sizes: tuple[int, ...], own: Numbers) -> Iterator[tuple[Node, Numbers]]:
    """Layers that give the same shape, with other numbers at each position."""
    if own.shape == sizes or len(sizes) > MOST_AXES:
        return
    others = {
        "Permute": [_make_node("Reshape", target_shape=list(own.shape))],
        "Reshape": [
            _make_node("Permute", dims=[axis + 1 for axis in order])
            for order in permutations(range(len(sizes)))
            if tuple(sizes[axis] for axis in order) == own.shape
        ],
    }
    for other in others.get(kind, []):
        numbers = rearrange(other, sizes)
        if numbers is not None and not np.array_equal(numbers, own):
            yield other, numbers


def spell_call(node: Node) -> str:
    """A layer as Python code, its first argument by position."""
    first, *rest = [(name, _spell(value)) for name, value in node.arguments.items()] or [("", "")]
    return f"{node.kind}({', '.join([first[1], *(f'{name}={value}' for name, value in rest)])})"


def _spell(value: JsonValue) -> str:
    if not isinstance(value, list):
        return repr(value)
    inside = ", ".join(map(_spell, value))
    return f"({inside},)" if len(value) == 1 else f"({inside})"
