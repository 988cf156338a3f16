"""What a layer computes, by rule, is what TensorFlow's profiler counts in the graph of the real layer."""

from typing import Any

import pytest
import tensorflow as tf
from eager import make_layer
from keras_layers import make_node
from profiler import profile_layer

from app.report.arithmetic import number
from app.report.work.call import Call, Effort
from app.report.work.rules.operations import OPERATIONS
from app.report.work.rules.table import RULES, measure_effort

VECTOR = (1, 4)
SEQUENCE = (1, 6, 4)
VALUE = (1, 7, 4)
IMAGE = (1, 8, 9, 3)
VOLUME = (1, 5, 6, 7, 3)
FILM = (1, 3, 8, 7, 2)


def wrap(kind: str, **arguments: Any) -> dict[str, Any]:
    return {"kind": kind, "arguments": arguments}


LSTM = wrap("LSTM", units=5, unroll=True)
GRU = wrap("GRU", units=5, unroll=True)
CASES: list[tuple[Any, ...]] = [
    ("Activation", {"activation": "softmax"}, SEQUENCE),
    ("Activation", {"activation": "tanh"}, SEQUENCE),
    ("ActivityRegularization", {}, SEQUENCE),
    ("Add", {}, SEQUENCE, SEQUENCE, SEQUENCE),
    ("Add", {}, SEQUENCE, (1, 1, 4)),
    ("AdditiveAttention", {}, SEQUENCE, VALUE),
    ("AlphaDropout", {"rate": 0.1}, SEQUENCE),
    ("Attention", {}, SEQUENCE, VALUE, VALUE),
    ("Attention", {"use_scale": True}, SEQUENCE, (1, 7, 4)),
    ("Attention", {"score_mode": "concat"}, SEQUENCE, VALUE),
    ("Attention", {"score_mode": "concat", "use_scale": True}, SEQUENCE, VALUE),
    ("Average", {}, SEQUENCE, SEQUENCE, SEQUENCE),
    ("AveragePooling1D", {"pool_size": 2}, SEQUENCE),
    ("AveragePooling2D", {"pool_size": [2, 3], "padding": "same"}, IMAGE),
    ("BatchNormalization", {}, IMAGE),
    ("BatchNormalization", {"scale": False, "axis": 1}, SEQUENCE),
    ("BatchNormalization", {"center": False}, (8, 6, 4)),
    ("Bidirectional", {"layer": LSTM}, SEQUENCE),
    ("Bidirectional", {"layer": LSTM, "merge_mode": "sum"}, SEQUENCE),
    ("Bidirectional", {"layer": LSTM, "merge_mode": "ave"}, SEQUENCE),
    (
        "Bidirectional",
        {"layer": LSTM, "backward_layer": wrap("GRU", units=3, unroll=True, go_backwards=True)},
        SEQUENCE,
    ),
    ("Concatenate", {}, SEQUENCE, SEQUENCE),
    ("Conv1D", {"filters": 5, "kernel_size": 3}, SEQUENCE),
    ("Conv1D", {"filters": 5, "kernel_size": 3, "dilation_rate": 2, "use_bias": False}, SEQUENCE),
    ("Conv1D", {"filters": 5, "kernel_size": 3, "padding": "causal", "activation": "relu"}, (8, 6, 4)),
    ("Conv1DTranspose", {"filters": 5, "kernel_size": 3, "padding": "same"}, SEQUENCE),
    ("Conv2D", {"filters": 5, "kernel_size": [3, 2], "strides": 2, "padding": "same"}, IMAGE),
    ("Conv2DTranspose", {"filters": 5, "kernel_size": 3, "strides": 2, "padding": "same"}, IMAGE),
    ("Conv3D", {"filters": 5, "kernel_size": 2}, VOLUME),
    ("ConvLSTM1D", {"filters": 4, "kernel_size": 3, "unroll": True}, (1, 3, 8, 2)),
    ("ConvLSTM2D", {"filters": 4, "kernel_size": 3, "unroll": True, "use_bias": False}, FILM),
    ("ConvLSTM2D", {"filters": 4, "kernel_size": 3, "unroll": True, "return_sequences": True}, FILM),
    ("ConvLSTM3D", {"filters": 4, "kernel_size": 2, "unroll": True}, (1, 2, 3, 4, 5, 2)),
    ("Cropping1D", {}, SEQUENCE),
    ("Cropping2D", {}, IMAGE),
    ("Cropping3D", {}, VOLUME),
    ("Dense", {"units": 5}, VECTOR),
    ("Dense", {"units": 5, "activation": "softmax"}, (8, 6, 4)),
    ("Dense", {"units": 5, "use_bias": False, "activation": "sigmoid"}, SEQUENCE),
    ("DepthwiseConv1D", {"kernel_size": 3, "depth_multiplier": 2}, SEQUENCE),
    ("DepthwiseConv2D", {"kernel_size": 3}, IMAGE),
    ("Dot", {"axes": 2}, SEQUENCE, VALUE),
    ("Dot", {"axes": [2, 1], "normalize": True}, SEQUENCE, (1, 4, 3)),
    ("Dot", {"axes": 1, "normalize": True}, VECTOR, VECTOR),
    ("Dropout", {"rate": 0.5}, SEQUENCE),
    ("ELU", {}, SEQUENCE),
    ("EinsumDense", {"equation": "abc,cd->abd", "output_shape": [6, 5], "bias_axes": "d"}, SEQUENCE),
    ("EinsumDense", {"equation": "...x,xyz->...yz", "output_shape": [5, 2]}, SEQUENCE),
    ("EinsumDense", {"equation": "ab...,bc->ac...", "output_shape": 5, "activation": "softmax"}, SEQUENCE),
    ("Embedding", {"input_dim": 7, "output_dim": 3}, (1, 6)),
    ("Flatten", {}, SEQUENCE),
    ("GRU", {"units": 5, "unroll": True}, SEQUENCE),
    ("GRU", {"units": 5, "unroll": True, "use_bias": False}, (8, 6, 4)),
    ("GRU", {"units": 5, "unroll": True, "reset_after": False}, SEQUENCE),
    ("GRU", {"units": 5, "unroll": True, "reset_after": False, "use_bias": False}, SEQUENCE),
    ("GaussianDropout", {"rate": 0.5}, SEQUENCE),
    ("GaussianNoise", {"stddev": 0.5}, SEQUENCE),
    ("GlobalAveragePooling1D", {}, SEQUENCE),
    ("GlobalAveragePooling2D", {}, IMAGE),
    ("GlobalAveragePooling3D", {}, VOLUME),
    ("GroupNormalization", {"groups": 2}, SEQUENCE),
    ("GroupNormalization", {"groups": -1, "scale": False}, (8, 6, 4)),
    ("GroupNormalization", {"groups": 1, "center": False}, IMAGE),
    ("GroupQueryAttention", {"head_dim": 3, "num_query_heads": 4, "num_key_value_heads": 2}, SEQUENCE, VALUE),
    (
        "GroupQueryAttention",
        {"head_dim": 3, "num_query_heads": 4, "num_key_value_heads": 2, "use_gate": True, "use_bias": False},
        SEQUENCE,
        VALUE,
    ),
    ("Identity", {}, SEQUENCE),
    ("LSTM", {"units": 5, "unroll": True}, SEQUENCE),
    ("LSTM", {"units": 5, "unroll": True, "use_bias": False}, (8, 6, 4)),
    ("LSTM", {"units": 5, "unroll": True, "return_sequences": True, "activation": "relu"}, SEQUENCE),
    ("LayerNormalization", {}, IMAGE),
    ("LayerNormalization", {"axis": [1, 2]}, SEQUENCE),
    ("LayerNormalization", {"scale": False}, SEQUENCE),
    ("LayerNormalization", {"center": False, "axis": 1}, SEQUENCE),
    ("LayerNormalization", {"scale": False, "center": False}, (8, 6, 4)),
    ("LeakyReLU", {}, SEQUENCE),
    ("Masking", {}, SEQUENCE),
    ("MaxPooling1D", {}, SEQUENCE),
    ("MaxPooling2D", {"pool_size": 3, "strides": 2}, IMAGE),
    ("Maximum", {}, SEQUENCE, SEQUENCE, SEQUENCE),
    ("Minimum", {}, SEQUENCE, SEQUENCE),
    ("MultiHeadAttention", {"num_heads": 2, "key_dim": 3}, SEQUENCE, VALUE),
    ("MultiHeadAttention", {"num_heads": 2, "key_dim": 3, "use_bias": False}, (8, 6, 4), (8, 7, 2)),
    ("MultiHeadAttention", {"num_heads": 2, "key_dim": 3, "value_dim": 5, "use_gate": True}, SEQUENCE, VALUE),
    ("MultiHeadAttention", {"num_heads": 2, "key_dim": 3, "dropout": 0.5}, SEQUENCE, VALUE, VALUE),
    ("MultiHeadAttention", {"num_heads": 2, "key_dim": 3, "output_shape": 9}, SEQUENCE, SEQUENCE),
    ("Multiply", {}, SEQUENCE, SEQUENCE),
    ("Normalization", {"mean": 1.0, "variance": 2.0}, SEQUENCE),
    ("Normalization", {"mean": 1.0, "variance": 2.0, "axis": None}, SEQUENCE),
    ("PReLU", {}, SEQUENCE),
    ("PReLU", {"shared_axes": [1]}, SEQUENCE),
    ("Permute", {"dims": [2, 1]}, SEQUENCE),
    ("RMSNormalization", {}, SEQUENCE),
    ("RMSNormalization", {"axis": [1, 2]}, SEQUENCE),
    ("RNN", {"cell": [wrap("LSTMCell", units=3), wrap("GRUCell", units=2)], "unroll": True}, SEQUENCE),
    ("ReLU", {"negative_slope": 0.5}, SEQUENCE),
    ("RepeatVector", {"n": 3}, VECTOR),
    ("Rescaling", {"scale": 0.5, "offset": 1}, SEQUENCE),
    ("Reshape", {"target_shape": [24]}, SEQUENCE),
    ("ReversibleEmbedding", {"input_dim": 7, "output_dim": 3}, (1, 6)),
    ("SeparableConv1D", {"filters": 5, "kernel_size": 3}, SEQUENCE),
    ("SeparableConv2D", {"filters": 5, "kernel_size": 3, "depth_multiplier": 2}, IMAGE),
    ("SimpleRNN", {"units": 5, "unroll": True}, SEQUENCE),
    ("SimpleRNN", {"units": 5, "unroll": True, "use_bias": False}, SEQUENCE),
    ("Softmax", {}, SEQUENCE),
    ("Softmax", {"axis": 1}, SEQUENCE),
    ("SpatialDropout1D", {"rate": 0.5}, SEQUENCE),
    ("SpatialDropout2D", {"rate": 0.5}, IMAGE),
    ("SpatialDropout3D", {"rate": 0.5}, VOLUME),
    ("SpectralNormalization", {"layer": wrap("Conv2D", filters=5, kernel_size=3)}, IMAGE),
    ("Subtract", {}, SEQUENCE, SEQUENCE),
    ("TimeDistributed", {"layer": wrap("Dense", units=5)}, SEQUENCE),
    ("TimeDistributed", {"layer": wrap("Conv2D", filters=4, kernel_size=3)}, FILM),
    ("TimeDistributed", {"layer": LSTM}, (1, 3, 6, 4)),
    ("UnitNormalization", {}, IMAGE),
    ("UnitNormalization", {"axis": [1, 2]}, SEQUENCE),
    ("UpSampling1D", {}, SEQUENCE),
    ("UpSampling2D", {}, IMAGE),
    ("UpSampling3D", {}, VOLUME),
    ("ZeroPadding1D", {}, SEQUENCE),
    ("ZeroPadding2D", {}, IMAGE),
    ("ZeroPadding3D", {}, VOLUME),
]


