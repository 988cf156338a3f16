"""Sentences about what differs between two layers, including the layers inside wrappers."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Self

from pydantic import JsonValue

from app.architecture.catalogue import KINDS
from app.report.compare.words import contrast

HELD = ("layer", "cell")
"""The arguments in which wrappers and RNN hold a layer."""


class Layer(NamedTuple):
    """A kind with its arguments; `model` if it is a nested model."""

    kind: str
    arguments: Mapping[str, JsonValue]
    model: JsonValue = None

    @classmethod
    def read(cls, value: JsonValue) -> Self | None:
        """The layer in an argument; None if there is none, or there are several."""
        if not isinstance(value, dict):
            return None
        match value.get("kind"), value.get("arguments"):
            case str(kind), dict(arguments):
                return cls(kind, arguments, value.get("model"))
        return None

    @property
    def held(self) -> "Layer | None":
        """The wrapped layer; None if there is none."""
        return next(filter(None, (Layer.read(self.arguments.get(name)) for name in HELD)), None)

    @property
    def innermost(self) -> "Layer":
        """The layer inside all wrappers."""
        return self.held.innermost if self.held else self

    def __str__(self) -> str:
        """The kinds from outside to inside: "Bidirectional(LSTM)"."""
        return f"{self.kind}({self.held})" if self.held else self.kind


def contrast_kinds(name: str, left: Layer, right: Layer) -> Iterator[str]:
    """A sentence on the two kinds, and one if only the wrapper differs."""
    if str(left) == str(right):
        return
    yield contrast(name, "is", str(left), str(right))
    if left.innermost == right.innermost:
        kind = left.innermost.kind
        yield f"The {kind} itself is given the same in both: what differs is the wrapper."


def contrast_arguments(name: str, left: Layer, right: Layer) -> Iterator[str]:
    """A sentence for each argument whose value differs, or that only one side has.

    For layers of different kinds, the arguments that both kinds take are compared, also inside wrappers; none
    if the kinds are unrelated.
    """
    if left.kind != right.kind:
        left, right = left.innermost, right.innermost
    for argument in _list_comparable(left, right):
        one, other = (Layer.read(side.arguments.get(argument)) for side in (left, right))
        if one and other and (argument in HELD or one.kind == other.kind):
            yield from contrast_arguments(_name_held(name, argument, one, other), one, other)
        elif (ours := _write_given(left, argument)) != (theirs := _write_given(right, argument)):
            yield contrast(f"{argument} of {name}", "is", ours, theirs)
    if left.kind == right.kind and left.model != right.model:
        yield f"{name} does not have the same layers in A and in B."


def _list_comparable(left: Layer, right: Layer) -> list[str]:
    given = dict.fromkeys((*left.arguments, *right.arguments))
    if left.kind == right.kind:
        return list(given)
    ours, theirs = KINDS.get(left.kind), KINDS.get(right.kind)
    if not ours or not theirs or ours.category != theirs.category:
        return []
    return [name for name in given if ours.argument(name) and theirs.argument(name)]


def _name_held(name: str, argument: str, left: Layer, right: Layer) -> str:
    if argument not in HELD:
        return f"{argument} of {name}"
    return f"the {left.kind} in {name}" if left.kind == right.kind else f"what {name} wraps"


def _write_given(layer: Layer, argument: str) -> str:
    return _write(layer.arguments[argument]) if argument in layer.arguments else "not given"


def _write(value: JsonValue) -> str:
    """A value as in code; a layer with its arguments, a nested model without its layers."""
    if isinstance(value, list):
        return f"[{', '.join(map(_write, value))}]"
    if layer := Layer.read(value):
        return f"{layer.kind}({', '.join(f'{name}={_write(one)}' for name, one in layer.arguments.items())})"
    return repr(value)
