"""Initializers, regularizers and constraints by class: arguments that Python refuses, as it would."""

import pytest
from plain_model import IMPORTS, run

from app.architecture.code import read_code
from app.problems import CodeError

WRONG = (
    "kernel_initializer=keras.initializers.RandomNormal(stdev=0.1)",
    "kernel_initializer=keras.initializers.RandomUniform(1, 2, 3, 4)",
    "kernel_regularizer=keras.regularizers.L1L2(l1=0.1, l3=3)",
    "kernel_constraint=keras.constraints.NonNeg(1)",
    "kernel_constraint=keras.constraints.MaxNorm(max=2)",
)
RIGHT = (
    "kernel_initializer=keras.initializers.RandomNormal(stddev=0.1)",
    "kernel_initializer=keras.initializers.HeNormal",
    "kernel_regularizer=keras.regularizers.L1L2(0.1, l2=3)",
    "kernel_constraint=keras.constraints.NonNeg()",
)


def write(argument: str) -> str:
    return f"x = keras.Input((4,))\nmodel = keras.Model(x, layers.Dense(3, {argument})(x))"


@pytest.mark.parametrize("argument", WRONG)
def test_an_argument_that_the_class_does_not_take_is_refused(argument: str) -> None:
    with pytest.raises(TypeError, match=r"unexpected keyword|positional|takes no arguments"):
        run(write(argument))
    with pytest.raises(CodeError, match="Python would stop here with TypeError"):
        read_code(IMPORTS + write(argument))


@pytest.mark.parametrize("argument", RIGHT)
def test_any_other_changes_no_shape(argument: str) -> None:
    run(write(argument))
    reading = read_code(IMPORTS + write(argument))
    assert not reading.notes
    assert reading.architecture.nodes[-1].arguments == {"units": 3}
