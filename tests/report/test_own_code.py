"""A repair changes one thing in somebody's own code: comments, names and layout stay as they are."""

import pytest

from app.architecture import Question
from app.pipeline import examine
from app.problems import Repair

SEVERAL_LINES = """from keras import Input, Sequential, layers
n = 32  # how much it remembers
model = Sequential()
model.add(Input((8, 16)))
model.add(layers.LSTM(
    n,  # units of the ä-layer
))
model.add(layers.LSTM(n))
model.compile("adam", "mse")
"""


def repair(code: str, **asked: object) -> Repair:
    """The first repair that is proposed."""
    problems = examine(Question.model_validate({"code": code, **asked})).report.problems
    return next(problem.repairs[0] for problem in problems if problem.repairs)


def write(layers: str) -> str:
    return f"import keras\nfrom keras.layers import *\n\nmodel = keras.Sequential([{layers}])  # mine\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "Input((8, 16)), LSTM(32), LSTM(32), Dense(10)",
            "Input((8, 16)), LSTM(32, return_sequences=True), LSTM(32), Dense(10)",
        ),
        (
            "Input((8, 16)), Bidirectional(LSTM(32, return_sequences=False)), LSTM(32)",
            "Input((8, 16)), Bidirectional(LSTM(32, return_sequences=True)), LSTM(32)",
        ),
        ("Input(shape=(50,)), LSTM(32)", "Input(shape=(50, 1)), LSTM(32)"),
        ("LSTM(32, input_shape=(53394, 3, 1))", "LSTM(32, input_shape=(3, 1))"),
        ("Input((28,)), Reshape((5, 7)), LSTM(3)", "Input((28,)), Reshape((-1, 7)), LSTM(3)"),
        (
            "Input((8, 16)), LSTM(32, return_sequence=True), LSTM(4)",
            "Input((8, 16)), LSTM(32, return_sequences=True), LSTM(4)",
        ),
        ("Input((8,)), Embedding(1000)", "Input((8,)), Embedding(1000, 16)"),
    ],
)
def test_one_argument_is_changed_where_it_stands(before: str, after: str) -> None:
    repaired = repair(write(before))
    assert repaired.keeps_code
    assert repaired.code == write(after)


def test_an_argument_that_the_layer_does_not_have_is_taken_out() -> None:
    told = examine(Question(code=write("Input((8, 16)), LSTM(32, return_sequence=True)"))).report.problems
    (out,) = (each for problem in told for each in problem.repairs if each.title.startswith("Leave"))
    assert out.code == write("Input((8, 16)), LSTM(32)")


def test_an_argument_is_added_behind_the_last_one() -> None:
    told = repair(SEVERAL_LINES)
    assert told.code == SEVERAL_LINES.replace("    n,  #", "    n, return_sequences=True,  #")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "size = (50,)  # mine\nmodel = Sequential([Input(size), LSTM(32)])",
            "size = (50, 1)  # mine\nmodel = Sequential([Input(size), LSTM(32)])",
        ),
        (
            "grid = (5, 7)\nmodel = Sequential([Input((28,)), Reshape(target_shape=grid), LSTM(3)])",
            "grid = (-1, 7)\nmodel = Sequential([Input((28,)), Reshape(target_shape=grid), LSTM(3)])",
        ),
    ],
)
def test_a_value_under_a_name_is_changed_where_the_name_is_set(before: str, after: str) -> None:
    told = repair(before)
    assert told.keeps_code
    assert told.code == after


@pytest.mark.parametrize("layers", ["LSTM()", "LSTM( )"])
def test_a_call_without_arguments_is_given_its_first(layers: str) -> None:
    told = repair(write(f"Input((8, 4)), {layers}"))
    assert told.code == write(f"Input((8, 4)), {layers[:-1]}32)")


def test_the_code_makes_the_model_that_was_rebuilt() -> None:
    told = repair(SEVERAL_LINES)
    report = examine(Question(code=told.code)).report
    assert report.status == "builds"
    assert tuple(output.shape for output in report.outputs) == told.output_shapes


def test_what_was_chosen_for_the_holes_still_holds() -> None:
    told = repair(write("Input((maxlen, 16)), LSTM(32), LSTM(4)"), holes={"maxlen": 7})
    assert told.code == write("Input((maxlen, 16)), LSTM(32, return_sequences=True), LSTM(4)")


def test_behind_a_prompt_the_code_is_changed_as_well() -> None:
    told = repair(">>> model = Sequential([Input((8, 4)), LSTM(4), LSTM(4)])")
    assert told.code == ">>> model = Sequential([Input((8, 4)), LSTM(4, return_sequences=True), LSTM(4)])"


def test_a_layer_is_put_in_on_a_line_of_its_own() -> None:
    told = repair(write("Input((8, 16, 3)), Conv2D(4, 3), Dense(1), LSTM(8)"))
    assert told.keeps_code
    assert told.code is not None and told.code.endswith("  # mine\n")
    assert examine(Question(code=told.code)).report.status == "builds"


def test_where_one_change_does_not_do_the_code_is_written_anew() -> None:
    told = repair("model = Sequential([Input((8, 4))])\nfor _ in range(2):\n    model.add(LSTM(4))")
    assert not told.keeps_code
    assert examine(Question(code=told.code)).report.status == "builds"


def test_each_layer_tells_what_the_list_of_problems_tells() -> None:
    report = examine(Question(code=SEVERAL_LINES)).report
    (told,) = (layer.problem for layer in report.layers if layer.status == "fails")
    assert told in report.problems
