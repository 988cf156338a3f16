"""Axes of the outputs of keras.ops functions: most continue an axis of an input, some are new."""

from collections.abc import Callable, Mapping
from math import prod

from pydantic import JsonValue

from app.architecture.slices import read_key, write_key
from app.report.arguments import argument, find_ends, sizes
from app.report.axes.continued import continue_axes, list_places, list_reduced
from app.report.axes.families import REDUCING
from app.report.axes.labels import (
    BATCH,
    Call,
    Label,
    Labels,
    carry,
    label,
    length,
    names_of_rank,
)
from app.report.axes.rearranged import RESHAPED_NAMES, STILL_TIMESTEPS, cut
from app.report.model import Axis


def go_on(call: Call) -> Labels:
    """An axis that continues keeps its name, and its origin too if its size is the same."""
    shapes = tuple(tuple(axis.size for axis in axes) for axes in call.inputs)
    rank = len(call.shape)
    ways = [continue_axes(call.node, number, shapes, rank) for number in range(len(shapes))]
    before: list[list[Axis]] = [[] for _ in range(rank)]
    for way, axes in zip(ways, call.inputs, strict=True):
        if way is None:
            return carry(call)
        for place, axis in enumerate(way):
            if axis is not None:
                before[place].append(axes[axis])
    kept = [_choose(call, place, axes) for place, axes in enumerate(before)]
    return tuple(
        _name_new(call, place, kept) if axis is None else _write(call, axis, place)
        for place, axis in enumerate(kept)
    )


def reshape(call: Call) -> Labels:
    """As the layer Reshape if the batch axis stays; else samples are split or joined."""
    shape = argument(call.node, "newshape")
    target: list[JsonValue] = shape if isinstance(shape, list) else [shape]
    known = [axis.size for axis in call.inputs[0][1:]]
    apart = None in known or -1 in target[1:]
    if len(target) == len(call.shape) and (
        apart or prod(size or 0 for size in known) == prod(size or 0 for size in call.shape[1:])
    ):
        return cut(call, target[1:], "newshape")
    first = Label("batch", f"newshape of {call.name}")
    return (
        first,
        *(Label(f"axis {place}", f"newshape of {call.name}") for place in range(1, len(call.shape))),
    )


def _choose(call: Call, place: int, axes: list[Axis]) -> Axis | None:
    """Of several broadcast axes, the one that gives the size."""
    fitting = [axis for axis in axes if (axis.name == BATCH.name) == (place == 0)] or axes
    return next((axis for axis in fitting if axis.size == call.shape[place]), next(iter(fitting), None))


def _name_new(call: Call, place: int, kept: list[Axis | None]) -> Label:
    taken = {axis.name for axis in kept if axis}
    usual = {**RESHAPED_NAMES, **STILL_TIMESTEPS} if "timesteps" in taken else RESHAPED_NAMES
    name = names_of_rank(usual, len(call.shape))[place]
    origin = NEW[call.node.kind](call) if call.node.kind in NEW else f"new in {call.name}"
    return Label(f"axis {place}" if name in taken else name, origin)


def _write(call: Call, axis: Axis, place: int) -> Label:
    change = CHANGES.get(call.node.kind)
    origin = change(call, axis, place) if change else None
    if origin is not None:
        return Label(axis.name, origin)
    return label(axis) if axis.size == call.shape[place] else Label(axis.name, f"from {call.name}")


def _works_along(call: Call, place: int) -> bool:
    return place in list_places(call.node, "axis", len(call.shape))


def _pad(call: Call, axis: Axis, place: int) -> str | None:
    ends = find_ends(call.node, "pad_width", len(call.shape))
    if not ends or not any(ends[place]):
        return None
    return f"{ends[place].before} + {length(axis)} + {ends[place].after} from {call.name}"


def _repeat(call: Call, axis: Axis, place: int) -> str | None:
    (times,) = sizes(call.node, "repeats", 1) or (None,)
    return f"{times} · {length(axis)} from {call.name}" if _works_along(call, place) and times else None


def _tile(call: Call, axis: Axis, place: int) -> str | None:
    times = sizes(call.node, "repeats", len(call.shape))
    return f"{times[place]} · {length(axis)} from {call.name}" if times and times[place] != 1 else None


def _split(call: Call, axis: Axis, place: int) -> str | None:
    parts = argument(call.node, "indices_or_sections")
    if not _works_along(call, place):
        return None
    return f"{length(axis)} / {parts} from {call.name}" if isinstance(parts, int) else None


def _take(call: Call, axis: Axis, place: int) -> str | None:
    several = isinstance(argument(call.node, "indices"), list)
    return f"indices of {call.name}" if several and _works_along(call, place) else None


def _take_best(call: Call, axis: Axis, place: int) -> str | None:
    return f"k of {call.name}" if place == len(call.shape) - 1 else None


def _broadcast(call: Call, axis: Axis, place: int) -> str | None:
    return None if axis.size == call.shape[place] else f"shape of {call.name}"


def _reduce(call: Call, axis: Axis, place: int) -> str | None:
    if not argument(call.node, "keepdims"):
        return None
    return f"keepdims of {call.name}" if place in list_reduced(call.node, len(call.shape)) else None


def _slice(call: Call, axis: Axis, place: int) -> str | None:
    """The part of the subscript for this axis, unless it is `:`."""
    key = [part for part in read_key(str(argument(call.node, "key"))) if not isinstance(part, int)]
    at = key.index(...) if ... in key else len(key)
    part = key[place] if place < at else None
    after = place - (len(call.shape) - (len(key) - at - 1))
    if at < len(key) and after >= 0:
        part = key[at + 1 + after]
    if not isinstance(part, slice) or part == slice(None):
        return None
    return f"{write_key((part,))} of {length(axis)} from {call.name}"


CHANGES: Mapping[str, Callable[[Call, Axis, int], str | None]] = {
    "ops.broadcast_to": _broadcast,
    "ops.get_item": _slice,
    "ops.pad": _pad,
    "ops.repeat": _repeat,
    **dict.fromkeys(("ops.dsplit", "ops.hsplit", "ops.split"), _split),
    "ops.take": _take,
    "ops.tile": _tile,
    "ops.top_k": _take_best,
    **{f"ops.{name}": _reduce for name in REDUCING},
}
"""The origin of an axis that continues with another size, or with other elements."""

NEW: Mapping[str, Callable[[Call], str]] = {
    "ops.one_hot": lambda call: f"num_classes of {call.name}",
    "ops.stack": lambda call: f"{len(call.inputs)} tensors in {call.name}",
}
"""The origin of a new axis."""