def measure(kind: str, arguments: dict[str, Any], inputs: Any, outputs: Any, parameters: int = 0) -> Effort:
    call = Call(
        node=make_node(kind, **arguments),
        inputs=tuple(tuple(map(number, shape)) for shape in inputs),
        outputs=tuple(tuple(map(number, shape)) for shape in outputs),
        parameters=parameters,
    )
    effort = measure_effort(call)
    assert effort is not None
    return effort


def count_flops(effort: Effort) -> int:
    assert effort.others is not None
    return 2 * effort.macs.value + effort.others.value


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[1]}")
def test_a_rule_counts_what_the_profiler_counts(case: tuple[Any, ...]) -> None:
    kind, arguments, *shapes = case
    layer = make_layer(kind, arguments)
    dtype = "int32" if "Embedding" in kind else "float32"
    profiled, outputs = profile_layer(layer, *(tf.TensorSpec(shape, dtype) for shape in shapes))
    effort = measure(kind, arguments, shapes, outputs, layer.count_params())
    assert count_flops(effort) == profiled


LIKE_ANOTHER: list[tuple[Any, ...]] = [
    ("Conv3DTranspose", {"filters": 5, "kernel_size": [1, 3, 3], "strides": [1, 2, 2], "padding": "same"}),
    ("MaxPooling3D", {"pool_size": [1, 2, 3]}),
    ("AveragePooling3D", {"pool_size": [1, 2, 3]}),
]
"""Kinds that the profiler does not count, though it counts the same of one axis less."""


