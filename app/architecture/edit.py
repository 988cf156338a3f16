"""Edits of the graph: a layer put in or taken out, with the wires around it drawn anew."""

from collections.abc import Mapping, Sequence

from app.architecture.code.naming import write_snake_case
from app.architecture.spec import Architecture, Inbound, Node, Source
from app.frozen import JsonObject
from app.problems import ArchitectureError


def insert_after(architecture: Architecture, name: str, node: Node) -> Architecture:
    """Put `node` behind the first output of the layer `name`: whatever read that output reads `node`.

    Raises ArchitectureError where there is no such layer, or `node`'s name is taken.
    """
    source = Source(node=architecture.node(name).name)
    new = node.model_copy(update={"inbound": (source,)})
    moved = {source: (Source(node=new.name),)}
    nodes: list[Node] = []
    for old in architecture.nodes:
        nodes.append(_rewire(old, moved))
        if old.name == name:
            nodes.append(new)
    return _with_nodes(architecture, nodes, moved)


def insert_before(architecture: Architecture, name: str, node: Node, position: int = 0) -> Architecture:
    """Put `node` between the layer `name` and the tensor that it reads at `position`.

    Raises ArchitectureError where there is no such layer or tensor, or `node`'s name is taken.
    """
    reader = architecture.node(name)
    if not 0 <= position < len(reader.inbound):
        raise ArchitectureError(f"Layer {name!r} reads no tensor number {position + 1}.")
    new = node.model_copy(update={"inbound": (reader.inbound[position],)})
    inbound = list(reader.inbound)
    inbound[position] = Source(node=new.name)
    changed = reader.model_copy(update={"inbound": tuple(inbound)})
    nodes = [part for old in architecture.nodes for part in ((new, changed) if old.name == name else (old,))]
    return _with_nodes(architecture, nodes, {})


def remove(architecture: Architecture, name: str) -> Architecture:
    """Take the layer `name` out: whatever read it reads what it read.

    Raises ArchitectureError where there is no such layer, it is the last one, or it is an input that is read.
    """
    gone = architecture.node(name)
    readings = [*architecture.outputs, *(source for node in architecture.nodes for source in node.inbound)]
    moved = {source: gone.inbound for source in readings if source.node == name}
    if moved and not gone.inbound:
        raise ArchitectureError(f"Other layers read the input {name!r}; give them another one first.")
    nodes = [_rewire(node, moved) for node in architecture.nodes if node.name != name]
    if not nodes:
        raise ArchitectureError(f"{name!r} is the only layer; a model needs at least one.")
    return _with_nodes(architecture, nodes, moved)


def make_node(architecture: Architecture, kind: str, arguments: JsonObject) -> Node:
    """A node to put in, under a name that is free: `reshape`, else `reshape_1`, `reshape_2`, …"""
    taken = {node.name for node in architecture.nodes}
    stem = name = write_snake_case(kind)
    number = 0
    while name in taken:
        number += 1
        name = f"{stem}_{number}"
    return Node(kind=kind, name=name, arguments=arguments)


def _rewire(node: Node, moved: Mapping[Source, Inbound]) -> Node:
    return node.model_copy(update={"inbound": _follow(node.inbound, moved)})


def _follow(sources: Inbound, moved: Mapping[Source, Inbound]) -> Inbound:
    return tuple(new for source in sources for new in moved.get(source, (source,)))


def _with_nodes(
    architecture: Architecture, nodes: Sequence[Node], moved: Mapping[Source, Inbound]
) -> Architecture:
    # Made anew rather than copied, so that the new graph is checked.
    return Architecture(
        name=architecture.name, nodes=tuple(nodes), outputs=_follow(architecture.outputs, moved)
    )
