"""Compiled Python in a configuration, as Keras writes it, is found and never run."""

import json
import os
from typing import Any

import keras
import pytest
from keras import layers

from app.architecture.bytecode import refuse_bytecode
from app.architecture.config import read_config
from app.problems import LambdaBytecode


def write_config(*added: keras.Layer) -> Any:
    return json.loads(keras.Sequential([keras.Input((3, 4)), *added]).to_json())


HOLDING_CODE = {
    "a Lambda layer": lambda: layers.Lambda(
        lambda x: os.system("false") or x, output_shape=(3, 4), name="culprit"
    ),
    "an activation": lambda: layers.Dense(2, activation=lambda x: x * 2, name="culprit"),
    "a wrapped layer": lambda: layers.TimeDistributed(layers.Lambda(lambda x: x, name="culprit")),
    "a model in the model": lambda: keras.Sequential([layers.Lambda(lambda x: x, name="culprit")]),
}


@pytest.mark.filterwarnings("ignore:The object being serialized includes a `lambda`")
@pytest.mark.parametrize("make", HOLDING_CODE.values(), ids=HOLDING_CODE)
def test_it_is_refused_wherever_it_stands(make: Any) -> None:
    with pytest.raises(LambdaBytecode, match="'culprit' holds code"):
        read_config(write_config(make()))


def test_it_is_refused_as_keras_2_wrote_it() -> None:
    culprit = {
        "class_name": "Lambda",
        "config": {"name": "culprit", "function": ["4wEAAAAA", None, None], "function_type": "lambda"},
    }
    config = write_config()
    config["config"]["layers"].append(culprit)
    with pytest.raises(LambdaBytecode, match="'culprit'"):
        read_config(config)


def test_layers_without_code_are_not() -> None:
    refuse_bytecode(
        write_config(layers.LSTM(3), layers.Dense(2, activation="relu"), layers.Activation("tanh"))
    )


def test_a_configuration_nested_deeper_than_python_goes() -> None:
    nested: Any = {"class_name": "__lambda__"}
    for _ in range(100_000):
        nested = [nested]
    with pytest.raises(LambdaBytecode):
        refuse_bytecode({"config": nested})
