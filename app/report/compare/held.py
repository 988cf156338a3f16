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


def contrast_kinds(left: Layer, right: Layer) -> Iterator[str]:
    """A sentence on the two kinds, and one if only the wrapper differs."""
    if str(left) == str(right):
        return
    yield contrast("Another layer:", str(left), str(right))
    if left.innermost == right.innermost:
        kind = left.innermost.kind
        yield f"The {kind} itself is given the same in both: what differs is the wrapper."


def contrast_arguments(
    left: Layer, right: Layer, sizes: tuple[JsonValue, JsonValue] | None = None, place: str = ""
) -> Iterator[str]:
    """A sentence for each argument whose value differs; empty if its values are the `sizes` that are said
    anyway.

    For layers of different kinds, the arguments that both kinds take are compared, also inside wrappers; none
    if the kinds are unrelated. `place` says where the two layers are inside another one.
    """
    if left.kind != right.kind:
        left, right = left.innermost, right.innermost
    for argument in _list_comparable(left, right):
        one, other = (Layer.read(side.arguments.get(argument)) for side in (left, right))
        if one and other and (argument in HELD or one.kind == other.kind):
            yield from contrast_arguments(one, other, place=_name_held(argument, one, other))
        elif (ours := _write_given(left, argument)) != (theirs := _write_given(right, argument)):
            is_said = (left.arguments.get(argument), right.arguments.get(argument)) == sizes
            owner = f" of {place}" if place else ""
            yield "" if is_said else contrast(f"{argument}{owner} is", ours, theirs)
    if left.kind == right.kind and left.model != right.model:
        yield f"The layers {f'in {place}' if place else 'inside'} are not the same in A and in B."


def _list_comparable(left: Layer, right: Layer) -> list[str]:
    given = dict.fromkeys((*left.arguments, *right.arguments))
    if left.kind == right.kind:
        return list(given)
    ours, theirs = KINDS.get(left.kind), KINDS.get(right.kind)
    if not ours or not theirs or ours.category != theirs.category:
        return []
    return [name for name in given if ours.argument(name) and theirs.argument(name)]


def _name_held(argument: str, left: Layer, right: Layer) -> str:
    if argument not in HELD:
        return argument
    return f"the inner {left.kind}" if left.kind == right.kind else "the wrapped layer"


def _write_given(layer: Layer, argument: str) -> str:
    """The value that is given, else Keras' own."""
    if argument in layer.arguments:
        return _write(layer.arguments[argument])
    kind = KINDS.get(layer.kind)
    known = kind and kind.argument(argument)
    return "not given" if not known or known.default is None else _write(known.default)


def _write(value: JsonValue) -> str:
    """A value as in code; a layer with its arguments, a nested model without its layers."""
    if isinstance(value, list):
        return f"[{', '.join(map(_write, value))}]"
    if layer := Layer.read(value):
        return f"{layer.kind}({', '.join(f'{name}={_write(one)}' for name, one in layer.arguments.items())})"
    return repr(value)
