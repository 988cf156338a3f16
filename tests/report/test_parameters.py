"""The formula beside a count gives exactly that count, for every kind and every option that changes it."""

import ast
import itertools
import operator
from math import prod
from typing import Any

import pytest
from keras_layers import call_layer, make_node

from app.frozen import Shape
from app.report.model import Parameters, Weight
from app.report.parameters import count_parameters

OPERATORS = {ast.Add: operator.add, ast.Mult: operator.mul, ast.Div: operator.truediv}

SEQUENCE = (None, 8, 6)
IMAGE = (None, 9, 9, 4)


def evaluate(formula: str) -> float:
    """Integers, +, ·, / and brackets; anything else is no formula."""

    def value(node: ast.AST) -> float:
        match node:
            case ast.Expression(body):
                return value(body)
            case ast.Constant(int(number)):
                return number
            case ast.BinOp(left, sign, right):
                return OPERATORS[type(sign)](value(left), value(right))
        raise AssertionError(f"{formula!r} is no plain arithmetic")

    return value(ast.parse(formula.replace("·", "*"), mode="eval"))


def count(kind: str, shape: Shape, **arguments: Any) -> tuple[Parameters, tuple[Weight, ...]]:
    called = call_layer(make_node(kind, **arguments), shape)
    assert called.error is None, called.error
    return count_parameters(called.node, called.input_shapes, called.weights), called.weights


def wrap(kind: str, **arguments: Any) -> dict[str, Any]:
    return {"kind": kind, "arguments": arguments}


@pytest.mark.parametrize(
    ("kind", "shape", "arguments", "formula"),
    [
        ("LSTM", (None, 3, 50), {"units": 100}, "4·((50 + 100)·100 + 100)"),
        ("LSTM", SEQUENCE, {"units": 4, "use_bias": False}, "4·(6 + 4)·4"),
        ("GRU", (None, 5, 3), {"units": 4}, "3·((3 + 4)·4 + 2·4)"),
        ("GRU", (None, 5, 3), {"units": 4, "reset_after": False}, "3·((3 + 4)·4 + 4)"),
        ("SimpleRNN", SEQUENCE, {"units": 4}, "(6 + 4)·4 + 4"),
        ("Bidirectional", SEQUENCE, {"layer": wrap("LSTM", units=4)}, "2·4·((6 + 4)·4 + 4)"),
        ("TimeDistributed", SEQUENCE, {"layer": wrap("Dense", units=5)}, "6·5 + 5"),
        ("Dense", (None, 100), {"units": 1}, "100·1 + 1"),
        ("Dense", (None, 100), {"units": 2, "use_bias": False}, "100·2"),
        ("Embedding", (None, 3), {"input_dim": 3, "output_dim": 50}, "3·50"),
        ("Conv1D", SEQUENCE, {"filters": 16, "kernel_size": 3}, "3·6·16 + 16"),
        ("Conv1D", SEQUENCE, {"filters": 4, "kernel_size": [3], "groups": 2}, "3·(6 / 2)·4 + 4"),
        ("BatchNormalization", SEQUENCE, {}, "4·6"),
        ("BatchNormalization", SEQUENCE, {"scale": False}, "3·6"),
        ("LayerNormalization", SEQUENCE, {"axis": [1, 2]}, "2·48"),
        ("Dropout", SEQUENCE, {"rate": 0.5}, "0"),
        ("Conv2D", IMAGE, {"filters": 8, "kernel_size": 3}, "3·3·4·8 + 8"),
        ("Conv2D", IMAGE, {"filters": 8, "kernel_size": [3, 2], "groups": 2}, "3·2·(4 / 2)·8 + 8"),
        ("Conv2DTranspose", IMAGE, {"filters": 8, "kernel_size": 3, "use_bias": False}, "3·3·4·8"),
        ("Conv3D", (None, 5, 6, 7, 2), {"filters": 3, "kernel_size": 2}, "2·2·2·2·3 + 3"),
        ("DepthwiseConv2D", IMAGE, {"kernel_size": 3}, "3·3·4·1 + 4·1"),
        ("DepthwiseConv1D", SEQUENCE, {"kernel_size": 3, "depth_multiplier": 2}, "3·6·2 + 6·2"),
        ("SeparableConv2D", IMAGE, {"filters": 8, "kernel_size": 3}, "3·3·4·1 + 4·1·8 + 8"),
        (
            "ConvLSTM2D",
            (None, 5, 8, 8, 3),
            {"filters": 4, "kernel_size": 3},
            "4·(3·3·(3 + 4)·4 + 4)",
        ),
        ("GroupNormalization", IMAGE, {"groups": 2}, "2·4"),
        ("RMSNormalization", SEQUENCE, {}, "1·6"),
        ("RNN", SEQUENCE, {"cell": wrap("GRUCell", units=4)}, "3·((6 + 4)·4 + 2·4)"),
        (
            "RNN",
            SEQUENCE,
            {"cell": [wrap("LSTMCell", units=4), wrap("SimpleRNNCell", units=3)]},
            "4·((6 + 4)·4 + 4) + (4 + 3)·3 + 3",
        ),
        ("SpectralNormalization", SEQUENCE, {"layer": wrap("Dense", units=5)}, "6·5 + 5 + 5"),
        (
            "SpectralNormalization",
            IMAGE,
            {"layer": wrap("Conv2D", filters=8, kernel_size=3)},
            "3·3·4·8 + 8 + 8",
        ),
    ],
)
def test_the_formula_is_the_one_of_the_textbook(
    kind: str, shape: Shape, arguments: dict[str, Any], formula: str
) -> None:
    parameters, weights = count(kind, shape, **arguments)
    assert parameters.formula == formula
    assert evaluate(formula) == parameters.total == sum(prod(weight.shape) for weight in weights)


