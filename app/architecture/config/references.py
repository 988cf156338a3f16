"""References to tensors in a configuration, in the forms of Keras 2 and Keras 3."""

from collections.abc import Iterator
from typing import NamedTuple, TypeGuard

from pydantic import JsonValue

from app.architecture.config.values import MAX_DEPTH
from app.frozen import Shape, read_shape
from app.problems import ConfigError

TENSOR = "__keras_tensor__"

MOST_PLACES = 10_000
"""The greatest number of a call or an output that is accepted."""


class Reference(NamedTuple):
    """One output of one call of a layer; only Keras 3 saves its shape and dtype."""

    layer: str
    call: int
    output: int
    shape: Shape | None = None
    dtype: str | None = None


def collect_references(value: JsonValue, depth: int = MAX_DEPTH) -> Iterator[Reference]:
    """The references in nested lists and objects, in order. Raises ConfigError for an invalid one."""
    if not depth:
        raise ConfigError("What a layer reads is nested too deeply.")
    if reference := read_reference(value):
        yield reference
    elif isinstance(value, dict):
        # As Keras reads a dict.
        for _, part in sorted(value.items()):
            yield from collect_references(part, depth - 1)
    elif isinstance(value, list):
        for part in value:
            yield from collect_references(part, depth - 1)


def read_reference(value: JsonValue) -> Reference | None:
    """The reference that this value is; None if it is something else."""
    if isinstance(value, dict) and value.get("class_name") == TENSOR:
        inner = value.get("config")
        if not isinstance(inner, dict):
            raise _broken()
        return _read_history(inner.get("keras_history"))._replace(
            shape=read_shape(inner.get("shape")),
            dtype=str(inner.get("dtype") or "float32"),
        )
    if isinstance(value, list) and len(value) in (3, 4) and isinstance(value[0], str):
        return _read_history(value)
    return None


def _read_history(history: JsonValue) -> Reference:
    if not isinstance(history, list) or len(history) not in (3, 4):
        raise _broken()
    layer, call, output = history[:3]
    if not isinstance(layer, str) or not _is_place(call) or not _is_place(output):
        raise _broken()
    return Reference(layer, call, output)


def _is_place(value: JsonValue) -> TypeGuard[int]:
    return isinstance(value, int) and 0 <= value < MOST_PLACES


def _broken() -> ConfigError:
    return ConfigError("A reference to a tensor is not of the form [layer, call, output].")
