"""check_value(): which JSON values may be passed to Keras as arguments.

Keras would import and construct what some JSON objects name, and open the file that a vocabulary names.
"""

import math
from collections.abc import Callable
from typing import Any, TypeGuard

from pydantic import JsonValue

from app.architecture.operands import read_array_shape
from app.frozen import JsonObject, Shape


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


def _is_plain(value: JsonValue) -> bool:
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float)


def _is_numbers(value: JsonValue) -> bool:
    if isinstance(value, list):
        return all(map(_is_numbers, value))
    return isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))


def _is_operand(value: JsonValue) -> bool:
    return _is_numbers(value) or read_array_shape(value) is not None


def _is_list(value: JsonValue) -> bool:
    return isinstance(value, list) and _is_plain(value)


def _is_name(value: JsonValue) -> bool:
    return not isinstance(value, list | dict) and (_is_numbers(value) or str(value).isidentifier())


class UnfitValue(TypeError):
    """A value that is refused here, without asking Keras."""


_RULES: dict[str, tuple[str, Callable[[JsonValue], bool]]] = {
    "ignored": ("a name that Keras knows", _is_name),
    "tensor": ("a number, nested lists of numbers, or the shape of an array", _is_operand),
    "tensors": ("a list of numbers", _is_numbers),
}
FILES = {"vocabulary": ("a list", _is_list)}
"""Arguments for which Keras would read a text as the name of a file."""

PLAIN = ("a number, a text or a list of them", _is_plain)
"""What an argument of any other type may be: nothing that could name an object."""


def check_value(name: str, argument_type: str, value: JsonValue) -> JsonValue:
    """The value, unchanged. Raises UnfitValue if it might make Keras open a file or construct an object.

    Whether any other value is one for this argument, Keras says. None always passes.
    """
    words, fits = FILES.get(name) or _RULES.get(argument_type, PLAIN)
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
    if not _is_list(shape) or not shape:
        raise UnfitValue(
            f"An input needs `batch_shape`, such as [null, 3]. Received: batch_shape={repr(shape)[:60]}"
        )
