"""check_value(): which JSON values may reach Keras as arguments.

Keras would take an object for code to import and construct, and lets some values of the wrong type pass
(`Reshape(["5"])`, `Dense(True)`) only to show shapes that no model has.
"""

import math
from collections.abc import Callable
from typing import Any, TypeGuard

from pydantic import JsonValue

from app.frozen import JsonObject


def _is_integer(value: JsonValue) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: JsonValue) -> bool:
    return _is_integer(value) or (isinstance(value, float) and math.isfinite(value))


def _is_sizes(value: JsonValue) -> bool:
    return isinstance(value, list) and all(size is None or _is_integer(size) for size in value)


def _is_plain(value: JsonValue) -> bool:
    return value is None or isinstance(value, str | int | float) or _is_sizes(value)


def is_layer(value: JsonValue) -> TypeGuard[dict[str, Any]]:
    """Whether it is a wrapped layer: `{"kind": "LSTM", "arguments": {…}}`."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("kind"), str)
        and isinstance(value.get("arguments", {}), dict)
    )


class UnfitValue(TypeError):
    """Refused here; Keras was not asked."""


_RULES: dict[str, tuple[str, Callable[[JsonValue], bool]]] = {
    "integer": ("an integer", lambda value: _is_integer(value) or _is_sizes(value)),
    "number": ("a number", _is_number),
    "boolean": ("True or False", lambda value: isinstance(value, bool)),
    "text": ("a text", lambda value: isinstance(value, str)),
    "choice": ("a text", lambda value: isinstance(value, str)),
    "shape": ("a list of integers", lambda value: _is_integer(value) or _is_sizes(value)),
    "layer": ("a layer", _is_plain),
    "unknown": ("a number, a text or a list of integers", _is_plain),
}


def check_value(name: str, argument_type: str, value: JsonValue) -> JsonValue:
    """The value as it is. Raises UnfitValue where an argument of this type cannot have it.

    None always passes: whether it stands for a default is Keras' to say.
    """
    words, fits = _RULES[argument_type]
    if value is None or fits(value):
        return value
    received = repr(value)[:60]
    raise UnfitValue(f"Argument `{name}` must be {words}. Received: {name}={received}")


def check_batch_shape(arguments: JsonObject) -> None:
    """Raises UnfitValue where an input is not given the sizes of its axes, the batch axis first."""
    shape = arguments.get("batch_shape")
    if not shape or not _is_sizes(shape):
        raise UnfitValue(
            f"An input needs `batch_shape`, such as [null, 3]. Received: batch_shape={repr(shape)[:60]}"
        )
