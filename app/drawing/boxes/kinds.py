"""tell_kind(): what a layer is, in two parts: its kind, and its most important arguments."""

from collections.abc import Iterator

from pydantic import JsonValue

from app.architecture import Node
from app.architecture.catalogue import find_kind
from app.architecture.code.write import SYMBOLS
from app.architecture.code.writing.literals import write_shape, write_value
from app.architecture.spec import OPAQUE
from app.drawing.boxes.arguments import summarise_arguments
from app.drawing.words import is_operation, write_kind, write_plural
from app.report.arguments import wrapped

GET_ITEM, NEGATIVE = "ops.get_item", "ops.negative"


def tell_kind(node: Node) -> tuple[str, str]:
    """For example ("LSTM", "100 units"), ("Embedding", "same weights as embedding"), ("x[:, -1]", "")."""
    if is_operation(node.kind):
        return spell_operation(node), ""
    if node.kind == OPAQUE:
        kind = str(node.arguments.get("class_name") or "a layer of its own")
        return kind, _share(node) or ("declared shape" if node.arguments.get("output_shape") else "")
    if node.model is not None:
        kind = node.model.class_name or node.kind
        return kind, _share(node) or write_plural(len(node.model.nodes), "layer")
    return node.kind, _share(node) or summarise_arguments(node)


def name_kind(node: Node) -> str:
    """The kind alone: "LSTM", "Input", "Bidirectional LSTM" for a wrapper, "x[:, -1]" for an operation."""
    if inner := wrapped(node):
        return f"{node.kind} {name_kind(inner)}"
    is_plain = node.kind != OPAQUE and node.model is None and not is_operation(node.kind)
    return write_kind(node.kind) if is_plain else tell_kind(node)[0]


def join_kind(node: Node, sign: str) -> str:
    """Both parts in one line, separated by `sign`."""
    return sign.join(filter(None, tell_kind(node)))


def spell_operation(node: Node) -> str:
    """An operation in short: `+`, `* 2.0`, `1 - x`, `x[:, -1]`, `mean axis=1`."""
    if node.kind == GET_ITEM:
        return f"x[{node.arguments.get('key', '')}]"
    if node.kind == NEGATIVE:
        return "-x"
    if sign := SYMBOLS.get(node.kind):
        first, second = (node.arguments.get(name) for name in ("x1", "x2"))
        if first is not None:
            return f"{_write(first)} {sign} x"
        return sign if second is None else f"{sign} {_write(second)}"
    return " ".join([node.kind.removeprefix("ops."), *_write_constants(node)])


def _share(node: Node) -> str:
    return f"same weights as {node.shares}" if node.shares else ""


def _write_constants(node: Node) -> Iterator[str]:
    for argument in find_kind(node.kind).arguments:
        if argument.name in node.arguments:
            value = _write(node.arguments[argument.name])
            yield value if argument.required and argument.name != "axis" else f"{argument.name}={value}"


def _write(value: JsonValue) -> str:
    return write_shape(value) if isinstance(value, list) else write_value(value)
