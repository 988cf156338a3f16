"""Data that does not fit its model: told at the line that gives it, in the words of a repair."""

import re
from pathlib import Path

import pytest

from app.architecture import Question
from app.pipeline import examine
from app.problems import Problem

HEADER = "import numpy as np\nfrom keras import Input, Sequential\nfrom keras.layers import *\n"


def problems_of(model: str, loss: str, fit: str) -> list[Problem]:
    """What is said of data that is given to a model."""
    code = f"{HEADER}model = Sequential({model})\nmodel.compile(loss={loss!r})\n{fit}\n"
    report = examine(Question(code=code)).report
    return [problem for problem in report.problems if problem.code.startswith(("data-", "targets-"))]


SEQUENCE = "[Input((3, 1)), LSTM(4), Dense(1)]"
CLASSES = "[Input((5,)), Dense(10, activation='softmax')]"

INPUTS = {
    "np.zeros((50, 3))": ("warning", "np.expand_dims(X, -1)"),
    "np.zeros((50, 1, 3))": ("error", "X.transpose((0, 2, 1))"),
    "np.zeros((50, 4, 1))": ("error", "keras.Input((4, 1))"),
    "np.zeros((3, 1))": ("warning", "X[np.newaxis]"),
    "np.zeros((50, 1, 1, 3))": ("error", "X.reshape(-1, 3, 1)"),
}


@pytest.mark.parametrize("data", INPUTS)
@pytest.mark.parametrize("use", ["model.fit(X, np.zeros((len(X), 1)))", "model.predict(X)", "model(X)"])
def test_data_that_does_not_fit_the_input_comes_with_the_line_that_mends_it(data: str, use: str) -> None:
    severity, line = INPUTS[data]
    problem = problems_of(SEQUENCE, "mse", f"X = {data}\n{use}")[0]
    assert (problem.code, problem.severity, problem.line) == ("data-does-not-fit", severity, 7)
    assert line in problem.fix
    assert problem.expected == "The model wants (batch, 3, 1)."


def test_data_that_fits_is_not_mentioned() -> None:
    assert problems_of(SEQUENCE, "mse", "model.fit(np.zeros((50, 3, 1)), np.zeros((50, 1)))") == []
    assert problems_of(SEQUENCE, "mse", "model.fit(np.zeros((50, 3, 1)), np.zeros(50))") == []
    assert problems_of(SEQUENCE, "mse", "model.fit(unknown, labels)") == []
    assert problems_of(CLASSES, "sparse_categorical_crossentropy", "model.fit(X, np.zeros((9,)))") == []


TARGETS = {
    ("categorical_crossentropy", "(50,)"): ("targets-do-not-fit", "to_categorical(y, 10)"),
    ("categorical_crossentropy", "(50, 1)"): ("targets-do-not-fit", "sparse_categorical_crossentropy"),
    ("categorical_crossentropy", "(50, 9)"): ("targets-do-not-fit", "units=9"),
    ("sparse_categorical_crossentropy", "(50, 10)"): ("targets-do-not-fit", "categorical_crossentropy"),
    ("mse", "(50, 1)"): ("targets-are-broadcast", "units=1"),
    ("mae", "(50,)"): ("targets-are-broadcast", ""),
}


@pytest.mark.parametrize(("loss", "shape"), TARGETS)
def test_targets_are_held_against_the_output_and_the_loss(loss: str, shape: str) -> None:
    (problem,) = problems_of(CLASSES, loss, f"model.fit(np.zeros((50, 5)), np.zeros({shape}))")
    code, words = TARGETS[loss, shape]
    assert problem.code == code
    assert words in problem.fix


def test_a_class_for_each_timestep_is_not_one_for_each_sequence() -> None:
    model = "[Input((5,)), Embedding(9, 4), LSTM(3, return_sequences=True), Dense(9, activation='softmax')]"
    fit = "model.fit(np.zeros((32, 5)), np.zeros((32,)))"
    (problem,) = problems_of(model, "sparse_categorical_crossentropy", fit)
    assert "leave `return_sequences=True` out" in problem.fix


def test_repairs_are_models_that_take_the_data() -> None:
    (problem,) = problems_of(SEQUENCE, "mse", "model.predict(np.zeros((50, 4, 1)))")
    assert [repair.title for repair in problem.repairs] == ["Let input_layer read (None, 4, 1)"]
    (problem,) = problems_of(CLASSES, "mse", "model.fit(np.zeros((50, 5)), np.zeros((50, 3)))")
    assert [repair.title for repair in problem.repairs] == ["Give dense 3 units"]
    assert problem.repairs[0].output_shapes == ((None, 3),)


def test_a_loss_may_be_an_object() -> None:
    code = "model.compile('adam', keras.losses.CategoricalCrossentropy())\nmodel.fit(x, np.zeros((50, 9)))"
    assert [problem.code for problem in problems_of(CLASSES, "mse", code)] == ["targets-do-not-fit"]


def test_inputs_and_targets_are_of_one_length() -> None:
    (problem,) = problems_of(SEQUENCE, "mse", "model.fit(np.zeros((50, 3, 1)), np.zeros((40, 1)))")
    assert problem.code == "data-lengths-differ"
    assert "50 and 40 samples" in problem.happened


def test_data_with_problems_of_a_model_that_does_not_build_is_not_asked_for() -> None:
    assert problems_of("[Input((3,)), LSTM(4)]", "mse", "model.predict(np.zeros((2, 5)))") == []


PAGES = Path(__file__).parents[2] / "templates" / "problems"


@pytest.mark.parametrize(
    "code", ["data-does-not-fit", "data-lengths-differ", "targets-are-broadcast", "targets-do-not-fit"]
)
def test_the_first_example_of_a_page_has_the_problem_and_the_second_has_none(code: str) -> None:
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    failing, fixed = (
        [problem.code for problem in examine(Question(code=HEADER + block)).report.problems]
        for block in re.findall(r"```python[^\n]*\n(.*?)```", page, re.DOTALL)
    )
    assert (failing, fixed) == ([code], [])
