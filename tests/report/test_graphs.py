"""Graphs: shared layers, models as layers, operations on tensors and states, as Keras itself builds them."""

from typing import Any

import keras
import pytest
from keras import layers, ops

from app.architecture.spec import Architecture
from app.problems import ArchitectureError
from app.report.build import make_report
from app.report.model import Report

EMBEDDING = {"input_dim": 10, "output_dim": 4, "mask_zero": True}


def tokens(name: str) -> dict[str, Any]:
    return {"kind": "InputLayer", "name": name, "arguments": {"batch_shape": [None, 5], "dtype": "int32"}}


def vectors(name: str, *sizes: int | None) -> dict[str, Any]:
    return {
        "kind": "InputLayer",
        "name": name,
        "arguments": {"batch_shape": [None, *sizes], "dtype": "float32"},
    }


def report(*nodes: dict[str, Any], **more: Any) -> Report:
    return make_report(Architecture.model_validate({"nodes": nodes, **more}))


def test_a_shared_layer_is_one_row_with_two_calls_and_its_weights_are_counted_once() -> None:
    made = report(
        tokens("question"),
        tokens("answer"),
        {"kind": "Embedding", "name": "embedding", "arguments": EMBEDDING, "inbound": ["question"]},
        {
            "kind": "Embedding",
            "name": "again",
            "shares": "embedding",
            "arguments": EMBEDDING,
            "inbound": ["answer"],
        },
        {"kind": "Concatenate", "name": "join", "inbound": ["embedding", "again"]},
    )
    question, answer = (
        keras.Input((5,), dtype="int32", name="question"),
        keras.Input((5,), dtype="int32", name="answer"),
    )
    embedding = layers.Embedding(**EMBEDDING, name="embedding")
    joined = layers.Concatenate(name="join")([embedding(question), embedding(answer)])
    model = keras.Model([question, answer], joined)
    assert [row.name for row in made.layers] == [layer.name for layer in model.layers]
    assert [call.output_shapes for call in made.layer("embedding").calls] == [((None, 5, 4),)]
    assert made.totals.parameters == model.count_params() == 40
    assert [row.name for row in made.rows] == ["question", "answer", "embedding", "again", "join"]


def test_two_equal_layers_are_counted_twice() -> None:
    made = report(
        tokens("question"),
        {"kind": "Embedding", "name": "first", "arguments": EMBEDDING, "inbound": ["question"]},
        {"kind": "Embedding", "name": "second", "arguments": EMBEDDING, "inbound": ["question"]},
    )
    assert made.totals.parameters == 80


def test_a_shared_layer_fails_where_its_weights_do_not_fit_the_second_input() -> None:
    made = report(
        vectors("narrow", 4),
        vectors("wide", 5),
        {"kind": "Dense", "name": "dense", "arguments": {"units": 3}, "inbound": ["narrow"]},
        {"kind": "Dense", "name": "again", "shares": "dense", "arguments": {"units": 3}, "inbound": ["wide"]},
    )
    dense = layers.Dense(3)
    dense(keras.Input((4,)))
    with pytest.raises(ValueError, match="expected axis -1 of input shape to have value 4"):
        dense(keras.Input((5,)))
    assert made.layer("dense").status == "builds"
    assert made.layer("again").status == "fails"
    assert "value 4" in (made.layer("again").problem.keras_message or "")


def test_the_first_call_makes_the_weights_wherever_a_model_lists_it() -> None:
    nodes = [
        vectors("wide", 5),
        {"kind": "Dense", "name": "again", "shares": "dense", "arguments": {"units": 3}, "inbound": ["wide"]},
        {"kind": "Dense", "name": "deep", "arguments": {"units": 3}, "inbound": ["again"]},
        vectors("narrow", 4),
        {"kind": "Dense", "name": "dense", "arguments": {"units": 3}, "inbound": ["narrow"]},
        {"kind": "Add", "name": "add", "inbound": ["deep", "dense"]},
    ]
    made = report(*nodes)
    statuses = {row.name: row.status for row in made.rows if row.name in ("dense", "again")}
    assert statuses == {"dense": "builds", "again": "fails"}
    fitting = [vectors("wide", 4), *nodes[1:]]
    assert report(*fitting).status == "builds"
    inner = {"kind": "Functional", "name": "inner", "inbound": ["a", "b"], "model": {"nodes": fitting}}
    assert report(vectors("a", 4), vectors("b", 4), inner).totals.parameters == 15 + 12


