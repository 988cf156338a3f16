"""Operations in an `.h5` file are told apart from the layers of the same names."""

import json
from pathlib import Path

import h5py
import keras
from keras import layers
from saved import KERAS_2, save

from app.architecture.files.operations import name_operations


def test_an_addition_and_the_layer_add(tmp_path: Path) -> None:
    x = keras.Input((4,), name="x")
    inner = keras.Model(x, layers.Add(name="layer")([x, x * 2]), name="inner")
    model = keras.Model(x, inner(x + 1))
    with h5py.File(save(tmp_path / "model.h5", model)) as file:
        config = json.loads(file.attrs["model_config"])
    name_operations(config)
    entries = config["config"]["layers"] + config["config"]["layers"][-1]["config"]["layers"]
    kinds = [(entry["class_name"], "ops" in entry.get("module", "")) for entry in entries]
    assert kinds == [
        ("InputLayer", False),
        ("Add", True),
        ("Functional", False),
        ("InputLayer", False),
        ("Multiply", True),
        ("Add", False),
    ]


def test_keras_2_had_no_operations() -> None:
    config = json.loads(json.dumps(KERAS_2))
    name_operations(config)
    assert config == KERAS_2
