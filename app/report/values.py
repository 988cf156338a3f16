"""check_value(): which JSON values may be passed to Keras as arguments.

Keras would import and construct what some JSON objects name, and accepts some values of a wrong type
(`Reshape(["5"])`, `Dense(True)`) whose shapes no real model has.
"""

import math
from collections.abc import Callable
from typing import Any, TypeGuard

from pydantic import JsonValue

from app.architecture.operands import read_array_shape
from app.frozen import JsonObject, Shape


def _is_integer(value: JsonValue) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: JsonValue) -> bool:
    return _is_integer(value) or (isinstance(value, float) and math.isfinite(value))


def _is_sizes(value: JsonValue) -> bool:
    return isinstance(value, list) and all(size is None or _is_integer(size) for size in value)


def _is_numbers(value: JsonValue) -> bool:
    return _is_number(value) or (isinstance(value, list) and all(map(_is_number, value)))


def _is_pairs(value: JsonValue) -> bool:
    return _is_integer(value) or (isinstance(value, list) and all(_is_size_or_pair(part) for part in value))


def _is_size_or_pair(value: JsonValue) -> bool:
    return _is_integer(value) or (isinstance(value, list) and all(map(_is_integer, value)))


def _is_plain(value: JsonValue) -> bool:
    return value is None or isinstance(value, str | int | float) or _is_sizes(value)


def is_layer(value: JsonValue) -> TypeGuard[dict[str, Any]]:
    """Whether it is a wrapped layer or a cell: `{"kind": "LSTM", "arguments": {…}}`."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("kind"), str)
        and isinstance(value.get("arguments", {}), dict)
    )


def is_layers(value: JsonValue) -> TypeGuard[list[dict[str, Any]]]:
    """Whether it is a list of layers, such as the cells of an RNN."""
    return isinstance(value, list) and bool(value) and all(map(is_layer, value))


def _is_array(value: JsonValue) -> bool:
    return (
        isinstance(value, bool)
        or _is_number(value)
        or (isinstance(value, list) and all(map(_is_array, value)))
    )


def _is_operand(value: JsonValue) -> bool:
    return _is_array(value) or read_array_shape(value) is not None


def _is_texts(value: JsonValue) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


class UnfitValue(TypeError):
    """A value that is refused here, without asking Keras."""


_RULES: dict[str, tuple[str, Callable[[JsonValue], bool]]] = {
    "integer": ("an integer", lambda value: _is_integer(value) or _is_sizes(value)),
    "number": ("a number", _is_number),
    "numbers": ("a number or a list of numbers", _is_numbers),
    "boolean": ("True or False", lambda value: isinstance(value, bool)),
    "text": ("a text", lambda value: isinstance(value, str)),
    "texts": ("a list of texts", _is_texts),
    "choice": ("a text", lambda value: isinstance(value, str)),
    "shape": ("a list of integers", lambda value: _is_integer(value) or _is_sizes(value)),
    "pairs": ("an integer, or a list of integers or pairs of integers", _is_pairs),
    "ignored": ("a name that Keras knows", lambda value: _is_number(value) or str(value).isidentifier()),
    "layer": ("a layer", _is_plain),
    "tensor": ("a number, nested lists of numbers, or the shape of an array", _is_operand),
    "tensors": ("a list of numbers", _is_array),
    "unknown": ("a number, a text or a list of integers", _is_plain),
}


def check_value(name: str, argument_type: str, value: JsonValue) -> JsonValue:
    """The value, unchanged. Raises UnfitValue if an argument of this type cannot have it.

    None always passes: Keras decides whether it stands for a default.
    """
    words, fits = _RULES[argument_type]
    if value is None or fits(value):
        return value
    received = repr(value)[:60]
    raise UnfitValue(f"Argument `{name}` must be {words}. Received: {name}={received}")


MOST_STATISTICS = 10_000_000


def check_statistics(arguments: JsonObject, shapes: tuple[Shape, ...]) -> None:
    """Raises UnfitValue if a Normalization would need means for more numbers than fit in memory.

    These are the one thing that Keras computes while it builds; all other values are left out.
    """
    axis = arguments.get("axis", -1)
    shape = shapes[0] if shapes else ()
    axes = [place for place in (axis if isinstance(axis, list) else [axis]) if isinstance(place, int)]
    if math.prod(shape[place] or 1 for place in axes if -len(shape) <= place < len(shape)) > MOST_STATISTICS:
        raise UnfitValue(f"A mean is kept for each of more than {MOST_STATISTICS:,} numbers.")


def check_batch_shape(arguments: JsonObject) -> None:
    """Raises UnfitValue if an input does not have a list of sizes, batch axis first."""
    shape = arguments.get("batch_shape")
    if not shape or not _is_sizes(shape):
        raise UnfitValue(
            f"An input needs `batch_shape`, such as [null, 3]. Received: batch_shape={repr(shape)[:60]}"
        )
