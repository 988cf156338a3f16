"""Weights that no memory holds are no error: the shapes are right, and a note says what the number means."""

import pytest

from app.architecture import Question
from app.pipeline import examine
from app.problems import Problem
from app.report import Report

MODEL = "model = Sequential([Input((20,), dtype='int32'), Embedding({}, 250), LSTM(8)])"


def report_on(rows: int) -> Report:
    return examine(Question(code=MODEL.format(rows))).report


def find_note(report: Report) -> list[Problem]:
    return [problem for problem in report.problems if problem.code == "weights-beyond-memory"]


@pytest.mark.parametrize(
    ("rows", "whose"),
    [(10**9, "all but the largest computers"), (10**12, "any computer"), (10**17, "any computer")],
)
def test_weights_beyond_memory_are_a_note_beside_the_shapes(rows: int, whose: str) -> None:
    report = report_on(rows)
    assert report.status == "builds"
    assert report.outputs[0].shape == (None, 8)
    (note,) = find_note(report)
    assert (note.severity, note.layer) == ("warning", "embedding")
    assert note.happened == f"The weights are more than the memory of {whose}."
    assert f"{rows}·250" in note.fix.replace(",", "")


def test_the_note_begins_at_a_terabyte() -> None:
    less, more = report_on(10**9 - 10**4), report_on(10**9)
    assert less.totals.bytes < 10**12 <= more.totals.bytes
    assert (find_note(less), len(find_note(more))) == ([], 1)
