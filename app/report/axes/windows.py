"""Axes of the layers that move a window along the timesteps, or make the timesteps more or fewer."""

from collections.abc import Callable

from app.architecture.spec import Node
from app.report.arguments import argument, sizes
from app.report.axes.labels import BATCH, Call, Label, Labels, Rule, carry, label, length, relabel
from app.report.model import Axis
from app.report.numbers import write_size


def _places(call: Call) -> tuple[int, range]:
    """Where the channels are, and the axes along which a window moves."""
    rank = len(call.inputs[0])
    if argument(call.node, "data_format") == "channels_first":
        return 1, range(2, rank)
    return rank - 1, range(1, rank - 1)


def slide(window: str, channels: Label | None = None) -> Rule:
    """A rule for a window as long as the argument `window`.

    `channels` names the output's channels and the argument that counts them; without it they are carried.
    """

    def rule(call: Call) -> Labels:
        channel, moving = _places(call)
        labels = carry(call)
        if channels:
            labels = relabel(labels, channel, Label(channels.name, f"{channels.origin} of {call.name}"))
        windows = sizes(call.node, window, len(moving))
        strides = sizes(call.node, "strides", len(moving)) or windows
        dilations = sizes(call.node, "dilation_rate", len(moving)) or (1,) * len(moving)
        for place, size, stride, dilation in zip(moving, windows, strides, dilations, strict=False):
            axis = call.inputs[0][place]
            origin = _count_steps(call, axis, (size - 1) * dilation + 1, stride)
            labels = relabel(labels, place, Label(axis.name, origin))
        return labels

    return rule


def _count_steps(call: Call, axis: Axis, window: int, stride: int) -> str:
    if str(argument(call.node, "padding")).lower() == "valid":
        exact = stride == 1 or (axis.size is not None and (axis.size - window) % stride == 0)
        steps = f"({length(axis)} − {write_size(window)}) / {write_size(stride)}"
        return f"{steps if exact else f'⌊{steps}⌋'} + 1 from {call.name}"
    if stride == 1:
        return axis.origin
    exact = axis.size is not None and axis.size % stride == 0
    steps = f"{length(axis)} / {write_size(stride)}"
    return f"{steps if exact else f'⌈{steps}⌉'} from {call.name}"


def pool_all(call: Call) -> Labels:
    """Only the channels stay; with keepdims the others stay too, as 1."""
    channel, moving = _places(call)
    kept = label(call.inputs[0][channel])
    if len(call.shape) == 2:
        return (BATCH, kept)
    ones = {place: Label(call.inputs[0][place].name, f"keepdims of {call.name}") for place in moving}
    return (BATCH, *(ones.get(place, kept) for place in range(1, len(call.shape))))


def resize(write: Callable[[Node, str], str]) -> Rule:
    """A rule for timesteps that grow or shrink by an argument; `write` says how, as arithmetic."""

    def rule(call: Call) -> Labels:
        place = _places(call)[1][0]
        axis = call.inputs[0][place]
        origin = f"{write(call.node, length(axis))} from {call.name}"
        return relabel(carry(call), place, Label(axis.name, origin))

    return rule


def pad(node: Node, steps: str) -> str:
    """Zeros before and after."""
    before, after = sizes(node, "padding", 2) or ("before", "after")
    return f"{before} + {steps} + {after}"


def crop(node: Node, steps: str) -> str:
    """Steps cut off at the start and at the end."""
    before, after = sizes(node, "cropping", 2) or ("before", "after")
    return f"{steps} − {before} − {after}"


def repeat_steps(node: Node, steps: str) -> str:
    """Every step several times."""
    return f"{argument(node, 'size')} · {steps}"
