"""read_config(): real configurations of Keras 3, and those of Keras 2 by hand."""

import json
import warnings
from typing import Any

import keras
import pytest
from keras import layers
from keras_2 import KERAS_2, KERAS_2_GRAPH

from app.architecture.catalogue import KINDS, Kind
from app.architecture.code import read_code
from app.architecture.config import read_config
from app.architecture.spec import INPUT
from app.frozen import JsonObject
from tests.architecture.test_write_code import MODELS, without_lines

SEQUENCE = "keras.Input((8, 4), batch_size=2)"

# Kinds with more to say than their names; the others are called without arguments.
BUILT = {
    "Activation": 'layers.Activation("gelu")',
    "AveragePooling1D": "layers.AveragePooling1D(2, strides=1)",
    "BatchNormalization": "layers.BatchNormalization()",
    "Bidirectional": "layers.Bidirectional(layers.LSTM(3), merge_mode=None)",
    "backward_layer": "layers.Bidirectional(layers.GRU(3), backward_layer="
    "layers.GRU(3, go_backwards=True, use_bias=False))",
    "Conv1D": "layers.Conv1D(4, 2, strides=2, groups=2, activation=keras.activations.swish)",
    "Conv2D": "layers.Reshape((8, 2, 2)), layers.Conv2D(4, (2, 2)), layers.MaxPooling2D((1, 1))",
    "ConvLSTM1D": "layers.Reshape((2, 4, 4)), layers.ConvLSTM1D(3, 2)",
    "Cropping1D": "layers.Cropping1D(1)",
    "Dense": 'layers.Dense(3, activation="linear", kernel_regularizer="l2", name="out")',
    "Dropout": "layers.Dropout(0.5, noise_shape=(None, 1, 4), seed=1)",
    "GRU": "layers.GRU(3, reset_after=False, dropout=0.1)",
    "LayerNormalization": "layers.LayerNormalization(axis=[1, 2]), layers.LayerNormalization()",
    "LSTM": 'layers.LSTM(3, recurrent_activation="hard_sigmoid", stateful=False)',
    "Masking": "layers.Masking(mask_value=-1)",
    "MaxPooling1D": "layers.MaxPooling1D(3)",
    "Permute": "layers.Permute((2, 1))",
    "RepeatVector": "layers.Flatten(), layers.RepeatVector(2)",
    "Reshape": "layers.Reshape((4, -1))",
    "RNN": "layers.RNN([layers.LSTMCell(3), layers.GRUCell(2)])",
    "SimpleRNN": "layers.SimpleRNN(3, unroll=True, return_sequences=True)",
    "SpectralNormalization": "layers.SpectralNormalization(layers.Conv1D(3, 2))",
    "TimeDistributed": 'layers.TimeDistributed(layers.Dense(2, activation="relu"))',
    "UpSampling1D": "layers.UpSampling1D(3)",
    "ZeroPadding1D": "layers.ZeroPadding1D((1, 2))",
    "ZeroPadding2D": "layers.Reshape((8, 2, 2)), layers.ZeroPadding2D((1, 2)), layers.Cropping2D(1)",
}
MERGED = ["Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply", "Subtract", "Attention"]

HEADER = "import keras\nfrom keras import layers\n"
CHAINS = {name: f"{HEADER}model = keras.Sequential([{SEQUENCE}, {chain}])" for name, chain in BUILT.items()}
JOINED = {
    kind: f"{HEADER}a, b = keras.Input((8, 4)), keras.Input((8, 4))\n"
    f"model = keras.Model([a, b], layers.{kind}()([a, b]))"
    for kind in MERGED
}
ATTENTION = f"""{HEADER}
x = keras.Input((8, 4))
y = layers.MultiHeadAttention(num_heads=2, key_dim=4, attention_axes=(1,))(x, value=x, use_causal_mask=True)
model = keras.Model(x, layers.MultiHeadAttention(2, 4, 3, attention_axes=[1])(y, x, key=y))
"""
PAIRS = {**CHAINS, **JOINED, "MultiHeadAttention": ATTENTION}

# Nothing is built here, so any numbers will do.
SAMPLES = {"integer": "2", "number": "0.5", "shape": "(2, 1)", "layer": "layers.Dense(2)"}
PLAIN = [
    kind
    for kind in KINDS.values()
    if kind.inputs == "one"
    and kind.category not in ("image", "preprocessing", "cell")
    and all(argument.type in SAMPLES for argument in kind.arguments if argument.required)
    and kind.name not in ("Bidirectional", "RNN")
]


