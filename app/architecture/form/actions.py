"""act(): what the form's buttons do to an architecture: add, remove and move layers, and an input's axes.

A button is `verb:key` or `verb:key:word`, the key being that of the card it stands on.
"""

from collections.abc import Callable, Mapping, Sequence

from app.architecture.catalogue import KINDS, find_kind
from app.architecture.form.starts import name_node, start_arguments
from app.architecture.spec import INPUT, Architecture, Inbound, Node, Source
from app.problems import ArchitectureError, BadRequest

SPELLINGS: Mapping[str, str] = {name.lower(): name for name in KINDS}
"""A kind that a visitor types by hand, in whatever case."""


def act(architecture: Architecture, button: str, names: Mapping[str, str]) -> Architecture:
    """The architecture after a button was pressed; `names` are the nodes' names by the key of their card.

    Raises BadRequest for a button that there is none of, ArchitectureError where it cannot be done.
    """
    verb, _, rest = button.partition(":")
    key, _, word = rest.partition(":")
    if verb not in ACTIONS or key not in names:
        raise BadRequest(f"There is no button {button[:40]!r}.")
    return ACTIONS[verb](architecture, architecture.node(names[key]), word)


def add_layer(architecture: Architecture, before: Node, word: str) -> Architecture:
    """A new layer of the kind `word` after `before`: what read `before` reads the new layer."""
    kind = find_kind(SPELLINGS.get(word.strip().lower(), word.strip()))
    name = name_node(kind.name, [node.name for node in architecture.nodes])
    inbound = () if kind.name == INPUT else (Source(node=before.name),)
    new = Node(kind=kind.name, name=name, arguments=start_arguments(kind), inbound=inbound)
    place = architecture.nodes.index(before) + 1
    nodes = architecture.nodes
    if kind.name == INPUT:
        return _with_nodes(architecture, (*nodes[:place], new, *nodes[place:]))
    moved = {Source(node=before.name): (Source(node=name),)}
    after = tuple(_rewire(node, moved) for node in nodes[place:])
    return _with_nodes(architecture, (*nodes[:place], new, *after), moved)


def remove_layer(architecture: Architecture, gone: Node, _: str = "") -> Architecture:
    """Without the layer: what read it reads what it read."""
    moved = {
        source: gone.inbound
        for node in architecture.nodes
        for source in (*node.inbound, *architecture.outputs)
        if source.node == gone.name
    }
    if moved and not gone.inbound:
        raise ArchitectureError(f"Other layers read {gone.name!r}. Connect them to another input first.")
    nodes = tuple(_rewire(node, moved) for node in architecture.nodes if node != gone)
    if not nodes:
        raise ArchitectureError("A model needs at least one layer.")
    return _with_nodes(architecture, nodes, moved)


def raise_layer(architecture: Architecture, node: Node, _: str = "") -> Architecture:
    """One place earlier. In a chain the two layers change places in the chain as well."""
    place = architecture.nodes.index(node)
    return _swap(architecture, place - 1) if place > 0 else architecture


def sink_layer(architecture: Architecture, node: Node, _: str = "") -> Architecture:
    """One place later."""
    place = architecture.nodes.index(node)
    return _swap(architecture, place) if place + 1 < len(architecture.nodes) else architecture


def add_axis(architecture: Architecture, node: Node, _: str = "") -> Architecture:
    """One more axis at the end of an input's shape."""
    return _reshape_input(architecture, node, (*_list_axes(node), 1))


def remove_axis(architecture: Architecture, node: Node, _: str = "") -> Architecture:
    """One axis fewer; the batch axis stays."""
    axes = _list_axes(node)
    return _reshape_input(architecture, node, axes[:-1] if len(axes) > 1 else axes)


ACTIONS: Mapping[str, Callable[[Architecture, Node, str], Architecture]] = {
    "add": add_layer,
    "remove": remove_layer,
    "up": raise_layer,
    "down": sink_layer,
    "axis": add_axis,
    "drop-axis": remove_axis,
}


def _swap(architecture: Architecture, place: int) -> Architecture:
    """Exchange the nodes at `place` and `place + 1`."""
    nodes = list(architecture.nodes)
    first, second = nodes[place : place + 2]
    moved: dict[Source, Inbound] = {}
    if any(source.node == first.name for source in second.inbound):
        if first.is_input:
            raise ArchitectureError(
                f"{second.name!r} reads the input {first.name!r} and cannot stand before it."
            )
        moved = {Source(node=second.name): (Source(node=first.name),)}
        past_first = {source: first.inbound for source in second.inbound if source.node == first.name}
        second = _rewire(second, past_first)
        first = first.model_copy(update={"inbound": (Source(node=second.name),)})
    after = [_rewire(node, moved) for node in nodes[place + 2 :]]
    return _with_nodes(architecture, (*nodes[:place], second, first, *after), moved)


def _list_axes(node: Node) -> tuple[int | None, ...]:
    if not node.is_input or "batch_shape" not in node.arguments:
        raise BadRequest(f"{node.name!r} is no input: it has no axes of its own.")
    return node.batch_shape


def _reshape_input(architecture: Architecture, node: Node, sizes: Sequence[int | None]) -> Architecture:
    return architecture.replace(node.name, node.with_arguments(batch_shape=list(sizes)))


def _rewire(node: Node, moved: Mapping[Source, Inbound]) -> Node:
    return node.model_copy(update={"inbound": _follow(node.inbound, moved)})


def _follow(sources: Inbound, moved: Mapping[Source, Inbound]) -> Inbound:
    return tuple(new for source in sources for new in moved.get(source, (source,)))


def _with_nodes(
    architecture: Architecture, nodes: Sequence[Node], moved: Mapping[Source, Inbound] | None = None
) -> Architecture:
    """Built anew, so that the new graph is checked."""
    outputs = _follow(architecture.outputs, moved or {})
    return Architecture(name=architecture.name, nodes=tuple(nodes), outputs=outputs)
