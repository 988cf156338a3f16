"""Graphs in code: read as Keras would have built them, and compared with what Keras builds."""

from typing import Any

import pytest

from app.architecture.code import read_code, write_code
from app.report.build import make_report

HEADER = """
import keras
import tensorflow as tf
from keras import layers, ops
from keras import backend as K
"""

CODES = {
    "a siamese model": """
a, b = keras.Input((5,)), keras.Input((5,))
embedding, lstm = layers.Embedding(10, 4, mask_zero=True), layers.LSTM(3)
model = keras.Model([a, b], layers.Dot(-1)([lstm(embedding(a)), lstm(embedding(b))]))
""",
    "an encoder and its decoder": """
source, target = keras.Input((None, 71)), keras.Input((None, 93))
_, hidden, cell = layers.LSTM(16, return_state=True)(source)
decoder = layers.LSTM(16, return_sequences=True, return_state=True)
decoded, _, _ = decoder(target, initial_state=[hidden, cell])
model = keras.Model([source, target], layers.Dense(93, activation="softmax")(decoded))
""",
    "a decoder used again": """
state = keras.Input((16,))
target = keras.Input((None, 93))
decoder = layers.GRU(16, return_state=True)
first, _ = decoder(target)
again, next_state = decoder(target, initial_state=state)
model = keras.Model([target, state], [again, next_state])
""",
    "arithmetic": """
x = keras.Input((6, 4))
y = layers.Dense(4)(x)
z = ops.concatenate([x + y, x * 2.0, 1 - y, -x, y / 3, x ** 2], axis=-1)
model = keras.Model(x, [z[:, -1], z[:, ::2, None], z[..., 0], x @ ops.transpose(x, (0, 2, 1)), x > y])
""",
    "functions of keras.ops": """
x = keras.Input((6, 4))
first, second = ops.split(x, 2, axis=1)
flat = ops.reshape(x, (-1, x.shape[1] * x.shape[2]))
model = keras.Model(x, [ops.mean(x, axis=1), ops.expand_dims(first, 1), ops.softmax(second), flat])
""",
    "models in a model": """
encoder = keras.Sequential([keras.Input((5, 4)), layers.LSTM(3), layers.Dense(2)], name="encoder")
h = keras.Input((4,))
head = keras.Model(h, layers.Dense(1)(h), name="head")
a, b = keras.Input((5, 4)), keras.Input((5, 4))
model = keras.Model([a, b], head(layers.Concatenate()([encoder(a), encoder(b)])))
""",
    "a model as the first layer": """
base = keras.Sequential([keras.Input((32, 32, 3)), layers.Conv2D(8, 3), layers.MaxPooling2D()])
model = keras.Sequential([base, layers.Flatten(), layers.Dense(10)])
""",
    "a model on every timestep": """
frame = keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(4, 3), layers.Flatten()])
model = keras.Sequential([keras.Input((5, 8, 8, 1)), layers.TimeDistributed(frame), layers.GRU(3)])
""",
    "attention with its scores": """
x = keras.Input((6, 4))
y, scores = layers.MultiHeadAttention(2, 3)(x, x, use_causal_mask=True, return_attention_scores=True)
model = keras.Model(x, [y, scores])
""",
    "a mask handed over": """
x, mask = keras.Input((6, 4)), keras.Input((6,), dtype="bool")
model = keras.Model([x, mask], layers.LSTM(3)(x, mask=mask))
""",
}


def build(code: str) -> Any:
    scope: dict[str, Any] = {}
    exec("import keras\nfrom keras import layers, ops\n" + code, scope)
    return scope["model"]


@pytest.mark.parametrize("name", CODES)
def test_a_graph_in_code_is_what_keras_builds(name: str) -> None:
    report = make_report(read_code(HEADER + CODES[name]).architecture)
    model = build(CODES[name])
    assert report.status == "builds", report.problems
    assert [tensor.shape for tensor in report.outputs] == [tuple(output.shape) for output in model.outputs]
    assert [tensor.dtype for tensor in report.outputs] == [output.dtype for output in model.outputs]
    assert report.totals.parameters == model.count_params()


@pytest.mark.parametrize("name", CODES)
def test_a_graph_is_written_as_code_that_means_the_same(name: str) -> None:
    architecture = read_code(HEADER + CODES[name]).architecture
    written = write_code(architecture)
    assert read_code(written).architecture.without_lines() == architecture.without_lines(), written
    assert [tuple(output.shape) for output in build(written).outputs] == [
        tensor.shape for tensor in make_report(architecture).outputs
    ]


OLDER = {
    "tf.concat([x, x], 2)": "ops.concatenate([x, x], 2)",
    "tf.reduce_mean(x, axis=1, keepdims=True)": "ops.mean(x, axis=1, keepdims=True)",
    "tf.expand_dims(x, -1)": "ops.expand_dims(x, -1)",
    "tf.transpose(x, perm=[0, 2, 1])": "ops.transpose(x, [0, 2, 1])",
    "tf.reshape(x, (tf.shape(x)[0], 24))": "ops.reshape(x, (-1, 24))",
    "tf.split(x, [1, 2, 1], axis=-1)[1]": "ops.split(x, [1, 3], axis=-1)[1]",
    "tf.split(x, 1, axis=-1)[0]": "ops.split(x, 1, axis=-1)[0]",
    "tf.unstack(x, axis=1)[-1]": "x[:, -1]",
    "tf.add_n(tf.unstack(x, num=6, axis=1))": "ops.sum(x, axis=1)",
    "tf.nn.softmax(x)": "ops.softmax(x)",
    "tf.cast(x, tf.float16)": "ops.cast(x, 'float16')",
    "K.concatenate([x, x])": "ops.concatenate([x, x], -1)",
    "K.sum(x, axis=-1)": "ops.sum(x, axis=-1)",
    "K.permute_dimensions(x, (0, 2, 1))": "ops.transpose(x, (0, 2, 1))",
    "keras.activations.relu(x)": "ops.relu(x)",
    "layers.Lambda(lambda t: t[:, -1])(x)": "x[:, -1]",
    "layers.Lambda(lambda t: K.mean(t, axis=1))(x)": "ops.mean(x, axis=1)",
}


@pytest.mark.parametrize("old", OLDER)
def test_an_operation_is_understood_under_its_older_names(old: str) -> None:
    start = "x = keras.Input((6, 4))\nmodel = keras.Model(x, "
    report = make_report(read_code(f"{HEADER}{start}{old})").architecture)
    model = build(f"{start}{OLDER[old]})")
    assert [(tensor.shape, tensor.dtype) for tensor in report.outputs] == [
        (tuple(output.shape), output.dtype) for output in model.outputs
    ]


def test_a_lambda_whose_function_is_not_known_waits_for_its_shape() -> None:
    code = "x = keras.Input((6, 4))\nmodel = keras.Model(x, layers.Lambda(my_function)(x))"
    (node,) = [node for node in read_code(HEADER + code).architecture.nodes if not node.is_input]
    assert (node.kind, node.arguments) == ("Opaque", {"class_name": "Lambda"})


def test_a_lambda_in_a_chain_is_read_too() -> None:
    code = (
        "model = keras.Sequential([keras.Input((6, 4)), layers.Lambda(lambda t: t[:, -1]), layers.Dense(2)])"
    )
    report = make_report(read_code(HEADER + code).architecture)
    assert [row.kind for row in report.layers] == ["InputLayer", "ops.get_item", "Dense"]
    assert report.outputs[0].shape == (None, 2)
