"""A change is made in a page of text as it was pasted: with its prose, list numbers and open brackets."""

import pytest
from pydantic import JsonValue

from app.architecture import Question, read_question
from app.architecture.code import read_code
from app.architecture.spec import Architecture, Node, Source

PAGE = """I have two configurations, which I do not understand:

  1. trainX = (53394, 3, 1)
    model.add(LSTM(32,input_shape =(trainX.shape[1], trainX.shape[2]))
  2. trainX = (53394,1, 3)
    model.add(LSTM(32,input_shape =(trainX.shape[1], trainX.shape[2]))

I want to understand how the input is fed into the LSTM in both cases.
"""

NUMBERED = """Which of the two would you take, and why would you?

  1. model.add(LSTM(32, input_shape=(3, 1))
     model.add(Dense(1))
  2. model.add(LSTM(32, input_shape=(1, 3))
     model.add(Dense(1))
"""

SESSION = """This is what I have typed so far:

>>> model = Sequential([Input((3, 1)),
...     LSTM(32)])
>>> model.count_params()
4352
"""


def change(page: str, layer: str, piece: int | None = None, **arguments: JsonValue) -> str:
    """The page after a change of one layer's arguments in the cards."""
    before = read_code(page, piece=piece).architecture
    return write(page, before.replace(layer, before.node(layer).with_arguments(**arguments)), piece)


def write(page: str, after: Architecture, piece: int | None = None) -> str:
    reading = read_question(Question(architecture=after.without_lines(), own_code=page, piece=piece))
    assert reading.rewritten is not None
    assert reading.rewritten.piece == piece
    return reading.code


def replace_line(page: str, number: int, line: str) -> str:
    lines = page.split("\n")
    return "\n".join([*lines[: number - 1], line, *lines[number:]])


@pytest.mark.parametrize(
    ("piece", "number", "line"),
    [
        (None, 4, "    model.add(LSTM(64,input_shape =(trainX.shape[1], trainX.shape[2]))"),
        (2, 6, "    model.add(LSTM(64,input_shape =(trainX.shape[1], trainX.shape[2]))"),
    ],
)
def test_a_layer_of_a_numbered_list_is_changed_in_its_line(piece: int | None, number: int, line: str) -> None:
    assert change(PAGE, "lstm", piece, units=64) == replace_line(PAGE, number, line)


def test_a_number_behind_a_list_number_is_changed_in_its_place() -> None:
    changed = change(PAGE, "input_layer", batch_shape=[None, 5, 1])
    assert changed == replace_line(PAGE, 3, "  1. trainX = (53394, 5, 1)")


def test_a_line_with_a_list_number_may_miss_a_bracket_too() -> None:
    changed = change(NUMBERED, "lstm", units=64)
    assert changed == replace_line(NUMBERED, 3, "  1. model.add(LSTM(64, input_shape=(3, 1))")


def test_prompts_between_sentences_stay() -> None:
    assert change(SESSION, "lstm", units=64) == replace_line(SESSION, 4, "...     LSTM(64)])")


def test_the_same_lines_without_the_sentences_are_changed_in_place() -> None:
    lines = "\n".join(PAGE.split("\n")[2:6])
    first, second = (lines.replace("LSTM(32", "LSTM(64", 1), "LSTM(64".join(lines.rsplit("LSTM(32", 1)))
    assert change(lines, "lstm", piece=None, units=64) == first
    assert change(lines, "lstm", piece=2, units=64) == second


@pytest.mark.parametrize("page", [PAGE, NUMBERED])
def test_a_layer_is_added_below_a_line_that_misses_a_bracket(page: str) -> None:
    before = read_code(page).architecture
    last = before.nodes[-1].name
    layer = Node(kind="Dropout", name="dropout", arguments={"rate": 0.5}, inbound=(Source(node=last),))
    written = write(page, before.model_copy(update={"nodes": (*before.nodes, layer)}))
    added = [line for line in written.split("\n") if line not in page.split("\n")]
    assert [line.strip() for line in added] == ["model.add(Dropout(0.5))"]


def test_the_line_below_an_open_bracket_may_be_indented_otherwise() -> None:
    assert [node.kind for node in read_code(NUMBERED).architecture.nodes] == ["InputLayer", "LSTM", "Dense"]
