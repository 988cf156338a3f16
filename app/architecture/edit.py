"""Edits of the graph: a layer put in or taken out, with the wires around it drawn anew."""

from collections.abc import Mapping, Sequence

from app.architecture.catalogue import name_after
from app.architecture.code.layers.naming import name_node
from app.architecture.handed import renumber
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


def insert_before(
    architecture: Architecture, name: str, node: Node, position: int | None = 0
) -> Architecture:
    """Put `node` between the layer `name` and the tensor that it reads at `position`; None: all of them.

    Raises ArchitectureError where there is no such layer or tensor, or `node`'s name is taken.
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
    """Put `node` in the place of the layer `name`: it reads the same, and is read by the same.

    Raises ArchitectureError where there is no such layer, or `node`'s name is taken.
    """
    new = node.model_copy(update={"inbound": architecture.node(name).inbound})
    readings = _readings(architecture, name)
    moved = {source: (source.model_copy(update={"node": new.name}),) for source in readings}
    nodes = [new if old.name == name else _rewire(old, moved) for old in architecture.nodes]
    return _with_nodes(architecture, nodes, moved)


def remove(architecture: Architecture, name: str) -> Architecture:
    """Take the layer `name` out: whatever read it reads what it read.

    Where others call the same layer again, the first of them is its own from now on.
    Raises ArchitectureError where there is no such layer, it is the last one, or it is an input that is read.
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
    """The nodes, those that call a layer again with its kind and arguments, whatever they had before."""
    first = {node.name: node for node in nodes}
    return tuple(
        node.model_copy(update={"kind": own.kind, "arguments": own.arguments, "model": own.model})
        if node.shares and (own := first.get(node.shares))
        else node
        for node in nodes
    )


def make_node(architecture: Architecture, kind: str, arguments: JsonObject) -> Node:
    """A node to put in, under a name that is free: `reshape`, else `reshape_1`, `reshape_2`, …"""
    taken = {node.name for node in architecture.nodes}
    return Node(kind=kind, name=name_node(name_after(kind), taken), arguments=arguments)


def _readings(architecture: Architecture, name: str) -> set[Source]:
    """The outputs of a layer that are read, by other layers or as outputs of the model."""
    inbounds = (architecture.outputs, *(node.inbound for node in architecture.nodes))
    return {source for inbound in inbounds for source in inbound if source.node == name}


def _inherit(node: Node, name: str, heir: str | None) -> Node:
    """The node, where it shared the layer `name`, as one that shares the layer of `heir`."""
    if node.shares != name:
        return node
    return node.model_copy(update={"shares": None if node.name == heir else heir})


def _rewire(node: Node, moved: Mapping[Source, Inbound]) -> Node:
    if not node.call:
        return node.model_copy(update={"inbound": _follow(node.inbound, moved)})
    # A parameter takes one tensor: what was handed over by name is exchanged for one, at its place.
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
