"""Layers beyond the usual ones, for the comparison with real Jacobians."""

from typing import Any, NamedTuple


def inner(kind: str, **arguments: Any) -> dict[str, Any]:
    return {"kind": kind, "arguments": arguments}


TRANSPOSED = [
    ("Conv1DTranspose", {"filters": 2, "kernel_size": kernel, "padding": padding, **moving}, (5, 3))
    for kernel in (1, 2, 3, 4)
    for padding in ("valid", "same")
    for moving in ({}, {"strides": 2}, {"strides": 3})
]

SEPARATE = [
    (kind, {**given, "kernel_size": kernel, "padding": padding, **moving}, (7, 3))
    for kind, given in (("SeparableConv1D", {"filters": 2}), ("DepthwiseConv1D", {"depth_multiplier": 2}))
    for kernel in (2, 3)
    for padding in ("valid", "same")
    for moving in ({}, {"strides": 2}, {"dilation_rate": 2})
]

ADAPTIVE = [
    *(("AdaptiveAveragePooling1D", {"output_size": size}, (7, 2)) for size in (1, 2, 3, 5, 7)),
    *(("AdaptiveMaxPooling1D", {"output_size": size}, (7, 2)) for size in (2, 3, 5, 7)),
]

RNNS = [
    ("RNN", {"cell": cell, **sequences, **backwards}, (4, 3))
    for cell in (
        inner("SimpleRNNCell", units=2),
        inner("SimpleRNNCell", units=1, activation="softmax"),
        [inner("LSTMCell", units=2), inner("GRUCell", units=2)],
    )
    for sequences in ({}, {"return_sequences": True})
    for backwards in ({}, {"go_backwards": True})
]

STEPWISE = [
    ("ActivityRegularization", {}, (4, 3)),
    ("AlphaDropout", {"rate": 0.5}, (4, 3)),
    ("ELU", {}, (4, 3)),
    ("GaussianDropout", {"rate": 0.5}, (4, 3)),
    ("GaussianNoise", {"stddev": 0.5}, (4, 3)),
    ("Identity", {}, (4, 3)),
    ("LeakyReLU", {}, (4, 3)),
    ("Normalization", {"mean": 0.5, "variance": 2.0}, (4, 3)),
    ("Normalization", {"axis": 1, "mean": 0.5, "variance": 2.0}, (4, 3)),
    ("PReLU", {}, (4, 3)),
    ("PReLU", {"shared_axes": [1]}, (4, 3)),
    ("Rescaling", {"scale": 2.0, "offset": 1.0}, (4, 3)),
    ("RMSNormalization", {}, (4, 3)),
    ("RMSNormalization", {}, (4, 1)),
    ("UnitNormalization", {}, (4, 3)),
    ("UnitNormalization", {"axis": 1}, (4, 3)),
    ("UnitNormalization", {}, (4, 1)),
    ("UnitNormalization", {"axis": [1, 2]}, (4, 1)),
    ("GroupNormalization", {"groups": 1}, (4, 3)),
    ("GroupNormalization", {"groups": -1}, (4, 3)),
    ("GroupNormalization", {"groups": -1}, (1, 3)),
    ("GroupNormalization", {"groups": 2}, (4, 6)),
    ("GroupNormalization", {"groups": 2, "axis": 1}, (6, 3)),
    ("GroupNormalization", {"groups": -1, "axis": 1}, (4, 3)),
    ("GroupNormalization", {"groups": -1, "axis": 1}, (4, 1)),
    ("EinsumDense", {"equation": "abc,cd->abd", "output_shape": [4, 2]}, (4, 3)),
    ("EinsumDense", {"equation": "abc,bcd->ad", "output_shape": [2], "bias_axes": "d"}, (4, 3)),
    ("EinsumDense", {"equation": "abc,cd->adb", "output_shape": [2, 4], "bias_axes": "d"}, (4, 3)),
    ("EinsumDense", {"equation": "abc,cd->abd", "output_shape": [4, 1], "activation": "softmax"}, (4, 3)),
    ("EinsumDense", {"equation": "abc,cd->adb", "output_shape": [2, 4], "activation": "softmax"}, (4, 3)),
    ("EinsumDense", {"equation": "abc,cd->adb", "output_shape": [2, 1], "activation": "softmax"}, (1, 3)),
    ("EinsumDense", {"equation": "abc,bcd->ad", "output_shape": [1], "activation": "softmax"}, (4, 3)),
    ("RMSNormalization", {"axis": 1}, (4, 1)),
    ("RMSNormalization", {"axis": 1}, (1, 3)),
    ("RMSNormalization", {"axis": [1, 2]}, (4, 3)),
    ("Conv1DTranspose", {"filters": 1, "kernel_size": 3, "activation": "softmax"}, (5, 3)),
    ("Conv1DTranspose", {"filters": 2, "kernel_size": 3, "activation": "softmax"}, (5, 3)),
    ("SeparableConv1D", {"filters": 1, "kernel_size": 3, "activation": "softmax"}, (5, 3)),
    ("SeparableConv1D", {"filters": 2, "kernel_size": 3, "activation": "softmax"}, (5, 3)),
    ("DepthwiseConv1D", {"kernel_size": 2, "activation": "softmax"}, (5, 1)),
    ("SpectralNormalization", {"layer": inner("Dense", units=2)}, (4, 3)),
    ("SpectralNormalization", {"layer": inner("Conv1D", filters=2, kernel_size=2)}, (4, 3)),
    ("SpectralNormalization", {"layer": inner("Dense", units=1, activation="softmax")}, (4, 3)),
]

