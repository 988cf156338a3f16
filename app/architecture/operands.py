"""Operands of an operation: which of its parameters take the tensors, and the shapes of constant arrays."""

import math
from collections.abc import Collection, Sequence
from typing import TypeVar

from pydantic import JsonValue

from app.architecture.catalogue import Kind

Tensor = TypeVar("Tensor")

LARGEST_ARRAY = 1_000_000
"""Larger arrays are refused, as Keras would be given one of this size."""


def read_array_shape(value: JsonValue) -> list[int] | None:
    """The shape of a constant array written as `{"shape": [1, 2]}`; None for anything else."""
    sizes = value.get("shape") if isinstance(value, dict) and len(value) == 1 else None
    if not isinstance(sizes, list):
        return None
    shape = [size for size in sizes if isinstance(size, int) and not isinstance(size, bool) and size >= 0]
    fits = len(shape) == len(sizes) and math.prod(shape) <= LARGEST_ARRAY
    return shape if fits else None


def hand_out(kind: Kind, constants: Collection[str], tensors: Sequence[Tensor]) -> dict[str, list[Tensor]]:
    """Assign tensors, in order, to the operation's tensor parameters that have no constant.

    Tensors may be left.
    """
    waiting = list(tensors)
    handed: dict[str, list[Tensor]] = {}
    for argument in kind.arguments:
        if argument.name in constants:
            continue
        if argument.type == "tensors":
            handed[argument.name], waiting = waiting, []
        elif argument.type == "tensor" and waiting:
            handed[argument.name] = [waiting.pop(0)]
    return handed
