"""Layers that work element by element, and layers that only move numbers."""

from collections.abc import Callable

from app.architecture.spec import Node
from app.report.arguments import argument
from app.report.arithmetic import NOTHING, ONCE, Term, multiply, number
from app.report.parameters.normalizations import list_normalized
from app.report.work.call import Call, Effort, Sizes

SOFTMAX = 5
"""Operations per number: TensorFlow's profiler counts a maximum, a difference, an exponential, a sum and a
quotient."""

ACTIVATIONS = {
    **dict.fromkeys(("elu", "exponential", "leaky_relu", "linear", "relu", "relu6", "selu"), 0),
    **dict.fromkeys(("sigmoid", "softplus", "softsign", "tanh"), 0),
    "softmax": SOFTMAX,
}
"""Operations per number, as TensorFlow's profiler counts them: none for functions of one number."""


def count_activation(node: Node, size: Term, name: str = "activation") -> Term | None:
    """The operations of the activation in an argument; None for one that is not in the table."""
    activation = argument(node, name)
    each = ACTIVATIONS.get(activation) if isinstance(activation, str) else 0
    if activation is not None and each is None:
        return None
    return number(each).times(size) if each else NOTHING


def activate(call: Call) -> Effort:
    """Activation."""
    return Effort(others=count_activation(call.node, multiply(call.input)))


def apply_softmax(call: Call) -> Effort:
    """Softmax along any axis."""
    return Effort(others=number(SOFTMAX).times(multiply(call.input)))


def move(call: Call) -> Effort:
    """Reshape, Concatenate, Embedding, and Dropout at inference: nothing is computed."""
    return Effort()


def repeat_pixels(call: Call) -> Effort | None:
    """UpSampling2D repeats its pixels; there is no rule if it interpolates."""
    return Effort() if argument(call.node, "interpolation") == "nearest" else None


def compare(call: Call) -> Effort:
    """Masking: each number is compared with one."""
    return Effort(others=multiply(call.input))


def rescale(call: Call) -> Effort:
    """Rescaling: a product and a sum per number."""
    return Effort(others=number(2).times(multiply(call.input)))


def standardize(call: Call) -> Effort:
    """Normalization: a difference and a quotient per number; each deviation is kept above zero."""
    shape = tuple(size.value for size in call.input)
    deviations = multiply(map(number, list_normalized(call.node, shape)))
    all_numbers = number(2).times(multiply(call.input))
    return Effort(others=all_numbers.plus(number(1) if deviations == ONCE else deviations))


def cut_off(call: Call) -> Effort:
    """ReLU: an activation function, unless it has a threshold or a maximum."""
    usual = not argument(call.node, "threshold") and argument(call.node, "max_value") in (None, 6)
    return Effort(others=NOTHING if usual else None)


def rectify(call: Call) -> Effort:
    """PReLU: the negative part is negated, multiplied and added; each slope is negated too."""
    others = number(3).times(multiply(call.input)).plus(number(call.parameters))
    return Effort(others=others)


def merge(more: int) -> Callable[[Call], Effort | None]:
    """Add, Multiply, Maximum: one operation per further input; Average has `more` operations."""

    def rule(call: Call) -> Effort | None:
        if len(call.inputs) > 2 and len({_values(sizes) for sizes in call.inputs}) > 1:
            # The result of the first two may be smaller than the output, and is broadcast later.
            return None
        count = len(call.inputs) - 1 + more
        return Effort(others=number(count).times(multiply(call.output)))

    return rule


def _values(sizes: Sizes) -> tuple[int, ...]:
    return tuple(size.value for size in sizes)
