"""Functions of TensorFlow between layers, as tf_keras 2.21 writes them, with the shapes that it gives."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.architecture.config import read_config
from app.architecture.spec import Architecture
from app.report.build import make_report

FUNCTIONS: dict[str, Any] = json.loads(Path(__file__).with_name("keras_2_functions.json").read_text("utf-8"))


def read_functions(layers: list[Any], outputs: list[Any]) -> Architecture:
    """A model of these layers behind two inputs of 6 timesteps and 4 features."""
    inputs = [
        {
            "class_name": "InputLayer",
            "config": {"name": name, "batch_input_shape": [None, 6, 4]},
            "name": name,
        }
        for name in ("x", "z")
    ]
    config = {
        "layers": [*inputs, *layers],
        "input_layers": [["x", 0, 0], ["z", 0, 0]],
        "output_layers": outputs,
    }
    return read_config({"class_name": "Functional", "config": config})


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_is_the_operation_of_keras_that_gives_its_shape(name: str) -> None:
    function = FUNCTIONS[name]
    report = make_report(read_functions(function["layers"], function["outputs"]))
    assert [list(tensor.shape) for tensor in report.outputs] == [function["shape"]]
    assert {row.kind.partition(".")[0] for row in report.layers} == {"InputLayer", "ops"}


def call(function: str, *inbound: Any) -> list[Any]:
    entry = {"class_name": "TFOpLambda", "config": {"name": "f", "function": function}, "name": "f"}
    return [{**entry, "inbound_nodes": [list(inbound)]}]


UNLIKE = {
    "a function that keras.ops does not have": call("math.add_n", "x", 0, 0, {}),
    "an argument that keras.ops does not have": call(
        "linalg.matmul", "x", 0, 0, {"b": ["z", 0, 0], "adjoint_b": True}
    ),
    "a size that is a tensor": call("reshape", "x", 0, 0, {"shape": [-1, ["z", 0, 0]]}),
    "no function at all": call("", "x", 0, 0, {}),
}


@pytest.mark.parametrize("name", UNLIKE)
def test_what_is_called_otherwise_than_in_keras_3_has_to_be_declared(name: str) -> None:
    row = make_report(read_functions(UNLIKE[name], [["f", 0, 0]])).layers[-1]
    assert (row.kind, row.status) == ("Opaque", "fails")
    assert row.problem is not None
    assert row.problem.code == "opaque-layer"


def test_a_split_gives_as_many_tensors_as_it_has_sizes() -> None:
    layers = call("split", "x", 0, 0, {"num_or_size_splits": [1, 2, 3], "axis": 1})
    report = make_report(read_functions(layers, [["f", 0, 0], ["f", 0, 2]]))
    assert [tensor.shape for tensor in report.outputs] == [(None, 1, 4), (None, 3, 4)]


@pytest.mark.parametrize(("turned", "shape"), [("transpose_a", (None, 4, 4)), ("transpose_b", (None, 6, 6))])
def test_a_product_with_a_transposed_matrix_swaps_its_axes_first(
    turned: str, shape: tuple[int | None, ...]
) -> None:
    layers = call("linalg.matmul", "x", 0, 0, {"b": ["z", 0, 0], turned: True})
    report = make_report(read_functions(layers, [["f", 0, 0]]))
    assert [row.kind for row in report.layers if row.kind != "InputLayer"] == ["ops.swapaxes", "ops.matmul"]
    assert [tensor.shape for tensor in report.outputs] == [shape]
