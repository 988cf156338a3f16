"""Arguments in a configuration that a layer does not take: Keras complains, and here it is asked too."""

import json
from typing import Any

import keras
import pytest
from keras import layers

from app.architecture import Question, read_question
from app.architecture.catalogue import KINDS
from app.architecture.config import read_config
from app.report.build import make_report


def save(layer: Any, **config: Any) -> dict[str, Any]:
    model: dict[str, Any] = json.loads(keras.Sequential([keras.Input((6, 4)), layer]).to_json())
    model["config"]["layers"][1]["config"] |= config
    return model


@pytest.mark.parametrize("value", [3, "x", None, {"class_name": "system", "module": "os"}, [{"a": 1}]])
def test_an_unknown_argument_has_its_problem(value: Any) -> None:
    model = save(layers.LSTM(3), bogus=value)
    with pytest.raises(ValueError, match="Unrecognized keyword arguments"):
        keras.models.model_from_json(json.dumps(model))
    (problem,) = make_report(read_config(model)).problems
    assert problem.code == "unknown-argument"
    assert "was given bogus, which LSTM does not take" in problem.happened
    assert problem.keras_message is not None
    assert "Unrecognized keyword arguments passed to LSTM: {'bogus'" in problem.keras_message


def test_in_a_wrapped_layer_too() -> None:
    model = save(layers.Bidirectional(layers.LSTM(3)))
    model["config"]["layers"][1]["config"]["layer"]["config"]["bogus"] = 3
    (problem,) = make_report(read_config(model)).problems
    assert problem.code == "unknown-argument"
    assert "bogus" in problem.happened


@pytest.mark.parametrize("name", ["implementation", "time_major", "batch_input_shape"])
def test_what_earlier_versions_wrote_is_passed_over(name: str) -> None:
    assert make_report(read_config(save(layers.LSTM(3), **{name: None}))).status == "builds"


RECURRENT = ("ConvLSTM1D", "Conv1D", "SeparableConv1D", "GRU", "LSTM", "SimpleRNN")


@pytest.mark.parametrize("kind", RECURRENT)
def test_what_keras_writes_itself_is_read(kind: str) -> None:
    given = {argument.name: 2 for argument in KINDS[kind].arguments if argument.required}
    sizes = (5, 6, 4) if kind.startswith("ConvLSTM") else (6, 4)
    model = keras.Sequential([keras.Input(sizes), getattr(layers, kind)(**given)])
    report = make_report(read_config(json.loads(model.to_json())))
    assert report.status == "builds"
    assert report.totals.parameters == model.count_params()


def test_an_object_of_another_module_is_told() -> None:
    model = save(layers.Dense(3), kernel_initializer={"module": "os", "class_name": "system", "config": {}})
    reading = read_question(Question(keras=model))
    assert [(note.code, note.layer) for note in reading.notes] == [("argument-ignored", "dense")]
    assert "system" in reading.notes[0].happened
