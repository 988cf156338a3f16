"""read_config(): real configurations of Keras 3, those of Keras 2 by hand, and anything at all."""

import copy
import json
import warnings
from typing import Any

import keras
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keras import layers

from app.architecture import Architecture
from app.architecture.catalogue import KINDS, Kind
from app.architecture.code import read_code
from app.architecture.config import read_config
from app.architecture.spec import INPUT
from app.frozen import JsonObject
from app.problems import AppError, ConfigError, UnknownLayer
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
    listed = [layer.name for layer in model.layers]
    assert [node.name for node in nodes][-len(listed) :] == listed


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


KERAS_2: dict[str, Any] = {
    "class_name": "Sequential",
    "config": {
        "name": "sequential_7",
        "layers": [
            {
                "class_name": "Embedding",
                "config": {
                    "name": "embedding_3",
                    "trainable": True,
                    "batch_input_shape": [None, 20],
                    "dtype": "float32",
                    "input_dim": 1000,
                    "output_dim": 64,
                    "embeddings_initializer": {"class_name": "RandomUniform", "config": {"seed": None}},
                    "mask_zero": True,
                    "input_length": 20,
                },
            },
            {
                "class_name": "Bidirectional",
                "config": {
                    "name": "bidirectional",
                    "trainable": True,
                    "dtype": {"class_name": "Policy", "config": {"name": "mixed_float16"}},
                    "layer": {
                        "class_name": "LSTM",
                        "config": {
                            "name": "lstm",
                            "units": 32,
                            "return_sequences": False,
                            "go_backwards": False,
                        },
                    },
                    "merge_mode": "concat",
                },
            },
            {
                "class_name": "Dense",
                "config": {"name": "dense", "units": 1, "activation": "sigmoid", "use_bias": True},
            },
        ],
    },
    "keras_version": "2.4.0",
    "backend": "tensorflow",
}

KERAS_2_GRAPH: dict[str, Any] = {
    "class_name": "Model",
    "config": {
        "name": "twins",
        "layers": [
            {
                "name": "left",
                "class_name": "InputLayer",
                "config": {
                    "batch_input_shape": [None, 8],
                    "dtype": "float32",
                    "sparse": False,
                    "ragged": False,
                    "name": "left",
                },
                "inbound_nodes": [],
            },
            {
                "name": "right",
                "class_name": "InputLayer",
                "config": {"batch_input_shape": [4, 8], "dtype": "int32", "name": "right"},
                "inbound_nodes": [],
            },
            {
                "name": "add",
                "class_name": "Add",
                "config": {"name": "add", "trainable": True, "dtype": "float32"},
                "inbound_nodes": [[["left", 0, 0, {}], ["right", 0, 0, {}]]],
            },
            {
                "name": "dense",
                "class_name": "Dense",
                "config": {"name": "dense", "units": 2, "activation": "linear"},
                "inbound_nodes": [[["add", 0, 0, {"training": False}]]],
            },
        ],
        "input_layers": [["left", 0, 0], ["right", 0, 0]],
        "output_layers": [["dense", 0, 0]],
    },
}


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


def changed(path: str, value: object) -> JsonObject:
    """The functional model of Keras 2 with one value exchanged: `layers.2.name`."""
    config = copy.deepcopy(KERAS_2_GRAPH)
    *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
    place: Any = config["config"]
    for step in way:
        place = place[step]
    place[last] = value
    return config


def deep(levels: int) -> list[Any]:
    nested: list[Any] = []
    for _ in range(levels):
        nested = [nested]
    return nested


MALFORMED = {
    "nothing": ({}, "class_name"),
    "another class": ({"class_name": "Subclassed", "config": {}}, "'Subclassed'"),
    "no config": ({"class_name": "Functional"}, "not an object"),
    "no layers": (changed("layers", []), "no `layers`"),
    "layers that are no list": (changed("layers", {"a": 1}), "no `layers`"),
    "a layer that is no object": (changed("layers.2", "add"), "not an object"),
    "a layer without a class": (changed("layers.2.class_name", None), "no `class_name`"),
    "a layer without a config": (changed("layers.2.config", None), "not an object"),
    "a name twice": (changed("layers.1.name", "left"), "must be unique"),
    "a name that is none": (changed("layers.2.name", ["add"]), "no name"),
    "an empty name": (changed("layers.2", {"class_name": "Add", "config": {"name": ""}}), "at least 1"),
    "a name of 1,000 characters": (changed("layers.3.name", "d" * 1000), "at most 200"),
    "no inputs": (changed("input_layers", []), "names no `input_layers`"),
    "an input that is none": (changed("input_layers", [["add", 0, 0]]), "no input layer"),
    "a reference to nothing": (changed("output_layers", [["dance", 0, 0]]), "not in the model"),
    "a reference of another form": (
        changed("layers.3.inbound_nodes", [[["add", 0, "x", {}]]]),
        "not of the form",
    ),
    "a cycle": (changed("layers.2.inbound_nodes", [[["dense", 0, 0, {}], ["left", 0, 0, {}]]]), "cycle"),
    "a layer that reads nothing": (changed("layers.3.inbound_nodes", []), "not connected"),
    "a model without layers in a model": (changed("layers.3.class_name", "Functional"), "no `layers`"),
    "an activation that is code": (
        changed("layers.3.config.activation", {"class_name": "__lambda__", "config": {}}),
        "holds code",
    ),
    "inbound nodes nested deeply": (changed("layers.3.inbound_nodes", [deep(50)]), "nested too deeply"),
    "arguments nested deeply": (changed("layers.3.config.units", deep(900)), "nested too deeply"),
    "an object for a number": (changed("layers.3.config.units", {"a": 1}), "not understood"),
}


@pytest.mark.parametrize("name", sorted(MALFORMED))
def test_what_is_no_configuration_is_told_why(name: str) -> None:
    config, words = MALFORMED[name]
    with pytest.raises(ConfigError, match=words):
        read_config(config)


@pytest.mark.parametrize(
    ("class_name", "registered"), [("Danse", None), ("system", None), ("__import__", None)]
)
def test_layers_that_keras_does_not_have_are_unknown(class_name: str, registered: str | None) -> None:
    config = changed("layers.3.class_name", class_name)
    config["config"]["layers"][3]["registered_name"] = registered  # type: ignore[index, call-overload]
    with pytest.raises(UnknownLayer):
        read_config(config)


def answers(config: JsonObject) -> None:
    """An architecture, or one of our own errors; never anything else."""
    try:
        assert isinstance(read_config(config), Architecture)
    except AppError as error:
        assert error.detail


WORDS = st.sampled_from(
    [
        "class_name",
        "config",
        "layers",
        "name",
        "inbound_nodes",
        "Sequential",
        "Functional",
        "Dense",
        "LSTM",
        "left",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5) | WORDS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(WORDS, JSON, max_size=4))
def test_any_json_is_answered(config: JsonObject) -> None:
    answers(config)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container and key in nested JSON."""
    items = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    inner = [place for _, part in items if isinstance(part, dict | list) for place in places(part)]
    return [(value, key) for key, _ in items] + inner


@given(st.sampled_from([KERAS_2, KERAS_2_GRAPH]), st.data())
def test_any_damage_to_a_good_configuration_is_answered(good: JsonObject, data: st.DataObject) -> None:
    config = copy.deepcopy(good)
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(places(config)))
        container[key] = data.draw(JSON)
    answers(config)
