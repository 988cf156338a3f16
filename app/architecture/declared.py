"""Declared outputs: the shapes and dtypes stated for a custom layer, which is never run."""

from collections.abc import Mapping
from typing import NamedTuple

from pydantic import JsonValue

from app.frozen import JsonObject, Shape, read_shape

USUAL = "float32"


class Declared(NamedTuple):
    """One output tensor of the layer."""

    shape: Shape
    dtype: str = USUAL


def read_declared(arguments: Mapping[str, JsonValue]) -> tuple[Declared, ...]:
    """The tensors in a node's `output_shape`, which is one shape or a list of shapes; () if it is neither.

    `dtype` is one dtype for all of them, or a list with one for each.
    """
    value, dtype = arguments.get("output_shape"), arguments.get("dtype")
    one = read_shape(value)
    several = [read_shape(part) for part in value] if isinstance(value, list) and not one else [one]
    shapes = [shape for shape in several if shape]
    dtypes = dtype if isinstance(dtype, list) else [dtype] * len(shapes)
    if len(shapes) != len(several) or len(dtypes) != len(shapes):
        return ()
    return tuple(Declared(shape, str(each or USUAL)) for shape, each in zip(shapes, dtypes, strict=True))


def write_declared(tensors: tuple[Declared, ...]) -> JsonObject:
    """The arguments that declare these tensors: one shape or dtype instead of a list where that is enough."""
    shapes: list[JsonValue] = [list(tensor.shape) for tensor in tensors]
    dtypes: list[JsonValue] = [tensor.dtype for tensor in tensors]
    return {
        "output_shape": shapes[0] if len(shapes) == 1 else shapes,
        "dtype": dtypes[0] if len(set(map(str, dtypes))) == 1 else dtypes,
    }