DOTS = [
    ("Dot", {"axes": 2}, (4, 3), (5, 3)),
    ("Dot", {"axes": 1}, (4, 3), (4, 2)),
    ("Dot", {"axes": [2, 1]}, (4, 3), (3, 2)),
    ("Dot", {"axes": [1, 2]}, (4, 3), (5, 4)),
    ("Dot", {"axes": -1, "normalize": True}, (4, 3), (5, 3)),
]

SEQUENCES = TRANSPOSED + SEPARATE + ADAPTIVE + RNNS + STEPWISE + DOTS
"""Called on tensors of these shapes, without the batch."""

# TensorFlow pools volumes in single precision only.
FLOATS = {"dtype": "float32"}

FILMS = [
    ("ConvLSTM1D", {"filters": 2, "kernel_size": 2}, (3, 4, 2)),
    ("ConvLSTM1D", {"filters": 2, "kernel_size": 2, "return_sequences": True}, (3, 4, 2)),
    ("ConvLSTM2D", {"filters": 1, "kernel_size": 2, "return_sequences": True}, (3, 2, 3, 1)),
    (
        "ConvLSTM2D",
        {"filters": 1, "kernel_size": 1, "return_sequences": True, "go_backwards": True},
        (3, 2, 2, 1),
    ),
    ("ConvLSTM3D", {"filters": 1, "kernel_size": 1, "return_sequences": True}, (3, 2, 2, 1, 1)),
    ("Conv2D", {"filters": 2, "kernel_size": [2, 3]}, (5, 4, 2)),
    ("Conv2D", {"filters": 2, "kernel_size": 3, "strides": [2, 1], "padding": "same"}, (5, 4, 2)),
    ("Conv2DTranspose", {"filters": 2, "kernel_size": [2, 1], "strides": [2, 1]}, (4, 3, 2)),
    ("Conv2DTranspose", {"filters": 2, "kernel_size": 3, "padding": "same"}, (4, 3, 2)),
    ("DepthwiseConv2D", {"kernel_size": [2, 1]}, (4, 3, 2)),
    ("SeparableConv2D", {"filters": 2, "kernel_size": [2, 1]}, (4, 3, 2)),
    ("MaxPooling2D", {"pool_size": [2, 1]}, (4, 3, 2)),
    ("AveragePooling2D", {"pool_size": [3, 2], "strides": 1}, (4, 3, 2)),
    ("AdaptiveAveragePooling2D", {"output_size": [2, 1]}, (4, 3, 2)),
    ("AdaptiveMaxPooling2D", {"output_size": [2, 3]}, (4, 3, 2)),
    ("GlobalAveragePooling2D", {}, (4, 3, 2)),
    ("GlobalMaxPooling2D", {"keepdims": True}, (4, 3, 2)),
    ("UpSampling2D", {"size": [2, 3]}, (3, 2, 2)),
    ("ZeroPadding2D", {"padding": [[1, 2], [0, 1]]}, (3, 2, 2)),
    ("Cropping2D", {"cropping": [[1, 2], [0, 1]]}, (5, 3, 2)),
    ("SpatialDropout2D", {"rate": 0.5}, (3, 2, 2)),
    ("GroupNormalization", {"groups": 1}, (3, 2, 2)),
    ("Conv3D", {"filters": 1, "kernel_size": [2, 1, 1]}, (4, 2, 2, 2)),
    ("Conv3DTranspose", {"filters": 1, "kernel_size": [2, 1, 1]}, (4, 2, 2, 2)),
    ("MaxPooling3D", {**FLOATS, "pool_size": [2, 1, 1]}, (4, 2, 2, 1)),
    ("AveragePooling3D", {**FLOATS, "pool_size": [2, 1, 1]}, (4, 2, 2, 1)),
    ("AdaptiveAveragePooling3D", {**FLOATS, "output_size": [2, 1, 1]}, (4, 2, 2, 1)),
    ("AdaptiveMaxPooling3D", {**FLOATS, "output_size": [2, 2, 2]}, (4, 2, 2, 1)),
    ("GlobalAveragePooling3D", {}, (4, 2, 2, 1)),
    ("GlobalMaxPooling3D", {"keepdims": True}, (4, 2, 2, 1)),
    ("UpSampling3D", {"size": [2, 1, 1]}, (3, 2, 2, 1)),
    ("ZeroPadding3D", {"padding": [1, 0, 0]}, (3, 2, 2, 1)),
    ("Cropping3D", {"cropping": [1, 0, 0]}, (4, 2, 2, 1)),
    ("SpatialDropout3D", {"rate": 0.5}, (3, 2, 2, 1)),
]
"""Called on images, or rows of numbers, along a timesteps axis."""


