"""Layers that slide a kernel over an image or a sequence."""

from app.architecture.spec import Node
from app.frozen import Shape
from app.report.arguments import argument, integer, sizes
from app.report.arithmetic import Term, multiply, number
from app.report.numbers import write_size

Shapes = tuple[Shape, ...]


def count_convolution(node: Node, shapes: Shapes) -> Term | None:
    """A kernel per filter, over a window of its group's channels, and a bias per filter."""
    (shape, *_) = shapes
    channels = shape[1 if is_channels_first(node) else -1] or 0
    groups, filters = argument(node, "groups"), number(integer(node, "filters"))
    groups = 1 if groups is None else groups
    window = sizes(node, "kernel_size", len(shape) - 2)
    if not window or not isinstance(groups, int) or groups < 1:
        return None
    seen = number(channels)
    if groups > 1:
        seen = Term(channels // groups, f"({seen.text} / {write_size(groups)})")
    kernel = multiply((*map(number, window), seen, filters))
    return kernel.plus(filters) if argument(node, "use_bias") else kernel


def count_depthwise(node: Node, shapes: Shapes) -> Term | None:
    """A kernel per copy of each channel; `filters`, if any, read all of them."""
    (shape, *_) = shapes
    channels = shape[1 if is_channels_first(node) else -1] or 0
    window = sizes(node, "kernel_size", len(shape) - 2)
    if not window:
        return None
    copies = number(channels).times(number(integer(node, "depth_multiplier")))
    kernel = multiply((*map(number, window), copies))
    last = copies
    if filters := integer(node, "filters"):
        last = number(filters)
        kernel = kernel.plus(copies.times(last))
    return kernel.plus(last) if argument(node, "use_bias") else kernel


def count_convolutional_lstm(node: Node, shapes: Shapes) -> Term | None:
    """Four gates, each with a kernel over the image and one over the filters."""
    (shape, *_) = shapes
    channels, filters = shape[2 if is_channels_first(node) else -1] or 0, number(integer(node, "filters"))
    window = sizes(node, "kernel_size", len(shape) - 3)
    if not window:
        return None
    kernel = multiply((*map(number, window), number(channels).plus(filters), filters))
    return number(4).times(kernel.plus(filters) if argument(node, "use_bias") else kernel)


def is_channels_first(node: Node) -> bool:
    """Whether the channels axis comes before the image; else it is the last axis."""
    return argument(node, "data_format") == "channels_first"
