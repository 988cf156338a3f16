"""Inputs of a single number for each sample, such as an id or a text: no axis but the batch's."""

import pytest

from app.architecture import Question
from app.pipeline import render, visualise

MODELS = {
    "an id into an embedding": "layers.Embedding(9, 4)(x)",
    "an axis added": "ops.expand_dims(x, -1)",
    "an axis added by a layer": "layers.Dense(2)(layers.Reshape((1,))(x))",
    "flattened": "layers.Flatten()(x)",
    "kept as it is": "layers.Reshape(())(x)",
    "permuted, with nothing to permute": "layers.Permute([])(x)",
    "one timestep into an LSTM": "layers.LSTM(3)(ops.expand_dims(layers.Embedding(9, 4)(x), 1))",
}


@pytest.mark.parametrize("output", MODELS.values(), ids=MODELS.keys())
def test_a_model_of_single_numbers_is_answered_and_drawn(output: str) -> None:
    question = Question(code=f"x = keras.Input(())\nmodel = keras.Model(x, {output})")
    answer = visualise(question)
    assert answer.report.status == "builds"
    assert answer.report.inputs[0].shape == (None,)
    assert "(None,)" in str(render(question, "txt"))
    for name in ("svg", "units.svg", "data.svg", "cells.svg", "md"):
        assert render(question, name)


def test_an_array_becomes_single_numbers() -> None:
    answer = visualise(Question(code="keras.Sequential([keras.Input((1,)), layers.Reshape(())])"))
    assert answer.report.outputs[0].shape == (None,)
    assert answer.report.status == "builds"
