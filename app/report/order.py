"""order_layers(): the order in which Keras lists the layers of a model.

Keras sorts by depth, the longest way from a layer to an output, deepest first; layers of the same depth
stand in the order in which a walk from the outputs back to the inputs meets them.
"""

from collections.abc import Iterator

from app.architecture.spec import Architecture, Node


def order_layers(architecture: Architecture) -> tuple[Node, ...]:
    """All nodes in the order of `model.layers`, inputs included.

    Keras leaves out what no output depends on; such layers stand at the end here.
    """
    if architecture.is_chain:
        return architecture.nodes
    met = {name: index for index, name in enumerate(_walk_back(architecture))}
    depths = _measure_depths(architecture, met)

    def position(node: Node) -> tuple[int, int]:
        if node.name in met:
            return -depths[node.name], met[node.name]
        return (0, -1) if node.is_input else (1, 0)

    return tuple(sorted(architecture.nodes, key=position))


def _walk_back(architecture: Architecture) -> Iterator[str]:
    """The names that the outputs depend on, depth first, each once."""
    nodes = {node.name: node for node in architecture.nodes}
    seen: set[str] = set()
    ahead = [source.node for source in reversed(architecture.ends)]
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            yield name
            ahead.extend(source.node for source in reversed(nodes[name].inbound))


def _measure_depths(architecture: Architecture, met: dict[str, int]) -> dict[str, int]:
    depths = dict.fromkeys(met, 0)
    for node in reversed(architecture.nodes):
        if node.name in met:
            for source in node.inbound:
                depths[source.node] = max(depths[source.node], depths[node.name] + 1)
    return depths
