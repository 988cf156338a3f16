"""Sorts nodes into the order in which Keras lists the layers of a model."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from app.architecture.spec import Architecture, Inbound, Node
from app.problems import ArchitectureError


def connect_nodes(
    name: str, nodes: Mapping[str, Node], inputs: Iterable[str], outputs: Inbound
) -> Architecture:
    """The architecture between inputs and outputs, with its nodes in the order of `model.layers`.

    That is the greatest distance from the outputs first; inputs keep the order of `inputs`. Nodes that no
    output depends on are left out, except inputs. `outputs` are stored only if they are not just the tensors
    that no layer reads. Raises ArchitectureError for a cycle or a reference to a missing node.
    """
    entering = tuple(inputs)
    listed = order_nodes(nodes, entering, outputs)
    architecture = Architecture(name=name, nodes=tuple(_line_up(listed, entering)))
    if architecture.ends == outputs:
        return architecture
    return architecture.model_copy(update={"outputs": outputs})


def line_up_inputs(architecture: Architecture, inputs: Iterable[str]) -> Architecture:
    """A model that is used as a layer, with its inputs in the order in which it is called on tensors.

    `inputs` are their names in that order, which may differ from the order in which Keras lists its layers.
    """
    return architecture.model_copy(update={"nodes": tuple(_line_up(architecture.nodes, inputs))})


def _line_up(nodes: Sequence[Node], inputs: Iterable[str]) -> Iterator[Node]:
    entering = {node.name: node for node in nodes if node.is_input}
    waiting = iter(dict.fromkeys([*inputs, *entering]))
    for node in nodes:
        if not node.is_input:
            yield node
        while node.name in entering:
            yield entering.pop(next(waiting))


def order_nodes(nodes: Mapping[str, Node], inputs: Iterable[str], outputs: Inbound) -> tuple[Node, ...]:
    """The nodes that the outputs depend on, and the inputs, sorted by their distance from the outputs.

    All calls of a shared layer get the greatest distance met so far, as in Keras.
    """
    first_seen, finished = _walk(nodes, outputs)
    layers = {name: node.shares or name for name, node in nodes.items()}
    depths: dict[str, int] = {}
    farthest: dict[str, int] = {}
    indices: dict[str, int] = {}
    for name in first_seen:
        indices.setdefault(layers[name], len(indices))
    for name in reversed(finished):
        layer = layers[name]
        depths[name] = farthest[layer] = depth = max(depths.get(name, 0), farthest.get(layer, 0))
        for source in nodes[name].inbound:
            depths[source.node] = max(depth + 1, depths.get(source.node, 0))
    for name in inputs:
        if name not in depths:
            depths[name], first_seen[name], indices[name] = 0, -1, -1

    def place(name: str) -> tuple[int, int, int]:
        return -depths[name], indices[layers[name]], first_seen[name]

    return tuple(nodes[name] for name in sorted(depths, key=place))


def order_calls(architecture: Architecture) -> tuple[Node, ...]:
    """The nodes in the order of their calls: the call that makes a shared layer's weights before its others.

    A model lists its layers by their distance from the outputs, where a later call may come first.
    """
    called: set[str] = set()
    for node in architecture.nodes:
        if node.shares is not None and node.shares not in called:
            break
        called.add(node.name)
    else:
        return architecture.nodes
    nodes = {node.name: node for node in architecture.nodes}
    waits = {
        name: [*(source.node for source in node.inbound), *([node.shares] if node.shares else [])]
        for name, node in nodes.items()
    }
    try:
        return tuple(nodes[name] for name in TopologicalSorter(waits).static_order())
    except CycleError:
        # The first call depends on a later one, which no code can express.
        return architecture.nodes


def _walk(nodes: Mapping[str, Node], outputs: Inbound) -> tuple[dict[str, int], list[str]]:
    """Depth first from the outputs: when each node was first seen, and the nodes with sources first."""
    first_seen: dict[str, int] = {}
    finished: dict[str, None] = {}
    for output in outputs:
        # An explicit stack, as a chain can be longer than Python's recursion limit.
        stack = [(output.node, False)]
        while stack:
            name, done = stack.pop()
            if done:
                finished[name] = None
            elif name not in finished:
                if name not in nodes:
                    raise ArchitectureError(f"The layer {name!r} is referred to, but is not in the model.")
                if name in first_seen:
                    raise ArchitectureError(f"The layer {name!r} reads from itself: the graph has a cycle.")
                first_seen[name] = len(first_seen)
                stack.append((name, True))
                stack.extend((source.node, False) for source in reversed(nodes[name].read))
    return first_seen, list(finished)
