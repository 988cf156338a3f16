"""Where code could go either way, the way that makes the model is read."""

import pytest

from app.architecture.code import read_code

HEADER = "import os, sys\nfrom keras.models import *\nfrom keras.layers import *\n"
MADE = "model = Sequential([Input((8, 3)), LSTM(4)])"


def read_kinds(code: str) -> list[str]:
    return [node.kind for node in read_code(HEADER + code).architecture.nodes]


def list_notes(code: str) -> list[str]:
    return [note.code for note in read_code(HEADER + code).notes]


@pytest.mark.parametrize(
    "code",
    [
        f"if os.path.exists('m.h5'):\n  model = load_model('m.h5')\nelse:\n  {MADE}",
        f"if not os.path.exists('m.h5'):\n  {MADE}\nelse:\n  model = load_model('m.h5')",
        f"{MADE}\nif os.path.exists('m.h5'):\n  model = load_model('m.h5')",
        f"try:\n  model = load_model('m.h5')\nexcept OSError:\n  {MADE}",
        f"def build():\n  {MADE}\n  return model\nif resume:\n  model = load_model(path)\n"
        "else:\n  model = build()",
    ],
)
def test_a_model_that_is_loaded_if_there_is_a_file_is_the_one_made_otherwise(code: str) -> None:
    assert read_kinds(code) == ["InputLayer", "LSTM"]
    assert list_notes(code) == ["file-left"]


def test_the_same_in_one_expression() -> None:
    code = f"def build():\n  {MADE}\n  return model\nmodel = load_model(path) if resume else build()"
    assert read_kinds(code) == ["InputLayer", "LSTM"]


def test_a_try_whose_handler_only_gives_up_is_read_as_it_stands() -> None:
    code = f"try:\n  {MADE}\nexcept Exception:\n  sys.exit(1)"
    assert read_kinds(code) == ["InputLayer", "LSTM"]
    assert list_notes(code) == []


@pytest.mark.parametrize("leave", ["sys.exit('No data')", "raise SystemExit", "exit()", "quit()"])
def test_a_branch_that_ends_the_program_is_not_read(leave: str) -> None:
    assert read_kinds(f"if not os.path.exists('data.csv'):\n  {leave}\n{MADE}") == ["InputLayer", "LSTM"]
    assert list_notes(f"if len(data) < 3:\n  print('too few')\n  {leave}\n{MADE}") == ["not-followed"]


def test_a_branch_that_goes_to_the_next_turn_is_not_read() -> None:
    code = "model = Sequential([Input((8, 3))])\nfor units in (3, 4):\n"
    code += "  if skipped[units]:\n    continue\n  model.add(Dense(units))"
    assert read_kinds(code) == ["InputLayer", "Dense", "Dense"]


def test_a_branch_that_gives_nothing_back_is_not_read() -> None:
    code = f"def build(x):\n  if x is broken:\n    return\n  {MADE}\n  return model\nmodel = build(data)"
    assert read_kinds(code) == ["InputLayer", "LSTM"]
