"""least_input(): an input shape for a chain of layers that was given none."""

import math
import re
from collections.abc import Callable, Mapping

from pydantic import JsonValue

from app.architecture.catalogue import KINDS
from app.frozen import Shape

COLOURS = 3
"""The channels of an image, which layers that change colours count on."""

TYPES = {"Embedding": "int32", "StringLookup": "string", "TextVectorization": "string"}
"""The input dtype, if it is not Keras' default."""


def least_input(kind: str, arguments: Mapping[str, JsonValue]) -> Shape:
    """The least specific input shape that a layer takes, batch axis first; None is an axis of any size."""
    if named := re.search(r"([123])D", kind):
        steps = 1 if kind.startswith("ConvLSTM") else 0
        return (None,) * (1 + steps + int(named[1])) + (1,)
    if kind in KINDS and KINDS[kind].category == "image":
        return (None, None, None, COLOURS)
    return SHAPES.get(kind, _one_feature)(arguments)


def input_dtype(kind: str) -> str | None:
    """The dtype of the input of a layer of this kind; None for Keras' default."""
    return TYPES.get(kind)


def _one_feature(arguments: Mapping[str, JsonValue]) -> Shape:
    return (None, 1)


def _sequence_of_one_feature(arguments: Mapping[str, JsonValue]) -> Shape:
    return (None, None, 1)


def _tokens(arguments: Mapping[str, JsonValue]) -> Shape:
    return (None, None)


def _as_many_as_the_target(arguments: Mapping[str, JsonValue]) -> Shape:
    """Reshape takes any input that holds as many numbers as its target."""
    target = arguments.get("target_shape")
    sizes = [size for size in target if isinstance(size, int)] if isinstance(target, list) else []
    return (None, abs(math.prod(sizes)) or 1)


SHAPES: Mapping[str, Callable[[Mapping[str, JsonValue]], Shape]] = {
    "Embedding": _tokens,
    "Reshape": _as_many_as_the_target,
    **dict.fromkeys(
        [
            "Bidirectional",
            "Flatten",
            "GRU",
            "LSTM",
            "Masking",
            "Permute",
            "RNN",
            "SimpleRNN",
            "TimeDistributed",
        ],
        _sequence_of_one_feature,
    ),
}
"""For kinds whose input is not (batch, features), and whose name has no number of axes."""
