"""count_parameters(): how many numbers a layer learns, with the arithmetic that gives them.

The counts are always Keras', summed over the weights it made. The formula is ours, and is shown only
where it gives exactly Keras' count; otherwise the sizes of the weights are written as a sum.
"""

from collections.abc import Callable, Mapping
from math import prod
from typing import NamedTuple

from app.architecture.spec import Node
from app.frozen import Shape
from app.report.arguments import argument, list_cells, sizes, wrapped
from app.report.model import Parameters, Weight
from app.report.numbers import write_size


class Term(NamedTuple):
    """A number and how it is written, so that arithmetic on it writes itself."""

    value: int
    text: str
    is_sum: bool = False

    def plus(self, other: "Term") -> "Term":
        """The sum."""
        return Term(self.value + other.value, f"{self.text} + {other.text}", is_sum=True)

    def times(self, other: "Term") -> "Term":
        """The product."""
        return Term(self.value * other.value, f"{self.factor}·{other.factor}")

    @property
    def factor(self) -> str:
        """As it is written inside a product."""
        return f"({self.text})" if self.is_sum else self.text


def number(value: int) -> Term:
    """A plain number."""
    return Term(value, write_size(value))


Rule = Callable[[Node, Shape], Term | None]
"""From a layer and the shape of its first input. None where the layer is not of the usual form."""


def count_parameters(node: Node, input_shapes: tuple[Shape, ...], weights: tuple[Weight, ...]) -> Parameters:
    """Sum the weights that Keras made for one layer, and say the sum as arithmetic."""
    total = sum(_size(weight) for weight in weights)
    trainable = sum(_size(weight) for weight in weights if weight.trainable)
    formula = _apply(node, input_shapes[0]) if weights and input_shapes else None
    if formula is None or formula.value != total:
        return Parameters(total=total, trainable=trainable, formula=_add_up(weights))
    return Parameters(total=total, trainable=trainable, formula=formula.text)


def _size(weight: Weight) -> int:
    return prod(size or 0 for size in weight.shape)


def _add_up(weights: tuple[Weight, ...]) -> str:
    products = ("·".join(map(write_size, weight.shape)) or "1" for weight in weights)
    return " + ".join(products) or "0"


def _apply(node: Node, shape: Shape) -> Term | None:
    rule = RULES.get(node.kind)
    return rule(node, shape) if rule else None


def _integer(node: Node, name: str) -> int:
    value = argument(node, name)
    return value if isinstance(value, int) else 0


def _last(shape: Shape) -> int:
    return shape[-1] or 0 if shape else 0


def _dense(node: Node, shape: Shape) -> Term:
    units = number(_integer(node, "units"))
    kernel = number(_last(shape)).times(units)
    return kernel.plus(units) if argument(node, "use_bias") else kernel


def _embedding(node: Node, shape: Shape) -> Term:
    return number(_integer(node, "input_dim")).times(number(_integer(node, "output_dim")))


def _one_gate(node: Node, shape: Shape, biases: int) -> Term:
    """A kernel over the features, a recurrent kernel over the units, and the biases."""
    units = number(_integer(node, "units"))
    kernels = number(_last(shape)).plus(units).times(units)
    if not argument(node, "use_bias"):
        return kernels
    return kernels.plus(units if biases == 1 else number(biases).times(units))


def _simple_rnn(node: Node, shape: Shape) -> Term:
    return _one_gate(node, shape, biases=1)


def _lstm(node: Node, shape: Shape) -> Term:
    return number(4).times(_one_gate(node, shape, biases=1))


def _gru(node: Node, shape: Shape) -> Term:
    return number(3).times(_one_gate(node, shape, biases=2 if argument(node, "reset_after") else 1))


def _bidirectional(node: Node, shape: Shape) -> Term | None:
    inner = wrapped(node)
    one_way = _apply(inner, shape) if inner else None
    return number(2).times(one_way) if one_way else None


def _time_distributed(node: Node, shape: Shape) -> Term | None:
    inner = wrapped(node)
    return _apply(inner, (shape[0], *shape[2:])) if inner else None


