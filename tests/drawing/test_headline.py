"""What a model is called: by the kinds of its layers, on one line."""

import pytest

from app.architecture import Question, read_question
from app.architecture.gallery import load_gallery
from app.drawing.headline import LONGEST, name_model
from app.report.build import make_report

GRAPH = """from keras import Input, Model, layers
a, b = Input((None,)), Input((None,))
{}
model = Model([a, b], x)
"""
EMBEDDINGS = "x = layers.Concatenate()([layers.Embedding(9, 2)(a), layers.Embedding(9, 3)(b)])\n"


def name(code: str) -> str:
    return name_model(make_report(read_question(Question(code=code)).architecture))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            EMBEDDINGS + "x = layers.Dense(1)(layers.Dense(2)(layers.GlobalAveragePooling1D()(x)))",
            "2 Embedding → Concatenate → GlobalAveragePooling1D → 2 Dense",
        ),
        (EMBEDDINGS + "x = layers.Dense(1)(layers.LSTM(2)(x))", "2 Embedding → Concatenate → LSTM → Dense"),
        (
            "a, b = layers.Embedding(9, 2)(a), layers.Embedding(9, 2)(b)\n"
            "x = layers.Add()([layers.LSTM(2)(a), layers.GRU(2)(b)])",
            "2 Embedding, LSTM, GRU, Add",
        ),
        ("x = layers.Embedding(9, 2)(a) + layers.Embedding(9, 2)(b)", "2 Embedding"),
    ],
    ids=["two branches pooled", "two branches walked", "branches of two kinds", "an operation"],
)
def test_layers_side_by_side_are_counted_and_an_arrow_is_what_reads_what(code: str, expected: str) -> None:
    assert name(GRAPH.format(code)) == expected


def test_what_does_not_fit_is_left_out_before_the_last() -> None:
    pooling = "layers.GlobalAveragePooling1D(keepdims=True), " * 3
    code = f"keras.Sequential([keras.Input((8, 4)), layers.BatchNormalization(), {pooling} layers.Dense(1)])"
    assert name(code) == "BatchNormalization → GlobalAveragePooling1D → … → Dense"


def test_the_name_of_every_example_fits_one_line() -> None:
    names = [name(example.code) for example in load_gallery()]
    assert [one for one in names if len(one) > LONGEST] == []
    assert "2 Embedding → Concatenate → LSTM → Dense" in names


def test_what_is_done_at_each_timestep_is_named() -> None:
    inside = ["Conv2D(4, 3)", "MaxPooling2D()", "Flatten()"]
    each = ", ".join(f"layers.TimeDistributed(layers.{layer})" for layer in inside)
    code = "from keras import Input, Sequential, layers\nSequential([Input((5, 9, 9, 1)), {} layers.LSTM(2)])"
    assert name(code.format(f"{each},")) == "TimeDistributed (Conv2D → … → Flatten) → LSTM"
    assert name(code.format("layers.TimeDistributed(layers.Flatten()),")) == "TimeDistributed Flatten → LSTM"
