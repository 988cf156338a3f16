"""press_button(): the form's buttons, which add, remove and move layers, and the axes of inputs.

A button is `verb:key` or `verb:key:word`, where `key` is the key of the card that it is on.
"""

from collections.abc import Callable, Mapping, Sequence

from app.architecture.catalogue import KINDS, Kind, find_kind, load_operations
from app.architecture.edit import insert_after, insert_before, make_node, remove
from app.architecture.form.starts import start_arguments
from app.architecture.spec import INPUT, Architecture, Node
from app.problems import ArchitectureError, BadRequest

SPELLINGS: Mapping[str, str] = {name.lower(): name for name in KINDS}
"""Each kind by its name in lower case, as a visitor may type it."""


def press_button(architecture: Architecture, button: str, names: Mapping[str, str]) -> Architecture:
    """The architecture after a button was pressed; `names` are the names of the nodes by their cards' keys.

    Raises BadRequest for an unknown button, ArchitectureError if the change cannot be made.
    """
    verb, _, rest = button.partition(":")
    key, _, word = rest.partition(":")
    if verb not in ACTIONS or key not in names:
        raise BadRequest(f"There is no button {button[:40]!r}.")
    return ACTIONS[verb](architecture, architecture.node(names[key]), word)


def add_layer(architecture: Architecture, before: Node, word: str) -> Architecture:
    """Add a layer of the kind `word` after `before`: what read `before` now reads the new layer."""
    kind = _find_kind(word.strip())
    new = make_node(architecture, kind.name, start_arguments(kind))
    if kind.name != INPUT:
        return insert_after(architecture, before.name, new)
    place = architecture.nodes.index(before) + 1
    return _with_nodes(architecture, (*architecture.nodes[:place], new, *architecture.nodes[place:]))


def _find_kind(word: str) -> Kind:
    """A kind of layer, in any case of letters, or an operation, with or without its `ops.`."""
    if word.lower() not in SPELLINGS and f"ops.{word}" in load_operations():
        return find_kind(f"ops.{word}")
    return find_kind(SPELLINGS.get(word.lower(), word))


def remove_layer(architecture: Architecture, gone: Node, _: str) -> Architecture:
    """Remove the layer: the layers that read it now read its inputs."""
    return remove(architecture, gone.name)


def raise_layer(architecture: Architecture, node: Node, _: str) -> Architecture:
    """Move the layer one place up. In a chain, the two layers also exchange their connections."""
    place = architecture.nodes.index(node)
    return _swap(architecture, place - 1) if place > 0 else architecture


def sink_layer(architecture: Architecture, node: Node, _: str) -> Architecture:
    """Move the layer one place down."""
    place = architecture.nodes.index(node)
    return _swap(architecture, place) if place + 1 < len(architecture.nodes) else architecture


def add_axis(architecture: Architecture, node: Node, _: str) -> Architecture:
    """Add an axis at the end of an input's shape."""
    return _reshape_input(architecture, node, (*_list_axes(node), 1))


def remove_axis(architecture: Architecture, node: Node, _: str) -> Architecture:
    """Remove the last axis of an input's shape; the batch axis stays."""
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


def must_follow(node: Node, before: Node) -> bool:
    """Whether `node` cannot change places with the one before it."""
    reads = any(source.node == before.name for source in node.inbound)
    return reads and (before.is_input or len(node.inbound) > 1)


def _swap(architecture: Architecture, place: int) -> Architecture:
    """Exchange the nodes at `place` and `place + 1`."""
    nodes = list(architecture.nodes)
    first, second = nodes[place : place + 2]
    if not any(source.node == first.name for source in second.inbound):
        return _with_nodes(architecture, (*nodes[:place], second, first, *nodes[place + 2 :]))
    if must_follow(second, first):
        raise ArchitectureError(f"{second.name!r} reads {first.name!r} and cannot stand before it.")
    # In a chain: remove the second, and insert it again before the first.
    shorter = remove(architecture, second.name)
    return insert_before(shorter, first.name, second, position=None)


def _list_axes(node: Node) -> tuple[int | None, ...]:
    if not node.is_input or "batch_shape" not in node.arguments:
        raise BadRequest(f"{node.name!r} is no input: it has no axes of its own.")
    return node.batch_shape


def _reshape_input(architecture: Architecture, node: Node, sizes: Sequence[int | None]) -> Architecture:
    return architecture.replace(node.name, node.with_arguments(batch_shape=list(sizes)))


def _with_nodes(architecture: Architecture, nodes: Sequence[Node]) -> Architecture:
    """A new Architecture, so that the order of the nodes is checked."""
    return Architecture(name=architecture.name, nodes=tuple(nodes), outputs=architecture.outputs)
