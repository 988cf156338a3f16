"""An operation that would give more tensors than anybody can look at is refused before any is made."""

import pytest

from app.architecture import Architecture
from app.architecture.code import read_code
from app.architecture.form import write_cards
from app.architecture.outputs import MOST_OUTPUTS, count_outputs
from app.frozen import JsonObject
from app.problems import CodeError
from app.report.build import make_report

MANY = 10**12


def make_parts(kind: str, length: int, arguments: JsonObject) -> Architecture:
    entering = {"kind": "InputLayer", "name": "x", "arguments": {"batch_shape": [None, length]}}
    parts = {"kind": kind, "name": "parts", "arguments": {"axis": 1, **arguments}, "inbound": ["x"]}
    return Architecture.model_validate({"nodes": [entering, parts]})


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        ("ops.split", {"indices_or_sections": MANY}),
        ("ops.array_split", {"indices_or_sections": MANY}),
        ("ops.unstack", {"num": MANY}),
        ("ops.unstack", {}),
    ],
)
def test_too_many_parts_are_a_problem(kind: str, arguments: JsonObject) -> None:
    architecture = make_parts(kind, MANY, arguments)
    (problem,) = make_report(architecture).problems
    assert problem.code == "invalid-argument"
    assert problem.happened == f"keras.{kind} gives at most 1,000 tensors here; these would be more."
    assert write_cards(architecture)


def test_as_many_as_there_may_be_are_told() -> None:
    row = make_report(make_parts("ops.unstack", MOST_OUTPUTS, {})).layer("parts")
    assert len(row.output_shapes) == MOST_OUTPUTS
    assert count_outputs("ops.split", {"indices_or_sections": MOST_OUTPUTS}) == MOST_OUTPUTS


def test_in_code_the_line_is_named() -> None:
    code = "x = Input((3_000_000,))\ny = ops.split(x, 1_500_000, axis=1)\nmodel = Model(x, y[-1])"
    with pytest.raises(CodeError, match="more than 1,000 tensors") as caught:
        read_code(f"import keras\nfrom keras import Input, Model, ops\n{code}")
    assert caught.value.line == 4


@pytest.mark.parametrize("parts", [0, -1])
def test_no_part_at_all_is_a_problem(parts: int) -> None:
    (problem,) = make_report(make_parts("ops.split", 6, {"indices_or_sections": parts})).problems
    assert problem.severity == "error"
    code = f"x = Input((6,))\ny = ops.split(x, {parts}, axis=1)\nmodel = Model(x, y[0])"
    reading = read_code(f"import keras\nfrom keras import Input, Model, ops\n{code}")
    assert make_report(reading.architecture).status == "fails"
