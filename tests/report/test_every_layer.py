"""Every kind of layer is what plain Keras makes of it: shapes, dtypes, masks, weights and parameters."""

import json
import math
import sys
from pathlib import Path
from typing import Any

import keras
import pytest
from asking import evaluate_layer
from eager import ask_keras

from app.architecture.catalogue import CELL, KINDS
from app.report.asked import PLACEHOLDER, Evaluation, TensorSpec
from app.report.values import UnfitValue

CONFIRMED = json.loads(Path(__file__).with_name("layer_cases.json").read_text())
"""Calls with what Keras 3.15.1 answered, collected from Keras' own tests."""


def tensor(*shape: int | None, dtype: str = "float32", mask: bool = False) -> TensorSpec:
    return TensorSpec(shape, dtype, shape[:2] if mask else None)


VECTOR = tensor(None, 4)
SEQUENCE = tensor(None, 6, 4)
VALUE = tensor(None, 7, 4)
MASKED = tensor(None, 6, 4, mask=True)
TOKENS = tensor(None, 6, dtype="int32")
TEXTS = tensor(None, 1, dtype="string")
WORDS = tensor(None, 6, dtype="string")
SOUND = tensor(None, 1600, 2)
IMAGE = tensor(None, 8, 9, 3)
FILM = tensor(None, 5, 8, 9, 3)
VOLUME = tensor(None, 6, 7, 8, 3)


def layer(kind: str, **arguments: Any) -> dict[str, Any]:
    return {"kind": kind, "arguments": arguments}


def stacked(*cells: dict[str, Any]) -> dict[str, Any]:
    return layer("StackedRNNCells", cells=list(cells))


