"""Graphs that no model has: each is refused in words, or is a row that fails with a Problem."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from app.architecture import Architecture
from app.architecture.question import Question
from app.architecture.read import read_question
from app.problems import AppError
from app.report.build import make_report
from app.report.model import Report

X = {"kind": "InputLayer", "name": "x", "arguments": {"batch_shape": [None, 4]}}
POLICY = {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "mixed_float16"}}


def ask(*nodes: dict[str, Any]) -> Report:
    """The report on these layers, as a program that calls the API would get it."""
    question = Question.model_validate_json(json.dumps({"architecture": {"nodes": nodes}}))
    return make_report(read_question(question).architecture)


def node(kind: str, *inbound: Any, name: str = "bad", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "name": name, "inbound": list(inbound or ["x"]), **more}


def dense(**arguments: Any) -> dict[str, Any]:
    return node("Dense", arguments={"units": 3, **arguments})


def wrap(layer: Any) -> dict[str, Any]:
    return node("TimeDistributed", arguments={"layer": layer})


REFUSED: dict[str, tuple[dict[str, Any], ...]] = {
    "a cycle": (X, node("Add", "x", "b", name="a"), node("Dense", "a", name="b", arguments={"units": 3})),
    "a layer that reads itself": (X, node("Add", "x", "bad")),
    "a reference to nothing": (X, node("Dense", "nowhere", arguments={"units": 3})),
    "two layers of one name": (X, X),
    "a layer that reads nothing": (X, {"kind": "Flatten", "name": "bad"}),
    "an input that reads": (X, {**X, "name": "y", "inbound": ["x"]}),
    "an input that shares": (X, {**X, "name": "y", "shares": "x"}),
    "weights of nobody": (X, {**dense(), "shares": "nobody"}),
    "a tensor that is not handed over": (X, {**dense(), "call": {"mask": {"inbound": 7}}}),
    "an output without end": (X, node("Flatten", {"node": "x", "output": 10**30})),
    "a negative output": (X, node("Flatten", {"node": "x", "output": -1})),
    "a class of a module": (X, node("os.system")),
    "an operation that is none": (X, node("ops.__import__")),
    "a class inside a wrapper": (X, wrap({"kind": "os.system", "arguments": {"command": "id"}})),
    "a model that holds none": (X, node("Functional")),
    "a wrapped model that holds none": (X, wrap({"kind": "Functional", "arguments": {}})),
    "a wrapped model of no layers": (X, wrap({"kind": "Functional", "model": {"nodes": []}})),
    "a wrapped model that is a number": (X, wrap({"kind": "Sequential", "model": 3})),
    "a name of 201 characters": ({**X, "name": "a" * 201},),
    "no layers": (),
}


@pytest.mark.parametrize("nodes", REFUSED.values(), ids=REFUSED)
def test_what_is_no_graph_is_refused(nodes: tuple[dict[str, Any], ...]) -> None:
    with pytest.raises((AppError, ValidationError)):
        ask(*nodes)


FAILING: dict[str, tuple[dict[str, Any], ...]] = {
    "an output that is not there": (X, node("Flatten", {"node": "x", "output": 5})),
    "three inputs for a Dense": (X, node("Dense", "x", "x", "x", arguments={"units": 3})),
    "ten inputs for attention": (
        X,
        node("MultiHeadAttention", *["x"] * 10, arguments={"num_heads": 1, "key_dim": 2}),
    ),
    "a model called on too few": (
        X,
        node("Functional", model={"nodes": [X, {**X, "name": "y"}, node("Add", "x", "y")]}),
    ),
    "a size as text": (X, dense(units="3")),
    "a size as a list": (X, dense(units=[3])),
    "a size as an object": (X, dense(units={"a": 1})),
    "no size": (X, dense(units=None)),
    "half a size": (X, dense(units=2.5)),
    "not a number": (X, dense(units=float("nan"))),
    "an infinite size": (X, dense(units=float("inf"))),
    "an infinite axis": ({**X, "arguments": {"batch_shape": [None, float("inf")]}},),
    "an infinite rate": (X, node("Dropout", arguments={"rate": float("-inf")})),
    "a size far below zero": (X, dense(units=-(10**30))),
    "axes below zero": ({**X, "arguments": {"batch_shape": [-3, -4]}},),
    "axes as text": ({**X, "arguments": {"batch_shape": "abc"}},),
    "no axes": ({**X, "arguments": {}},),
    "an activation unheard of": (X, dense(activation="unheard")),
    "an activation of a module": (
        X,
        dense(activation={"module": "os", "class_name": "system", "config": "id"}),
    ),
    "a dtype unheard of": (X, dense(dtype="float31")),
    "a dtype of a module": (
        X,
        dense(dtype={"module": "os", "class_name": "system", "config": {"name": "id"}}),
    ),
    "an input's dtype of a module": ({**X, "arguments": {"batch_shape": [None, 4], "dtype": "os.system"}},),
    "a key that is code": (X, node("ops.get_item", arguments={"key": "__import__('os')"})),
    "a declared shape of text": (
        X,
        node("Opaque", arguments={"class_name": "A", "output_shape": [None, "a"]}),
    ),
    "a tensor that is none": (X, {**dense(), "call": {"training": {"module": "os"}}}),
}


def test_an_output_of_the_model_that_no_layer_gives_is_its_problem() -> None:
    model = {"nodes": [X, dense()], "outputs": [{"node": "bad", "output": 2}]}
    outer = [X, node("Functional", model=model), node("Flatten", "bad", name="after")]
    for architecture in (model, {"nodes": outer}):
        report = make_report(Architecture.model_validate(architecture))
        assert report.status == "fails"
        assert [(problem.code, problem.layer) for problem in report.problems] == [("no-such-output", "bad")]
        assert "output 2 of bad, which has 1" in report.problems[0].happened


@pytest.mark.parametrize("nodes", FAILING.values(), ids=FAILING)
def test_what_does_not_fit_is_a_row_with_its_problem(nodes: tuple[dict[str, Any], ...]) -> None:
    report = ask(*nodes)
    (failing, *_) = [row for row in report.rows if row.status == "fails"]
    assert report.status == "fails"
    assert failing.problem and failing.problem.happened and failing.problem.expected and failing.problem.fix


def test_an_answer_about_infinity_is_json_all_the_same() -> None:
    asked = json.dumps({"architecture": {"nodes": [X, dense(seed="endless")]}})
    text = asked.replace("3", "1e999").replace('"endless"', "1e999")
    report = make_report(read_question(Question.model_validate_json(text)).architecture)

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    assert json.loads(report.model_dump_json(), parse_constant=refuse)["status"] == "fails"


@pytest.mark.parametrize(
    "opening", ["[", '{"kind":"TimeDistributed","arguments":{"layer":', '{"model":{"nodes":[']
)
def test_a_thousand_levels_are_refused_before_they_are_read(opening: str) -> None:
    with pytest.raises(ValidationError, match=r"(?i)recursion|Invalid JSON"):
        Question.model_validate_json('{"architecture": {"nodes": [' + opening * 1_000)


def test_a_dtype_may_be_written_as_keras_writes_it() -> None:
    (_, row) = ask(X, dense(dtype=POLICY)).rows
    assert (row.compute_dtype, row.variable_dtype) == ("float16", "float32")


def test_sizes_beyond_any_memory_are_only_numbers() -> None:
    (_, row) = ask(X, dense(units=10**30)).rows
    assert row.parameters.total == 5 * 10**30
