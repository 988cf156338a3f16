"""Layers, cells and models inside others, of the visitor's own or of Keras 1."""

from typing import Any

import pytest

from app.architecture import Question
from app.architecture.code import read_code, write_code
from app.pipeline import examine
from app.problems import CodeError
from app.report import Report

HEADER = "import keras\nfrom keras import layers, ops\nfrom keras.layers import Merge\n"

SCALE = """
class Scale(layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1],))
    def call(self, x):
        return ops.stack([x * self.w, x], axis=-1)
"""

CELL = """
class Cell(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units, self.state_size = units, [units, units]
    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units))
    def call(self, inputs, states):
        output = ops.matmul(inputs, self.kernel) + states[0] * states[1]
        return output, [output, states[0]]
"""


def ask(code: str) -> Report:
    """What Kerascope makes of the code."""
    return examine(Question(code=HEADER + code)).report


def test_a_layer_with_weights_of_its_own_declares_what_it_gives_for_each_timestep() -> None:
    report = ask(SCALE + "model = keras.Sequential([keras.Input((4, 6)), layers.TimeDistributed(Scale())])")
    assert (report.layers[1].kind, report.layers[1].output_shapes) == ("Opaque", ((None, 4, 6, 2),))


def test_a_class_that_only_names_arguments_is_the_layer_that_it_extends() -> None:
    own = """
class Memory(layers.LSTM):
    def __init__(self):
        super().__init__(5, return_sequences=True)
model = keras.Sequential([keras.Input((4, 6)), layers.Bidirectional(Memory())])
"""
    assert ask(own).layers[1].output_shapes == ((None, 4, 10),)


@pytest.mark.parametrize(("returns", "shape"), [(True, (None, 9, 7)), (False, (None, 7))])
def test_a_cell_of_ones_own_gives_what_its_call_gives(returns: bool, shape: tuple[int | None, ...]) -> None:
    report = ask(
        f"{CELL}x = keras.Input((9, 3))\n"
        f"model = keras.Model(x, layers.RNN(Cell(7), return_sequences={returns})(x))"
    )
    assert report.outputs[0].shape == shape


def test_a_cell_without_a_state_size_is_asked_for_one() -> None:
    code = (
        CELL.replace(", self.state_size", ", self.size")
        + "x = keras.Input((9, 3))\ny = layers.RNN(Cell(7))(x)"
    )
    with pytest.raises(CodeError, match="state_size"):
        read_code(HEADER + code)


def test_merged_models_can_be_merged_again() -> None:
    report = ask("""
def branch(units):
    model = keras.Sequential()
    model.add(layers.Dense(units, input_shape=(10,)))
    return model
inner = keras.Sequential()
inner.add(Merge([branch(3), branch(4)], mode="concat"))
inner.add(layers.Dense(5))
model = keras.Sequential()
model.add(Merge([inner, branch(5)], mode="cos", dot_axes=1))
""")
    assert [tensor.shape for tensor in report.inputs] == [(None, 10)] * 3
    assert report.outputs[0].shape == (None, 1)
    assert len(read_code(write_code(report.architecture)).architecture.nodes) == len(
        report.architecture.nodes
    )


def test_branches_that_do_not_fit_fail_at_the_merge() -> None:
    report = ask("""
a = keras.Sequential([layers.Dense(3, input_shape=(10,))])
b = keras.Sequential([layers.Dense(4, input_shape=(10,))])
model = keras.Sequential()
model.add(Merge([a, b], mode="mul"))
model.add(layers.Dense(1))
""")
    assert [(row.kind, row.line) for row in report.layers if row.status == "fails"] == [("Multiply", 8)]


@pytest.mark.parametrize("code", ["Merge([1, 2])", "Merge([keras.Sequential()])", "Merge([], mode='sum')"])
def test_only_models_are_merged(code: str) -> None:
    with pytest.raises(CodeError, match=r"Merge|merged"):
        read_code(HEADER + f"model = keras.Sequential()\nmodel.add({code})")


@pytest.mark.parametrize(
    "inside",
    [
        "layers.Dense(3), layers.Dense(2)",
        "keras.Sequential([layers.Dense(3)]), layers.Dense(2)",
        "layers.Reshape((6, 1)), layers.LSTM(2)",
        "layers.Embedding(9, 5), layers.Flatten()",
    ],
)
def test_a_model_that_was_told_no_shape_learns_it_from_its_wrapper(inside: str) -> None:
    code = (
        f"{HEADER}per_step = keras.Sequential([{inside}])\nx = keras.Input((4, 6))\n"
        "model = keras.Model(x, layers.TimeDistributed(per_step)(x))"
    )
    names: dict[str, Any] = {}
    exec(code.replace("from keras.layers import Merge\n", ""), names)
    for source in (code, write_code(read_code(code).architecture)):
        report = examine(Question(code=source)).report
        assert not report.problems
        assert report.outputs[0].shape == names["model"].output_shape
        assert report.totals.parameters == names["model"].count_params()
