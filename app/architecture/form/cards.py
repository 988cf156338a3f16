"""write_cards(): an Architecture as one card per node."""

from collections.abc import Mapping
from typing import Any

from app.architecture.catalogue import OPERATION, Kind, find_kind
from app.architecture.form.actions import must_follow
from app.architecture.form.card import AxisField, Card, Choice, Handed, InnerLayer
from app.architecture.form.groups import LAYER_KINDS, Group, write_group
from app.architecture.form.handed import list_handed, name_handed, say_constants, write_call
from app.architecture.form.starts import TENSORS
from app.architecture.outputs import count_tensors
from app.architecture.spec import Architecture, Inbound, Node, Source

INPUT_SHAPE_ARGUMENTS = frozenset({"shape", "batch_size", "batch_shape"})
"""Arguments of an input that the axis fields replace; `batch_shape` is kept."""

MOST_INNER = 12
"""The most layers of a nested model whose fields are shown."""


def write_cards(architecture: Architecture, keys: Mapping[str, int] | None = None) -> tuple[Card, ...]:
    """One card per node, in order. `keys` are the keys, by node name, of the cards already on the page."""
    keys = number_nodes(architecture, keys or {})
    nodes = architecture.nodes
    return tuple(
        _write_card(architecture, node, nodes[:place], nodes[place + 1 : place + 2], keys)
        for place, node in enumerate(nodes)
    )


def write_outputs(architecture: Architecture, keys: Mapping[str, int]) -> tuple[str, ...]:
    """The declared outputs, as hidden fields carry them."""
    return tuple(write_source(source, keys) for source in architecture.outputs)


def number_nodes(architecture: Architecture, keys: Mapping[str, int]) -> dict[str, int]:
    """A key for every node, by name: the one it has, or else the next free number."""
    free = max(keys.values(), default=-1) + 1
    numbered: dict[str, int] = {}
    for node in architecture.nodes:
        numbered[node.name] = keys.get(node.name, free)
        free = max(free, numbered[node.name] + 1)
    return numbered


def count_nodes(architecture: Architecture) -> int:
    """The number of nodes, including those of nested models."""
    inner = sum(count_nodes(node.model) for node in architecture.nodes if node.model is not None)
    return len(architecture.nodes) + inner


def write_source(source: Source, keys: Mapping[str, int]) -> str:
    """A tensor, named by the key of its node, so that it survives renaming the node."""
    key = str(keys[source.node])
    return key if source.output == 0 else f"{key}.{source.output}"


def _write_card(
    architecture: Architecture,
    node: Node,
    before: tuple[Node, ...],
    after: tuple[Node, ...],
    keys: Mapping[str, int],
) -> Card:
    kind = find_kind(node.kind)
    prefix = f"n{keys[node.name]}"
    changeable = not node.is_input and node.shares is None and node.model is None
    group = _write_own(prefix, kind, node, LAYER_KINDS if changeable and kind.category != OPERATION else ())
    is_read = any(source.node == node.name for other in architecture.nodes for source in other.inbound)
    return Card(
        **dict(group),
        key=keys[node.name],
        name=node.name,
        is_input=node.is_input,
        axes=_write_axes(prefix, node),
        reads=() if node.is_input else _list_choices(node.inputs, before, keys),
        reads_many=_reads_many(kind) or len(node.inputs) > 1,
        handed=_write_handed(node, before, keys),
        call=write_call(node),
        called_with=say_constants(node),
        shares=node.shares or "",
        shares_key=str(keys[node.shares]) if node.shares else "",
        model=node.model.model_dump_json(exclude_defaults=True) if node.model and not node.shares else "",
        **_write_inner(prefix, node),
        can_rise=bool(before) and not must_follow(node, before[-1]),
        can_sink=bool(after) and not must_follow(after[0], node),
        can_leave=len(architecture.nodes) > 1 and not (node.is_input and is_read),
    )


def _write_own(prefix: str, kind: Kind, node: Node, kinds: tuple[str, ...]) -> Group:
    if node.shares is not None:
        return Group(prefix=prefix, kind=kind.name, summary=kind.summary, kinds=(), fields=())
    return write_group(
        prefix, kind, node.arguments, kinds, INPUT_SHAPE_ARGUMENTS if node.is_input else frozenset()
    )


def _write_inner(prefix: str, node: Node) -> dict[str, Any]:
    """The layers of a nested model that have arguments."""
    if node.model is None or node.shares is not None:
        return {}
    layers = tuple(
        InnerLayer(
            **dict(_write_own(f"{prefix}.inner.{place}", find_kind(inner.kind), inner, ())),
            name=inner.name,
            is_input=inner.is_input,
            axes=_write_axes(f"{prefix}.inner.{place}", inner),
        )
        for place, inner in enumerate(node.model.nodes)
        if inner.shares is None
    )
    return {"inner": layers[:MOST_INNER], "more_inner": len(layers[MOST_INNER:])}


def _write_axes(prefix: str, node: Node) -> tuple[AxisField, ...]:
    sizes = node.batch_shape if node.is_input and "batch_shape" in node.arguments else ()
    return tuple(AxisField(name=f"{prefix}.shape.{place}", size=size) for place, size in enumerate(sizes))


def _reads_many(kind: Kind) -> bool:
    """Whether it can read several tensors: a merging layer, or an operation on two tensors."""
    tensors = [argument.type for argument in kind.arguments if argument.type in TENSORS]
    return kind.inputs == "many" or len(tensors) > 1 or "tensors" in tensors


def _write_handed(node: Node, before: tuple[Node, ...], keys: Mapping[str, int]) -> tuple[Handed, ...]:
    return tuple(
        Handed(label=label, choices=_list_choices((source,), before, keys))
        for label, source in zip(name_handed(node), list_handed(node), strict=True)
    )


def _list_choices(chosen: Inbound, before: tuple[Node, ...], keys: Mapping[str, int]) -> tuple[Choice, ...]:
    offered: Inbound = tuple(
        Source(node=other.name, output=output) for other in before for output in range(count_tensors(other))
    )
    # The tensors it reads come first, in order, as the order matters for a concatenation.
    sources = (*chosen, *(source for source in offered if source not in chosen))
    return tuple(
        Choice(
            value=write_source(source, keys),
            label=source.node if source.output == 0 else f"{source.node}, output {source.output + 1}",
            chosen=place < len(chosen),
        )
        for place, source in enumerate(sources)
    )
