"""Layers for the comparison with real Jacobians: kind, arguments, and the shapes without the batch."""

from typing import Any

from further_layer_cases import SEQUENCES as MORE_SEQUENCES

from app.architecture.catalogue import KINDS

SEQUENCES = {"return_sequences": True}
BACKWARDS = {"go_backwards": True}
STATE = {"return_state": True}


def rnn(kind: str = "SimpleRNN", **arguments: Any) -> dict[str, Any]:
    return {"kind": kind, "arguments": {"units": 2, **arguments}}


def around(kind: str, **arguments: Any) -> dict[str, Any]:
    return {"layer": {"kind": kind, "arguments": arguments}}


RECURRENT = [
    (kind, {"units": 2, **sequences, **backwards, **state}, (5, 3))
    for kind in ("LSTM", "GRU", "SimpleRNN")
    for sequences in ({}, SEQUENCES)
    for backwards in ({}, BACKWARDS)
    for state in ({}, STATE)
] + [
    ("LSTM", {"units": 1, **SEQUENCES, "use_bias": False, "unroll": True}, (4, 1)),
    ("LSTM", {"units": 2, **SEQUENCES, "activation": "relu", "recurrent_activation": "relu"}, (4, 3)),
    ("GRU", {"units": 2, **SEQUENCES, "reset_after": False}, (4, 3)),
    ("GRU", {"units": 3, **SEQUENCES, "dropout": 0.5, "recurrent_dropout": 0.5}, (4, 3)),
    ("SimpleRNN", {"units": 2, **SEQUENCES, "activation": "relu"}, (4, 3)),
    ("SimpleRNN", {"units": 2, **SEQUENCES}, (1, 3)),
    ("SimpleRNN", {"units": 2, **SEQUENCES, "activation": "softmax"}, (4, 3)),
    ("SimpleRNN", {"units": 1, **SEQUENCES, "activation": "softmax"}, (4, 3)),
    ("GRU", {"units": 1, **SEQUENCES, "activation": "softmax"}, (4, 3)),
]

BIDIRECTIONAL = [
    ("Bidirectional", {"layer": rnn(**sequences), "merge_mode": mode}, (4, 3))
    for mode in ("concat", "sum", "mul", "ave", None)
    for sequences in ({}, SEQUENCES)
] + [
    ("Bidirectional", {"layer": rnn("LSTM", **SEQUENCES)}, (4, 3)),
    ("Bidirectional", {"layer": rnn("GRU", **SEQUENCES, **STATE)}, (4, 3)),
    ("Bidirectional", {"layer": rnn("LSTM", **STATE)}, (4, 3)),
]

# Keras makes the backward layer itself, unless it is given one; and the forward one may walk from the end.
BOTH_GIVEN = [
    ("Bidirectional", {"layer": forward, "backward_layer": backward, "merge_mode": mode}, (4, 3))
    for forward, backward in (
        (rnn(**SEQUENCES), rnn("GRU", **SEQUENCES, **BACKWARDS)),
        (rnn(**SEQUENCES, **BACKWARDS), rnn(**SEQUENCES)),
    )
    for mode in ("concat", None)
]

