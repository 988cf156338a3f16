"""Who looks at whom: attention of all kinds, causal, over some axes, and with tensors handed over by name."""

from typing import Any

import numpy as np
import pytest
from further_layer_cases import ATTENTION
from questions import list_lanes, make_input, report_nodes, trace_film, trace_layer
from real_layers import SAMPLES, find_blocks, make_layer

HEADS = {"num_heads": 2, "key_dim": 2}
GROUPS = {"num_query_heads": 2, "num_key_value_heads": 1, "head_dim": 2}
CAUSAL = {"use_causal_mask": True}


@pytest.mark.filterwarnings("ignore:You are using a softmax")
@pytest.mark.parametrize("case", ATTENTION, ids=lambda case: f"{case.kind} {case.arguments} {case.reads}")
def test_attention_reads_what_the_jacobian_says(case: Any) -> None:
    row, lane = trace_layer(case.kind, case.arguments, *case.shapes, reads=case.reads)
    assert row.status == "builds"
    layer = make_layer(case.kind, case.arguments)
    assert lane.depends == find_blocks(layer, case.shapes, axis_in=1, axis_out=1, reads=case.reads)


@pytest.mark.filterwarnings("ignore:You are using a softmax")
@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        ("Attention", {}),
        ("AdditiveAttention", {}),
        ("MultiHeadAttention", HEADS),
        ("MultiHeadAttention", {**HEADS, "use_gate": True}),
        ("MultiHeadAttention", {**HEADS, "sliding_window": 2}),
        ("GroupQueryAttention", GROUPS),
    ],
)
@pytest.mark.parametrize(
    ("shapes", "reads"),
    [
        (((4, 3),), (0, 0)),
        (((4, 3), (5, 3)), (0, 1)),
        (((5, 3), (3, 3)), (0, 1)),
        (((4, 3), (4, 3)), (0, 1, 0)),
        (((4, 3), (4, 3)), (0, 0, 1)),
        (((1, 3),), (0, 0)),
    ],
)
def test_a_causal_mask_hides_what_is_to_come(
    kind: str, arguments: dict[str, Any], shapes: Any, reads: tuple[int, ...]
) -> None:
    row, lane = trace_layer(kind, arguments, *shapes, reads=reads, call=CAUSAL)
    assert row.status == "builds"
    if lane is None:
        assert "sliding_window" in arguments
        return
    layer = make_layer(kind, arguments)
    assert lane.depends == find_blocks(layer, shapes, axis_in=1, axis_out=1, reads=reads, **CAUSAL)


@pytest.mark.filterwarnings("ignore:You are using a softmax")
@pytest.mark.parametrize("axes", [None, 1, 2, [1], [2], [1, 2]], ids=str)
@pytest.mark.parametrize("shape", [(3, 2, 4), (3, 1, 4), (1, 2, 4)], ids=str)
def test_attention_may_run_over_some_axes_of_images(axes: Any, shape: tuple[int, ...]) -> None:
    arguments = {**HEADS, "attention_axes": axes}
    lane = trace_film("MultiHeadAttention", arguments, shape, times=2).lane
    layer = make_layer("MultiHeadAttention", arguments)
    assert lane.depends == find_blocks(layer, (shape,), axis_in=1, axis_out=1, reads=(0, 0))


@pytest.mark.parametrize("kind", ["Attention", "AdditiveAttention"])
def test_attention_looks_along_the_last_axis_but_the_features(kind: str) -> None:
    lane = trace_film(kind, {}, (3, 2, 4), times=2).lane
    layer = make_layer(kind, {})
    assert lane.depends == find_blocks(layer, ((3, 2, 4),), axis_in=1, axis_out=1, reads=(0, 0))


def attend_by_name(**call: Any) -> Any:
    inputs = [make_input(name, (4, 3), "LSTM") for name in ("query", "other")]
    layer = {
        "kind": "MultiHeadAttention",
        "name": "heads",
        "arguments": HEADS,
        "inbound": ["query", "query", "other"],
        "call": call,
    }
    return list_lanes(report_nodes([*inputs, layer])).get("heads")


def test_a_value_or_a_key_may_be_handed_over_by_name() -> None:
    by_name = attend_by_name(value={"inbound": 1}, key={"inbound": 2})
    assert by_name.depends == attend_by_name().depends == ((0, 1, 2, 3),) * 4


def make_mask(*shape: int) -> dict[str, Any]:
    return {
        "kind": "InputLayer",
        "name": "mask",
        "arguments": {"batch_shape": [None, *shape], "dtype": "bool"},
    }


