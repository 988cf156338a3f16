"""Layers over texts: a model in code, written back and as a configuration is what plain Keras makes of it."""

import json

import keras
import pytest

from app.architecture import Architecture
from app.architecture.code import read_code, write_code
from app.architecture.config import read_config
from app.report.build import make_report

MODELS = {
    "tokens of any length": (
        "TextVectorization(max_tokens=100), layers.Embedding(100, 8, mask_zero=True), layers.LSTM(4)"
    ),
    "tokens of a length": "TextVectorization(output_sequence_length=7), layers.Embedding(9, 3)",
    "a bag of words": "TextVectorization(vocabulary=['a', 'b'], output_mode='multi_hot'), layers.Dense(3)",
    "pairs": "TextVectorization(ngrams=(1, 2), split='character'), layers.Embedding(100, 8)",
    "padded counts": (
        "StringLookup(max_tokens=20, pad_to_max_tokens=True, output_mode='count'), layers.Dense(3)"
    ),
    "learnt from data": "StringLookup(vocabulary_size=30, output_mode='one_hot'), layers.Dense(3)",
    "weighted": (
        "StringLookup(vocabulary=['a', 'b'], output_mode='tf_idf', idf_weights=[0.5, 2.0]), layers.Dense(3)"
    ),
    "hashed": "Hashing(8, output_mode='multi_hot'), layers.Dense(3)",
}


def make_model(layers: str) -> keras.Model:
    """The model as its author would make it. The code is this test's own."""
    made = eval(f"[layers.{layers}]", {"layers": keras.layers})
    return keras.Sequential([keras.Input((1,), dtype="string"), *made])


def list_rows(architecture: Architecture) -> list[tuple[object, ...]]:
    report = make_report(architecture)
    assert report.status == "builds"
    return [
        (row.kind, row.output_shapes, row.output_dtypes, row.parameters.total) for row in report.layers[1:]
    ]


@pytest.mark.parametrize("layers", MODELS.values(), ids=MODELS)
def test_every_way_to_ask_gives_what_keras_gives(layers: str) -> None:
    model = make_model(layers)
    rows = [
        (type(layer).__name__, (tuple(layer.output.shape),), (layer.output.dtype,), layer.count_params())
        for layer in model.layers
    ]
    code = f"""
import keras
from keras import layers

model = keras.Sequential([keras.Input((1,), dtype="string"), layers.{layers}])
"""
    in_code = read_code(code).architecture
    assert list_rows(in_code) == rows
    assert list_rows(read_code(write_code(in_code)).architecture) == rows
    assert list_rows(read_config(json.loads(model.to_json()))) == rows


def explain(layers: str) -> str:
    code = f"model = Sequential([Input((1,), dtype='string'), {layers}])"
    (problem,) = make_report(read_code(code).architecture).problems
    return f"{problem.code}: {problem.happened} {problem.fix}"


def test_a_file_of_terms_is_never_opened() -> None:
    words = explain("StringLookup(vocabulary='/etc/hostname')")
    assert words.startswith("invalid-argument: string_lookup was given vocabulary='/etc/hostname'.")
    assert words.endswith("Change vocabulary to a list of texts.")


def test_what_depends_on_an_unknown_vocabulary_says_how_to_give_its_size() -> None:
    words = explain("TextVectorization(max_tokens=9, output_mode='count'), Dense(3)")
    assert "Say how many terms text_vectorization knows" in words
    assert "pad_to_max_tokens=True" in words


def test_keras_words_for_a_vocabulary_that_is_none() -> None:
    assert "at least one repeated term" in explain("StringLookup(vocabulary=['a', 'a'])")
