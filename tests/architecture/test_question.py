"""A question arrives in a builder as it was asked."""

import pickle
from typing import Any

import pytest

from app.architecture import Question, read_question
from app.architecture.gallery import load_gallery

CODES = [example.code for example in load_gallery()]


@pytest.mark.parametrize("code", CODES)
def test_a_question_travels_whole(code: str) -> None:
    asked = Question(code=code, timesteps=3, inputs={"series": (None, 7)})
    understood = Question(architecture=read_question(Question(code=code)).architecture)
    for question in (asked, understood):
        assert pickle.loads(pickle.dumps(question)) == question


@pytest.mark.parametrize("value", [float("inf"), 10**40, 1e-300, "ünïcode \u2028 \x00", None, [[], {}]])
def test_whatever_a_configuration_holds_travels(value: Any) -> None:
    question = Question(keras={"class_name": "Sequential", "config": {"value": value}})
    assert pickle.loads(pickle.dumps(question)) == question


def test_what_is_no_number_stays_none() -> None:
    travelled = pickle.loads(pickle.dumps(Question(keras={"value": float("nan")})))
    assert travelled.keras is not None
    assert travelled.keras["value"] != travelled.keras["value"]


def test_layers_that_came_without_code_say_on_which_line_of_the_written_code_they_stand() -> None:
    chain = read_question(
        Question(code="import keras\nm = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])")
    )
    reading = read_question(Question(architecture=chain.architecture.without_lines()))
    lines = (reading.code or "").splitlines()
    assert ["Dense(2)" in lines[(node.line or 1) - 1] for node in reading.architecture.nodes] == [False, True]
