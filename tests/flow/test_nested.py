"""Models used as layers: one lane, in which the end sees of the start what the real model sees."""

from typing import Any

import numpy as np
import pytest
from questions import list_lanes, make_input, report_nodes
from real_layers import SAMPLES, find_blocks

from app.architecture import Architecture
from app.report.layers import make_layer

SEQUENCES = {"units": 2, "return_sequences": True}


def node(kind: str, name: str, *inbound: str, **arguments: Any) -> dict[str, Any]:
    made = {"kind": kind, "name": name, "arguments": arguments, "inbound": list(inbound)}
    if not kind.startswith("ops."):
        arguments.setdefault("dtype", "float64")
    return made


def model(*shape: int | None, **nodes: Any) -> dict[str, Any]:
    """A model behind an input `x`. Each node by name: kind, inbound, arguments, keywords of the call."""
    made = [make_input("x", shape, "LSTM")]
    for name, (kind, inbound, arguments, *call) in nodes.items():
        made.append({**node(kind, name, *inbound, **arguments), "call": call[0] if call else {}})
    return {"nodes": made}


CAUSAL = {"filters": 2, "kernel_size": 2, "padding": "causal"}

MODELS = {
    "one walk": model(5, 2, walk=("LSTM", ["x"], SEQUENCES)),
    "each step by itself": model(5, 2, dense=("Dense", ["x"], {"units": 3}), relu=("ReLU", ["dense"], {})),
    "a residual block": model(
        9,
        2,
        first=("Conv1D", ["x"], CAUSAL),
        second=("Conv1D", ["first"], {**CAUSAL, "dilation_rate": 2}),
        sum=("Add", ["x", "second"], {}),
    ),
    "the other way round": model(
        6,
        2,
        late=("Conv1D", ["x"], CAUSAL),
        sum=("ops.add", ["late", "x"], {}),
        relu=("ops.relu", ["sum"], {}),
    ),
    "two branches side by side": model(
        5,
        2,
        there=("GRU", ["x"], SEQUENCES),
        back=("GRU", ["x"], {**SEQUENCES, "go_backwards": True}),
        turned=("ops.flip", ["back"], {"axis": 1}),
        both=("Concatenate", ["there", "turned"], {}),
        late=("Cropping1D", ["both"], {"cropping": [3, 0]}),
    ),
    "an encoder": model(5, 2, walk=("LSTM", ["x"], {"units": 2}), dense=("Dense", ["walk"], {"units": 3})),
    "an autoencoder": model(
        4,
        2,
        cut=("Cropping1D", ["x"], {"cropping": [1, 0]}),
        walk=("LSTM", ["cut"], {"units": 2}),
        dense=("Dense", ["walk"], {"units": 3}),
        repeat=("RepeatVector", ["dense"], {"n": 3}),
        back=("LSTM", ["repeat"], SEQUENCES),
    ),
    "the last step": model(
        5, 2, walk=("Conv1D", ["x"], CAUSAL), last=("ops.get_item", ["walk"], {"key": ":, -1"})
    ),
    "pooled": model(
        8,
        2,
        pool=("MaxPooling1D", ["x"], {}),
        turn=("Permute", ["pool"], {"dims": [2, 1]}),
        flat=("Flatten", ["turn"], {}),
    ),
    "a causal transformer": model(
        4,
        2,
        heads=("MultiHeadAttention", ["x", "x"], {"num_heads": 1, "key_dim": 2}, {"use_causal_mask": True}),
        sum=("Add", ["x", "heads"], {}),
        normal=("LayerNormalization", ["sum"], {}),
        wide=("Dense", ["normal"], {"units": 4, "activation": "relu"}),
        narrow=("Dense", ["wide"], {"units": 2}),
        out=("ops.add", ["narrow", "normal"], {}),
    ),
    "gated convolutions": model(
        9,
        2,
        filter=("Conv1D", ["x"], {**CAUSAL, "activation": "tanh"}),
        gate=("Conv1D", ["x"], {**CAUSAL, "dilation_rate": 3, "activation": "sigmoid"}),
        gated=("Multiply", ["filter", "gate"], {}),
        halves=("AveragePooling1D", ["gated"], {"pool_size": 2}),
        twice=("UpSampling1D", ["halves"], {"size": 2}),
    ),
    "weights over time": model(
        5,
        2,
        walk=("GRU", ["x"], {**SEQUENCES, "go_backwards": True}),
        scores=("Dense", ["walk"], {"units": 1}),
        weights=("Softmax", ["scores"], {"axis": 1}),
        weighted=("ops.multiply", ["walk", "weights"], {}),
        sum=("ops.sum", ["weighted"], {"axis": 1}),
    ),
    "an encoder whose states a decoder begins with": model(
        4,
        2,
        encoder=("LSTM", ["x"], {"units": 2, "return_state": True}),
        late=("Cropping1D", ["x"], {"cropping": [3, 0]}),
        decoder=(
            "LSTM",
            ["late", {"node": "encoder", "output": 1}, {"node": "encoder", "output": 2}],
            SEQUENCES,
            {"initial_state": [{"inbound": 1}, {"inbound": 2}]},
        ),
    ),
    "a state that says nothing": model(
        4,
        2,
        walk=("SimpleRNN", ["x"], {"units": 1, "return_state": True}),
        late=("Cropping1D", ["x"], {"cropping": [3, 0]}),
        constant=(
            "SimpleRNN",
            ["late", {"node": "walk", "output": 1}],
            {"units": 1, "activation": "softmax", "return_sequences": True},
            {"initial_state": {"inbound": 1}},
        ),
    ),
    "a last state": model(
        4,
        2,
        walk=("GRU", ["x"], {**SEQUENCES, "return_state": True}),
        dense=("Dense", [{"node": "walk", "output": 1}], {"units": 3}),
    ),
    "one after the other": model(
        4,
        2,
        early=("Conv1D", ["x"], CAUSAL),
        late=("Cropping1D", ["x"], {"cropping": [1, 1]}),
        after=("Concatenate", ["early", "late"], {"axis": 1}),
        thrice=("Concatenate", ["late", "after", "early"], {"axis": 1}),
    ),
    "attention to itself": model(
        4,
        2,
        heads=("MultiHeadAttention", ["x", "x"], {"num_heads": 1, "key_dim": 2}),
        sum=("Add", ["x", "heads"], {}),
        normal=("LayerNormalization", ["sum"], {}),
    ),
}


