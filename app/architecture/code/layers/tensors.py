"""Tensors inside a value: in lists, tuples and dicts, however deep."""

from collections.abc import Iterator, Mapping

from app.architecture.code.built import Tensor, TensorKey
from app.architecture.code.values import Value


def list_tensors(value: Value) -> list[Tensor]:
    """The tensors in a value, in order, each once."""
    return list({tensor.key: tensor for tensor in _walk_tensors(value)}.values())


def _walk_tensors(value: Value) -> Iterator[Tensor]:
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _walk_tensors(part)
    elif isinstance(value, dict):
        # As Keras reads a dict.
        yield from _walk_tensors([value[key] for key in sorted(value, key=str)])


def replace_tensors(value: Value, tensors: Mapping[TensorKey, Tensor]) -> Value:
    """The value with other tensors in it: `tensors` has the new ones by the keys of the old ones."""
    if isinstance(value, Tensor):
        return tensors.get(value.key, value)
    if isinstance(value, list | tuple):
        return type(value)(replace_tensors(part, tensors) for part in value)
    if isinstance(value, dict):
        return {key: replace_tensors(part, tensors) for key, part in value.items()}
    return value
