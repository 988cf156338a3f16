"""Operations of keras.ops, as TensorFlow's profiler counts them; activation functions count as none."""

from collections.abc import Callable, Mapping

from app.report.arithmetic import multiply
from app.report.work.call import Call, Effort
from app.report.work.rules.elements import apply_softmax, move


def operate(call: Call) -> Effort:
    """One operation per output number."""
    return Effort(others=multiply(call.output))


def average(call: Call) -> Effort:
    """One operation per input number."""
    return Effort(others=multiply(call.input))


def multiply_matrices(call: Call) -> Effort | None:
    """Each output number is a sum of products along the last axis of the first matrix."""
    if len(call.inputs) != 2:
        return None
    return Effort(multiply((*call.output, call.input[-1])))


ELEMENTWISE = (
    "add",
    "divide",
    "maximum",
    "minimum",
    "multiply",
    "negative",
    "square",
    "subtract",
    "true_divide",
)
FUNCTIONS = ("elu", "exp", "leaky_relu", "relu", "relu6", "selu", "sigmoid", "softplus", "softsign", "tanh")
MOVES = (
    "concatenate",
    "expand_dims",
    "get_item",
    "reshape",
    "squeeze",
    "stack",
    "stop_gradient",
    "swapaxes",
    "transpose",
)

OPERATIONS: Mapping[str, Callable[[Call], Effort | None]] = {
    "ops.matmul": multiply_matrices,
    "ops.mean": average,
    "ops.softmax": apply_softmax,
    **{f"ops.{name}": operate for name in ELEMENTWISE},
    **{f"ops.{name}": move for name in (*FUNCTIONS, *MOVES)},
}