@pytest.mark.parametrize(
    ("kind", "shapes", "arguments", "formula"),
    [
        ("MultiHeadAttention", [SEQUENCE] * 2, {"num_heads": 2, "key_dim": 3}, "3·(6·2·3 + 2·3) + 2·3·6 + 6"),
        (
            "MultiHeadAttention",
            [SEQUENCE, (None, 5, 7)],
            {"num_heads": 2, "key_dim": 3, "use_bias": False},
            "6·2·3 + 2·7·2·3 + 2·3·6",
        ),
        (
            "MultiHeadAttention",
            [SEQUENCE] * 2,
            {"num_heads": 2, "key_dim": 3, "value_dim": 4, "use_gate": True},
            "2·(6·2·3 + 2·3) + 2·(6·2·4 + 2·4) + 2·4·6 + 6",
        ),
        (
            "MultiHeadAttention",
            [SEQUENCE] * 3,
            {"num_heads": 2, "key_dim": 3, "output_shape": [5, 2]},
            "3·(6·2·3 + 2·3) + 2·3·5·2 + 5·2",
        ),
        (
            "GroupQueryAttention",
            [SEQUENCE] * 2,
            {"head_dim": 3, "num_query_heads": 4, "num_key_value_heads": 2},
            "6·4·3 + 4·3 + 2·(6·2·3 + 2·3) + 4·3·6 + 6",
        ),
    ],
)
def test_attention_projects_each_input_to_its_heads_and_back(
    kind: str, shapes: list[Shape], arguments: dict[str, Any], formula: str
) -> None:
    called = call_layer(make_node(kind, **arguments), *shapes)
    parameters = count_parameters(called.node, called.input_shapes, called.weights)
    assert parameters.formula == formula
    assert evaluate(formula) == parameters.total == sum(prod(weight.shape) for weight in called.weights)


OPTIONS = {
    "LSTM": {"use_bias": [True, False], "trainable": [True, False]},
    "GRU": {"use_bias": [True, False], "reset_after": [True, False]},
    "SimpleRNN": {"use_bias": [True, False]},
    "Dense": {"use_bias": [True, False], "trainable": [True, False]},
    "Conv1D": {"use_bias": [True, False], "groups": [1, 3], "dilation_rate": [1, 2]},
    "BatchNormalization": {"scale": [True, False], "center": [True, False], "axis": [-1, 1, 2]},
    "LayerNormalization": {"scale": [True, False], "center": [True, False], "axis": [-1, 1, [1, 2]]},
}
GIVEN = {
    "LSTM": {"units": 5},
    "GRU": {"units": 5},
    "SimpleRNN": {"units": 5},
    "Dense": {"units": 5},
    "Conv1D": {"filters": 9, "kernel_size": 3},
}
CASES = [
    (kind, dict(zip(options, values, strict=True)))
    for kind, options in OPTIONS.items()
    for values in itertools.product(*options.values())
]


@pytest.mark.parametrize(("kind", "options"), CASES)
def test_the_formula_gives_the_total_with_every_option(kind: str, options: dict[str, Any]) -> None:
    parameters, weights = count(kind, SEQUENCE, **GIVEN.get(kind, {}), **options)
    assert evaluate(parameters.formula) == parameters.total == sum(prod(weight.shape) for weight in weights)
    assert parameters.trainable == sum(prod(weight.shape) for weight in weights if weight.trainable)


@pytest.mark.parametrize("inner", [case for case in CASES if case[0] in ("LSTM", "GRU", "SimpleRNN")])
@pytest.mark.parametrize("wrapper", ["Bidirectional", "TimeDistributed"])
def test_the_formula_of_a_wrapped_layer_gives_the_total(
    wrapper: str, inner: tuple[str, dict[str, Any]]
) -> None:
    kind, options = inner
    shape = SEQUENCE if wrapper == "Bidirectional" else (None, 4, 8, 6)
    parameters, _ = count(wrapper, shape, layer=wrap(kind, **GIVEN[kind], **options))
    assert evaluate(parameters.formula) == parameters.total


def test_half_of_a_batch_normalization_is_not_trained() -> None:
    parameters, _ = count("BatchNormalization", SEQUENCE)
    assert (parameters.total, parameters.trainable) == (24, 12)


def test_two_different_directions_fall_back_to_the_sizes_of_their_weights() -> None:
    backward = wrap("LSTM", units=2, go_backwards=True)
    parameters, _ = count("Bidirectional", SEQUENCE, layer=wrap("LSTM", units=4), backward_layer=backward)
    assert parameters.formula == "6·16 + 4·16 + 16 + 6·8 + 2·8 + 8"
    assert evaluate(parameters.formula) == parameters.total


def test_a_kind_without_a_rule_falls_back_too() -> None:
    parameters, _ = count("PReLU", SEQUENCE)
    assert (parameters.total, parameters.formula) == (48, "8·6")
