"""Options that seldom stand together, family by family: what is read stays what the Jacobian says."""

from itertools import product
from typing import Any

import pytest
from layer_cases import name_case
from questions import find_timesteps, trace_film, trace_layer
from real_layers import find_blocks, make_layer

FIRST = {"data_format": "channels_first"}
SEQUENCES = {"return_sequences": True}


def combine(**options: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Every combination of the options' values; what is None is left out."""
    return [
        {name: value for name, value in zip(options, values, strict=True) if value is not None}
        for values in product(*options.values())
    ]


def rnn(kind: str, **arguments: Any) -> dict[str, Any]:
    return {"kind": kind, "arguments": {"units": 2, **arguments}}


RECURRENT = [
    (kind, {"units": 2, **options}, (4, 3))
    for kind in ("LSTM", "GRU", "SimpleRNN")
    for options in combine(return_sequences=(None, True), go_backwards=(None, True), unroll=(True,))
] + [
    ("Bidirectional", {"layer": rnn(kind, **options), "merge_mode": mode}, (4, 3))
    for kind in ("LSTM", "GRU")
    for mode in ("ave", None)
    for options in combine(return_sequences=(None, True), return_state=(None, True), unroll=(True,))
]

WINDOWS = [
    ("Conv1D", {"filters": 2, "kernel_size": 3, **options}, (9, 4))
    for options in combine(
        padding=("valid", "same", "causal"),
        dilation_rate=(None, 3),
        groups=(None, 2),
        activation=(None, "relu"),
    )
] + [
    (kind, {"pool_size": 4, "strides": strides, "padding": padding}, (9, 2))
    for kind in ("MaxPooling1D", "AveragePooling1D")
    for strides in (1, 3, 5)
    for padding in ("valid", "same")
]

SPREAD = [
    ("Conv1DTranspose", {"filters": 2, "kernel_size": size, "padding": padding, **moving}, (5, 2))
    for size in (1, 2, 3)
    for padding in ("valid", "same")
    for moving in (
        {"strides": 2, "output_padding": 1},
        {"strides": 3, "output_padding": 1},
    )
]

CHANNELS_FIRST = [
    ("AdaptiveAveragePooling1D", {"output_size": 3, **FIRST}, (2, 7)),
    ("GlobalMaxPooling1D", FIRST, (2, 5)),
    ("GlobalAveragePooling1D", FIRST, (2, 5)),
    ("Flatten", FIRST, (4, 3)),
]

OTHERS = [
    ("EinsumDense", {"equation": "...x,xy->...y", "output_shape": 2}, (4, 3)),
    ("Attention", {"dropout": 0.5, "use_scale": True}, (4, 3), (5, 3)),
    ("BatchNormalization", {"center": False, "scale": False}, (4, 3)),
]

FILMS = [
    (kind, {"filters": 1, "kernel_size": 2, **options}, shape)
    for kind, shape in (("ConvLSTM1D", (3, 5, 2)), ("ConvLSTM2D", (3, 4, 4, 1)))
    for options in (
        {"padding": "same", "strides": 2},
        {"dilation_rate": 2, **SEQUENCES},
        {"go_backwards": True, "return_state": True, **SEQUENCES},
        {"return_state": True},
    )
] + [
    ("Permute", {"dims": [2, 1, 3]}, (4, 2, 3)),
    ("Permute", {"dims": [3, 2, 1]}, (4, 2, 3)),
    ("Reshape", {"target_shape": [4, 6]}, (4, 2, 3)),
    ("Flatten", {}, (4, 2, 3)),
    ("LayerNormalization", {"axis": [1, 3]}, (4, 2, 3)),
    ("LayerNormalization", {"axis": [2, 3]}, (4, 2, 3)),
    ("Softmax", {"axis": 2}, (4, 2, 3)),
    ("BatchNormalization", {"axis": 2}, (4, 2, 3)),
    ("UnitNormalization", {"axis": [1, 2]}, (4, 2, 3)),
    ("Dense", {"units": 2}, (4, 2, 3)),
    ("Conv2D", {"filters": 2, "kernel_size": [3, 1], "dilation_rate": [2, 1]}, (7, 2, 2)),
    ("Conv2D", {"filters": 2, "kernel_size": [3, 1], "strides": 2, "padding": "same"}, (7, 2, 2)),
    ("Conv2DTranspose", {"filters": 2, "kernel_size": 3, "strides": 2}, (3, 2, 2)),
    ("SeparableConv2D", {"filters": 2, "kernel_size": 3, "padding": "same"}, (5, 3, 2)),
    ("DepthwiseConv2D", {"kernel_size": 2, "strides": 2, "padding": "same"}, (5, 3, 2)),
    ("MaxPooling2D", {"pool_size": 2, "strides": 1, "padding": "same"}, (4, 3, 2)),
    ("AveragePooling2D", {"pool_size": 3, "strides": 2, "padding": "same"}, (5, 3, 2)),
    (
        "TimeDistributed",
        {"layer": {"kind": "Conv1D", "arguments": {"filters": 2, "kernel_size": 2}}},
        (4, 3, 2),
    ),
    ("EinsumDense", {"equation": "abcd,de->abce", "output_shape": [4, 2, 2]}, (4, 2, 3)),
    ("EinsumDense", {"equation": "...d,de->...e", "output_shape": 2}, (4, 2, 3)),
]


@pytest.mark.parametrize("case", RECURRENT + WINDOWS + SPREAD + CHANNELS_FIRST + OTHERS, ids=name_case)
def test_a_sequence(case: Any) -> None:
    kind, arguments, *shapes = case
    row, lane = trace_layer(kind, arguments, *shapes)
    assert row.status == "builds", row.problem
    axis_in, axis_out = find_timesteps(row.input_axes), find_timesteps(row.axes)
    if arguments.get("data_format") and kind != "Flatten":
        axis_in, axis_out = 2, 2 if len(row.output_shapes[0]) == 3 else None
    assert lane.depends == find_blocks(make_layer(kind, arguments), shapes, axis_in, axis_out)


@pytest.mark.parametrize("case", FILMS, ids=name_case)
def test_a_film(case: Any) -> None:
    kind, arguments, shape = case
    row, lane = trace_film(kind, arguments, shape)
    axis_in, axis_out = find_timesteps(row.input_axes), find_timesteps(row.axes)
    assert lane.depends == find_blocks(make_layer(kind, arguments), (shape,), axis_in, axis_out)


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("dilation", [2, 3])
def test_a_transposed_convolution_reads_where_a_convolution_writes(
    size: int, padding: str, dilation: int
) -> None:
    # TensorFlow cannot run it dilated on a processor; it is the gradient of one that can be.
    arguments = {"filters": 2, "kernel_size": size, "padding": padding, "dilation_rate": dilation}
    row, lane = trace_layer("Conv1DTranspose", arguments, (5, 2))
    length = row.output_shapes[0][1]
    written = find_blocks(make_layer("Conv1D", arguments), [(length, 2)], 1, 1)
    assert lane.timesteps_out == length
    assert lane.depends == tuple(
        tuple(step for step, places in enumerate(written) if place in places) for place in range(length)
    )
