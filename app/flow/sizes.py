"""Sizes: a number in place of every unknown size, so that timesteps can be drawn and counted."""

from collections.abc import Callable, Iterator, Mapping
from math import prod
from typing import cast

from app.architecture import Node
from app.flow.course import Sizes
from app.flow.fold import LONGEST
from app.frozen import Shape
from app.report.arguments import sizes
from app.report.axes.continued import WAYS, continue_axes

DOUBLINGS = 14
"""How often the longest listed axis is doubled when searching for a length that the model can run on."""


def try_lengths(timesteps: int) -> Iterator[int]:
    """Numbers of timesteps to draw, best first: the one asked for, then more, fewer, and far more."""
    yield timesteps
    yield from range(timesteps + 1, LONGEST + 1)
    yield from range(timesteps - 1, 0, -1)
    yield from (LONGEST << doubling for doubling in range(1, DOUBLINGS + 1))


def draw_input(shape: Shape, timesteps: int) -> Sizes:
    """An input's shape with `timesteps` for every unknown size, and two samples if the batch is open."""
    # With one sample only, every softmax over the batch would look constant.
    opened = (2, *[timesteps] * len(shape))
    return tuple(number if size is None else size for size, number in zip(shape, opened, strict=False))


def draw_output(node: Node, shape: Shape, inputs: tuple[Sizes, ...]) -> Sizes:
    """An output's shape, with its unknown sizes taken from the inputs.

    The size of the timesteps axis is not right if the layer changes it: the layer's rule counts that.
    """
    if None not in shape:
        return cast(Sizes, shape)
    if node.kind in WAYS:
        return tuple(_list_continued(node, shape, inputs))
    read = inputs[0]
    fill = FILLS.get(node.kind, _fill_from_same_place)
    return (read[0], *(fill(node, shape, read, axis) for axis in range(1, len(shape))))


def _list_continued(node: Node, shape: Shape, inputs: tuple[Sizes, ...]) -> Iterator[int]:
    """The sizes of the input axes that continue in an unknown one; others are broadcast."""
    ways = [continue_axes(node, number, inputs, len(shape)) for number in range(len(inputs))]
    for place, size in enumerate(shape):
        before = [
            read[axis]
            for way, read in zip(ways, inputs, strict=True)
            if way is not None and (axis := way[place]) is not None
        ]
        yield max(before, default=1) if size is None else size


def _fill_from_same_place(_: Node, shape: Shape, read: Sizes, axis: int) -> int:
    size = shape[axis]
    if size is not None:
        return size
    return read[axis] if axis < len(read) else 1


def _fill_from_permuted(node: Node, shape: Shape, read: Sizes, axis: int) -> int:
    return read[sizes(node, "dims", len(shape) - 1)[axis - 1]]


def _fill_with_the_rest(_: Node, shape: Shape, read: Sizes, axis: int) -> int:
    size = shape[axis]
    if size is not None:
        return size
    others = prod(size for size in shape[1:] if size is not None)
    return max(prod(read[1:]) // max(others, 1), 1)


FILLS: Mapping[str, Callable[[Node, Shape, Sizes, int], int]] = {
    "Flatten": _fill_with_the_rest,
    "Permute": _fill_from_permuted,
    "Reshape": _fill_with_the_rest,
}
"""Kinds whose unknown sizes are at other positions in the output than in the input."""
