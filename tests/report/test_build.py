"""A report says of a whole architecture what real Keras says, row by row, and what does not fit."""

import math
import warnings
from typing import Any

import keras
import pytest
from calls import any_call
from eager import build_model, describe_tensor
from hypothesis import given, settings
from hypothesis import strategies as st
from listed_layers import EMBEDDING, MASKING, TOKENS, Layer, build, report

from app.architecture.spec import Architecture
from app.frozen import JsonObject
from app.problems import Problem, UnknownLayer
from app.report.build import make_report
from app.report.model import Report
from app.report.repairing import leave_out_equals

STACKED = build(
    TOKENS,
    MASKING,
    ("LSTM", "first", "embedding", {"units": 3, "return_sequences": True}),
    ("Bidirectional", "second", "first", {"layer": {"kind": "GRU", "arguments": {"units": 2}}}),
    ("BatchNormalization", "norm", "second", {}),
    ("Dense", "answer", "norm", {"units": 1, "activation": "sigmoid"}),
)
BRANCHES = build(
    TOKENS,
    ("InputLayer", "other", "", {"batch_shape": [None, 6], "dtype": "int32"}),
    MASKING,
    ("Embedding", "more", "other", {"input_dim": 5, "output_dim": 2, "mask_zero": True}),
    ("Concatenate", "both", "embedding more", {"axis": 2}),
    ("LSTM", "lstm", "both", {"units": 3}),
    ("GlobalAveragePooling1D", "mean", "embedding", {}),
    ("Concatenate", "join", "lstm mean", {}),
    ("Dense", "answer", "join", {"units": 1}),
)
STATES = build(
    TOKENS,
    EMBEDDING,
    ("LSTM", "lstm", "embedding", {"units": 3, "return_state": True}),
    ("Dense", "dense", "lstm", {"units": 2}),
    outputs=("dense", {"node": "lstm", "output": 1}, {"node": "lstm", "output": 2}),
)


@pytest.mark.parametrize("architecture", [STACKED, BRANCHES, STATES], ids=["stacked", "branches", "states"])
def test_every_row_is_what_the_real_model_has(architecture: Architecture) -> None:
    model, tensors = build_model(architecture)
    made = make_report(architecture)
    assert [row.name for row in made.layers] == [layer.name for layer in model.layers]
    for row, layer in zip(made.layers, model.layers, strict=True):
        outputs = [describe_tensor(tensor) for tensor in tensors[row.name]]
        assert row.status == "builds"
        assert row.output_shapes == tuple(output.shape for output in outputs)
        assert row.output_dtypes == tuple(output.dtype for output in outputs)
        assert row.mask.out == any(output.mask for output in outputs)
        assert row.parameters.total == layer.count_params()
        assert [weight.shape for weight in row.weights] == [weight.shape for weight in layer.weights]
    assert made.totals.parameters == model.count_params()
    assert made.totals.trainable == sum(math.prod(weight.shape) for weight in model.trainable_weights)
    assert [output.shape for output in made.outputs] == [tuple(output.shape) for output in model.outputs]
    assert [tensor.name for tensor in made.inputs] == [tensor.name for tensor in model.inputs]


def test_totals_are_the_sums_of_the_rows() -> None:
    made = make_report(STACKED)
    assert made.totals.parameters == sum(row.parameters.total for row in made.layers)
    assert made.totals.bytes == sum(row.bytes for row in made.layers) == 4 * made.totals.parameters
    assert made.totals.trainable + made.totals.non_trainable == made.totals.parameters


def test_a_report_says_which_keras_was_asked() -> None:
    made = make_report(STACKED)
    assert (made.keras, made.backend) == (keras.__version__, "tensorflow")


@pytest.mark.parametrize("architecture", [STACKED, BRANCHES, STATES], ids=["stacked", "branches", "states"])
def test_a_report_is_its_own_json(architecture: Architecture) -> None:
    # Reports are made without validation; reading one validates it.
    made = make_report(architecture)
    assert Report.model_validate_json(made.model_dump_json()) == made


def test_a_failing_report_is_its_own_json() -> None:
    made = report(
        TOKENS, EMBEDDING, ("LSTM", "lstm", "tokens", {"units": 3}), ("Flatten", "flat", "lstm", {})
    )
    assert Report.model_validate_json(made.model_dump_json()) == made


def test_a_failing_layer_blocks_what_depends_on_it_and_nothing_else() -> None:
    made = report(
        TOKENS,
        EMBEDDING,
        ("LSTM", "fails", "tokens", {"units": 3}),
        ("Dense", "behind", "fails", {"units": 1}),
        ("LSTM", "fits", "embedding", {"units": 3}),
        ("Concatenate", "join", "behind fits", {}),
    )
    assert {row.name: row.status for row in made.layers} == {
        **dict.fromkeys(["tokens", "embedding", "fits"], "builds"),
        **dict.fromkeys(["behind", "join"], "blocked"),
        "fails": "fails",
    }
    assert made.status == "fails"
    assert made.layer("fails").input_shapes == ((None, 6),)
    assert [problem.layer for problem in made.problems] == ["fails"]
    assert made.layer("behind").problem is None


def test_keras_speaks_of_the_layer_by_its_own_name() -> None:
    made = report(TOKENS, ("LSTM", "my_lstm", "tokens", {"units": 3}))
    problem = made.layer("my_lstm").problem
    assert problem is not None
    assert "'my_lstm'" in (problem.keras_message or "")
    assert "the_layer_that" not in made.model_dump_json()


def test_two_layers_that_differ_by_name_alone_get_the_same_answer() -> None:
    rows = [report(TOKENS, ("LSTM", name, "tokens", {"units": 3})).layer(name) for name in ("left", "right")]
    messages = [row.problem.keras_message or "" for row in rows if row.problem]
    assert messages[0].replace("left", "right") == messages[1]


