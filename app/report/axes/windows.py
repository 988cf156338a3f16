"""Axes of layers that slide a window over a sequence or an image, or pool all of it."""

from app.report.arguments import argument, sizes
from app.report.axes.labels import BATCH, Call, Label, Labels, Rule, carry, label, length, relabel
from app.report.model import Axis
from app.report.numbers import write_size


def find_places(call: Call) -> tuple[int, range]:
    """The channels axis, and the axes along which a window moves."""
    rank = len(call.inputs[0])
    if argument(call.node, "data_format") == "channels_first":
        return 1, range(2, rank)
    return rank - 1, range(1, rank - 1)


def slide(window: str, channels: Label | None = None) -> Rule:
    """A rule for a window whose length is the argument `window`.

    `channels` names the output's channels and the argument that counts them; without it they keep their
    label.
    """

    def rule(call: Call) -> Labels:
        channel, moving = find_places(call)
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


def slide_each_channel(call: Call) -> Labels:
    """A depthwise convolution: each channel by itself, `depth_multiplier` times."""
    channel, _ = find_places(call)
    copies = argument(call.node, "depth_multiplier")
    labels = slide("kernel_size")(call)
    if copies == 1:
        return labels
    axis = call.inputs[0][channel]
    return relabel(labels, channel, Label(axis.name, f"{length(axis)} · {copies} from {call.name}"))


def slide_back(call: Call) -> Labels:
    """A transposed convolution: each step is spread over a window."""
    channel, moving = find_places(call)
    labels = relabel(carry(call), channel, Label("filters", f"filters of {call.name}"))
    windows = sizes(call.node, "kernel_size", len(moving))
    strides = sizes(call.node, "strides", len(moving))
    plain = argument(call.node, "output_padding") is None and set(
        sizes(call.node, "dilation_rate", len(moving))
    ) == {1}
    for place, window, stride in zip(moving, windows, strides, strict=False):
        axis = call.inputs[0][place]
        steps = length(axis) if stride == 1 else f"{length(axis)} · {stride}"
        same = str(argument(call.node, "padding")).lower() == "same"
        more = 0 if same else max(window - stride, 0)
        origin = (
            f"{f'{steps} + {more}' if more else steps} from {call.name}" if plain else f"from {call.name}"
        )
        labels = relabel(labels, place, Label(axis.name, origin))
    return labels


def pool_to_size(call: Call) -> Labels:
    """Adaptive pooling: as many windows as `output_size` says."""
    _, moving = find_places(call)
    labels = carry(call)
    for place in moving:
        labels = relabel(labels, place, Label(call.inputs[0][place].name, f"output_size of {call.name}"))
    return labels


def pool_all(call: Call) -> Labels:
    """Global pooling: only the channels stay; with keepdims the others stay as 1."""
    channel, moving = find_places(call)
    kept = label(call.inputs[0][channel])
    if len(call.shape) == 2:
        return (BATCH, kept)
    ones = {place: Label(call.inputs[0][place].name, f"keepdims of {call.name}") for place in moving}
    return (BATCH, *(ones.get(place, kept) for place in range(1, len(call.shape))))