MORE: list[tuple[Any, ...]] = [
    ("Activation", {"activation": "softmax"}, SEQUENCE),
    ("ActivityRegularization", {"l1": 0.1}, SEQUENCE),
    ("AdaptiveAveragePooling3D", {"output_size": [2, 3, 2]}, VOLUME),
    ("AdaptiveAveragePooling1D", {"output_size": 2, "data_format": "channels_first"}, SEQUENCE),
    ("Add", {}, SEQUENCE, MASKED),
    ("AdditiveAttention", {}, MASKED, VALUE),
    ("AlphaDropout", {"rate": 0.1}, MASKED),
    ("Attention", {"use_scale": True, "score_mode": "concat"}, SEQUENCE, VALUE),
    ("Attention", {}, MASKED, VALUE, VALUE),
    ("BatchNormalization", {"axis": 1}, IMAGE),
    ("Conv2D", {"filters": 4, "kernel_size": [3, 2], "strides": [2, 1], "padding": "same"}, IMAGE),
    ("Conv2D", {"filters": 4, "kernel_size": 3, "data_format": "channels_first"}, IMAGE),
    ("Conv3D", {"filters": 4, "kernel_size": 2, "activation": "relu"}, VOLUME),
    ("Conv3DTranspose", {"filters": 2, "kernel_size": 3, "strides": 2}, VOLUME),
    ("ConvLSTM1D", {"filters": 4, "kernel_size": 3, "return_sequences": True}, tensor(None, 5, 8, 3)),
    ("ConvLSTM2D", {"filters": 4, "kernel_size": 3, "return_state": True}, FILM),
    ("ConvLSTM2D", {"filters": 4, "kernel_size": 3, "stateful": True}, tensor(2, 5, 8, 9, 3)),
    ("DepthwiseConv2D", {"kernel_size": 3, "depth_multiplier": 2}, IMAGE),
    ("Dot", {"axes": 2, "normalize": True}, SEQUENCE, VALUE),
    ("Dropout", {"rate": 0.5}, MASKED),
    ("ELU", {"alpha": 0.5}, MASKED),
    ("EinsumDense", {"equation": "...x,xy->...y", "output_shape": 5, "bias_axes": "y"}, SEQUENCE),
    ("GaussianDropout", {"rate": 0.5}, MASKED),
    ("GaussianNoise", {"stddev": 0.5}, MASKED),
    ("GlobalAveragePooling2D", {"keepdims": True}, IMAGE),
    ("GroupQueryAttention", {"head_dim": 3, "num_query_heads": 4, "num_key_value_heads": 2}, MASKED, VALUE),
    ("GroupNormalization", {"groups": -1, "scale": False}, IMAGE),
    ("Hashing", {"num_bins": 3}, WORDS),
    ("HashedCrossing", {"num_bins": 3, "output_mode": "one_hot"}, TEXTS, TEXTS),
    ("InputLayer", {"batch_shape": [None, 6, 4]}),
    ("IntegerLookup", {"vocabulary": [7, 8, 9], "num_oov_indices": 2, "output_mode": "one_hot"}, TOKENS),
    ("IntegerLookup", {"max_tokens": 20, "pad_to_max_tokens": True, "output_mode": "count"}, TOKENS),
    ("IntegerLookup", {"mask_token": 0, "oov_token": -2}, TOKENS),
    ("Masking", {}, SEQUENCE),
    ("MaxPooling2D", {"pool_size": [2, 3], "padding": "same"}, IMAGE),
    ("MixUp", {"alpha": 0.3}, IMAGE),
    ("MultiHeadAttention", {"num_heads": 2, "key_dim": 3}, SEQUENCE, VALUE, VALUE),
    ("MultiHeadAttention", {"num_heads": 2, "key_dim": 3, "output_shape": [5, 2]}, MASKED, VALUE),
    ("Normalization", {"mean": [1.0, 2, 3, 4], "variance": [1.0, 1, 1, 1]}, SEQUENCE),
    ("Normalization", {"axis": None, "mean": 3.0, "variance": 2.0, "invert": True}, IMAGE),
    ("PReLU", {"shared_axes": [1, 2]}, IMAGE),
    (
        "Pipeline",
        {"layers": [layer("RandomZoom", height_factor=0.2), layer("Conv2D", filters=4, kernel_size=3)]},
        IMAGE,
    ),
    ("Pipeline", {"layers": [layer("Dense", units=4), layer("Dropout", rate=0.5)]}, MASKED),
    ("RMSNormalization", {"axis": [1, 2]}, SEQUENCE),
    ("RNN", {"cell": layer("SimpleRNNCell", units=3), "return_sequences": True}, MASKED),
    ("RNN", {"cell": [layer("LSTMCell", units=3), layer("GRUCell", units=2)]}, SEQUENCE),
    ("RNN", {"cell": stacked(layer("LSTMCell", units=3), layer("LSTMCell", units=2))}, SEQUENCE),
    (
        "RNN",
        {"cell": [layer("LSTMCell", units=3), layer("GRUCell", units=2)], "stateful": True},
        tensor(2, 6, 4),
    ),
    ("RandomBrightness", {"factor": [0.1, 0.2]}, IMAGE),
    ("RandomContrast", {"factor": 0.1}, IMAGE),
    ("RandomGrayscale", {}, IMAGE),
    ("RandomPerspective", {"factor": 0.5}, IMAGE),
    ("RandomRotation", {"factor": [-0.1, 0.2], "fill_mode": "constant"}, IMAGE),
    ("Rescaling", {"scale": [1.0, 2.0, 3.0], "offset": -1}, IMAGE),
    ("STFTSpectrogram", {}, SOUND),
    ("STFTSpectrogram", {"mode": "stft", "frame_length": 64, "window": "blackman"}, SOUND),
    ("STFTSpectrogram", {"mode": "real", "window": None, "padding": "same", "expand_dims": True}, SOUND),
    ("STFTSpectrogram", {"data_format": "channels_first", "frame_length": 64}, tensor(None, 2, 1600)),
    ("STFTSpectrogram", {"dtype": "float16", "trainable": False}, tensor(None, 1600, 2, dtype="float16")),
    ("Solarization", {"threshold_factor": 0.5}, IMAGE),
    ("SpatialDropout2D", {"rate": 0.5}, IMAGE),
    ("SpatialDropout3D", {"rate": 0.5}, VOLUME),
    ("SpectralNormalization", {"layer": layer("Conv2D", filters=4, kernel_size=3)}, IMAGE),
    ("StringLookup", {}, WORDS),
    ("StringLookup", {"vocabulary": ["a", "b", "c"], "mask_token": ""}, WORDS),
    ("StringLookup", {"vocabulary": ["a", "b", "c"], "output_mode": "multi_hot"}, WORDS),
    ("StringLookup", {"vocabulary": ["a", "b"], "output_mode": "tf_idf", "idf_weights": [0.5, 2.0]}, WORDS),
    ("StringLookup", {"vocabulary_size": 30, "output_mode": "one_hot"}, WORDS),
    ("StringLookup", {"vocabulary": ["a", "b", "c"], "invert": True}, TOKENS),
    ("TextVectorization", {"max_tokens": 20}, TEXTS),
    (
        "TextVectorization",
        {"vocabulary": ["a", "b"], "output_sequence_length": 7},
        tensor(None, dtype="string"),
    ),
    ("TextVectorization", {"max_tokens": 20, "output_mode": "count", "pad_to_max_tokens": True}, TEXTS),
    ("TextVectorization", {"vocabulary_size": 30, "output_mode": "multi_hot", "split": None}, WORDS),
    ("TextVectorization", {"split": "character", "standardize": "lower", "ngrams": 2}, TEXTS),
    ("TimeDistributed", {"layer": layer("Conv2D", filters=4, kernel_size=3)}, FILM),
    ("Bidirectional", {"layer": layer("ConvLSTM2D", filters=4, kernel_size=3)}, FILM),
    ("Bidirectional", {"layer": layer("RNN", cell=layer("GRUCell", units=3))}, SEQUENCE),
    ("UnitNormalization", {"axis": 1}, SEQUENCE),
    ("UpSampling2D", {"size": [2, 3], "interpolation": "bilinear"}, IMAGE),
    ("ZeroPadding2D", {"padding": [[1, 2], [3, 4]]}, IMAGE),
    ("ZeroPadding3D", {"padding": [1, 2, 3]}, VOLUME),
]
"""Calls that the confirmed ones lack."""