PER_STEP = [
    ("Dense", {"units": 2}, (4, 3)),
    ("Dense", {"units": 2, "activation": "relu"}, (4, 3)),
    ("Dense", {"units": 2, "activation": "softmax"}, (4, 3)),
    ("Dense", {"units": 1, "activation": "softmax"}, (4, 3)),
    ("Dense", {"units": 1, "activation": "sigmoid"}, (4, 3)),
    ("Dropout", {"rate": 0.5}, (4, 3)),
    ("SpatialDropout1D", {"rate": 0.5}, (4, 3)),
    ("BatchNormalization", {}, (4, 3)),
    ("BatchNormalization", {"axis": 1}, (4, 3)),
    ("LayerNormalization", {}, (4, 3)),
    ("LayerNormalization", {"axis": 1}, (4, 3)),
    ("LayerNormalization", {"axis": [1, 2]}, (4, 3)),
    ("LayerNormalization", {"axis": [-2, -1], "center": False, "scale": False}, (4, 3)),
    ("LayerNormalization", {}, (4, 1)),
    ("LayerNormalization", {"axis": 1}, (1, 3)),
    ("LayerNormalization", {"axis": 1}, (4, 1)),
    ("Softmax", {}, (4, 3)),
    ("Softmax", {"axis": 0}, (4, 3)),
    ("Softmax", {"axis": 1}, (4, 3)),
    ("Softmax", {"axis": -2}, (4, 3)),
    ("Softmax", {"axis": [1, 2]}, (4, 3)),
    ("Softmax", {}, (4, 1)),
    ("Softmax", {"axis": [1, 2]}, (4, 1)),
    ("ReLU", {}, (4, 3)),
    ("ReLU", {"max_value": 1.0, "negative_slope": 0.1, "threshold": 0.2}, (4, 3)),
    ("Activation", {"activation": "softmax"}, (4, 1)),
    ("Activation", {"activation": "log_softmax"}, (4, 1)),
    ("Activation", {"activation": "sparsemax"}, (4, 1)),
    ("Masking", {}, (4, 3)),
    ("Masking", {"mask_value": 9.0}, (4, 3)),
] + [
    ("Activation", {"activation": activation}, (4, 4))
    for activation in KINDS["Activation"].argument("activation").choices
    # Keras has no way to give this one its threshold by name.
    if activation != "threshold"
]  # fmt: skip

DISTRIBUTED = [
    ("TimeDistributed", around("Dense", units=2), (4, 3)),
    ("TimeDistributed", around("Dense", units=1, activation="softmax"), (4, 3)),
    ("TimeDistributed", around("Softmax", axis=1), (4, 2, 3)),
    ("TimeDistributed", around("Softmax", axis=1), (4, 1, 3)),
    ("TimeDistributed", around("LayerNormalization", axis=2), (4, 2, 1)),
    ("TimeDistributed", around("Dropout", rate=0.5), (4, 3)),
    ("TimeDistributed", around("LayerNormalization"), (4, 3)),
    ("TimeDistributed", around("Flatten"), (4, 3, 2)),
    ("TimeDistributed", around("LSTM", units=2), (4, 3, 2)),
    ("TimeDistributed", around("LSTM", units=2, return_sequences=True), (3, 3, 2)),
    ("TimeDistributed", around("Conv1D", filters=2, kernel_size=2), (3, 3, 2)),
    ("TimeDistributed", around("GlobalAveragePooling1D"), (4, 3, 2)),
    ("TimeDistributed", around("Bidirectional", layer=rnn()), (3, 3, 2)),
]

CONVOLUTION = [
    ("Conv1D", {"filters": 2, "kernel_size": kernel, "padding": padding, **moving}, (7, 3))
    for kernel in (1, 2, 3, 4)
    for padding in ("valid", "same", "causal")
    for moving in ({}, {"strides": 2}, {"strides": 3}, {"dilation_rate": 2})
] + [
    ("Conv1D", {"filters": 2, "kernel_size": 3, "padding": "causal", "dilation_rate": 3}, (8, 3)),
    ("Conv1D", {"filters": 2, "kernel_size": 3, "padding": "same", "dilation_rate": 3}, (8, 3)),
    ("Conv1D", {"filters": 2, "kernel_size": 4, "padding": "same", "strides": 3}, (8, 3)),
    ("Conv1D", {"filters": 4, "kernel_size": [3], "strides": [2], "groups": 2}, (8, 4)),
    ("Conv1D", {"filters": 2, "kernel_size": 3, "activation": "relu", "use_bias": False}, (6, 3)),
    ("Conv1D", {"filters": 1, "kernel_size": 3, "activation": "softmax"}, (6, 3)),
    ("Conv1D", {"filters": 2, "kernel_size": 9, "padding": "same"}, (4, 3)),
]  # fmt: skip

