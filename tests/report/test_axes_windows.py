"""The axes behind windows: convolutions, pooling, padding, along timesteps and in images."""

from typing import Any

import pytest
from named_axes import ANY, Axes, after, input_axes, sequence

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