@pytest.mark.filterwarnings("ignore:You are using a softmax")
@pytest.mark.parametrize("inner", MODELS.values(), ids=MODELS)
def test_a_model_as_a_layer_reads_what_its_jacobian_says(inner: dict[str, Any]) -> None:
    shape = tuple(inner["nodes"][0]["arguments"]["batch_shape"][1:])
    layer = {"kind": "Functional", "name": "inner", "inbound": ["data"], "model": inner}
    report = report_nodes([make_input("data", shape, "LSTM"), layer])
    row, lane = report.layer("inner"), list_lanes(report)["inner"]
    real = make_layer("Functional", {}, Architecture.model_validate(inner), "inner")
    axis_out = row.axes[0].index("timesteps") if "timesteps" in row.axes[0] else None
    assert lane.depends == find_blocks(real, (shape,), 1, axis_out)
    assert lane.timesteps_in == shape[0]
    assert lane.timesteps_out == (1 if axis_out is None else row.output_shapes[0][axis_out])


@pytest.mark.parametrize("name", ["one walk", "each step by itself", "the last step", "pooled"])
def test_one_lane_says_what_the_lanes_inside_say_together(name: str) -> None:
    inner = MODELS[name]
    first, *others = inner["nodes"]
    apart = list_lanes(report_nodes([first, *others]))
    layer = {"kind": "Functional", "name": "inner", "inbound": ["x"], "model": inner}
    whole = list_lanes(report_nodes([first, layer]))["inner"]
    seen = [{step} for step in whole.steps_out]
    for lane in reversed(list(apart.values())):
        seen = [{step for reached in steps for step in lane.depends[reached]} for steps in seen]
    assert whole.depends == tuple(tuple(sorted(steps)) for steps in seen)