POOLING = [
    (kind, {"pool_size": size, "strides": strides, "padding": padding}, (7, 2))
    for kind in ("MaxPooling1D", "AveragePooling1D")
    for size in (1, 2, 3)
    for strides in (None, 1, 2, 3)
    for padding in ("valid", "same")
] + [
    ("MaxPooling1D", {}, (7, 2)),
    ("AveragePooling1D", {"pool_size": [2]}, (7, 2)),
    ("GlobalMaxPooling1D", {}, (4, 2)),
    ("GlobalMaxPooling1D", {"keepdims": True}, (4, 2)),
    ("GlobalAveragePooling1D", {}, (4, 2)),
    ("GlobalAveragePooling1D", {"keepdims": True}, (4, 2)),
]

REARRANGED = [
    ("UpSampling1D", {}, (3, 2)),
    ("UpSampling1D", {"size": 3}, (3, 2)),
    ("ZeroPadding1D", {}, (3, 2)),
    ("ZeroPadding1D", {"padding": 2}, (3, 2)),
    ("ZeroPadding1D", {"padding": [3, 0]}, (3, 2)),
    ("ZeroPadding1D", {"padding": [0, 2]}, (3, 2)),
    ("Cropping1D", {}, (5, 2)),
    ("Cropping1D", {"cropping": 2}, (5, 2)),
    ("Cropping1D", {"cropping": [3, 0]}, (5, 2)),
    ("RepeatVector", {"n": 3}, (4,)),
    ("Permute", {"dims": [1, 2]}, (4, 3)),
    ("Permute", {"dims": [2, 1]}, (4, 3)),
    ("Permute", {"dims": [2, 1]}, (4, 4)),
    ("Flatten", {}, (4, 3)),
    ("Reshape", {"target_shape": [12]}, (4, 3)),
    ("Reshape", {"target_shape": [4, 3]}, (4, 3)),
    ("Reshape", {"target_shape": [3, 4]}, (4, 3)),
    ("Reshape", {"target_shape": [2, 6]}, (4, 3)),
    ("Reshape", {"target_shape": [6, -1]}, (4, 3)),
    ("Reshape", {"target_shape": [-1, 1]}, (4, 3)),
    ("Reshape", {"target_shape": [1, 12]}, (4, 3)),
    ("Reshape", {"target_shape": [-1, 9]}, (6, 3)),
    ("Reshape", {"target_shape": [4, 3]}, (12,)),
    ("Reshape", {"target_shape": [-1, 3]}, (2, 6)),
    ("Reshape", {"target_shape": [5, 2]}, (2, 5)),
]

KNOWN_LENGTH = [
    # Over an open length nobody could tell which of the three axes are the timesteps.
    ("Reshape", {"target_shape": [4, 3, 1]}, (4, 3)),
    ("Reshape", {"target_shape": [4, 1, 3]}, (4, 3)),
]

MERGES = (
    [
        (kind, {}, *shapes)
        for kind in ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum")
        for shapes in (
            ((4, 3), (4, 3)),
            ((4, 3), (1, 3)),
            ((1, 3), (4, 3)),
            ((4, 1), (4, 3)),
            ((4, 3), (3,)),
            ((3,), (4, 3)),
        )
    ]
    + [(kind, {}, (4, 3), (4, 3), (4, 3)) for kind in ("Add", "Multiply", "Average", "Maximum", "Minimum")]
    + [
        ("Concatenate", {}, (4, 3), (4, 2)),
        ("Concatenate", {"axis": 2}, (4, 3), (4, 2), (4, 1)),
        ("Concatenate", {"axis": 1}, (4, 3), (2, 3)),
        ("Concatenate", {"axis": -2}, (2, 3), (4, 3), (1, 3)),
    ]
)

CASES = (
    RECURRENT
    + BIDIRECTIONAL
    + BOTH_GIVEN
    + PER_STEP
    + DISTRIBUTED
    + CONVOLUTION
    + POOLING
    + REARRANGED
    + MERGES
    + MORE_SEQUENCES
)


def name_case(case: Any) -> str:
    """What a report of tests calls it."""
    kind, arguments, *shapes = case
    return " ".join(map(str, (kind, *(f"{name}={value}" for name, value in arguments.items()), *shapes)))
