"""Edits of the graph: layers are inserted, exchanged and removed, and the layers around them reconnected."""

from collections.abc import Mapping, Sequence

from app.architecture.catalogue import name_after
from app.architecture.code.layers.naming import name_node
from app.architecture.handed import renumber
from app.architecture.spec import Architecture, Inbound, Node, Source
from app.frozen import JsonObject
from app.problems import ArchitectureError


def insert_after(architecture: Architecture, name: str, node: Node) -> Architecture:
    """Insert `node` after the first output of the layer `name`: what read that output now reads `node`.

    Raises ArchitectureError if there is no such layer, or `node`'s name is taken.
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


def insert_before(
    architecture: Architecture, name: str, node: Node, position: int | None = 0
) -> Architecture:
    """Insert `node` between the layer `name` and its input tensor number `position`; None: all its inputs.

    Raises ArchitectureError if there is no such layer or tensor, or `node`'s name is taken.
    """
    reader = architecture.node(name)
    count = len(reader.inbound)
    start, end = (0, count) if position is None else (position, position + 1)
    if not 0 <= start < end <= count:
        raise ArchitectureError(f"Layer {name!r} reads no tensor number {start + 1}.")
    new = node.model_copy(update={"inbound": reader.inbound[start:end]})
    inbound = (*reader.inbound[:start], Source(node=new.name), *reader.inbound[end:])
    changed = reader.model_copy(update={"inbound": inbound})
    nodes = [part for old in architecture.nodes for part in ((new, changed) if old.name == name else (old,))]
    return _with_nodes(architecture, nodes, {})


def exchange(architecture: Architecture, name: str, node: Node) -> Architecture:
    """Put `node` in the place of the layer `name`, with the same inputs and the same readers.

    Raises ArchitectureError if there is no such layer, or `node`'s name is taken.
    """
    new = node.model_copy(update={"inbound": architecture.node(name).inbound})
    readings = _readings(architecture, name)
    moved = {source: (source.model_copy(update={"node": new.name}),) for source in readings}
    nodes = [new if old.name == name else _rewire(old, moved) for old in architecture.nodes]
    return _with_nodes(architecture, nodes, moved)


def remove(architecture: Architecture, name: str) -> Architecture:
    """Remove the layer `name`: the layers that read it now read its inputs.

    If other nodes share its weights, the first of them becomes the one that makes the weights. Raises
    ArchitectureError if there is no such layer, if it is the only one, or if it is an input that is read.
    """
    gone = architecture.node(name)
    heir = next((node.name for node in architecture.nodes if node.shares == name), None)
    moved = dict.fromkeys(_readings(architecture, name), gone.inbound)
    if moved and not gone.inbound:
        raise ArchitectureError(f"Other layers read the input {name!r}; give them another one first.")
    nodes = [_inherit(_rewire(node, moved), name, heir) for node in architecture.nodes if node.name != name]
    if not nodes:
        raise ArchitectureError(f"{name!r} is the only layer; a model needs at least one.")
    return _with_nodes(architecture, nodes, moved)


def follow_first(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The nodes, with each later call of a layer given the kind, arguments and model of its first call."""
    first = {node.name: node for node in nodes}
    return tuple(
        node.model_copy(update={"kind": own.kind, "arguments": own.arguments, "model": own.model})
        if node.shares and (own := first.get(node.shares))
        else node
        for node in nodes
    )


def make_node(architecture: Architecture, kind: str, arguments: JsonObject) -> Node:
    """A node to insert, under a free name: `reshape`, else `reshape_1`, `reshape_2`, …"""
    taken = {node.name for node in architecture.nodes}
    return Node(kind=kind, name=name_node(name_after(kind), taken), arguments=arguments)


def _readings(architecture: Architecture, name: str) -> set[Source]:
    """The outputs of a layer that are read, by other layers or as outputs of the model."""
    inbounds = (architecture.outputs, *(node.inbound for node in architecture.nodes))
    return {source for inbound in inbounds for source in inbound if source.node == name}


def _inherit(node: Node, name: str, heir: str | None) -> Node:
    """The node; if it shared the weights of `name`, it now shares those of `heir` (or has its own)."""
    if node.shares != name:
        return node
    return node.model_copy(update={"shares": None if node.name == heir else heir})


def _rewire(node: Node, moved: Mapping[Source, Inbound]) -> Node:
    if not node.call:
        return node.model_copy(update={"inbound": _follow(node.inbound, moved)})
    # A keyword takes one tensor, so a tensor passed by keyword is replaced by just one.
    named = node.handed_by_name
    places: dict[int, int] = {}
    inbound: list[Source] = []
    for place, source in enumerate(node.inbound):
        places[place] = len(inbound)
        new = moved.get(source, (source,))
        inbound += new[:1] if place in named else new
    return node.model_copy(
        update={"inbound": tuple(inbound), "call": renumber(node.call, places.__getitem__)}
    )


def _follow(sources: Inbound, moved: Mapping[Source, Inbound]) -> Inbound:
    return tuple(new for source in sources for new in moved.get(source, (source,)))


def _with_nodes(
    architecture: Architecture, nodes: Sequence[Node], moved: Mapping[Source, Inbound]
) -> Architecture:
    # Made anew rather than copied, so that the new graph is checked.
    return Architecture(
        name=architecture.name, nodes=tuple(nodes), outputs=_follow(architecture.outputs, moved)
    )
