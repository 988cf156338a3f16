"""Configurations of graphs: whatever Keras writes down, read back, is reported as Keras has it."""

import json
from typing import Any

import keras
import pytest
from keras import layers, ops

from app.architecture.config import read_config
from app.architecture.spec import Architecture
from app.report.build import make_report


def read(model: Any) -> Architecture:
    return read_config(json.loads(model.to_json()))


def tokens(name: str, length: int | None = 5) -> Any:
    return keras.Input((length,), dtype="int32", name=name)


def make_siamese() -> Any:
    left, right = tokens("left"), tokens("right")
    embedding, lstm = layers.Embedding(10, 4, mask_zero=True), layers.LSTM(3)
    return keras.Model([left, right], layers.Dot(-1)([lstm(embedding(left)), lstm(embedding(right))]))


def make_encoder_and_decoder() -> Any:
    source, target = keras.Input((None, 4)), keras.Input((None, 6))
    _, hidden, cell = layers.LSTM(3, return_state=True, name="encoder")(source)
    decoded = layers.LSTM(3, return_sequences=True, name="decoder")(target, initial_state=[hidden, cell])
    return keras.Model([source, target], layers.Dense(6)(decoded))


def make_arithmetic() -> Any:
    x = keras.Input((6, 4))
    y = layers.Dense(4)(x)
    joined = ops.concatenate([x + y, x * 2.0, 1.0 - y, x @ ops.transpose(x, (0, 2, 1))], axis=-1)
    return keras.Model(
        x, [joined[:, -1], ops.mean(joined, axis=1), joined[:, ::2, None], joined[..., 0] ** 2]
    )


def make_split() -> Any:
    x = keras.Input((6, 4))
    first, second = ops.split(x, 2, axis=1)
    return keras.Model(x, layers.Add()([first, second]))


def make_nested() -> Any:
    encoder = keras.Sequential([keras.Input((5, 4)), layers.LSTM(3), layers.Dense(2)], name="encoder")
    a, b = keras.Input((5, 4)), keras.Input((5, 4))
    head_in = keras.Input((4,))
    head = keras.Model(head_in, layers.Dense(1)(head_in), name="head")
    return keras.Model([a, b], head(layers.Concatenate()([encoder(a), encoder(b)])))


def make_wrapped() -> Any:
    frame = keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(4, 3), layers.Flatten()])
    return keras.Sequential([keras.Input((5, 8, 8, 1)), layers.TimeDistributed(frame), layers.GRU(3)])


def make_attention() -> Any:
    x = keras.Input((6, 4))
    y, scores = layers.MultiHeadAttention(2, 3)(x, x, use_causal_mask=True, return_attention_scores=True)
    return keras.Model(x, [y, scores])


def make_masked() -> Any:
    x = tokens("x")
    embedded = layers.Embedding(10, 4, mask_zero=True)(x)
    return keras.Model(x, layers.LSTM(3)(embedded + embedded))


def make_given_mask() -> Any:
    x, mask = keras.Input((6, 4)), keras.Input((6,), dtype="bool")
    return keras.Model([x, mask], layers.LSTM(3)(x, mask=mask))


MODELS = {
    function.__name__.removeprefix("make_").replace("_", " "): function
    for function in (
        make_siamese,
        make_encoder_and_decoder,
        make_arithmetic,
        make_split,
        make_nested,
        make_wrapped,
        make_attention,
        make_masked,
        make_given_mask,
    )
}


@pytest.mark.parametrize("name", MODELS)
def test_a_graph_is_reported_as_keras_has_it(name: str) -> None:
    model = MODELS[name]()
    report = make_report(read(model))
    assert report.status == "builds", report.problems
    assert [row.name for row in report.layers if not row.kind.startswith("ops.")] == [
        layer.name for layer in model.layers
    ] or name == "wrapped"
    assert [tensor.shape for tensor in report.outputs] == [tuple(output.shape) for output in model.outputs]
    assert [tensor.dtype for tensor in report.outputs] == [output.dtype for output in model.outputs]
    assert report.totals.parameters == model.count_params()
    for layer in model.layers:
        row = report.layer(layer.name)
        assert row.parameters.total == layer.count_params()
        assert sorted(weight.shape for weight in row.weights) == sorted(tuple(w.shape) for w in layer.weights)


def test_what_is_read_is_its_own_json() -> None:
    architecture = read(make_nested())
    assert (
        Architecture.model_validate_json(architecture.model_dump_json(exclude_defaults=True)) == architecture
    )


@keras.saving.register_keras_serializable(package="mine")
class Doubled(layers.Layer):
    def call(self, x: Any) -> Any:
        return ops.concatenate([x, x], axis=-1)


def test_a_layer_of_ones_own_gives_what_the_file_says_that_it_gave() -> None:
    x = keras.Input((5, 4))
    model = keras.Model(x, layers.LSTM(3)(Doubled(name="doubled")(x)))
    report = make_report(read(model))
    assert report.layer("doubled").kind == "Opaque"
    assert report.layer("doubled").output_shapes == ((None, 5, 8),)
    assert report.totals.parameters == model.count_params()
    assert [problem.code for problem in report.problems] == ["opaque-layer"]


KERAS_2_STATES = {
    "class_name": "Functional",
    "config": {
        "name": "seq2seq",
        "layers": [
            {
                "class_name": "InputLayer",
                "config": {"batch_input_shape": [None, None, 4], "name": "a"},
                "inbound_nodes": [],
            },
            {
                "class_name": "LSTM",
                "config": {"units": 3, "return_state": True, "name": "encoder"},
                "inbound_nodes": [[["a", 0, 0, {}]]],
            },
            {
                "class_name": "LSTM",
                "config": {"units": 3, "name": "decoder"},
                "inbound_nodes": [[["a", 0, 0, {"initial_state": [["encoder", 0, 1], ["encoder", 0, 2]]}]]],
            },
        ],
        "input_layers": [["a", 0, 0]],
        "output_layers": [["decoder", 0, 0]],
    },
}  # fmt: skip


def test_states_in_the_form_of_keras_2() -> None:
    report = make_report(read_config(KERAS_2_STATES))
    assert report.layer("decoder").inbound == ("a", "encoder", "encoder")
    assert report.layer("decoder").output_shapes == ((None, 3),)