def test_the_states_of_an_encoder_start_its_decoder() -> None:
    lstm = {"units": 3, "return_state": True}
    made = report(
        vectors("encoder_in", None, 4),
        vectors("decoder_in", None, 6),
        {"kind": "LSTM", "name": "encoder", "arguments": lstm, "inbound": ["encoder_in"]},
        {
            "kind": "LSTM",
            "name": "decoder",
            "arguments": {"units": 3, "return_sequences": True},
            "inbound": ["decoder_in", {"node": "encoder", "output": 1}, {"node": "encoder", "output": 2}],
            "call": {"initial_state": [{"inbound": 1}, {"inbound": 2}]},
        },
    )
    assert made.layer("decoder").status == "builds"
    assert made.layer("decoder").output_shapes == ((None, None, 3),)
    assert made.layer("decoder").inbound == ("decoder_in", "encoder", "encoder")


@pytest.mark.parametrize(
    ("kind", "arguments", "asked"),
    [
        ("ops.multiply", {"x2": 2.0}, lambda x: x * 2.0),
        ("ops.subtract", {"x1": 1.0}, lambda x: 1.0 - x),
        ("ops.get_item", {"key": ":, -1"}, lambda x: x[:, -1]),
        ("ops.get_item", {"key": ":, ::2, None"}, lambda x: x[:, ::2, None]),
        ("ops.get_item", {"key": "..., 0"}, lambda x: x[..., 0]),
        ("ops.mean", {"axis": 1}, lambda x: ops.mean(x, axis=1)),
        ("ops.expand_dims", {"axis": 1}, lambda x: ops.expand_dims(x, 1)),
        ("ops.reshape", {"newshape": [-1, 24]}, lambda x: ops.reshape(x, (-1, 24))),
        ("ops.transpose", {"axes": [0, 2, 1]}, lambda x: ops.transpose(x, (0, 2, 1))),
        ("ops.cast", {"dtype": "float16"}, lambda x: ops.cast(x, "float16")),
        ("ops.einsum", {"subscripts": "btf->bf"}, lambda x: ops.einsum("btf->bf", x)),
        ("ops.take", {"indices": [0, 2], "axis": 1}, lambda x: ops.take(x, [0, 2], axis=1)),
    ],
)
def test_an_operation_gives_what_keras_gives(kind: str, arguments: dict[str, Any], asked: Any) -> None:
    made = report(
        vectors("x", 6, 4), {"kind": kind, "name": "result", "arguments": arguments, "inbound": ["x"]}
    )
    expected = asked(keras.Input((6, 4)))
    row = made.layer("result")
    assert (row.output_shapes, row.output_dtypes) == ((tuple(expected.shape),), (expected.dtype,))


def test_an_operation_loses_the_mask_without_a_word() -> None:
    made = report(
        tokens("x"),
        {"kind": "Embedding", "name": "embedding", "arguments": EMBEDDING, "inbound": ["x"]},
        {"kind": "ops.add", "name": "double", "inbound": ["embedding", "embedding"]},
    )
    assert made.layer("double").mask.fate == "dropped_silently"
    assert [problem.code for problem in made.problems] == ["mask-dropped-silently"]


@pytest.mark.parametrize("arguments", [{"axis": "first"}, {"axes": 1}])
def test_an_operation_with_a_wrong_argument_is_a_problem(arguments: dict[str, Any]) -> None:
    made = report(
        vectors("x", 6), {"kind": "ops.sum", "name": "sum", "arguments": arguments, "inbound": ["x"]}
    )
    assert made.layer("sum").problem.code == "invalid-argument"


