"""tidy_arguments(): one form for arguments that mean the same, however they were written."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import JsonValue

from app.architecture.catalogue import Argument, Kind, find_kind
from app.frozen import JsonObject

SAME_AS_NONE: Mapping[str, tuple[JsonValue, ...]] = {
    "activation": ("linear",),
    "data_format": ("channels_last",),
    "dtype": ("float32",),
}
"""Values that mean the same as None, for arguments whose default is None."""

SAME_AS_OTHER: Mapping[str, str] = {"strides": "pool_size", "value_dim": "key_dim"}
"""Arguments whose default is the value of another argument."""

PER_AXIS = frozenset(
    ["dilation_rate", "kernel_size", "output_padding", "output_size", "pool_size", "size", "strides"]
)
"""Arguments for which one number means this number for every axis."""

BOTH_SIDES = frozenset({"padding", "cropping"})
"""Arguments for which one number means the same before and after. (`padding` of convolutions is a text.)"""

ONE_OR_MORE = frozenset({"axis"})
"""Arguments for which one number means a list of just this number."""

STRICT = frozenset({"trainable"})
"""Arguments that are True or False; for the others of their type, Keras takes 1 or any text for True."""

ACTIVATIONS: Mapping[str, str] = {"hard_swish": "hard_silu", "swish": "silu"}
"""Activations with two names."""


def tidy_arguments(kind: Kind, arguments: Mapping[str, JsonValue]) -> JsonObject:
    """The arguments without defaults, and without those that change neither shapes, masks nor counts.

    Arguments that the layer does not have are kept, so that Keras can complain about them.
    """
    tidied: JsonObject = {}
    rank = _find_rank(kind.name)
    for name, value in arguments.items():
        argument = kind.argument(name)
        if argument is None:
            tidied[name] = value
        elif not argument.leaves_out(value):
            plain = _tidy_value(argument, value, rank)
            if not _is_default(argument, plain, rank):
                tidied[name] = plain
    for name, other in SAME_AS_OTHER.items():
        source = kind.argument(other) if name in tidied else None
        default = source and _tidy_value(source, source.default, rank)
        if source is not None and tidied[name] == tidied.get(other, default):
            del tidied[name]
    return tidied


@cache
def _find_rank(kind: str) -> int:
    """The number of spatial axes in a kind's name (`Conv2D`: 2); 0 if there is none."""
    named = re.search(r"([123])D", kind)
    return int(named[1]) if named else 0


def _is_default(argument: Argument, value: JsonValue, rank: int) -> bool:
    """Whether Keras would do the same without this argument."""
    if argument.required:
        return False
    if argument.default is None:
        return value is None or value in SAME_AS_NONE.get(argument.name, ())
    same_type = isinstance(value, bool) == isinstance(argument.default, bool)
    return same_type and value == _tidy_value(argument, argument.default, rank)


def _tidy_value(argument: Argument, value: JsonValue, rank: int) -> JsonValue:
    if argument.type == "boolean" and argument.name not in STRICT and value is not None:
        return bool(value)
    if isinstance(value, list):
        return _tidy_list(argument, value, rank)
    if isinstance(value, dict):
        return _tidy_layer(value) if argument.type == "layer" else value
    if argument.name.endswith("activation"):
        return "linear" if value is None and argument.default is not None else _tidy_activation(value)
    if argument.name in BOTH_SIDES and argument.type == "shape" and isinstance(value, int):
        return [value, value]
    return value


def _tidy_activation(value: JsonValue) -> JsonValue:
    return ACTIVATIONS.get(value, value) if isinstance(value, str) else value


def _tidy_list(argument: Argument, values: list[JsonValue], rank: int) -> JsonValue:
    if argument.type == "layer":
        layers: list[JsonValue] = [
            _tidy_layer(layer) if isinstance(layer, dict) else layer for layer in values
        ]
        stacked: JsonValue = {"kind": "StackedRNNCells", "arguments": {"cells": layers}}
        return stacked if argument.name == "cell" else layers
    # Keras refuses a wrong number of sizes itself.
    if argument.type == "pairs" and len(values) == rank:
        sides = [side[0] if isinstance(side, list) and _all_equal(side) else side for side in values]
        return sides[0] if _all_equal(sides) else sides
    if argument.name in PER_AXIS and len(values) == rank and _all_equal(values):
        return values[0]
    return values[0] if argument.name in ONE_OR_MORE and len(values) == 1 else values


def _all_equal(values: list[JsonValue]) -> bool:
    return bool(values) and isinstance(values[0], int) and all(value == values[0] for value in values)


def _tidy_layer(layer: dict[str, Any]) -> JsonObject:
    name, arguments = layer.get("kind"), layer.get("arguments", {})
    if not isinstance(name, str) or not isinstance(arguments, dict):
        return layer
    kind = find_kind(name)
    return {**layer, "kind": kind.name, "arguments": tidy_arguments(kind, arguments)}
