"""Layers that compute nothing: they move, cut, copy or pad timesteps."""

from dataclasses import dataclass
from math import gcd, prod

from app.flow.course import Call, Course, Reads, Sizes, read_all, read_same
from app.flow.rules.steps import keep_steps
from app.flow.rules.windows import find_steps_axis, list_moving_axes, pick_size
from app.report.arguments import Ends, argument, find_ends, sizes


def pad_steps(call: Call) -> Course | None:
    """ZeroPadding: timesteps added before and after, which depend on nothing."""
    axis = find_steps_axis(call)
    if axis is None:
        return keep_steps(call)
    before, after = pick_ends(call, "padding", axis)
    return _shift(call, axis, call.input[axis] + before + after, -before)


def crop_steps(call: Call) -> Course | None:
    """Cropping: the first and last timesteps are cut off."""
    axis = find_steps_axis(call)
    if axis is None:
        return keep_steps(call)
    before, after = pick_ends(call, "cropping", axis)
    return _shift(call, axis, call.input[axis] - before - after, before)


def pick_ends(call: Call, name: str, axis: int) -> Ends:
    """How many timesteps an argument adds or cuts off before and after one axis."""
    moving = list_moving_axes(call)
    return find_ends(call.node, name, len(moving))[moving.index(axis)]


def repeat_steps(call: Call) -> Course | None:
    """UpSampling: each timestep `size` times."""
    axis = find_steps_axis(call)
    if argument(call.node, "interpolation") not in (None, "nearest"):
        return None
    if axis is None:
        return keep_steps(call)
    size = pick_size(call, "size", axis)
    return Course(
        kind="rearranged",
        axis_in=axis,
        axis_out=axis,
        timesteps_out=call.input[axis] * size,
        reads=lambda step: read_same(step // size),
    )


def repeat_vector(call: Call) -> Course:
    """RepeatVector: one vector, without timesteps, `n` times."""
    (repeats,) = sizes(call.node, "n", 1)
    return Course(
        kind="rearranged",
        axis_in=None,
        axis_out=1,
        timesteps_out=repeats,
        reads=read_all(1),
    )


def permute_axes(call: Call) -> Course | None:
    """Permute: timesteps stay whole if only their axis moves; those of a new timesteps axis read all."""
    if call.named_in is None and call.named_out is None:
        return None
    order = (0, *sizes(call.node, "dims", len(call.input) - 1))
    axis_out = order.index(call.named_in) if call.named_out is None else call.named_out
    moved = order[axis_out] == call.named_in
    return Course(
        kind="rearranged",
        axis_in=call.named_in,
        axis_out=axis_out,
        timesteps_out=call.input[order[axis_out]],
        reads=read_same if moved else read_all(1 if call.named_in is None else call.input[call.named_in]),
    )


def cut_anew(call: Call) -> Course | None:
    """Reshape, Flatten: the same numbers in the same order, cut at other places."""
    if call.named_in is None and call.named_out is None:
        return None
    return Course(
        kind="rearranged",
        axis_in=call.named_in,
        axis_out=call.named_out,
        timesteps_out=1 if call.named_out is None else call.output[call.named_out],
        reads=_read_overlap(call),
        fits=prod(call.input[1:]) == prod(call.output[1:]),
    )


@dataclass(frozen=True)
class Runs:
    """Where the elements of a timestep are in the flat order: runs of `length`, one in every `period`.

    Timestep `i` is the runs that begin at `i · length`, `i · length + period`, … If the period is the whole
    tensor, each timestep is one run.
    """

    length: int
    period: int

    @classmethod
    def along(cls, sizes: Sizes, axis: int) -> "Runs":
        """The runs of the timesteps along one axis of a tensor."""
        length = prod(sizes[axis + 1 :])
        return cls(length, length * sizes[axis])


@dataclass(frozen=True)
class Overlap:
    """The input timesteps that share an element with one output timestep."""

    start: int
    written: Runs
    read: Runs

    def __contains__(self, step: int) -> bool:
        # Both periods divide the tensor's size, so the runs meet at every multiple of their common divisor.
        period = gcd(self.written.period, self.read.period)
        if period == 0:  # The tensor has no elements.
            return False
        ahead = step * self.read.length - self.start
        return ahead % period < self.written.length or -ahead % period < self.read.length


def _read_overlap(call: Call) -> Reads:
    if call.named_in is None:
        return read_all(1)
    if call.named_out is None:
        return read_all(call.input[call.named_in])
    read, written = Runs.along(call.input, call.named_in), Runs.along(call.output, call.named_out)
    return lambda step: Overlap(step * written.length, written, read)


def _shift(call: Call, axis: int, length: int, by: int) -> Course:
    return Course(
        kind="rearranged",
        axis_in=axis,
        axis_out=axis,
        timesteps_out=max(length, 1),
        reads=lambda step: read_same(step + by),
        fits=length >= 1,
    )