def name_case(case: Any) -> str:
    kind, arguments = (case["kind"], case["arguments"]) if isinstance(case, dict) else case[:2]
    return f"{kind} {json.dumps(arguments)}"


def read_specs(case: dict[str, Any]) -> tuple[TensorSpec, ...]:
    return tuple(TensorSpec(tuple(read["batch_shape"]), read["dtype"]) for read in case["inputs"])


@pytest.mark.parametrize("case", CONFIRMED, ids=name_case)
def test_a_confirmed_case(case: dict[str, Any]) -> None:
    evaluation = evaluate_layer(case["kind"], case["arguments"], read_specs(case))
    (output,) = evaluation.outputs
    assert output.shape == tuple(case["output_shape"])
    assert output.dtype == case["dtype"]
    assert (output.mask is not None) == case["mask"]
    sizes = [(math.prod(weight.shape), weight.trainable) for weight in evaluation.weights]
    assert sum(size for size, _ in sizes) == case["parameters"]
    assert sum(size for size, trainable in sizes if trainable) == case["trainable"]


@pytest.mark.parametrize("case", MORE, ids=name_case)
def test_a_layer_is_what_plain_keras_makes_of_it(case: tuple[Any, ...]) -> None:
    kind, arguments, *specs = case
    evaluation = evaluate_layer(kind, arguments, tuple(specs))
    if kind == "InputLayer":
        assert evaluation.outputs == (SEQUENCE,)
    else:
        assert evaluation == ask_keras(kind, arguments, *specs, name=PLACEHOLDER)


def test_a_layer_that_gives_back_what_it_was_given_ends_as_a_model_of_it_does() -> None:
    evaluation = evaluate_layer("Equalization", {}, (IMAGE,))
    with pytest.raises(ValueError, match="is part of a cycle"):
        keras.Sequential([keras.Input(IMAGE.shape[1:]), keras.layers.Equalization()])
    assert "is part of a cycle" in str(evaluation.error)


def test_every_kind_has_a_case() -> None:
    called = {case["kind"] for case in CONFIRMED} | {kind for kind, *_ in MORE} | {"Equalization"}
    assert called | list_cells() == set(KINDS)
    assert len(called) == 132


def list_cells() -> set[str]:
    """The cells that are called inside an RNN above."""
    given = json.dumps([arguments for _, arguments, *_ in MORE])
    return {kind.name for kind in KINDS.values() if kind.category == CELL and f'"{kind.name}"' in given}


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS.values() if kind.category == CELL])
def test_a_cell_is_no_layer_by_itself(kind: str) -> None:
    arguments = {"cells": [layer("GRUCell", units=3)]} if kind == "StackedRNNCells" else {"units": 3}
    evaluation = evaluate_layer(kind, arguments, (VECTOR,))
    assert "missing a required argument: 'states'" in str(evaluation.error)


def test_means_take_no_more_memory_than_they_may() -> None:
    for given in ({"mean": 0.0, "variance": 1.0}, {}, {"axis": None}):
        evaluation = evaluate_layer("Normalization", given, (tensor(None, 10**12),))
        assert isinstance(evaluation.error, UnfitValue) == (given != {"axis": None})


# Whatever text arrives, no file of that name is opened, no module imported, no code compiled.

STRANGER = "a_stranger_of_this_name"
TEXTS = [
    STRANGER,
    f"/{STRANGER}/vocabulary.txt",
    f"{STRANGER}.{STRANGER}",
    f"{STRANGER}>{STRANGER}",
    f"__import__('{STRANGER}')",
    f"lambda x: {STRANGER}",
]

_met: list[str] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("open", "import", "compile", "exec", "os.system", "os.listdir") and STRANGER in str(
        arguments
    ):
        _met.append(event)


sys.addaudithook(_watch)


def call_with_texts(text: str) -> list[Evaluation]:
    specs = {"none": (), "one": (IMAGE,), "many": (SEQUENCE, VALUE)}
    return [
        evaluate_layer(kind.name, {argument.name: value}, specs[kind.inputs])
        for kind in KINDS.values()
        for argument in kind.arguments
        for value in (text, [text], {"class_name": text, "module": STRANGER, "config": {}})
    ]


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_leads_to_a_file_or_to_code(text: str) -> None:
    del _met[:]
    call_with_texts(text)
    assert _met == []


def test_the_watchman_is_awake() -> None:
    del _met[:]
    with pytest.raises(FileNotFoundError):
        Path(f"/{STRANGER}").read_text()
    assert _met == ["open"]