def run(code: str) -> keras.Model:
    keras.backend.clear_session()
    namespace: dict[str, keras.Model] = {}
    with warnings.catch_warnings():
        # Keras warns of what the documents' authors wrote before Keras 3.
        warnings.simplefilter("ignore")
        exec(code, namespace)
    return namespace["model"]


def config_of(model: keras.Model) -> JsonObject:
    config: JsonObject = json.loads(model.to_json())
    return config


@pytest.mark.parametrize("name", PAIRS)
def test_the_configuration_and_the_code_of_a_model_say_the_same(name: str) -> None:
    assert read_config(config_of(run(PAIRS[name]))) == without_lines(read_code(PAIRS[name]).architecture)


@pytest.mark.parametrize("kind", PLAIN, ids=lambda kind: kind.name)
def test_so_do_those_of_every_kind_that_is_not_built_yet(kind: Kind) -> None:
    required = [SAMPLES[argument.type] for argument in kind.arguments if argument.required]
    code = f"{HEADER}model = keras.Sequential([layers.{kind.name}({', '.join(required)})])"
    assert read_config(config_of(run(code))) == without_lines(read_code(code).architecture)


@pytest.mark.parametrize("name", MODELS)
def test_layers_come_in_keras_own_order(name: str) -> None:
    model = run(MODELS[name])
    if not model.built:
        model.build(read_code(MODELS[name]).architecture.nodes[0].batch_shape)
    nodes = read_config(config_of(model)).nodes
    listed = [layer.name for layer in model.layers if not isinstance(layer, layers.InputLayer)]
    assert [node.name for node in nodes if not (node.is_input or node.shares)] == listed
    assert [node.batch_shape for node in nodes if node.is_input] == [tensor.shape for tensor in model.inputs]


def test_the_operations_that_carry_masks_are_left_out() -> None:
    model = run(MODELS["concatenate-with-mask"])
    assert "NotEqual" in model.to_json()
    kinds = [node.kind for node in read_config(config_of(model)).nodes]
    assert kinds == [INPUT, INPUT, "Embedding", "Embedding", "Concatenate", "LSTM", "Dense"]


def test_a_dtype_policy_is_its_name() -> None:
    model = keras.Sequential([keras.Input((4,)), layers.Dense(3, dtype="mixed_float16", trainable=False)])
    arguments = read_config(config_of(model)).nodes[1].arguments
    assert arguments == {"units": 3, "dtype": "mixed_float16", "trainable": False}


def test_a_sequential_that_was_never_built_gets_the_least_input() -> None:
    model = keras.Sequential([layers.Embedding(10, 4), layers.LSTM(3)])
    assert read_config(config_of(model)).nodes[0].arguments == {"batch_shape": [None, None], "dtype": "int32"}


def test_a_sequential_of_keras_2() -> None:
    architecture = read_config(KERAS_2)
    assert [(node.name, node.arguments) for node in architecture.nodes] == [
        ("input_layer", {"batch_shape": [None, 20], "dtype": "int32"}),
        ("embedding_3", {"input_dim": 1000, "output_dim": 64, "mask_zero": True}),
        (
            "bidirectional",
            {"layer": {"kind": "LSTM", "arguments": {"units": 32}}, "dtype": "mixed_float16"},
        ),
        ("dense", {"units": 1, "activation": "sigmoid"}),
    ]
    assert architecture.name == "model"


def test_the_bare_list_of_layers_of_keras_1() -> None:
    bare = {"class_name": "Sequential", "config": KERAS_2["config"]["layers"]}
    assert read_config(bare) == read_config(KERAS_2)


def test_a_functional_model_of_keras_2() -> None:
    architecture = read_config(KERAS_2_GRAPH)
    assert [(node.kind, [source.node for source in node.inbound]) for node in architecture.nodes] == [
        (INPUT, []),
        (INPUT, []),
        ("Add", ["left", "right"]),
        ("Dense", ["add"]),
    ]
    assert architecture.nodes[1].batch_shape == (4, 8)
    assert architecture.name == "twins"


@pytest.mark.parametrize(
    ("kind", "wrong"), [("Dense", {"units": [3]}), ("Conv2D", {"kernel_size": [2, 2, 2]})]
)
def test_what_keras_refuses_is_not_tidied_away(kind: str, wrong: JsonObject) -> None:
    right = {"Dense": layers.Dense(3), "Conv2D": layers.Conv2D(4, 2)}[kind]
    config: Any = config_of(keras.Sequential([keras.Input((8, 8, 3)), right]))
    config["config"]["layers"][1]["config"] |= wrong
    assert read_config(config).nodes[1].arguments.items() >= wrong.items()
