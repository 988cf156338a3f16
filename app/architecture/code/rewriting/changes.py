"""find_changes(): the values in which two architectures with the same graph differ."""

from collections.abc import Hashable, Iterator, Mapping
from typing import NamedTuple

from pydantic import JsonValue

from app.architecture.catalogue import find_kind
from app.architecture.code.layers.naming import is_usual_name
from app.architecture.order import line_up_inputs, order_nodes
from app.architecture.spec import Architecture, Inbound, Node

NAME = "name"


class Change(NamedTuple):
    """One value to be changed, of a layer or of the layer inside it."""

    where: tuple[str | int, ...]
    """Identifies the value in the architecture."""
    layer: str
    kind: str
    line: int | None
    argument: str
    place: int | None
    """The index, if the value is one of several in an argument."""
    before: JsonValue
    after: JsonValue
    """None means that the argument is removed, unless the value is one of several."""
    of: int = 0
    """The number of values in the argument, if there are several."""
    renamed: str | None = None
    """Another argument that is given the same value instead."""

    @property
    def is_emptied(self) -> bool:
        """Whether a required argument is removed; usually a field that is being retyped."""
        argument = find_kind(self.kind).argument(self.argument)
        return self.after is None and self.place is None and argument is not None and argument.required

    @property
    def is_usual(self) -> bool:
        """Whether only a name that Keras counted changes, such as `lstm_1` to `lstm`."""
        return self.argument == NAME and all(
            is_usual_name(str(name), self.kind) for name in (self.before, self.after)
        )


def find_changes(before: Architecture, after: Architecture) -> tuple[Change, ...] | None:
    """Every value that differs, names included; None if the layers or their connections differ."""
    return tuple(_compare_models(before, after, ())) if outline(before) == outline(after) else None


def is_reordered(before: Architecture, after: Architecture) -> bool:
    """Whether they have the same layers in another order."""
    names = [[node.name for node in architecture.nodes] for architecture in (before, after)]
    return names[0] != names[1] and sorted(names[0]) == sorted(names[1])


def sort_layers(architecture: Architecture) -> Architecture:
    """The same architecture in the order in which code is read, which is Keras' but for the inputs."""
    nodes = {node.name: node for node in architecture.nodes}
    inputs = [node.name for node in architecture.nodes if node.is_input]
    ordered = order_nodes(nodes, inputs, architecture.ends)
    if len(ordered) != len(nodes):
        return architecture
    return line_up_inputs(architecture.model_copy(update={"nodes": ordered}), inputs)


def outline(architecture: Architecture) -> Hashable:
    """The kinds of the layers and what each reads, without names and arguments; to compare graphs by."""
    places = {node.name: place for place, node in enumerate(architecture.nodes)}
    return (
        tuple(outline_node(node, places) for node in architecture.nodes),
        _find_places(architecture.ends, places),
    )


def outline_node(node: Node, places: Mapping[str, int]) -> Hashable:
    """The kind of a node and what it reads, by the positions of the other nodes."""
    return (
        node.kind,
        _find_places(node.inbound, places),
        repr(sorted(node.call.items())),
        places.get(node.shares or ""),
        node.model and outline(node.model),
    )


def _find_places(sources: Inbound, places: Mapping[str, int]) -> tuple[tuple[int, int], ...]:
    return tuple((places[source.node], source.output) for source in sources)


def _compare_models(
    before: Architecture, after: Architecture, where: tuple[str | int, ...]
) -> Iterator[Change]:
    for place, (old, new) in enumerate(zip(before.nodes, after.nodes, strict=True)):
        if old.shares is not None:
            continue
        about = (*where, place)
        if old.name != new.name:
            yield Change((*about, NAME), old.name, old.kind, old.line, NAME, None, old.name, new.name)
        if old.arguments != new.arguments:
            yield from _compare_arguments(old, old.kind, old.arguments, new.arguments, about)
        if old.model is not None and new.model is not None:
            yield from _compare_models(old.model, new.model, about)


def _compare_arguments(
    node: Node,
    kind: str,
    old: Mapping[str, JsonValue],
    new: Mapping[str, JsonValue],
    where: tuple[str | int, ...],
) -> Iterator[Change]:
    for name in {**old, **new}:
        was, becomes = old.get(name), new.get(name)
        if was == becomes and isinstance(was, bool) == isinstance(becomes, bool):
            continue
        about = (*where, name)
        match was, becomes:
            case (
                {"kind": str(inner), "arguments": dict(inner_old)},
                {"kind": str(same), "arguments": dict(inner_new)},
            ) if inner == same:
                yield from _compare_arguments(node, inner, inner_old, inner_new, about)
            case list(sizes), list(others) if len(sizes) == len(others):
                for place, (size, other) in enumerate(zip(sizes, others, strict=True)):
                    if size != other:
                        key = (*about, place)
                        yield Change(key, node.name, kind, node.line, name, place, size, other, len(sizes))
            case _:
                renamed = next((other for other in new if other not in old and new[other] == was), None)
                gone = renamed if name not in new else None
                yield Change(about, node.name, kind, node.line, name, None, was, becomes, renamed=gone)
