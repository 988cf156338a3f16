"""Layers that look at a few neighbouring steps at a time: convolution and pooling."""

from collections.abc import Callable, Mapping

from app.flow.course import Call, Course, read_all
from app.report.arguments import argument, sizes


def slide_kernel(call: Call) -> Course:
    """Conv1D: the kernel's taps, `dilation_rate` steps apart, moved on by `strides`."""
    (size,) = sizes(call.node, "kernel_size", 1)
    (stride,) = sizes(call.node, "strides", 1)
    (dilation,) = sizes(call.node, "dilation_rate", 1)
    return _slide(call, size, stride, dilation)


def slide_pool(call: Call) -> Course:
    """Pooling: windows of `pool_size`, side by side unless `strides` says otherwise."""
    (size,) = sizes(call.node, "pool_size", 1)
    (stride,) = sizes(call.node, "strides", 1) or (size,)
    return _slide(call, size, stride, dilation=1)


def pool_everything(call: Call) -> Course:
    """Global pooling: one step, or none with `keepdims=False`, made of all of them."""
    axis = find_steps_axis(call)
    return Course(
        kind="all",
        axis_in=axis,
        axis_out=axis if argument(call.node, "keepdims") else None,
        timesteps_out=1,
        reads=read_all(call.input[axis]),
    )


def find_steps_axis(call: Call) -> int:
    """The axis that one-dimensional layers run over, whatever it is called."""
    return 2 if str(argument(call.node, "data_format")).lower() == "channels_first" else 1


def _slide(call: Call, size: int, stride: int, dilation: int) -> Course:
    axis = find_steps_axis(call)
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
    # TensorFlow puts the odd one at the end.
    return length, padding // 2


def _pad_the_past(timesteps: int, span: int, stride: int) -> tuple[int, int]:
    return (timesteps - 1) // stride + 1, span - 1


PADDINGS: Mapping[str, Callable[[int, int, int], tuple[int, int]]] = {
    "valid": _pad_nothing,
    "same": _pad_both_ends,
    "causal": _pad_the_past,
}
"""(timesteps, span of the window, stride) → (how many windows there are, how many steps are put before)."""
