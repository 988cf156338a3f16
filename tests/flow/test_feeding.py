"""What inputs read when a model is run: tokens where a layer looks them up, whatever their type is."""

from typing import Any

import keras
import numpy as np
import pytest

from app.architecture import Question, read_question
from app.architecture.sequences import Sequences
from app.flow.entries import list_entries
from app.flow.feeding import Feeding, feed_inputs, plan_inputs
from app.flow.masks import trace_masks
from app.report.build import make_report

EMBEDDED = "keras.Sequential([keras.Input((8,)), layers.Embedding(50, 8), layers.LSTM(4)])"


def feed(code: str, sequences: Sequences | None = None) -> Feeding:
    """What the inputs of a model read; its code ends in `x = …` and what is done to x."""
    report = make_report(read_question(Question(code=code)).architecture)
    assert report.status == "builds"
    entries = list_entries(report)
    return feed_inputs(entries, plan_inputs(entries, sequences, 8), report.architecture)


@pytest.mark.parametrize(
    ("layers", "known"),
    [
        ("layers.Embedding(50, 8)(x)", 50),
        ("layers.ReversibleEmbedding(40, 8)(x)", 40),
        ("layers.CategoryEncoding(num_tokens=30, output_mode='multi_hot')(x)", 30),
        ("keras.ops.one_hot(x, 20)", 20),
        ("layers.Embedding(12, 3)(layers.Flatten()(layers.Reshape((4, 2))(x)))", 12),
        ("layers.Embedding(12, 3)(keras.ops.cast(x[:, 2:], 'int32'))", 12),
        (f"{EMBEDDED}(x)", 50),
        (f"layers.TimeDistributed({EMBEDDED})(layers.RepeatVector(3)(x))", 50),
        ("layers.Embedding(9, 3)(keras.Sequential([keras.Input((8,)), layers.Reshape((2, 4))])(x))", 9),
    ],
)
def test_what_is_looked_up_is_whole_and_known(layers: str, known: int) -> None:
    feeding = feed(f"x = keras.Input((8,), name='x')\nmodel = keras.Model(x, {layers})")
    numbers = feeding.data["x"]
    assert numbers.dtype == "float32"
    assert (numbers == np.round(numbers)).all()
    assert numbers.min() >= 1
    assert known / 2 < numbers.max() < known


def test_the_smallest_of_several_vocabularies_counts() -> None:
    feeding = feed(
        "x = keras.Input((8,), name='x')\n"
        "vectors = [layers.Embedding(size, 4)(x) for size in (50, 5)]\n"
        "model = keras.Model(x, layers.Add()(vectors))"
    )
    assert feeding.data["x"].max() == 4


def test_numbers_that_are_computed_first_are_no_tokens() -> None:
    feeding = feed(
        "x = keras.Input((8,), name='x')\nmodel = keras.Model(x, layers.Embedding(9, 2)(layers.Dense(4)(x)))"
    )
    assert feeding.codes["x"] == "np.random.default_rng(1).normal(size=(1, 8))"


def test_an_input_beside_the_sequences_has_tokens_too() -> None:
    """`CategoryEncoding` refuses negative numbers, so that these had to be found."""
    code = (
        "x = keras.Input((None,), name='x')\n"
        "kind = keras.Input((3,), name='kind')\n"
        "read = layers.LSTM(2)(layers.Embedding(901, 4)(x))\n"
        "kinds = layers.CategoryEncoding(num_tokens=4, output_mode='multi_hot')(kind)\n"
        "model = keras.Model([x, kind], layers.Concatenate()([read, kinds]))"
    )
    assert trace_masks(make_report(read_question(Question(code=code)).architecture), TYPED).refused == ""


TYPED = Sequences(rows=((1, 900, 2),))


def refuse(layers: str, typed: Sequences = TYPED, shape: str = "(None,)") -> str:
    question = Question(code=f"model = keras.Sequential([keras.Input({shape}), {layers}, layers.LSTM(2)])")
    refused = trace_masks(make_report(read_question(question).architecture), typed).refused
    assert "{{" not in refused
    return refused


def test_a_token_that_is_not_known_is_named_with_the_layer_and_its_vocabulary() -> None:
    assert refuse("layers.Embedding(500, 4, name='words')") == (
        "900 is no token of words, which knows 500: from 0 to 499. "
        "Type smaller numbers, or write input_dim=901 in the Embedding."
    )
    assert refuse("layers.Embedding(901, 4, name='words')") == ""


def test_every_token_that_is_not_known_is_named() -> None:
    typed = Sequences(rows=((1, 900, 2), (700,), (900, -3)))
    assert refuse("layers.Embedding(500, 4, name='words')", typed) == (
        "-3, 700 and 900 are no tokens of words, which knows 500: from 0 to 499. "
        "Type no numbers below 0, and none to pad with. "
        "Type smaller numbers, or write input_dim=901 in the Embedding."
    )
    many = refuse("layers.Embedding(5, 4)", Sequences(rows=(tuple(range(20)),)))
    assert many.startswith("5, 6, 7, 8, 9, 10 and 9 more are no tokens of embedding")


def test_a_token_below_0_is_named_where_keras_refuses_it() -> None:
    typed: dict[str, Any] = {"rows": ((1, 2),), "maxlen": 3, "value": -900}
    refused = refuse("layers.Embedding(500, 4, name='words')", Sequences(**typed))
    assert refused.startswith("-900 is no token of words, which knows 500: from 0 to 499.")
    # Keras counts from the end.
    assert refuse("layers.Embedding(500, 4)", Sequences(**{**typed, "value": -1})) == ""


def test_what_no_vocabulary_explains_is_told_in_keras_words_without_its_machinery() -> None:
    refused = refuse("layers.Flatten(), layers.Rescaling(100), layers.Embedding(500, 4)", shape="(3, 1)")
    assert refused.startswith("Keras could not run the model on this data: ")
    assert "is not in [0, 500)" in refused
    assert "\x1b" not in refused and "[Op:" not in refused


def test_the_code_of_tokens_gives_them() -> None:
    feeding = feed("x = keras.Input((8,), name='x')\nmodel = keras.Model(x, layers.Embedding(50, 2)(x))")
    given = eval(feeding.codes["x"], {"np": np})
    assert keras.ops.convert_to_numpy(given).tolist() == feeding.data["x"].tolist()
