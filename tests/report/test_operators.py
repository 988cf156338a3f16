"""Python's operators and built-in functions on tensors, as Keras' tensors define them."""

from typing import Any

import pytest
from keras import Input, Model

from app.architecture.code import read_code
from app.report.build import make_report

EXPRESSIONS = [
    *("-x", "~x", "x & y", "x | y", "x ^ y", "True & x", "x @ y", "x ** 2", "2 // x", "x % y"),
    *("abs(x)", "round(x)", "round(x, 2)", "pow(x, 2)", "pow(2, x)", "sum([x, y])", "sum([x, y, x], y)"),
]
HEADER = "from keras import Input, Model\n"
TENSORS = "x, y = Input((4, 4), name='x'), Input((4, 4), name='y')\n"


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_operator_is_the_operation_that_keras_makes_of_it(expression: str) -> None:
    names: dict[str, Any] = {"Input": Input, "Model": Model}
    exec(f"{TENSORS}model = Model([x, y], {expression})", names)
    report = make_report(read_code(f"{HEADER}{TENSORS}model = Model([x, y], {expression})").architecture)
    (output,) = names["model"].outputs
    (told,) = report.outputs
    assert (told.shape, told.dtype) == (tuple(output.shape), output.dtype)
    operation = type(output._keras_history.operation).__name__
    assert report.rows[-1].kind.removeprefix("ops.").replace("_", "") == operation.lower()


def test_a_plus_before_a_tensor_is_refused() -> None:
    with pytest.raises(Exception, match="bad operand type"):
        exec(f"{TENSORS}+x", {"Input": Input})
    with pytest.raises(Exception, match="takes no such sign"):
        read_code(f"{HEADER}{TENSORS}model = Model([x, y], +x)")


def test_powers_of_numbers_are_numbers() -> None:
    code = f"{HEADER}x = Input((pow(2, 3),))\nmodel = Model(x, abs(x))"
    assert make_report(read_code(code).architecture).outputs[0].shape == (None, 8)