@pytest.mark.parametrize("case", LIKE_ANOTHER, ids=lambda case: case[0])
def test_a_volume_one_deep_is_as_much_work_as_an_image(case: tuple[Any, ...]) -> None:
    kind, arguments = case
    flat = {key: value[1:] if isinstance(value, list) else value for key, value in arguments.items()}
    profiled, outputs = profile_layer(
        make_layer(kind.replace("3D", "2D"), flat), tf.TensorSpec(IMAGE, "float32")
    )
    (image,) = outputs
    deep = [(shape[0], 1, *shape[1:]) for shape in (IMAGE, image)]
    assert count_flops(measure(kind, arguments, deep[:1], deep[1:])) == profiled > 0


def test_a_convolution_in_groups_is_one_for_each_group() -> None:
    one_group = make_layer("Conv2D", {"filters": 2, "kernel_size": 3})
    profiled, [places] = profile_layer(one_group, tf.TensorSpec((1, 8, 9, 1), "float32"))
    arguments = {"filters": 6, "kernel_size": 3, "groups": 3}
    assert count_flops(measure("Conv2D", arguments, [IMAGE], [(*places[:-1], 6)])) == 3 * profiled


@pytest.mark.parametrize(("rank", "shape"), [(1, SEQUENCE), (2, IMAGE)])
def test_global_pooling_has_a_window_as_large_as_the_image(rank: int, shape: tuple[int, ...]) -> None:
    window = make_layer(f"MaxPooling{rank}D", {"pool_size": list(shape[1:-1])})
    profiled, _ = profile_layer(window, tf.TensorSpec(shape, "float32"))
    assert count_flops(measure(f"GlobalMaxPooling{rank}D", {}, [shape], [(1, shape[-1])])) == profiled


