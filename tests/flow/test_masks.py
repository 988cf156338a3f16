"""Padding, as the real model takes it: another vector for its token changes what we say it changes."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
from questions import find_masked

from app.architecture import Architecture, Question, read_question
from app.architecture.sequences import Sequences
from app.flow.masked import MaskTrace
from app.flow.masks import trace_masks
from app.flow.refusals import MOST_PARAMETERS
from app.report.build import make_report

ROWS = ((5, 9, 2), (3, 4, 5, 6, 7), (8,))
START = "keras.Input((None,), dtype='int32'), layers.Embedding(10, 4, mask_zero=True)"


def trace(layers: str, **options: Any) -> MaskTrace:
    """The sequences above, padded behind, through the layers."""
    question = Question(code=f"model = keras.Sequential([{layers}])")
    sequences = Sequences(**{"rows": ROWS, "padding": "post", **options})
    return trace_masks(make_report(read_question(question).architecture), sequences)


def find_real_changes(layers: Callable[[], list[Any]], pad: str) -> np.ndarray:
    """Which numbers of a real model's output change with the vector of token 0, the padding."""
    keras.utils.set_random_seed(3)
    model = keras.Sequential(layers())
    data = keras.utils.pad_sequences([list(row) for row in ROWS], padding=pad)
    once = np.array(model(data))
    matrix = model.layers[0].embeddings.value.numpy()
    matrix[0] += 1.5
    model.layers[0].embeddings.assign(matrix)
    changed: np.ndarray = np.abs(np.array(model(data)) - once) > 1e-6
    return changed


TAILS: dict[str, Callable[[], list[Any]]] = {
    "layers.LSTM(3)": lambda: [keras.layers.LSTM(3)],
    "layers.LSTM(3, return_sequences=True), layers.GRU(2)": lambda: [
        keras.layers.LSTM(3, return_sequences=True),
        keras.layers.GRU(2),
    ],
    "layers.Bidirectional(layers.GRU(2)), layers.Dense(2)": lambda: [
        keras.layers.Bidirectional(keras.layers.GRU(2)),
        keras.layers.Dense(2),
    ],
    "layers.GlobalAveragePooling1D()": lambda: [keras.layers.GlobalAveragePooling1D()],
    "layers.SimpleRNN(2, go_backwards=True)": lambda: [keras.layers.SimpleRNN(2, go_backwards=True)],
    # From here on the mask is lost.
    "layers.Conv1D(4, 1), layers.LSTM(3)": lambda: [keras.layers.Conv1D(4, 1), keras.layers.LSTM(3)],
    "layers.GlobalMaxPooling1D()": lambda: [keras.layers.GlobalMaxPooling1D()],
    "layers.Reshape((-1, 4)), layers.GRU(2)": lambda: [keras.layers.Reshape((-1, 4)), keras.layers.GRU(2)],
}


@pytest.mark.filterwarnings("ignore:.*mask")
@pytest.mark.parametrize("padding", ["pre", "post"])
@pytest.mark.parametrize("tail", TAILS)
def test_the_padding_changes_what_it_is_said_to_change(tail: str, padding: str) -> None:
    traced = trace(f"{START}, {tail}", padding=padding)
    said = [any(steps) for steps in traced.layers[-1].changed]

    def make() -> list[Any]:
        return [keras.layers.Embedding(10, 4, mask_zero=True), *TAILS[tail]()]

    real = find_real_changes(make, padding)
    assert said == real.reshape(len(ROWS), -1).any(axis=1).tolist()


def test_a_mask_is_followed_until_it_is_used() -> None:
    traced = trace(f"{START}, layers.LSTM(3, return_sequences=True), layers.LSTM(2), layers.Dense(1)")
    expected = ((True, True, True, False, False), (True,) * 5, (True, False, False, False, False))
    assert find_masked(traced, "input_layer").mask is None
    assert find_masked(traced, "embedding").mask == find_masked(traced, "lstm").mask == expected
    assert find_masked(traced, "lstm_1").mask is None
    assert not any(any(steps) for steps in find_masked(traced, "dense").changed)