class Looking(NamedTuple):
    """An attention layer, and which of the tensors are its query, its value and its key."""

    kind: str
    arguments: dict[str, Any]
    shapes: tuple[tuple[int, ...], ...]
    reads: tuple[int, ...]


_HEADS = {"num_heads": 2, "key_dim": 2}
_GROUPS = {"num_query_heads": 2, "num_key_value_heads": 1, "head_dim": 2}
_QUERY, _VALUE, _ONE = (4, 3), (5, 3), (1, 3)

ATTENTION = (
    [
        Looking(kind, arguments, shapes, reads)
        for kind, arguments in (
            ("Attention", {}),
            ("Attention", {"score_mode": "concat", "use_scale": True}),
            ("AdditiveAttention", {}),
            ("MultiHeadAttention", _HEADS),
            ("MultiHeadAttention", {**_HEADS, "use_gate": True}),
            ("GroupQueryAttention", _GROUPS),
            ("GroupQueryAttention", {**_GROUPS, "use_gate": True}),
        )
        for shapes, reads in (
            ((_QUERY, _VALUE), (0, 1)),
            ((_QUERY, _ONE), (0, 1)),
            ((_QUERY,), (0, 0)),
            ((_ONE,), (0, 0)),
            ((_QUERY, _VALUE, _VALUE), (0, 1, 2)),
            ((_QUERY, _QUERY), (0, 1, 0)),
            ((_QUERY, _QUERY), (0, 0, 1)),
            ((_ONE, _ONE), (0, 1, 0)),
        )
    ]
    + [
        Looking(kind, {**arguments, "sliding_window": window}, ((6, 3),), (0, 0))
        for kind, arguments in (("MultiHeadAttention", _HEADS), ("GroupQueryAttention", _GROUPS))
        for window in (1, 2, 3)
    ]
    + [Looking("MultiHeadAttention", {**_HEADS, "output_shape": [2, 2]}, (_QUERY, _VALUE), (0, 1))]
)
