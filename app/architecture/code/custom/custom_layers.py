"""Custom layers inside a wrapper of Keras, such as TimeDistributed(MyLayer())."""

from app.architecture.code.built import Functional, Layer, Sequential
from app.architecture.code.custom.custom_classes import Instance
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Value

CELLS = "RNN"
WRAPPERS = frozenset({"TimeDistributed", CELLS})
"""Kinds that may wrap a custom layer or cell."""


def take_own_layer(kind: str, given: dict[str, Value]) -> Instance | None:
    """Remove the custom layer from a wrapper's arguments and return it; None if it wraps no custom layer.

    A class that only passes other arguments to a layer of Keras is read as that layer.
    """
    name = "cell" if kind == CELLS else "layer"
    inner = given.get(name)
    if not isinstance(inner, Instance):
        return None
    if isinstance(inner.base, Layer | Sequential | Functional) and inner.owner.find("call") is None:
        given[name] = inner.base
        return None
    if kind not in WRAPPERS:
        raise Refusal(f"{kind} around {inner.owner.name}, a layer of your own, is not understood.")
    del given[name]
    inner.used = True
    return inner
