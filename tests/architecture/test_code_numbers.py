"""Numbers of NumPy among a layer's arguments, and comparisons of layers' outputs."""

import keras
import pytest
from plain_model import IMPORTS, run

from app.architecture.code import read_code
from app.report.build import make_report

NUMPY = "import numpy as np\nx = keras.Input((6, 4))\n"

NUMBERS = {
    "np.int64(4)": 4,
    "np.uint8(4)": 4,
    "np.prod((2, 3))": 6,
    "np.sum([1, 2])": 3,
    "int(np.float32(3))": 3,
    "int(np.bool_(True))": 1,
}


@pytest.mark.parametrize(("written", "number"), NUMBERS.items())
def test_a_number_of_numpy_is_that_number(written: str, number: int) -> None:
    code = f"{NUMPY}model = keras.Model(x, layers.Conv1D({written}, 2)(x))"
    report = make_report(read_code(IMPORTS + code).architecture)
    assert report.layers[-1].output_shapes == (run(code).output_shape,) == ((None, 5, number),)


def test_keras_3_wants_an_integer_of_python_for_units() -> None:
    code = f"{NUMPY}model = keras.Model(x, layers.Dense(np.int64(4))(x))"
    with pytest.raises(ValueError, match="expected a positive integer"):
        run(code)
    (note,) = read_code(IMPORTS + code).notes
    assert (note.code, note.happened) == (
        "old-spelling",
        "`units=np.int64(4)` is an older spelling of `units=int(4)`.",
    )


TWO = "a, b = keras.Input((4,)), keras.Input((4,))\n"


def test_equal_outputs_are_the_same_object_for_keras() -> None:
    code = f"{TWO}model = keras.Model([a, b], a == b)"
    with pytest.raises(ValueError, match="outputs=False"):
        run(code)
    reading = read_code(IMPORTS + code + "\nmodel = keras.Model([a, b], keras.layers.Add()([a, b]))")
    (problem,) = (note for note in reading.notes if note.severity == "error")
    assert "keras.ops.equal(a, b)" in problem.happened


def test_an_output_is_not_none() -> None:
    code = f"{TWO}c = a if b == None else layers.Add()([a, b])\nmodel = keras.Model([a, b], c)"
    rows = make_report(read_code(IMPORTS + code).architecture).layers
    assert [row.name for row in rows] == [layer.name for layer in run(code).layers]


def test_numbers_are_compared_where_a_layer_calls_a_function() -> None:
    code = f"""{TWO}
class Same(keras.layers.Layer):
    def call(self, inputs):
        return keras.ops.cast(inputs[0] == inputs[1], "float32")
model = keras.Model([a, b], Same()([a, b]))
"""
    report = make_report(read_code(IMPORTS + code).architecture)
    expected: keras.Model = run(code)
    assert [tensor.shape for tensor in report.outputs] == [tensor.shape for tensor in expected.outputs]
