"""Tidying arguments: the same layer, however it was written, has the same arguments."""

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue

from app.architecture.catalogue import Argument, Kind, find_kind
from app.frozen import JsonObject

SAME_AS_DEFAULT: Mapping[str, tuple[JsonValue, ...]] = {
    "activation": ("linear",),
    "data_format": ("channels_last",),
    "dtype": ("float32",),
}
"""Values that mean what None means, for arguments whose default is None."""


def tidy_arguments(kind: Kind, arguments: Mapping[str, JsonValue]) -> JsonObject:
    """The arguments without defaults and without those that change neither shapes nor counts.

    Arguments that Keras does not know are kept: Keras' own complaint about them is the answer.
    """
    tidied: JsonObject = {}
    for name, value in arguments.items():
        argument = kind.argument(name)
        if argument is None:
            tidied[name] = value
        elif argument.type != "ignored":
            plain = _tidy_value(kind, argument, value)
            if not is_default(kind, argument, plain):
                tidied[name] = plain
    if "strides" in tidied and tidied["strides"] == tidied.get("pool_size", _default(kind, "pool_size")):
        # The strides of a pooling layer are its pool size unless something else is said.
        del tidied["strides"]
    return tidied


def is_default(kind: Kind, argument: Argument, value: JsonValue) -> bool:
    """Whether Keras would do the same without this argument."""
    if argument.required:
        return False
    if argument.default is None and value in SAME_AS_DEFAULT.get(argument.name, ()):
        return True
    return value == _tidy_value(kind, argument, argument.default) and isinstance(value, bool) == isinstance(
        argument.default, bool
    )


def _default(kind: Kind, name: str) -> JsonValue:
    argument = kind.argument(name)
    return argument.default if argument else None


def _tidy_value(kind: Kind, argument: Argument, value: JsonValue) -> JsonValue:
    if argument.type == "integer" and isinstance(value, list) and len(value) == 1:
        return value[0]
    if argument.name in PAIRS and isinstance(value, int) and not isinstance(value, bool):
        return [value, value]
    if argument.name.endswith("activation") and value is None and argument.default is not None:
        return "linear"
    if argument.type == "layer" and isinstance(value, dict):
        return _tidy_layer(value)
    return value


PAIRS = frozenset({"padding", "cropping"})
"""Arguments for which one number stands for two equal ones. (`padding` of convolutions is a text.)"""


def _tidy_layer(layer: dict[str, Any]) -> JsonObject:
    name, arguments = layer.get("kind"), layer.get("arguments", {})
    if not isinstance(name, str) or not isinstance(arguments, dict):
        return layer
    kind = find_kind(name)
    return {"kind": kind.name, "arguments": tidy_arguments(kind, arguments)}
