"""The recurrent layers of a nested model are opened like the model's own, each shared one once."""

import pytest

from app.architecture import Question
from app.drawing import FORMATS
from app.pipeline import Visualisation, visualise

HEAD = """
import keras
from keras import Sequential, Input, layers
from keras.layers import LSTM, Dense

encoder = Sequential(
    [Input((8, 4)), LSTM(4, return_sequences=True, name="lower"), LSTM(3, name="upper")], name="encoder"
)
"""
STACKED = "model = Sequential([Input((8, 4)), encoder, Dense(1)])"
TWINS = """
left, right = Input((8, 4)), Input((8, 4))
model = keras.Model([left, right], layers.Subtract()([twin(left), twin(right)]))
"""


def show(code: str) -> Visualisation:
    return visualise(Question(code=HEAD + code))


def test_cells_and_units_are_named_by_the_path_to_them() -> None:
    pictures = show(STACKED).pictures
    assert list(pictures.cells) == ["encoder › lower", "encoder › upper"]
    assert pictures.cells["encoder › upper"].description.startswith("encoder › upper is an LSTM cell with 3")
    (units,) = pictures.units.values()
    assert "every unit of encoder › lower is connected to every unit: 12 connections" in units.description


@pytest.mark.parametrize("name", ["cells.svg", "units.svg"])
def test_the_files_have_them_too(name: str) -> None:
    shown = show(STACKED)
    assert "encoder › upper" in FORMATS[name].write(shown.report, shown.flow, "")


def test_a_model_in_a_model_in_a_model_is_opened() -> None:
    cells = show(
        "outer = Sequential([Input((8, 4)), encoder], name='outer')\n"
        "model = Sequential([Input((8, 4)), outer])"
    ).pictures.cells
    assert list(cells) == ["outer › encoder › lower", "outer › encoder › upper"]


@pytest.mark.parametrize(
    ("twin", "cells"),
    [("LSTM(5, name='twin')", ["twin"]), ("encoder", ["encoder › lower", "encoder › upper"])],
)
def test_layers_that_read_twice_are_opened_once(twin: str, cells: list[str]) -> None:
    pictures = show(f"twin = {twin}{TWINS}").pictures
    assert list(pictures.cells) == cells
    assert len(pictures.units) == 1
