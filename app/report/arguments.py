"""A node's arguments as Keras sees them: as given, else the default."""

from typing import NamedTuple

from pydantic import JsonValue

from app.architecture.calls import ATTENDED
from app.architecture.catalogue import KINDS, load_operations
from app.architecture.spec import Node

UNKNOWN_FORM = (ArithmeticError, LookupError, TypeError, ValueError)
"""Errors in a rule if a layer is called with more or fewer axes than it is made for, which Keras allows for
some layers: the rule then has no answer."""


def argument(node: Node, name: str) -> JsonValue:
    """The value of one constructor argument; None if the layer takes no such argument."""
    if name in node.arguments:
        return node.arguments[name]
    kind = KINDS.get(node.kind) or load_operations().get(node.kind)
    known = kind.argument(name) if kind else None
    return known.default if known else None


def integer(node: Node, name: str) -> int:
    """An integer argument; 0 if its value is not an integer."""
    value = argument(node, name)
    return int(value) if isinstance(value, int) else 0


def sizes(node: Node, name: str, count: int) -> tuple[int, ...]:
    """An argument with one integer per axis (`3`, `[3]`, `[3, 5]`), for `count` axes.

    Empty if the value is none of these; the caller then has no rule for it.
    """
    value = argument(node, name)
    values = value if isinstance(value, list) else [value] * count
    integers = tuple(int(number) for number in values if isinstance(number, int))
    return integers if len(integers) == len(values) == count else ()


class Ends(NamedTuple):
    """How much is added before and after an axis, or cut off there."""

    before: int
    after: int


def find_ends(node: Node, name: str, count: int) -> tuple[Ends, ...]:
    """An argument such as `1`, `[1, 2]` or `[[1, 2], [3, 4]]`, for each of `count` axes.

    Empty if the value is none of these.
    """
    value = argument(node, name)
    if count == 1 and isinstance(value, list):
        value = [value]
    parts = value if isinstance(value, list) else [value] * count
    ends = tuple(_read_ends(part) for part in parts)
    known = tuple(part for part in ends if part is not None)
    return known if len(known) == len(ends) == count else ()


def _read_ends(part: object) -> Ends | None:
    both = part if isinstance(part, list) else [part, part]
    integers = [size for size in both if isinstance(size, int)]
    return Ends(*integers) if len(integers) == len(both) == 2 else None


def wrapped(node: Node) -> Node | None:
    """The layer inside a Bidirectional or TimeDistributed, with the wrapper's name; else None."""
    layer = node.arguments.get("layer")
    if not isinstance(layer, dict):
        return None
    kind, arguments = layer.get("kind"), layer.get("arguments", {})
    if not isinstance(kind, str) or not isinstance(arguments, dict):
        return None
    return node.model_copy(update={"kind": kind, "arguments": arguments})


def list_cells(node: Node) -> tuple[Node, ...]:
    """The cells of an RNN, in order; stacks of cells are flattened."""
    given = node.arguments.get("cell", node.arguments.get("cells"))
    if given is None:
        return ()
    cells: list[Node] = []
    for layer in given if isinstance(given, list) else [given]:
        if cell := wrapped(node.model_copy(update={"arguments": {"layer": layer}})):
            cells += list_cells(cell) if cell.kind == "StackedRNNCells" else [cell]
    return tuple(cells)


def read_letters(equation: str, rank: int) -> tuple[str, str] | None:
    """The letters of the input and of the output in `abc,cd->abd`; None if there is no arrow.

    `...` stands for those of the input's `rank` axes that have no letter; they are numbered.
    """
    read, arrow, written = equation.replace(" ", "").partition("->")
    read = read.split(",")[0]
    unnamed = "0123456789"[: max(rank - len(read.replace("...", "")), 0)]
    return (read.replace("...", unnamed), written.replace("...", unnamed)) if arrow else None


class Operands(NamedTuple):
    """The letters of each tensor that `einsum` reads, and of the one it returns."""

    read: tuple[str, ...]
    written: str


def read_operands(subscripts: str) -> Operands | None:
    """The letters in `btf,bsf->bts`; None if `...` or a missing arrow leaves some unsaid."""
    read, arrow, written = subscripts.replace(" ", "").partition("->")
    return Operands(tuple(read.split(",")), written) if arrow and "." not in subscripts else None


class Roles(NamedTuple):
    """The places in `inbound` of an attention layer's query, value and key."""

    query: int
    value: int
    key: int


def find_roles(node: Node) -> Roles | None:
    """The roles of an attention layer's inputs, by position or keyword.

    Without a key, the value is the key.
    """
    named = node.handed_by_name
    order = iter([place for place in range(len(node.inbound)) if place not in named])
    places = [_find_named(node, name, next(order, None)) for name in ATTENDED]
    query, value, key = places
    if query is None or value is None:
        return None
    return Roles(query, value, value if key is None else key)


def _find_named(node: Node, name: str, otherwise: int | None) -> int | None:
    given = node.call.get(name)
    place = given.get("inbound") if isinstance(given, dict) else None
    return place if isinstance(place, int) else otherwise
