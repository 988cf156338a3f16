"""A layer of somebody's own may give several tensors: each is declared, in files by those who read it."""

import json
from typing import Any

import keras
import pytest

from app.architecture import Architecture
from app.architecture.code import read_code, write_code
from app.architecture.config import read_config
from app.architecture.form import write_cards
from app.drawing.formats.markdown import write_markdown
from app.drawing.formats.plain import write_plain
from app.flow import trace_flow
from app.frozen import JsonObject
from app.report.build import make_report


@keras.saving.register_keras_serializable(package="lessons")
class Halves(keras.layers.Layer):  # type: ignore[misc]
    """The features in two, and how many there are."""

    def call(self, x: Any) -> Any:
        first, second = keras.ops.split(x, 2, axis=-1)
        return first, keras.ops.cast(second, "int32"), keras.ops.sum(x, axis=-1)


def declare(**arguments: Any) -> Architecture:
    nodes: list[JsonObject] = [
        {"kind": "InputLayer", "name": "x", "arguments": {"batch_shape": [None, 5, 4]}},
        {"kind": "Opaque", "name": "own", "arguments": {"class_name": "Own", **arguments}, "inbound": ["x"]},
        {
            "kind": "Dense",
            "name": "dense",
            "arguments": {"units": 3},
            "inbound": [{"node": "own", "output": 1}],
        },
    ]
    return Architecture.model_validate({"nodes": nodes})


def test_each_tensor_has_its_shape_and_type() -> None:
    architecture = declare(output_shape=[[None, 5], [None, 7]], dtype=["int32", "float16"])
    report = make_report(architecture)
    assert report.layer("own").output_shapes == ((None, 5), (None, 7))
    assert report.layer("own").output_dtypes == ("int32", "float16")
    assert report.layer("dense").parameters.total == (7 + 1) * 3
    assert [problem.code for problem in report.problems] == ["opaque-layer"]
    assert write_cards(architecture)
    assert (
        read_code(write_code(architecture)).architecture.nodes[1].arguments == architecture.nodes[1].arguments
    )


@pytest.mark.parametrize(
    "arguments",
    [
        {"output_shape": [[None, 5], 7]},
        {"output_shape": [[None, 5], []]},
        {"output_shape": [[None, 5], [None, 7]], "dtype": ["int32"]},
        {"output_shape": [[None, 5], [None, 7]], "dtype": "float31"},
    ],
)
def test_what_is_no_declaration_is_a_problem(arguments: JsonObject) -> None:
    report = make_report(declare(**arguments))
    assert report.layer("own").status == "fails"
    assert report.layer("own").problem


@pytest.mark.parametrize("read", [(0,), (0, 1), (0, 1, 2)])
def test_in_a_file_those_who_read_it_say_what_it_gives(read: tuple[int, ...]) -> None:
    x = keras.Input((5, 4), name="x")
    parts = Halves(name="own")(x)
    model = keras.Model(x, [keras.layers.Flatten()(parts[place]) for place in read])
    report = make_report(read_config(json.loads(model.to_json())))
    assert report.layer("own").output_shapes == tuple(tuple(part.shape) for part in parts[: len(read)])
    assert report.layer("own").output_dtypes == tuple(part.dtype for part in parts[: len(read)])
    assert [tensor.shape for tensor in report.outputs] == [tuple(output.shape) for output in model.outputs]


def test_the_totals_say_whose_weights_they_lack() -> None:
    report = make_report(declare(output_shape=[[None, 5], [None, 7]]))
    assert report.totals.uncounted == ("own",)
    assert report.totals.parameters == (7 + 1) * 3
    words = "without the weights of own, which are not counted"
    flow = trace_flow(report, 8)
    assert words in write_plain(report, flow, "")
    assert words in write_markdown(report, flow, "")


@pytest.mark.parametrize("class_name", ["Lambda", "Select"])
def test_functions_and_operations_have_no_weights_to_lack(class_name: str) -> None:
    report = make_report(declare(class_name=class_name, output_shape=[[None, 5], [None, 7]]))
    assert report.totals.uncounted == ()
