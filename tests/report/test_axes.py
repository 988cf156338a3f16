"""Every axis has a name, and every number says where it comes from."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keras_layers import call_layer, make_node

from app.architecture.spec import Architecture, Node, Source
from app.frozen import Shape
from app.report.axes import name_axes, name_input_axes
from app.report.model import Axis

Axes = tuple[Axis, ...]

ANY = None


def input_axes(shape: Shape, reader: str, name: str = "x", **arguments: Any) -> Axes:
    """The axes of an input of this shape that one layer reads."""
    node = Node(kind="InputLayer", name=name, arguments={"batch_shape": list(shape)})
    layer = Node(kind=reader, name="reader", arguments=arguments, inbound=(Source(node=name),))
    return name_input_axes(node, Architecture(nodes=(node, layer)))


def axes(*triples: tuple[str, int | None, str]) -> Axes:
    return tuple(Axis(name=name, size=size, origin=origin) for name, size, origin in triples)


def sequence(timesteps: int | None = 8, features: int | None = 10, name: str = "x") -> Axes:
    """(batch, timesteps, features), as an input named x has them."""
    return axes(
        ("batch", ANY, "batch"),
        ("timesteps", timesteps, f"timesteps of {name}"),
        ("features", features, f"features of {name}"),
    )


def vector(features: int = 150, name: str = "x") -> Axes:
    return axes(("batch", ANY, "batch"), ("features", features, f"features of {name}"))


def after(kind: str, *inputs: Axes, **arguments: Any) -> list[Any]:
    """The axes of each output of a real layer, as 'name size: origin'."""
    node = make_node(kind, **arguments)
    called = call_layer(node, *(tuple(axis.size for axis in tensor) for tensor in inputs))
    assert called.error is None, called.error
    outputs = name_axes(node, inputs, called.output_shapes)
    written = [[f"{axis.name} {axis.size}: {axis.origin}" for axis in output[1:]] for output in outputs]
    assert all(output[0].name == "batch" for output in outputs)
    return written[0] if len(written) == 1 else written


# Inputs: what reads them decides.


def test_what_an_embedding_reads_is_a_row_of_timesteps() -> None:
    assert input_axes((ANY, 3), "Embedding", "tokens", input_dim=3, output_dim=50) == axes(
        ("batch", ANY, "batch"), ("timesteps", 3, "timesteps of tokens")
    )


def test_an_unknown_length_says_so() -> None:
    named = input_axes((ANY, ANY), "Embedding", "tokens")
    assert named[1].origin == "timesteps of tokens, any length"


@pytest.mark.parametrize(
    ("shape", "reader", "names"),
    [
        ((ANY, 150), "Reshape", ("batch", "features")),
        ((ANY, 150), "Dense", ("batch", "features")),
        ((ANY, 3, 1), "LSTM", ("batch", "timesteps", "features")),
        ((ANY, 28, 28, 3), "Conv2D", ("batch", "height", "width", "channels")),
        ((ANY, 5, 6, 7), "TimeDistributed", ("batch", "timesteps", "axis 2", "features")),
        ((ANY,), "Dense", ("batch",)),
        ((), "Dense", ()),
        ((1, 2, 3, 4, 5, 6), "Dense", ("batch", "axis 1", "axis 2", "axis 3", "axis 4", "axis 5")),
    ],
)
def test_other_inputs_are_named_by_their_rank(shape: Shape, reader: str, names: tuple[str, ...]) -> None:
    assert tuple(axis.name for axis in input_axes(shape, reader)) == names


# The three documents' layers.


def test_embedding_then_lstm_then_dense() -> None:
    tokens = input_axes((ANY, 3), "Embedding", "tokens")
    assert after("Embedding", tokens, input_dim=3, output_dim=50) == [
        "timesteps 3: timesteps of tokens",
        "features 50: output_dim of embedding",
    ]
    assert after("LSTM", sequence(3, 50), units=100) == ["units 100: units of lstm"]
    assert after("Dense", vector(100), units=1) == ["units 1: units of dense"]


def test_the_same_numbers_read_as_one_timestep() -> None:
    assert after("Reshape", vector(150), target_shape=[1, 150]) == [
        "timesteps 1: target_shape of reshape",
        "features 150: features of x",
    ]


def test_return_sequences_keeps_the_timesteps() -> None:
    assert after("LSTM", sequence(8, 16), units=32, return_sequences=True) == [
        "timesteps 8: timesteps of x",
        "units 32: units of lstm",
    ]


def test_the_states_have_units_but_no_timesteps() -> None:
    output, hidden, cell = after("LSTM", sequence(), units=4, return_sequences=True, return_state=True)
    assert output == ["timesteps 8: timesteps of x", "units 4: units of lstm"]
    assert hidden == cell == ["units 4: units of lstm"]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("concat", "units 128: 2 × 64 from bidirectional"), ("sum", "units 64: units of bidirectional")],
)
def test_two_directions_side_by_side_are_twice_the_units(mode: str, expected: str) -> None:
    layer = {"kind": "LSTM", "arguments": {"units": 64}}
    assert after("Bidirectional", sequence(), layer=layer, merge_mode=mode) == [expected]


def test_two_directions_kept_apart_are_two_outputs() -> None:
    layer = {"kind": "GRU", "arguments": {"units": 4, "return_sequences": True}}
    forward, backward = after("Bidirectional", sequence(), layer=layer, merge_mode=None)
    assert forward == backward == ["timesteps 8: timesteps of x", "units 4: units of bidirectional"]


def test_a_dense_on_every_timestep_is_the_same_written_twice() -> None:
    inner = {"kind": "Dense", "arguments": {"units": 5}}
    assert after("TimeDistributed", sequence(), layer=inner) == [
        "timesteps 8: timesteps of x",
        "units 5: units of timedistributed",
    ]
    assert after("Dense", sequence(), units=5) == ["timesteps 8: timesteps of x", "units 5: units of dense"]


# Joining and regrouping.


def test_concatenated_features_are_a_sum() -> None:
    assert after("Concatenate", sequence(8, 64, "a"), sequence(8, 32, "b"), axis=2) == [
        "timesteps 8: timesteps of a",
        "features 96: 64 + 32 from concatenate",
    ]


def test_concatenated_timesteps_are_a_sum_even_if_one_is_unknown() -> None:
    assert after("Concatenate", sequence(ANY, 3, "a"), sequence(5, 3, "b"), axis=1) == [
        "timesteps None: timesteps + 5 from concatenate",
        "features 3: features of a",
    ]


def test_a_known_length_wins_over_a_broadcast_one() -> None:
    assert after("Add", sequence(1, 3, "a"), sequence(6, 3, "b")) == [
        "timesteps 6: timesteps of b",
        "features 3: features of a",
    ]


def test_a_vector_added_to_every_timestep_leaves_the_sequence_its_names() -> None:
    assert after("Add", vector(3, "a"), sequence(6, 3, "b")) == [
        "timesteps 6: timesteps of b",
        "features 3: features of b",
    ]


def test_flatten_is_a_product() -> None:
    assert after("Flatten", sequence(3, 50)) == ["features 150: 3 · 50 from flatten"]
    assert after("Flatten", sequence(ANY, 128)) == ["features None: timesteps · 128 from flatten"]


def test_reshape_and_permute_give_the_same_sizes_but_not_the_same_meaning() -> None:
    assert after("Reshape", sequence(8, 10), target_shape=[10, 8]) == [
        "timesteps 10: target_shape of reshape",
        "features 8: target_shape of reshape",
    ]
    assert after("Permute", sequence(8, 10), dims=[2, 1]) == [
        "features 10: features of x",
        "timesteps 8: timesteps of x",
    ]


def test_reshape_keeps_the_timesteps_it_does_not_regroup() -> None:
    assert after("Reshape", sequence(8, 10), target_shape=[8, 2, 5]) == [
        "timesteps 8: timesteps of x",
        "axis 2 2: target_shape of reshape",
        "features 5: target_shape of reshape",
    ]


def test_reshape_says_what_it_had_to_fill_in() -> None:
    assert (
        after("Reshape", vector(150), target_shape=[3, -1])[1] == "features 50: −1 in target_shape of reshape"
    )
    assert after("Reshape", sequence(ANY, 10), target_shape=[-1, 5])[0] == (
        "timesteps None: −1 in target_shape of reshape"
    )


def test_repeat_vector_makes_timesteps() -> None:
    assert after("RepeatVector", vector(7), n=4) == [
        "timesteps 4: n of repeatvector",
        "features 7: features of x",
    ]


# Windows along the timesteps.


@pytest.mark.parametrize(
    ("arguments", "steps"),
    [
        ({}, "6: (8 − 3) / 1 + 1 from conv1d"),
        ({"strides": 2}, "3: ⌊(8 − 3) / 2⌋ + 1 from conv1d"),
        ({"strides": 5}, "2: (8 − 3) / 5 + 1 from conv1d"),
        ({"dilation_rate": 2}, "4: (8 − 5) / 1 + 1 from conv1d"),
        ({"padding": "same"}, "8: timesteps of x"),
        ({"padding": "causal"}, "8: timesteps of x"),
        ({"padding": "SAME", "strides": 3}, "3: ⌈8 / 3⌉ from conv1d"),
    ],
)
def test_a_convolution_counts_the_places_of_its_window(arguments: dict[str, Any], steps: str) -> None:
    assert after("Conv1D", sequence(8, 10), filters=16, kernel_size=3, **arguments) == [
        f"timesteps {steps}",
        "filters 16: filters of conv1d",
    ]


def test_pooling_moves_by_its_own_length() -> None:
    assert after("MaxPooling1D", sequence(8, 10)) == [
        "timesteps 4: (8 − 2) / 2 + 1 from maxpooling1d",
        "features 10: features of x",
    ]
    assert after("AveragePooling1D", sequence(ANY, 10), pool_size=3)[0] == (
        "timesteps None: ⌊(timesteps − 3) / 3⌋ + 1 from averagepooling1d"
    )


def test_channels_first_moves_the_window_along_the_last_axis() -> None:
    assert after("MaxPooling1D", sequence(8, 10), data_format="channels_first") == [
        "timesteps 8: timesteps of x",
        "features 5: (10 − 2) / 2 + 1 from maxpooling1d",
    ]


def test_global_pooling_leaves_the_features() -> None:
    assert after("GlobalAveragePooling1D", sequence()) == ["features 10: features of x"]
    assert after("GlobalMaxPooling1D", sequence(), keepdims=True) == [
        "timesteps 1: keepdims of globalmaxpooling1d",
        "features 10: features of x",
    ]


def test_padding_cropping_and_repeating_are_arithmetic() -> None:
    assert (
        after("ZeroPadding1D", sequence(), padding=[1, 2])[0] == "timesteps 11: 1 + 8 + 2 from zeropadding1d"
    )
    assert after("Cropping1D", sequence())[0] == "timesteps 6: 8 − 1 − 1 from cropping1d"
    assert after("UpSampling1D", sequence(), size=3)[0] == "timesteps 24: 3 · 8 from upsampling1d"


# Everything else.


@pytest.mark.parametrize("kind", ["BatchNormalization", "LayerNormalization", "Softmax", "ReLU", "Masking"])
def test_a_layer_that_changes_no_shape_carries_its_axes(kind: str) -> None:
    assert after(kind, sequence()) == ["timesteps 8: timesteps of x", "features 10: features of x"]


def test_a_layer_without_a_rule_still_names_every_axis() -> None:
    node = make_node("SomethingNew", "new")
    (output,) = name_axes(node, (sequence(),), ((ANY, 8, 3, 2),))
    assert [axis.name for axis in output] == ["batch", "axis 1", "axis 2", "axis 3"]
    assert output[3].origin == "from new"


shapes = st.lists(st.none() | st.integers(1, 6), min_size=1, max_size=5).map(tuple)


@given(shape=shapes, kind=st.sampled_from(["Flatten", "Dense", "LSTM", "MaxPooling1D", "RepeatVector"]))
def test_sizes_are_always_those_that_keras_gave(shape: Shape, kind: str) -> None:
    arguments = {"Dense": {"units": 2}, "LSTM": {"units": 2}, "RepeatVector": {"n": 2}}.get(kind, {})
    node = make_node(kind, **arguments)
    called = call_layer(node, shape)
    if called.error is None:
        (output,) = name_axes(node, (input_axes(shape, kind),), called.output_shapes)
        assert tuple(axis.size for axis in output) == called.output_shapes[0]
        assert all(axis.name and axis.origin for axis in output)


# Images, films and several inputs.


def image(height: int | None = 9, width: int | None = 8, channels: int = 3) -> Axes:
    return input_axes((ANY, height, width, channels), "Conv2D", "i")


def test_a_convolution_of_images_counts_along_both_axes() -> None:
    assert after("Conv2D", image(), filters=4, kernel_size=[3, 2], strides=[2, 1]) == [
        "height 4: (9 − 3) / 2 + 1 from conv2d",
        "width 7: (8 − 2) / 1 + 1 from conv2d",
        "filters 4: filters of conv2d",
    ]


def test_channels_may_come_first() -> None:
    first = input_axes((ANY, 3, 9, 8), "Conv2D", "i", data_format="channels_first")
    assert [axis.name for axis in first] == ["batch", "channels", "height", "width"]
    assert after("Conv2D", first, filters=4, kernel_size=3, padding="same", data_format="channels_first") == [
        "filters 4: filters of conv2d",
        "height 9: height of i",
        "width 8: width of i",
    ]


def test_transposed_and_depthwise_convolutions() -> None:
    assert after("Conv2DTranspose", image(), filters=4, kernel_size=3, strides=2) == [
        "height 19: 9 · 2 + 1 from conv2dtranspose",
        "width 17: 8 · 2 + 1 from conv2dtranspose",
        "filters 4: filters of conv2dtranspose",
    ]
    assert after("DepthwiseConv2D", image(), kernel_size=1, depth_multiplier=2)[2] == (
        "channels 6: 3 · 2 from depthwiseconv2d"
    )


def test_images_are_padded_cut_and_repeated() -> None:
    assert after("ZeroPadding2D", image(), padding=[[1, 2], [0, 0]])[:2] == [
        "height 12: 1 + 9 + 2 from zeropadding2d",
        "width 8: width of i",
    ]
    assert after("Cropping2D", image(), cropping=2)[0] == "height 5: 9 − 2 − 2 from cropping2d"
    assert after("UpSampling2D", image(), size=[2, 3])[1] == "width 24: 3 · 8 from upsampling2d"
    assert after("Resizing", image(), height=4, width=5)[:2] == [
        "height 4: height of resizing",
        "width 5: width of resizing",
    ]


def test_images_are_pooled() -> None:
    assert after("GlobalAveragePooling2D", image()) == ["channels 3: channels of i"]
    assert after("AdaptiveMaxPooling2D", image(), output_size=[2, 3])[1] == (
        "width 3: output_size of adaptivemaxpooling2d"
    )


def test_a_film_keeps_its_timesteps_only_with_return_sequences() -> None:
    film = input_axes((ANY, 5, 9, 8, 3), "ConvLSTM2D", "film")
    arguments = {"filters": 4, "kernel_size": 3}
    assert after("ConvLSTM2D", film, **arguments)[0] == "height 7: (9 − 3) / 1 + 1 from convlstm2d"
    assert after("ConvLSTM2D", film, return_sequences=True, **arguments) == [
        "timesteps 5: timesteps of film",
        "height 7: (9 − 3) / 1 + 1 from convlstm2d",
        "width 6: (8 − 3) / 1 + 1 from convlstm2d",
        "filters 4: filters of convlstm2d",
    ]


def test_dot_keeps_what_is_not_summed() -> None:
    assert after("Dot", sequence(5, 4, "a"), sequence(6, 4, "b"), axes=2) == [
        "timesteps 5: timesteps of a",
        "timesteps 6: timesteps of b",
    ]


def test_heads_leave_the_shape_of_the_query() -> None:
    query, value = sequence(5, 4, "q"), sequence(6, 3, "v")
    assert after("MultiHeadAttention", query, value, num_heads=2, key_dim=2) == [
        "timesteps 5: timesteps of q",
        "features 4: features of q",
    ]


def test_letters_say_which_axes_stay() -> None:
    assert after("EinsumDense", sequence(), equation="abc,cd->abd", output_shape=[8, 2]) == [
        "timesteps 8: timesteps of x",
        "units 2: output_shape of einsumdense",
    ]


def test_categories_have_places() -> None:
    assert after("CategoryEncoding", vector(5), num_tokens=7) == [
        "features 7: num_tokens of categoryencoding"
    ]
