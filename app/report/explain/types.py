"""say_expected(): what an argument of a certain type is, where its value is of another type."""

import math
from collections.abc import Callable, Mapping

from pydantic import JsonValue

from app.report.values import UnfitValue, check_value


def _is_integer(value: JsonValue) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: JsonValue) -> bool:
    return _is_integer(value) or (isinstance(value, float) and math.isfinite(value))


def _is_sizes(value: JsonValue) -> bool:
    return isinstance(value, list) and all(size is None or _is_integer(size) for size in value)


def _is_size_or_sizes(value: JsonValue) -> bool:
    return _is_integer(value) or _is_sizes(value)


def _is_numbers(value: JsonValue) -> bool:
    return _is_number(value) or (isinstance(value, list) and all(map(_is_number, value)))


def _is_pairs(value: JsonValue) -> bool:
    return _is_integer(value) or (isinstance(value, list) and all(map(_is_size_or_sizes, value)))


def _is_text(value: JsonValue) -> bool:
    return isinstance(value, str)


def _is_texts(value: JsonValue) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


_TYPES: Mapping[str, tuple[str, Callable[[JsonValue], bool]]] = {
    "integer": ("an integer", _is_size_or_sizes),
    "number": ("a number", _is_number),
    "numbers": ("a number or a list of numbers", _is_numbers),
    "text": ("a text", _is_text),
    "texts": ("a list of texts", _is_texts),
    "choice": ("a text", _is_text),
    "shape": ("a list of integers", _is_size_or_sizes),
    "pairs": ("an integer, or a list of integers or pairs of integers", _is_pairs),
}


def say_expected(name: str, argument_type: str, value: JsonValue, message: str) -> str | None:
    """What the value must be; None if it is of the type. `message` is what Keras said.

    Keras takes True for 1 and anything for a boolean, except where its message is about this argument.
    """
    words, fits = _TYPES.get(argument_type, ("", lambda _: True))
    try:
        check_value(name, argument_type, value)
    except UnfitValue as error:
        return words or str(error).split(" must be ")[1].split(". Received")[0]
    if argument_type == "boolean":
        return None if isinstance(value, bool) or name not in message else "True or False"
    if isinstance(value, bool) and name not in message:
        return None
    return None if fits(value) else words