def attend_with_mask(kind: str, arguments: dict[str, Any], *nodes: dict[str, Any], **call: Any) -> Any:
    """The lane of an attention of `x` to itself; the last of the nodes before it is the tensor at place 2."""
    layer = {"kind": kind, "name": "looks", "arguments": arguments, "call": call}
    layer["inbound"] = ["x", "x", nodes[-1]["name"]]
    return list_lanes(report_nodes([make_input("x", (4, 3), "LSTM"), *nodes, layer])).get("looks")


@pytest.mark.parametrize(
    ("kind", "arguments", "shape", "call"),
    [
        ("MultiHeadAttention", HEADS, (4, 4), lambda mask: {"attention_mask": mask}),
        ("MultiHeadAttention", HEADS, (1, 4), lambda mask: {"attention_mask": mask, **CAUSAL}),
        ("MultiHeadAttention", {**HEADS, "sliding_window": 2}, (4, 4), lambda mask: {"attention_mask": mask}),
        ("MultiHeadAttention", HEADS, (4,), lambda mask: {"value_mask": mask}),
        ("GroupQueryAttention", GROUPS, (4,), lambda mask: {"query_mask": mask}),
        ("Attention", {}, (4,), lambda mask: {"mask": [mask, mask]}),
        ("AdditiveAttention", {}, (4,), lambda mask: {"mask": [mask, mask], **CAUSAL}),
    ],
)
def test_a_mask_of_data_forbids_now_this_now_that(
    kind: str, arguments: dict[str, Any], shape: tuple[int, ...], call: Any
) -> None:
    lane = attend_with_mask(kind, arguments, make_mask(*shape), **call({"inbound": 2}))
    mask = np.random.default_rng(5).random((SAMPLES, *shape)) < 0.6
    # Each step has something to look at: itself, or the first.
    mask |= np.eye(4, dtype=bool) if shape == (4, 4) else np.arange(4) == 0
    real = find_blocks(make_layer(kind, arguments), ((4, 3),), 1, 1, reads=(0, 0), **call(mask))
    assert lane.depends == real


def test_the_padding_of_a_sequence_makes_such_a_mask() -> None:
    tokens = {"kind": "InputLayer", "name": "tokens", "arguments": {"batch_shape": [None, 4]}}
    nodes = [
        {"kind": "ops.not_equal", "name": "data", "arguments": {"x2": 0}, "inbound": ["tokens"]},
        {"kind": "ops.expand_dims", "name": "mask", "arguments": {"axis": 1}, "inbound": ["data"]},
    ]
    lane = attend_with_mask("MultiHeadAttention", HEADS, tokens, *nodes, attention_mask={"inbound": 2})
    assert lane.depends == ((0, 1, 2, 3),) * 4


ONES = {"kind": "ops.ones_like", "name": "ones", "inbound": ["mask"]}
TRIL = {"kind": "ops.tril", "name": "causal", "inbound": ["ones"]}


@pytest.mark.filterwarnings("ignore:You are using a softmax")
@pytest.mark.parametrize(
    ("kind", "arguments"), [("MultiHeadAttention", HEADS), ("GroupQueryAttention", GROUPS)]
)
@pytest.mark.parametrize("further", [{}, CAUSAL], ids=str)
def test_a_mask_of_ones_up_to_the_diagonal_is_causal(
    kind: str, arguments: dict[str, Any], further: dict[str, Any]
) -> None:
    cast = {"kind": "ops.cast", "name": "bool", "arguments": {"dtype": "bool"}, "inbound": ["causal"]}
    call = {"attention_mask": {"inbound": 2}, **further}
    lane = attend_with_mask(kind, arguments, make_mask(4, 4), ONES, TRIL, cast, **call)
    mask = np.tril(np.ones((SAMPLES, 4, 4), bool))
    real = find_blocks(
        make_layer(kind, arguments), ((4, 3),), 1, 1, reads=(0, 0), attention_mask=mask, **further
    )
    assert lane.depends == real == ((0,), (0, 1), (0, 1, 2), (0, 1, 2, 3))


@pytest.mark.parametrize(
    ("shape", "nodes"),
    [
        ((4, 4), [ONES, {**TRIL, "arguments": {"k": 1}}]),
        ((4, 4), [ONES, {**TRIL, "kind": "ops.triu"}]),
        ((4, 4), [{**TRIL, "inbound": ["mask"]}]),
        ((1, 4), [ONES, TRIL]),
    ],
)
def test_any_other_mask_that_is_computed_may_forbid_anything(
    shape: tuple[int, ...], nodes: list[dict[str, Any]]
) -> None:
    lane = attend_with_mask(
        "MultiHeadAttention", HEADS, make_mask(*shape), *nodes, attention_mask={"inbound": 2}
    )
    assert lane is None
