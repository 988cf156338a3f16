"""Samples in which numbers are cut, moved and padded, and hardly any is computed."""

from collections.abc import Mapping

from building import chain, give, layer

from app.architecture import Architecture

MOVES: Mapping[str, Architecture] = {
    "permute": chain(
        "permute and flatten",
        give("series", 4, 3),
        layer("Permute", "permute", dims=[2, 1]),
        layer("LSTM", "lstm", units=12, return_sequences=True),
        layer("Flatten", "flatten"),
        layer("Dense", "dense", units=2),
    ),
    "cut-anew": chain(
        "reshape, padding and cropping",
        give("series", 4, 3),
        layer("Reshape", "reshape", target_shape=[3, 4]),
        layer("ZeroPadding1D", "zero_padding", padding=[1, 2]),
        layer("Cropping1D", "cropping", cropping=[1, 1]),
        layer("GlobalMaxPooling1D", "maximum"),
        layer("RepeatVector", "repeat_vector", n=2),
    ),
    "long-padding": chain(
        "padding of a long sequence",
        give("series", 100, 2),
        layer("ZeroPadding1D", "padding", padding=2),
        layer("GlobalMaxPooling1D", "maximum"),
    ),
    "turned-over": chain(
        "flip, roll and pad",
        give("series", 4, 3),
        layer("ops.flip", "flip", axis=1),
        layer("ops.roll", "roll", shift=1, axis=1),
        layer("ops.pad", "pad", pad_width=[[0, 0], [2, 1], [0, 0]]),
        layer("ops.pad", "mirror", pad_width=[[0, 0], [3, 3], [0, 0]], mode="reflect"),
    ),
}
