"""Constant arrays in a configuration, which NumPy or Keras made when the model was built."""

from pydantic import JsonValue

from app.architecture.config.values import MAX_DEPTH, quote, read_plain
from app.problems import ConfigError

ARRAYS = frozenset({"__numpy__", "__tensor__"})
"""The classes under which Keras saves an array of NumPy and a tensor."""

DTYPE = "float32"
"""The dtype that arrays are made with where an operation is called."""


def is_array(value: JsonValue) -> bool:
    """Whether this is a constant array."""
    return isinstance(value, dict) and str(value.get("class_name")) in ARRAYS


def holds_array(value: JsonValue) -> bool:
    """Whether this is a list with a constant array among its elements."""
    return isinstance(value, list) and any(map(is_array, value))


def read_constant(value: JsonValue) -> JsonValue:
    """The value of an operation's argument; an array as `{"shape": [1, 2]}`. Raises ConfigError."""
    if not isinstance(value, dict) or not is_array(value):
        return read_plain(value)
    config = value.get("config")
    array, dtype = (config.get("value"), config.get("dtype")) if isinstance(config, dict) else (None, None)
    if not isinstance(array, list):
        return read_plain(array)
    if dtype != DTYPE:
        raise ConfigError(f"A constant array of the dtype {quote(dtype)} is not read, only one of {DTYPE}.")
    return {"shape": list(_measure(array))}


def _measure(array: JsonValue) -> list[JsonValue]:
    """The sizes of nested lists. Raises ConfigError if they are nested too deeply."""
    shape: list[JsonValue] = []
    while isinstance(array, list):
        if len(shape) == MAX_DEPTH:
            raise ConfigError("A constant array is nested too deeply.")
        shape.append(len(array))
        array = array[0] if array else None
    return shape
