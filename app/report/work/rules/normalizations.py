"""Normalization layers, as TensorFlow's profiler counts what Keras computes: 1 / √x is two operations."""

from app.report.arguments import argument
from app.report.arithmetic import Term, multiply, number
from app.report.work.call import Call, Effort, Sizes


def normalize_batch(call: Call) -> Effort:
    """BatchNormalization: a product and a sum per number; their factors are computed per channel."""
    (channels,) = (call.input[axis] for axis in _list_axes(call))
    each = 5 + bool(argument(call.node, "scale"))
    return _sum((2, multiply(call.input)), (each, channels))


def normalize_layer(call: Call) -> Effort:
    """LayerNormalization: a mean and a variance per group of numbers along `axis`."""
    scale, center = (bool(argument(call.node, name)) for name in ("scale", "center"))
    groups = _list_rest(call.input, _list_axes(call))
    return _sum((6 + 2 * scale + center, multiply(call.input)), (5 - scale, groups))


def normalize_groups(call: Call) -> Effort | None:
    """GroupNormalization: a mean and a variance per group of channels, factors per channel."""
    node = call.node
    scale, center = (bool(argument(node, name)) for name in ("scale", "center"))
    (channels,) = (call.input[axis] for axis in _list_axes(call))
    given = argument(node, "groups")
    if not isinstance(given, int):
        return None
    samples = call.input[0]
    groups = samples.times(channels if given == -1 else number(given))
    return _sum((6, multiply(call.input)), (5 - scale, groups), (2 * scale + center, samples.times(channels)))


def normalize_by_squares(call: Call) -> Effort:
    """RMSNormalization: each number is squared, averaged, and multiplied by two factors."""
    return _sum((4, multiply(call.input)), (3, _list_rest(call.input, _list_axes(call))))


def normalize_to_one(call: Call) -> Effort:
    """UnitNormalization: each vector along `axis` gets length 1."""
    return _measure(call.input, _list_axes(call))


def multiply_inputs(call: Call) -> Effort | None:
    """Dot: each output number is a sum of products along the axes; vectors may be normalized first."""
    axes = argument(call.node, "axes")
    places = axes if isinstance(axes, list) else [axes, axes]
    along = [place for place in places if isinstance(place, int)]
    if len(along) != 2 or len(call.inputs) != 2:
        return None
    effort = Effort(multiply((*call.output, call.input[along[0]])))
    if argument(call.node, "normalize"):
        for sizes, place in zip(call.inputs, along, strict=True):
            effort = effort.plus(_measure(sizes, (place % len(sizes),)))
    return effort


def _measure(sizes: Sizes, axes: tuple[int, ...]) -> Effort:
    """A vector's length and the quotient by it: three operations per number, two per vector."""
    return _sum((3, multiply(sizes)), (2, _list_rest(sizes, axes)))


def _list_axes(call: Call) -> tuple[int, ...]:
    axis = argument(call.node, "axis")
    places = axis if isinstance(axis, list) else [axis]
    return tuple(place % len(call.input) for place in places if isinstance(place, int))


def _list_rest(sizes: Sizes, axes: tuple[int, ...]) -> Term:
    """The number of groups: the product of the sizes of the other axes."""
    return multiply(size for place, size in enumerate(sizes) if place not in axes)


def _sum(*parts: tuple[int, Term]) -> Effort:
    total = Effort()
    for each, count in parts:
        total = total.plus(Effort(others=number(each).times(count)) if each else Effort())
    return total
