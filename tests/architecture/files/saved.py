"""Files as people have them: written by Keras itself, or by hand as Keras 2 wrote them."""

import json
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import h5py
import keras
from keras import layers

KERAS_2: dict[str, Any] = {
    "class_name": "Model",
    "config": {
        "name": "sentiment",
        "layers": [
            {
                "class_name": "InputLayer",
                "config": {
                    "batch_input_shape": [None, 20],
                    "dtype": "int32",
                    "ragged": False,
                    "name": "words",
                },
                "name": "words",
                "inbound_nodes": [],
            },
            {
                "class_name": "Embedding",
                "config": {
                    "name": "embedding",
                    "dtype": {"class_name": "Policy", "config": {"name": "float32"}},
                    "batch_input_shape": [None, 20],
                    "input_dim": 1000,
                    "output_dim": 64,
                    "mask_zero": True,
                    "input_length": 20,
                },
                "name": "embedding",
                "inbound_nodes": [[["words", 0, 0, {}]]],
            },
            {
                "class_name": "LSTM",
                "config": {"name": "lstm", "dtype": "float32", "units": 32, "implementation": 2},
                "name": "lstm",
                "inbound_nodes": [[["embedding", 0, 0, {"training": False}]]],
            },
        ],
        "input_layers": [["words", 0, 0]],
        "output_layers": [["lstm", 0, 0]],
    },
    "keras_version": "2.4.0",
    "backend": "tensorflow",
}


def make_model() -> keras.Model:
    """A graph with everything that a configuration has to say: a mask, two branches, a name."""
    words = keras.Input((None,), dtype="int32", name="words")
    embedded = layers.Embedding(50, 8, mask_zero=True)(words)
    forward = layers.LSTM(8, return_sequences=True)(embedded)
    added = layers.Add()([forward, layers.Dense(8, activation="tanh")(embedded)])
    return keras.Model(words, layers.GRU(3)(added), name="branches")


def save(path: Path, model: keras.Model) -> Path:
    """What Keras itself writes."""
    with _quiet():
        model.save(path)
    return path


def save_weights(path: Path, model: keras.Model) -> Path:
    """What Keras itself writes of the weights alone."""
    with _quiet():
        model.save_weights(path)
    return path


@contextmanager
def _quiet() -> Iterator[None]:
    # Keras says that HDF5 is a thing of the past, and numpy that Keras is.
    logging.getLogger("absl").setLevel("ERROR")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def write_hdf5(path: Path, config: object = json.dumps(KERAS_2)) -> Path:
    """A whole model as Keras 2 saved it; its weights are left out."""
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = b"2.4.0"
        file.attrs["model_config"] = config
        file.create_group("model_weights")
    return path


def write_archive(path: Path, config: str | bytes = json.dumps(KERAS_2), name: str = "config.json") -> Path:
    """An archive with a configuration, packed as Keras packs it."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("metadata.json", "{}")
        archive.writestr(name, config)
    return path
