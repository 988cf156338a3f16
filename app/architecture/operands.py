"""Operands: which of an operation's parameters its tensors are handed to."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from app.architecture.catalogue import Kind

Tensor = TypeVar("Tensor")


def hand_out(kind: Kind, constants: Collection[str], tensors: Sequence[Tensor]) -> dict[str, list[Tensor]]:
    """Tensors fill the parameters that take them and were given no constant, in order; some may be left."""
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
