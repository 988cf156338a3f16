"""The changes to an architecture that repairs are made of."""

from collections.abc import Sequence
from typing import Any

from pydantic import JsonValue

from app.architecture.edit import exchange, insert_before, make_node
from app.architecture.spec import Architecture, Node
from app.frozen import JsonObject


def change(architecture: Architecture, name: str, depth: int = 0, **changed: JsonValue) -> Architecture:
    """Change arguments of a layer, or of the layer that it wraps `depth` deep. None removes an argument."""
    node = architecture.node(name)
    arguments = _change_arguments(node.arguments, depth, changed)
    return architecture.replace(name, node.model_copy(update={"arguments": arguments}))


def _change_arguments(arguments: JsonObject, depth: int, changed: JsonObject) -> JsonObject:
    if depth == 0:
        return {key: value for key, value in {**arguments, **changed}.items() if value is not None}
    inner: Any = arguments["layer"]
    inside = _change_arguments(inner.get("arguments", {}), depth - 1, changed)
    return {**arguments, "layer": {**inner, "arguments": inside}}


def put_before(
    architecture: Architecture, name: str, kind: str, position: int | None = 0, **arguments: JsonValue
) -> Architecture:
    """Insert a new layer between a layer and its input number `position`; None: all its inputs."""
    return insert_before(architecture, name, make_node(architecture, kind, arguments), position)


def swap_kind(architecture: Architecture, name: str, kind: str, **arguments: JsonValue) -> Architecture:
    """Replace a layer by a new one of another kind, with a name of its own."""
    return exchange(architecture, name, make_node(architecture, kind, arguments))


def unwrap(architecture: Architecture, name: str) -> Architecture:
    """Replace a wrapper by the layer that it wraps, under the wrapper's name."""
    node = architecture.node(name)
    inner: Any = node.arguments["layer"]
    alone = node.model_copy(update={"kind": inner["kind"], "arguments": inner.get("arguments", {})})
    return architecture.replace(name, alone)


def reshape_input(architecture: Architecture, node: Node, shape: Sequence[int | None]) -> Architecture:
    """Change the shape of an input; batch axis first."""
    return architecture.replace(node.name, node.with_arguments(batch_shape=list(shape)))


def count_readers(architecture: Architecture, name: str) -> int:
    """How many layers read this one."""
    return sum(any(source.node == name for source in node.inbound) for node in architecture.nodes)
