"""Layers that slide a window over an image or a sequence. Padding counts as data, as it is computed with."""

from app.architecture.spec import Node
from app.report.arguments import argument, integer, sizes
from app.report.arithmetic import Term, multiply, number
from app.report.numbers import write_size
from app.report.parameters.windows import is_channels_first
from app.report.work.call import Call, Effort, Sizes
from app.report.work.rules.units import add_bias_and_activation, count_cell_activations


def convolve(call: Call) -> Effort | None:
    """Conv1D to Conv3D: at each output position, each filter reads a window of its group's channels."""
    node, groups = call.node, argument(call.node, "groups")
    channels, _ = split(node, call.input)
    filters, places = split(node, call.output)
    window = sizes(node, "kernel_size", len(call.input) - 2)
    if not isinstance(groups, int) or groups < 1:
        return None
    if groups > 1:
        channels = Term(channels.value // groups, f"({channels.text} / {write_size(groups)})")
    macs = multiply((*places, *map(number, window), channels, filters))
    return add_bias_and_activation(call, macs)


def convolve_back(call: Call) -> Effort:
    """Conv1DTranspose and its like: each input position is spread over a window of every filter."""
    node = call.node
    channels, places = split(node, call.input)
    filters, _ = split(node, call.output)
    window = sizes(node, "kernel_size", len(call.input) - 2)
    macs = multiply((*places, *map(number, window), channels, filters))
    return add_bias_and_activation(call, macs)


def convolve_each_channel(call: Call) -> Effort:
    """DepthwiseConv: a window per copy of each channel. SeparableConv: then filters over all of them."""
    node = call.node
    channels, _ = split(node, call.input)
    _, places = split(node, call.output)
    copies = channels.times(number(integer(node, "depth_multiplier")))
    window = sizes(node, "kernel_size", len(call.input) - 2)
    macs = multiply((*places, *map(number, window), copies))
    if filters := integer(node, "filters"):
        macs = macs.plus(multiply((*places, copies, number(filters))))
    return add_bias_and_activation(call, macs)


IMAGE_STATE = 4
"""Operations that compute the new state from four gates: three products and a sum."""


def run_convolutions(call: Call) -> Effort | None:
    """ConvLSTM: at each timestep four gates, each with a window over the image and one over the filters."""
    node = call.node
    rank = len(call.input) - 3
    filters, window = number(integer(node, "filters")), sizes(node, "kernel_size", rank)
    channels, _ = split(node, (call.input[0], *call.input[2:]))
    image = call.output[-rank:] if is_channels_first(node) else call.output[-rank - 1 : -1]
    if set(count_cell_activations(node)) == {None} or not image:
        return None
    gate = multiply((*image, *map(number, window), channels.plus(filters), filters))
    each = number(4 * (1 + bool(argument(node, "use_bias"))) + IMAGE_STATE)
    step = Effort(number(4).times(gate), each.times(multiply((*image, filters))))
    return step.times(call.input[0].times(call.input[1]))


def pool(call: Call) -> Effort:
    """MaxPooling, AveragePooling: each output number is computed from a window."""
    window = sizes(call.node, "pool_size", len(call.input) - 2)
    return Effort(others=multiply((*call.output, *map(number, window))))


def pool_everything(call: Call) -> Effort:
    """GlobalMaxPooling, GlobalAveragePooling: the window is the whole image."""
    return Effort(others=multiply(call.input))


def split(node: Node, shape: Sizes) -> tuple[Term, Sizes]:
    """The channels, and the other sizes, batch included."""
    if is_channels_first(node):
        return shape[1], (shape[0], *shape[2:])
    return shape[-1], shape[:-1]