def test_reading_an_output_that_is_not_there_is_a_problem_of_the_reader() -> None:
    made = make_report(
        Architecture.model_validate(
            {
                "nodes": [
                    {"kind": "InputLayer", "name": "x", "arguments": {"batch_shape": [None, 6, 4]}},
                    {"kind": "LSTM", "name": "lstm", "arguments": {"units": 3}, "inbound": ["x"]},
                    {
                        "kind": "Dense",
                        "name": "dense",
                        "arguments": {"units": 1},
                        "inbound": [{"node": "lstm", "output": 1}],
                    },
                ]
            }
        )
    )
    assert [row.status for row in made.layers] == ["builds", "builds", "fails"]


@pytest.mark.parametrize("arguments", [{}, {"batch_shape": "wide"}, {"batch_shape": []}, {"shape": [3]}])
def test_an_input_without_a_batch_shape_is_a_problem(arguments: JsonObject) -> None:
    made = report(("InputLayer", "x", "", arguments), ("Dense", "dense", "x", {"units": 1}))
    assert [row.status for row in made.layers] == ["fails", "blocked"]
    assert made.inputs == made.outputs == ()


def test_a_kind_that_is_not_in_the_catalogue_is_no_architecture() -> None:
    with pytest.raises(UnknownLayer):
        report(TOKENS, ("os.system", "code", "tokens", {}))


def test_what_was_noticed_while_reading_comes_first() -> None:
    note = Problem(code="x", severity="warning", happened="It was read.", expected="This.", fix="That.")
    architecture = build(TOKENS, ("LSTM", "lstm", "tokens", {"units": 3}))
    assert [problem.layer for problem in make_report(architecture, (note,)).problems] == [None, "lstm"]


def test_equal_proposals_are_one_under_the_first_title() -> None:
    one, other = build(TOKENS, EMBEDDING), build(TOKENS, MASKING)
    proposals = [("first", one), ("the same", build(TOKENS, EMBEDDING)), ("other", other)]
    assert list(leave_out_equals(proposals)) == [("first", one), ("other", other)]


def test_repairs_are_rebuilt_before_they_are_shown() -> None:
    stacked = [
        TOKENS,
        EMBEDDING,
        ("LSTM", "first", "embedding", {"units": 3}),
        ("LSTM", "second", "first", {"units": 3}),
    ]
    (problem,) = report(*stacked).problems
    assert 1 <= len(problem.repairs) <= 3
    for repair in problem.repairs:
        repaired = make_report(Architecture.model_validate(repair.architecture))
        assert repaired.status == "builds"
        assert repair.output_shapes == tuple(output.shape for output in repaired.outputs)
        assert repair.code


def test_a_layer_that_leads_to_no_output_stands_at_the_end() -> None:
    made = report(
        TOKENS,
        ("Embedding", "aside", "tokens", {"input_dim": 9, "output_dim": 4}),
        EMBEDDING,
        ("LSTM", "lstm", "embedding", {"units": 3}),
        outputs=("lstm",),
    )
    assert [row.name for row in made.layers] == ["tokens", "embedding", "lstm", "aside"]


@pytest.mark.parametrize("length", [5_000])
def test_a_very_deep_architecture_is_only_long(length: int) -> None:
    layers = [("ReLU", f"layer{index}", f"layer{index - 1}" if index else "x", {}) for index in range(length)]
    made = report(("InputLayer", "x", "", {"batch_shape": [None, 4]}), *layers)
    assert made.status == "builds"
    assert len(made.layers) == length + 1


@st.composite
def random_graphs(draw: st.DrawFn) -> Architecture:
    """Layers of many kinds on sequences of the same shape, joined at random."""
    steps = {"batch_shape": [None, 4, 3]}
    layers: list[Layer] = [
        ("InputLayer", f"input{index}", "", steps) for index in range(draw(st.integers(1, 3)))
    ]
    kinds: list[tuple[str, JsonObject]] = [
        ("LSTM", {"units": 3, "return_sequences": True}),
        ("Dense", {"units": 3}),
        ("Masking", {}),
        ("Softmax", {}),
        ("Conv1D", {"filters": 3, "kernel_size": 2, "padding": "same"}),
    ]
    for index in range(draw(st.integers(1, 8))):
        names = st.sampled_from([name for _, name, _, _ in layers])
        sources = draw(st.lists(names, min_size=1, max_size=3))
        kind, arguments = draw(st.sampled_from(kinds)) if len(sources) == 1 else ("Add", {})
        layers.append((kind, f"layer{index}", " ".join(sources), arguments))
    return build(*layers)


@given(random_graphs())
def test_any_graph_is_what_the_real_model_is(architecture: Architecture) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model, tensors = build_model(architecture)
    made = make_report(architecture)
    assert made.totals.parameters == model.count_params()
    for row in made.layers:
        assert row.mask.out == (describe_tensor(tensors[row.name][0]).mask is not None)
    assert [row.name for row in made.layers] == [layer.name for layer in model.layers]


@settings(max_examples=300)
@given(any_call())
def test_whatever_is_asked_a_report_is_the_answer(call: Any) -> None:
    kind, arguments, specs = call
    inputs = [
        ("InputLayer", f"x{index}", "", {"batch_shape": list(spec.shape)}) for index, spec in enumerate(specs)
    ]
    names = " ".join(name for _, name, _, _ in inputs)
    made = report(
        *inputs,
        (kind, "layer", "" if kind == "InputLayer" else names, arguments),
        ("ReLU", "end", "layer", {}),
    )
    assert (made.status == "fails") == any(problem.severity == "error" for problem in made.problems)
    assert Report.model_validate(made.model_dump()) == made