def test_without_a_mask_nothing_is_marked() -> None:
    traced = trace("keras.Input((None,), dtype='int32'), layers.Embedding(10, 4), layers.LSTM(2)")
    assert all(layer.mask is None for layer in traced.layers)


def test_masking_looks_for_its_value_in_every_feature() -> None:
    traced = trace("keras.Input((None, 2)), layers.Masking(mask_value=-1.0), layers.GRU(2)", value=-1)
    assert find_masked(traced, "masking").mask == (
        (True, True, True, False, False),
        (True,) * 5,
        (True, False, False, False, False),
    )


def test_an_input_that_knows_its_length_decides() -> None:
    traced = trace("keras.Input((4,), dtype='int32'), layers.Embedding(10, 2), layers.LSTM(2)", maxlen=9)
    assert traced.tokens == ((5, 9, 2, 0), (4, 5, 6, 7), (8, 0, 0, 0))
    assert traced.code == 'pad_sequences(sequences, maxlen=4, padding="post")'


@pytest.mark.parametrize("options", [{}, {"maxlen": 4, "truncating": "post"}, {"padding": "pre", "value": 1}])
def test_the_code_pads_to_the_numbers_that_are_shown(options: dict[str, Any]) -> None:
    traced = trace(f"{START}, layers.LSTM(2)", **options)
    names = {"pad_sequences": keras.utils.pad_sequences, "sequences": [list(row) for row in ROWS]}
    assert eval(traced.code, names).tolist() == [list(row) for row in traced.tokens]


@pytest.mark.parametrize(
    ("layers", "why"),
    [
        ("keras.Input((8,)), layers.Dense(2)", "No input of this model has timesteps."),
        (f"{START}, layers.LSTM(2), layers.LSTM(2)", "does not build"),
        (f"{START}, layers.LSTM(2000)", f"{MOST_PARAMETERS:,} parameters"),
        (f"{START}, layers.UpSampling1D(100000)", "numbers leave a layer"),
        ("keras.Input((5, 2)), layers.AdaptiveMaxPooling1D(1), layers.LSTM(2)", "TensorFlow crashes"),
        ("keras.Input((None,), dtype='int32'), layers.Embedding(4, 2)", "9 are no tokens of embedding"),
    ],
)
def test_what_cannot_be_run_says_why(layers: str, why: str) -> None:
    traced = trace(layers)
    assert why in traced.refused
    assert traced.layers == ()


def test_masks_are_joined_by_a_merge() -> None:
    nodes = [
        {"kind": "InputLayer", "name": "tokens", "arguments": {"batch_shape": [None, 3], "dtype": "int32"}},
        {
            "kind": "Embedding",
            "name": "embedding",
            "arguments": {"input_dim": 10, "output_dim": 2, "mask_zero": True},
            "inbound": ["tokens"],
        },
        {"kind": "Add", "name": "add", "inbound": ["embedding", "embedding"]},
    ]
    report = make_report(Architecture.model_validate({"nodes": nodes}))
    traced = trace_masks(report, Sequences(rows=((1, 0, 2),)))
    assert find_masked(traced, "add").mask == ((True, False, True),)


def test_what_two_paddings_differ_by_changes_with_them() -> None:
    code = """
one, other = keras.Input((5,), dtype="int32"), keras.Input((5,), dtype="int32")
vectors = [layers.Embedding(10, 4, mask_zero=True)(tokens) for tokens in (one, other)]
difference = layers.Subtract(name="difference")(vectors)
model = keras.Model([one, other], difference)
"""
    report = make_report(read_question(Question(code=code)).architecture)
    traced = trace_masks(report, Sequences(rows=ROWS, padding="post"))
    assert find_masked(traced, "difference").changed == (
        (False,) * 3 + (True,) * 2,
        (False,) * 5,
        (False,) + (True,) * 4,
    )