def test_a_model_called_again_has_a_lane_again() -> None:
    inner = MODELS["one walk"]
    called = {"kind": "Sequential", "model": inner}
    lanes = list_lanes(
        report_nodes(
            [
                make_input("question", (5, 2), "LSTM"),
                make_input("answer", (5, 2), "LSTM"),
                {**called, "name": "first", "inbound": ["question"]},
                {**called, "name": "again", "shares": "first", "inbound": ["answer"]},
            ]
        )
    )
    assert (
        lanes["again"].depends == lanes["first"].depends == tuple(tuple(range(step + 1)) for step in range(5))
    )
    assert lanes["again"].inbound == ("answer",)


def test_an_open_length_is_drawn_as_the_model_can_run() -> None:
    inner = model(None, 2, conv=("Conv1D", ["x"], {"filters": 2, "kernel_size": 12}))
    layer = {"kind": "Functional", "name": "inner", "inbound": ["data"], "model": inner}
    lanes = list_lanes(report_nodes([make_input("data", (None, 2), "LSTM"), layer]), timesteps=8)
    assert (lanes["inner"].timesteps_in, lanes["inner"].timesteps_out) == (12, 1)
    assert lanes["inner"].symbolic


def test_a_model_with_a_layer_that_has_no_rule_has_no_lane() -> None:
    inner = model(5, 2, bins=("Discretization", ["x"], {"bin_boundaries": [0.0], "dtype": "int32"}))
    layer = {"kind": "Functional", "name": "inner", "inbound": ["data"], "model": inner}
    assert "inner" not in list_lanes(report_nodes([make_input("data", (5, 2), "LSTM"), layer]))


def test_models_stand_inside_models() -> None:
    inner = {"kind": "Functional", "name": "block", "inbound": ["x"], "model": MODELS["a residual block"]}
    late = node("Conv1D", "late", "block", **CAUSAL)
    outer = {"nodes": [make_input("x", (9, 2), "LSTM"), inner, late]}
    layer = {"kind": "Functional", "name": "outer", "inbound": ["data"], "model": outer}
    lane = list_lanes(report_nodes([make_input("data", (9, 2), "LSTM"), layer]))["outer"]
    real = make_layer("Functional", {}, Architecture.model_validate(outer), "outer")
    assert lane.depends == find_blocks(real, ((9, 2),), 1, 1)


@pytest.mark.parametrize("kind", ["LSTM", "GRU", "SimpleRNN"])
@pytest.mark.parametrize("sequences", [True, False])
def test_a_state_that_is_given_changes_nothing_of_what_is_read(kind: str, sequences: bool) -> None:
    arguments = {"units": 2, "return_sequences": sequences}
    states = ["h", "c"] if kind == "LSTM" else ["h"]
    given = [{"inbound": place} for place, _ in enumerate(states, 1)]
    layer = node(kind, "decoder", "x", *states, **arguments)
    layer["call"] = {"initial_state": given if kind == "LSTM" else given[0]}
    inputs = [make_input("x", (4, 3), kind), *(make_input(name, (2,), kind) for name in states)]
    report = report_nodes([*inputs, layer])
    lane = list_lanes(report)["decoder"]
    real = make_layer(kind, {"dtype": "float64", **arguments}, None, "decoder")
    state = [np.full((SAMPLES, 2), 0.3) for _ in states]
    blocks = find_blocks(
        real, ((4, 3),), 1, 1 if sequences else None, initial_state=state if kind == "LSTM" else state[0]
    )
    assert lane.depends == blocks
