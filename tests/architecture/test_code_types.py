"""The types that code sets for all layers reach each of them, as they do in Keras."""

import json
from typing import Any

import keras
import pytest

from app.architecture.code import read_code
from app.architecture.config import read_config
from app.report.build import make_report

BEGINNING = """
import keras
import tensorflow as tf
from keras import layers
from tensorflow.keras import mixed_precision
"""

MODEL = """
model = keras.Sequential([keras.Input((3, 4)), layers.LSTM(5), layers.Dense(1, dtype="float64")])
"""


def read_types(code: str) -> list[Any]:
    """The argument `dtype` of each layer, the input first."""
    nodes = read_code(BEGINNING + code).architecture.nodes
    return [node.arguments.get("dtype") for node in nodes]


@pytest.mark.parametrize(
    "line",
    [
        'keras.config.set_dtype_policy("mixed_float16")',
        'keras.mixed_precision.set_global_policy("mixed_float16")',
        'mixed_precision.set_global_policy(policy="mixed_float16")',
        'mixed_precision.set_policy(mixed_precision.Policy("mixed_float16"))',
        'keras.config.set_dtype_policy(keras.DTypePolicy("mixed_float16"))',
    ],
)
def test_a_policy_for_all_layers_is_that_of_each_that_has_none_of_its_own(line: str) -> None:
    assert read_types(line + MODEL) == [None, "mixed_float16", "float64"]


def test_layers_before_the_policy_are_as_they_were() -> None:
    code = """
first = layers.Dense(4)
keras.config.set_dtype_policy("mixed_bfloat16")
model = keras.Sequential([keras.Input((4,)), first, layers.Dense(1)])
"""
    assert read_types(code) == [None, None, "mixed_bfloat16"]


def test_keras_says_the_same_of_a_policy() -> None:
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_float16")
    try:
        layer = keras.layers.Dense(1)
    finally:
        keras.config.set_dtype_policy(before)
    node = read_code(BEGINNING + 'keras.config.set_dtype_policy("mixed_float16")' + MODEL).architecture.nodes[
        1
    ]
    assert layer.dtype_policy.name == node.arguments["dtype"]


@pytest.mark.parametrize(
    ("setting", "made"),
    [
        ("config.set_dtype_policy", "HashedCrossing(9{})"),
        ("config.set_dtype_policy", "Hashing(9{})"),
        ("config.set_floatx", "Hashing(9{})"),
    ],
)
@pytest.mark.parametrize("mode", ["", ', output_mode="one_hot"', ', output_mode="one_hot", dtype="float16"'])
def test_what_counts_hashes_goes_by_its_own_type(setting: str, made: str, mode: str) -> None:
    layer = f"layers.{made.format(mode)}"
    code = f"""
keras.{setting}("float64")
x = keras.Input((1,), dtype="int32")
model = keras.Model(x, {layer}({"[x, x]" if "Crossing" in made else "x"}))
"""
    before = keras.config.dtype_policy(), keras.config.floatx()
    names: dict[str, Any] = {}
    try:
        exec(f"{BEGINNING}{code}", names)
    finally:
        keras.config.set_floatx(before[1])
        keras.config.set_dtype_policy(before[0])
    (output,) = make_report(read_code(BEGINNING + code).architecture).outputs
    assert output.dtype == names["model"].outputs[0].dtype


def test_the_float_type_is_that_of_inputs_too() -> None:
    assert read_types('keras.backend.set_floatx("float16")' + MODEL) == ["float16", "float16", "float64"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("tf.float16", "float16"),
        ('keras.DTypePolicy("mixed_bfloat16")', "mixed_bfloat16"),
        ('keras.dtype_policies.DTypePolicy("mixed_float16")', "mixed_float16"),
    ],
)
def test_a_type_may_be_an_object(written: str, name: str) -> None:
    code = f"model = keras.Sequential([keras.Input((4,)), layers.Dense(1, dtype={written})])"
    assert read_types(code) == [None, name]


def test_a_policy_in_a_config_is_read_by_its_name() -> None:
    layer = keras.layers.Dense(1, dtype=keras.DTypePolicy("mixed_float16"))
    model = keras.Sequential([keras.Input((4,)), layer])
    architecture = read_config(json.loads(model.to_json()))
    assert architecture.nodes[1].arguments["dtype"] == "mixed_float16"
