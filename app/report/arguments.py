"""Reading a node's arguments as Keras does: as they were given, else the default."""

from pydantic import JsonValue

from app.architecture.catalogue import KINDS
from app.architecture.spec import Node


def argument(node: Node, name: str) -> JsonValue:
    """The value of one constructor argument; None where the layer knows no such argument."""
    if name in node.arguments:
        return node.arguments[name]
    kind = KINDS.get(node.kind)
    known = kind.argument(name) if kind else None
    return known.default if known else None


def sizes(node: Node, name: str, count: int) -> tuple[int, ...]:
    """An argument with one integer an axis (`3`, `[3]`, `[3, 5]`), for `count` axes.

    Empty where the value is none of these: a caller then has no rule for it.
    """
    value = argument(node, name)
    values = value if isinstance(value, list) else [value] * count
    integers = tuple(number for number in values if isinstance(number, int))
    return integers if len(integers) == len(values) == count else ()


def wrapped(node: Node) -> Node | None:
    """The layer inside a Bidirectional or TimeDistributed, under the wrapper's name; None in other layers."""
    layer = node.arguments.get("layer")
    if not isinstance(layer, dict):
        return None
    kind, arguments = layer.get("kind"), layer.get("arguments", {})
    if not isinstance(kind, str) or not isinstance(arguments, dict):
        return None
    return node.model_copy(update={"kind": kind, "arguments": arguments})