def test_every_rule_is_compared() -> None:
    compared = {kind for kind, *_ in CASES + LIKE_ANOTHER} | {"GlobalMaxPooling1D", "GlobalMaxPooling2D"}
    # An input computes nothing, and a volume is pooled as an image is.
    assert set(RULES) - set(OPERATIONS) - compared == {"GlobalMaxPooling3D", "InputLayer"}


@pytest.mark.parametrize(
    ("kind", "arguments", "shape"),
    [
        ("Resizing", {"height": 4, "width": 4}, IMAGE),
        ("UpSampling2D", {"interpolation": "bilinear"}, IMAGE),
        ("RandomFlip", {}, IMAGE),
        ("TimeDistributed", {"layer": wrap("Resizing", height=4, width=4)}, FILM),
    ],
)
def test_nothing_is_guessed(kind: str, arguments: dict[str, Any], shape: tuple[int, ...]) -> None:
    sizes = tuple(map(number, shape))
    call = Call(make_node(kind, **arguments), inputs=(sizes,), outputs=(sizes,), parameters=0)
    assert measure_effort(call) is None


def test_of_an_activation_that_is_not_known_the_products_are() -> None:
    effort = measure("Dense", {"units": 5, "activation": "celu"}, [VECTOR], [(1, 5)])
    assert (effort.macs.value, effort.others) == (20, None)


@pytest.mark.parametrize(
    "kind", ["AdditiveAttention", "Attention", "MultiHeadAttention", "GroupQueryAttention"]
)
def test_attention_whose_value_is_handed_over_by_name_has_no_rule(kind: str) -> None:
    sizes = tuple(map(number, SEQUENCE))
    assert measure_effort(Call(make_node(kind), inputs=(sizes,), outputs=(sizes,), parameters=0)) is None
