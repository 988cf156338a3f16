"""Tensors that no layer gives, and functions of the old backend: the shapes are those that Keras gives."""

import keras
import numpy as np
import pytest
from keras import ops

from app.architecture import Question
from app.architecture.code import read_code, write_code
from app.pipeline import examine
from app.report import Report

HEADER = """
import keras, numpy as np, tensorflow as tf
from keras import backend as K
from keras import layers, ops
x = keras.Input((6, 4))
"""


def ask(code: str) -> Report:
    """What Kerascope makes of the code behind the header."""
    return examine(Question(code=HEADER + code)).report


BACKEND = {
    "K.batch_dot(x, x, axes=2)": lambda x: keras.layers.Dot(axes=2)([x, x]),
    "K.batch_dot(x, K.permute_dimensions(x, (0, 2, 1)))": lambda x: ops.matmul(
        x, ops.transpose(x, (0, 2, 1))
    ),
    "K.batch_flatten(x)": keras.layers.Flatten(),
    "K.repeat(x[:, 0], 5)": lambda x: keras.layers.RepeatVector(5)(x[:, 0]),
    "K.temporal_padding(x, (2, 3))": keras.layers.ZeroPadding1D((2, 3)),
    "K.expand_dims(x)": lambda x: ops.expand_dims(x, -1),
    "K.argmax(x)": lambda x: ops.argmax(x, axis=-1),
    "K.gather(x, 0)": lambda x: ops.take(x, 0, axis=0),
    "K.switch(x > 0, x, -x)": lambda x: ops.where(x > 0, x, -x),
    "K.dropout(x, level=0.3)": keras.layers.Dropout(0.3),
    "K.sum(x, axis=K.ndim(x) - 1) + K.epsilon()": lambda x: ops.sum(x, axis=2) + 1e-7,
    "tf.identity(x)": keras.layers.Identity(),
    "tf.image.resize(layers.Reshape((6, 4, 1))(x), [12, 8])": lambda x: keras.layers.Resizing(12, 8)(
        keras.layers.Reshape((6, 4, 1))(x)
    ),
}


@pytest.mark.parametrize("code", BACKEND)
def test_functions_of_the_old_backend_give_what_keras_gives_for_the_modern_ones(code: str) -> None:
    report = ask(f"model = keras.Model(x, layers.Rescaling(2.0)({code}))")
    assert report.outputs[0].shape == BACKEND[code](keras.Input((6, 4))).shape


ARRAYS = {
    "x * np.array([1, 2, 3, 4])": lambda x: x * np.ones(4),
    "x + K.random_normal(shape=(K.shape(x)[0], 6, 4))": lambda x: x + keras.random.normal((1, 6, 4)),
    "x + tf.random.normal(tf.shape(x))": lambda x: x + keras.random.normal((1, 6, 4)),
    "ops.matmul(x, ops.eye(4, 9))": lambda x: ops.matmul(x, ops.eye(4, 9)),
    "tf.matmul(x, tf.constant([[1.0], [2.0], [3.0], [4.0]]))": lambda x: ops.matmul(x, np.ones((4, 1))),
    "ops.multiply(x, keras.random.uniform((5, 1, 6, 4)))": lambda x: x * np.ones((5, 1, 6, 4)),
    "ops.take(x, tf.range(3), axis=1)": lambda x: ops.take(x, np.arange(3), axis=1),
}


@pytest.mark.parametrize("code", ARRAYS)
def test_an_array_beside_a_tensor_counts_by_its_shape(code: str) -> None:
    report = ask(f"model = keras.Model(x, {code})")
    assert report.holes == ()
    assert report.outputs[0].shape == ARRAYS[code](keras.Input((6, 4))).shape


@pytest.mark.parametrize("code", ARRAYS)
def test_an_array_is_written_as_one_of_its_shape(code: str) -> None:
    architecture = read_code(HEADER + f"model = keras.Model(x, {code})").architecture
    written = read_code(write_code(architecture)).architecture
    assert written.without_lines() == architecture.without_lines()


def test_an_array_that_does_not_fit_fails_as_in_keras() -> None:
    failing = ask("model = keras.Model(x, x * np.ones((3,)))").layers[-1]
    assert (failing.kind, failing.status, failing.line) == ("ops.multiply", "fails", 6)
    with pytest.raises(ValueError, match="shapes"):
        keras.Input((6, 4)) * np.ones((3,))


def test_an_array_too_large_to_be_made_is_no_operand() -> None:
    problem = ask("model = keras.Model(x, [layers.Dense(2)(x), x * np.ones((10**9, 6, 4))])").problems[0]
    assert "An array of numbers" in problem.happened


def test_a_tensor_is_changed_in_place_by_an_operation() -> None:
    report = ask("y = layers.Dense(4)(x)\ny += x\ny /= 2.0\nmodel = keras.Model(x, y)")
    assert [row.kind for row in report.layers] == ["InputLayer", "Dense", "ops.add", "ops.divide"]


def test_add_of_the_operations_takes_two_tensors_and_add_of_the_layers_a_list() -> None:
    report = ask("model = keras.Model(x, ops.add(ops.maximum(x, 0.0), layers.add([x, x])))")
    assert [row.kind for row in report.layers] == ["InputLayer", "ops.maximum", "Add", "ops.add"]