def _convolution(node: Node, shape: Shape) -> Term | None:
    first = argument(node, "data_format") == "channels_first"
    channels = shape[1 if first else -1] or 0
    groups, filters = argument(node, "groups"), number(_integer(node, "filters"))
    groups = 1 if groups is None else groups
    window = sizes(node, "kernel_size", len(shape) - 2)
    if not window or not isinstance(groups, int) or groups < 1:
        return None
    seen = number(channels)
    if groups > 1:
        seen = Term(channels // groups, f"({seen.text} / {write_size(groups)})")
    kernel = number(window[0])
    for size in (*map(number, window[1:]), seen, filters):
        kernel = kernel.times(size)
    return kernel.plus(filters) if argument(node, "use_bias") else kernel


def _depthwise(node: Node, shape: Shape) -> Term | None:
    """A kernel for each copy of each channel; `filters`, where there are any, read them all."""
    first = argument(node, "data_format") == "channels_first"
    channels = shape[1 if first else -1] or 0
    window = sizes(node, "kernel_size", len(shape) - 2)
    if not window:
        return None
    copies = number(channels).times(number(_integer(node, "depth_multiplier")))
    kernel = number(window[0])
    for size in (*map(number, window[1:]), copies):
        kernel = kernel.times(size)
    last = copies
    if filters := _integer(node, "filters"):
        last = number(filters)
        kernel = kernel.plus(copies.times(last))
    return kernel.plus(last) if argument(node, "use_bias") else kernel


def _convolutional_lstm(node: Node, shape: Shape) -> Term | None:
    """Four gates, each with a kernel over the image and one over the filters."""
    first = argument(node, "data_format") == "channels_first"
    channels, filters = shape[2 if first else -1] or 0, number(_integer(node, "filters"))
    window = sizes(node, "kernel_size", len(shape) - 3)
    if not window:
        return None
    kernel = number(window[0])
    for size in (*map(number, window[1:]), number(channels).plus(filters), filters):
        kernel = kernel.times(size)
    return number(4).times(kernel.plus(filters) if argument(node, "use_bias") else kernel)


def _cells(node: Node, shape: Shape) -> Term | None:
    """The cells of an RNN, each of which reads the units of the one before."""
    total: Term | None = None
    for cell in list_cells(node):
        rule = RULES.get(cell.kind.removesuffix("Cell"))
        part = rule(cell, shape) if rule else None
        if part is None:
            return None
        total = total.plus(part) if total else part
        shape = (*shape[:-1], _integer(cell, "units"))
    return total


def _normalization(always: int) -> Rule:
    """`scale` and `center` learn one number a channel each, and `always` more are kept besides."""

    def rule(node: Node, shape: Shape) -> Term | None:
        axis = argument(node, "axis")
        places = axis if isinstance(axis, list) else [axis]
        normalized = [shape[place] or 0 for place in places if isinstance(place, int)]
        kept = always + bool(argument(node, "scale")) + bool(argument(node, "center"))
        return number(kept).times(number(prod(normalized)))

    return rule


RULES: Mapping[str, Rule] = {
    "BatchNormalization": _normalization(always=2),
    "Bidirectional": _bidirectional,
    "Dense": _dense,
    "Embedding": _embedding,
    "GRU": _gru,
    "GroupNormalization": _normalization(always=0),
    "LSTM": _lstm,
    "LayerNormalization": _normalization(always=0),
    "RMSNormalization": _normalization(always=1),
    "RNN": _cells,
    "ReversibleEmbedding": _embedding,
    "SimpleRNN": _simple_rnn,
    "TimeDistributed": _time_distributed,
    **{f"Conv{rank}D{transposed}": _convolution for rank in (1, 2, 3) for transposed in ("", "Transpose")},
    **{f"ConvLSTM{rank}D": _convolutional_lstm for rank in (1, 2, 3)},
    **{f"{kind}Conv{rank}D": _depthwise for rank in (1, 2) for kind in ("Depthwise", "Separable")},
}
"""By kind. A kind that is not here shows the sizes of its weights."""