INNER = {
    "nodes": [
        vectors("inner_in", None, 4),
        {"kind": "LSTM", "name": "lstm", "arguments": {"units": 3}, "inbound": ["inner_in"]},
    ]
}


def test_a_model_inside_a_model_is_a_row_with_rows_of_its_own() -> None:
    made = report(
        vectors("x", 5, 4), {"kind": "Sequential", "name": "inner", "inbound": ["x"], "model": INNER}
    )
    inner = made.layer("inner")
    model = keras.Sequential([keras.Input((None, 4)), layers.LSTM(3)])
    assert inner.output_shapes == ((None, 3),)
    assert inner.parameters.total == made.totals.parameters == model.count_params()
    assert [(row.name, row.output_shapes) for row in inner.layers] == [
        ("inner_in", ((None, 5, 4),)),
        ("lstm", ((None, 3),)),
    ]
    assert inner.origins == ("batch", "units of lstm")


def test_what_fails_inside_a_model_is_told_of_it() -> None:
    flat = {
        "nodes": [
            vectors("inner_in", 4),
            {"kind": "LSTM", "name": "lstm", "arguments": {"units": 3}, "inbound": ["inner_in"]},
        ]
    }
    made = report(vectors("x", 4), {"kind": "Sequential", "name": "inner", "inbound": ["x"], "model": flat})
    problem = made.layer("inner").problem
    assert problem is not None
    assert problem.code == "missing-timesteps"
    assert problem.happened.startswith("Inside inner: ")


def test_a_whole_model_can_be_applied_to_every_timestep() -> None:
    small = {
        "nodes": [
            vectors("frame", 4),
            {"kind": "Dense", "name": "dense", "arguments": {"units": 9}, "inbound": ["frame"]},
        ]
    }
    wrapper = {"layer": {"kind": "Sequential", "model": small}}
    made = report(
        vectors("x", 5, 4),
        {"kind": "TimeDistributed", "name": "each", "arguments": wrapper, "inbound": ["x"]},
    )
    model = keras.Sequential([keras.Input((4,)), layers.Dense(9)])
    assert made.layer("each").output_shapes == (
        tuple(layers.TimeDistributed(model)(keras.Input((5, 4))).shape),
    )


def test_a_declared_shape_lets_the_rest_of_the_model_be_computed() -> None:
    made = report(
        vectors("x", 5, 4),
        {
            "kind": "Opaque",
            "name": "mine",
            "arguments": {"class_name": "Mine", "output_shape": [None, 7]},
            "inbound": ["x"],
        },
        {"kind": "Dense", "name": "dense", "arguments": {"units": 2}, "inbound": ["mine"]},
    )
    assert made.status == "builds"
    assert made.layer("dense").parameters.total == 7 * 2 + 2


def test_a_layer_of_ones_own_blocks_the_rest_until_its_shape_is_declared() -> None:
    made = report(
        vectors("x", 5, 4),
        {"kind": "Opaque", "name": "mine", "arguments": {"class_name": "Mine"}, "inbound": ["x"]},
        {"kind": "Dense", "name": "dense", "arguments": {"units": 2}, "inbound": ["mine"]},
    )
    assert [row.status for row in made.layers] == ["builds", "fails", "blocked"]
    assert made.layer("mine").problem.code == "opaque-layer"


@pytest.mark.parametrize(
    ("node", "words"),
    [
        ({"kind": "Dense", "name": "d", "shares": "nobody", "inbound": ["x"]}, "no layer of its own"),
        ({"kind": "Dense", "name": "d", "call": {"mask": {"inbound": 3}}, "inbound": ["x"]}, "there are 1"),
        ({"kind": "Dense", "name": "d", "call": {"mask": {"inbound": 0}}, "inbound": ["x"]}, "has no input"),
        ({"kind": "Sequential", "name": "d", "inbound": ["x"]}, "hold a `model`"),
    ],
)
def test_a_graph_that_does_not_hold_together_is_refused(node: dict[str, Any], words: str) -> None:
    with pytest.raises(ArchitectureError, match=words):
        Architecture.model_validate({"nodes": [vectors("x", 4), node]})
