"""Layers that read windows of neighbouring timesteps: convolution and pooling."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.flow.course import Call, Course, read_all, read_at_once
from app.flow.rules.steps import keep_steps
from app.report.arguments import argument, sizes


def slide_kernel(call: Call) -> Course | None:
    """A convolution: the kernel's taps are `dilation_rate` timesteps apart, and move on by `strides`."""
    axis = find_steps_axis(call)
    if axis is None:
        return _read_channels(call)
    size, stride, dilation = (
        pick_size(call, name, axis) for name in ("kernel_size", "strides", "dilation_rate")
    )
    return _slide(call, axis, size, stride, dilation)


def slide_pool(call: Call) -> Course | None:
    """Pooling: windows of `pool_size`, side by side unless `strides` is given."""
    axis = find_steps_axis(call)
    if axis is None:
        return keep_steps(call)
    size = pick_size(call, "pool_size", axis)
    stride = size if argument(call.node, "strides") is None else pick_size(call, "strides", axis)
    return _slide(call, axis, size, stride, dilation=1)


def spread_kernel(call: Call) -> Course | None:
    """A transposed convolution: each timestep is spread over the kernel's taps, `strides` timesteps apart."""
    axis = find_steps_axis(call)
    if axis is None:
        return _read_channels(call)
    size, stride, dilation = (
        pick_size(call, name, axis) for name in ("kernel_size", "strides", "dilation_rate")
    )
    span = (size - 1) * dilation + 1
    spread = (call.input[axis] - 1) * stride + span
    same = str(argument(call.node, "padding")).lower() == "same"
    if argument(call.node, "output_padding") is not None:
        length = spread + pick_size(call, "output_padding", axis) - 2 * (span // 2 if same else 0)
    else:
        length = call.input[axis] * stride if same else max(spread, call.input[axis] * stride)
    # "same" crops the full output; if the number of cropped timesteps is odd, one more at the end.
    cut = max(spread - length, 0) // 2 if same else 0
    return Course(
        kind="window",
        axis_in=axis,
        axis_out=axis,
        timesteps_out=max(length, 1),
        reads=lambda step: Spread(step + cut, span, stride, dilation),
        fits=length >= 1,
    )


@dataclass(frozen=True)
class Spread:
    """The input timesteps that reach a position: those whose taps, `dilation` apart, include it."""

    place: int
    span: int
    stride: int
    dilation: int

    def __contains__(self, step: int) -> bool:
        tap = self.place - step * self.stride
        return 0 <= tap < self.span and tap % self.dilation == 0


def pool_to_size(call: Call) -> Course | None:
    """Adaptive pooling: `output_size` windows that cover everything."""
    axis = find_steps_axis(call)
    if axis is None:
        return keep_steps(call)
    timesteps, count = call.input[axis], pick_size(call, "output_size", axis)
    return Course(
        kind="window",
        axis_in=axis,
        axis_out=axis,
        timesteps_out=count,
        reads=lambda step: range(step * timesteps // count, -(-(step + 1) * timesteps // count)),
    )


def pick_maxima(call: Call) -> Course | None:
    """The same for maxima; no rule if one window covers everything, where TensorFlow fails."""
    moving = list_moving_axes(call)
    return None if 1 in sizes(call.node, "output_size", len(moving)) else pool_to_size(call)


def pool_everything(call: Call) -> Course | None:
    """Global pooling: all timesteps become one, or none with `keepdims=False`."""
    axis = find_steps_axis(call)
    if axis is None:
        return None
    return Course(
        kind="all",
        axis_in=axis,
        axis_out=axis if argument(call.node, "keepdims") else None,
        timesteps_out=1,
        reads=read_all(call.input[axis]),
    )


def find_steps_axis(call: Call) -> int | None:
    """The axis that the window moves along: axis 1 for 1D layers, else the timesteps axis.

    None if the window does not move along the timesteps.
    """
    moving = list_moving_axes(call)
    if len(moving) == 1:
        return moving[0]
    return call.named_in if call.named_in in moving else None


def list_moving_axes(call: Call) -> range:
    """The axes between the batch and the channels, or after both."""
    rank = len(call.input)
    first = str(argument(call.node, "data_format")).lower() == "channels_first"
    return range(2, rank) if first else range(1, rank - 1)


def pick_size(call: Call, name: str, axis: int) -> int:
    """The part of an argument such as `kernel_size` for one axis."""
    moving = list_moving_axes(call)
    return sizes(call.node, name, len(moving))[moving.index(axis)]


def _read_channels(call: Call) -> Course | None:
    """A kernel reads all channels; if these are the timesteps, none are left."""
    if call.named_in is None or call.named_in == 0:
        return None
    return read_at_once(call, call.named_in)


def _slide(call: Call, axis: int, size: int, stride: int, dilation: int) -> Course:
    timesteps = call.input[axis]
    span = (size - 1) * dilation + 1
    length, before = PADDINGS[str(argument(call.node, "padding")).lower()](timesteps, span, stride)

    def read_window(step: int) -> range:
        start = step * stride - before
        return range(start, start + span, dilation)

    return Course(
        kind="window",
        axis_in=axis,
        axis_out=axis,
        timesteps_out=max(length, 1),
        reads=read_window,
        fits=length >= 1,
    )


def _pad_nothing(timesteps: int, span: int, stride: int) -> tuple[int, int]:
    return (timesteps - span) // stride + 1, 0


def _pad_both_ends(timesteps: int, span: int, stride: int) -> tuple[int, int]:
    length = (timesteps - 1) // stride + 1
    padding = max((length - 1) * stride + span - timesteps, 0)
    # If the padding is odd, TensorFlow puts one more at the end.
    return length, padding // 2


def _pad_the_past(timesteps: int, span: int, stride: int) -> tuple[int, int]:
    return (timesteps - 1) // stride + 1, span - 1


PADDINGS: Mapping[str, Callable[[int, int, int], tuple[int, int]]] = {
    "valid": _pad_nothing,
    "same": _pad_both_ends,
    "causal": _pad_the_past,
}
"""(timesteps, span of the window, stride) → (number of windows, timesteps of padding before)."""
