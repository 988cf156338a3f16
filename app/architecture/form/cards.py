"""write_cards(): an Architecture as one card per node, ready to be filled in."""

import json
from collections.abc import Mapping

from pydantic import JsonValue

from app.architecture.catalogue import CELL, KINDS, Argument, Kind, find_kind
from app.architecture.form.actions import must_follow
from app.architecture.form.widgets import Field, write_field
from app.architecture.spec import INPUT, Architecture, Inbound, Node, Source
from app.frozen import Frozen

LAYER_KINDS = tuple(kind.name for kind in KINDS.values() if kind.name != INPUT and kind.category != CELL)
"""What can be added as a layer: every kind but the input, and what only works inside an RNN."""

COMMON_KINDS = (
    "Embedding",
    "LSTM",
    "GRU",
    "Bidirectional",
    "TimeDistributed",
    "Dense",
    "Dropout",
    "Flatten",
    "Concatenate",
)
"""What most people want; the others are found by their name."""

WRAPPED_KINDS: Mapping[str, tuple[str, ...]] = {
    "Bidirectional": tuple(name for name in LAYER_KINDS if KINDS[name].argument("return_sequences")),
    "RNN": tuple(kind.name for kind in KINDS.values() if kind.category == CELL),
    "SpectralNormalization": LAYER_KINDS,
    "TimeDistributed": LAYER_KINDS,
}
"""What may be put inside a wrapper."""

INPUT_SHAPE_ARGUMENTS = frozenset({"shape", "batch_size", "batch_shape"})
"""Arguments of an input that its axes stand for; `batch_shape` is the one that is kept."""

DEEPEST = 4
"""Wrappers within wrappers beyond this depth have no fields."""


class Group(Frozen):
    """A kind with its arguments: a card's own, or those of the layer that it wraps."""

    prefix: str
    kind: str
    summary: str
    kinds: tuple[str, ...]
    fields: tuple[Field, ...]
    groups: tuple["Group", ...] = ()
    """The wrapped layers, each under the argument that takes it."""
    rest: str = ""
    """JSON of the arguments that no field shows."""

    @property
    def id(self) -> str:
        """What the ids of the group's controls begin with."""
        return self.prefix.replace(".", "-")


class Choice(Frozen):
    """A tensor that a card may read."""

    value: str
    label: str
    chosen: bool


class AxisField(Frozen):
    """One axis of an input; `size` None is any length."""

    name: str
    size: int | None


class Card(Group):
    """One node: its arguments, what it reads, and where it can go."""

    key: int
    name: str
    is_input: bool
    axes: tuple[AxisField, ...] = ()
    reads: tuple[Choice, ...] = ()
    reads_many: bool = False
    can_rise: bool = False
    can_sink: bool = False
    can_leave: bool = False


def write_cards(architecture: Architecture, keys: Mapping[str, int] | None = None) -> tuple[Card, ...]:
    """One card per node, in order. `keys` keeps the keys that nodes, by name, already have on the page."""
    keys = number_nodes(architecture, keys or {})
    nodes = architecture.nodes
    return tuple(
        _write_card(architecture, node, nodes[:place], nodes[place + 1 : place + 2], keys)
        for place, node in enumerate(nodes)
    )


def write_outputs(architecture: Architecture, keys: Mapping[str, int]) -> tuple[str, ...]:
    """The declared outputs, as the form carries them."""
    return tuple(write_source(source, keys) for source in architecture.outputs)


def number_nodes(architecture: Architecture, keys: Mapping[str, int]) -> dict[str, int]:
    """A key for every node, by name: the one it has, or else the next that is free."""
    free = max(keys.values(), default=-1) + 1
    numbered: dict[str, int] = {}
    for node in architecture.nodes:
        numbered[node.name] = keys.get(node.name, free)
        free = max(free, numbered[node.name] + 1)
    return numbered


def write_source(source: Source, keys: Mapping[str, int]) -> str:
    """A tensor by the key of its node, so that renaming the node loses nothing."""
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
    axes = _write_axes(prefix, node)
    hidden = INPUT_SHAPE_ARGUMENTS if node.is_input else frozenset()
    group = _write_group(prefix, kind, node.arguments, () if node.is_input else LAYER_KINDS, hidden)
    is_read = any(source.node == node.name for other in architecture.nodes for source in other.inbound)
    return Card(
        **dict(group),
        key=keys[node.name],
        name=node.name,
        is_input=node.is_input,
        axes=axes,
        reads=_list_choices(node, before, keys),
        reads_many=kind.inputs == "many" or len(node.inbound) > 1,
        can_rise=bool(before) and not must_follow(node, before[-1]),
        can_sink=bool(after) and not must_follow(after[0], node),
        can_leave=len(architecture.nodes) > 1 and not (node.is_input and is_read),
    )


def _write_axes(prefix: str, node: Node) -> tuple[AxisField, ...]:
    sizes = node.batch_shape if node.is_input else ()
    return tuple(AxisField(name=f"{prefix}.shape.{place}", size=size) for place, size in enumerate(sizes))


def _list_choices(node: Node, before: tuple[Node, ...], keys: Mapping[str, int]) -> tuple[Choice, ...]:
    if node.is_input:
        return ()
    offered: Inbound = tuple(Source(node=other.name) for other in before)
    # The tensors it reads come first, in their order, since the order of a concatenation counts.
    sources = (*node.inbound, *(source for source in offered if source not in node.inbound))
    return tuple(
        Choice(
            value=write_source(source, keys),
            label=source.node if source.output == 0 else f"{source.node}, output {source.output + 1}",
            chosen=place < len(node.inbound),
        )
        for place, source in enumerate(sources)
    )


def _write_group(
    prefix: str,
    kind: Kind,
    arguments: Mapping[str, JsonValue],
    kinds: tuple[str, ...],
    hidden: frozenset[str] = frozenset(),
) -> Group:
    fields: list[Field] = []
    groups: list[Group] = []
    shown: set[str] = set(hidden)
    for argument in kind.arguments:
        if argument.name in hidden:
            continue
        if argument.type == "layer":
            wrapped = _write_wrapped(prefix, kind, argument, arguments.get(argument.name))
            groups += [wrapped] if wrapped else []
            shown |= {argument.name} if wrapped else set()
        elif field := write_field(prefix, argument, arguments):
            fields.append(field)
            shown.add(argument.name)
    rest = {name: value for name, value in arguments.items() if name not in shown}
    return Group(
        prefix=prefix,
        kind=kind.name,
        summary=kind.summary,
        kinds=_offer_kinds(kind, kinds),
        fields=tuple(fields),
        groups=tuple(groups),
        rest=json.dumps(rest, sort_keys=True) if rest else "",
    )


def _write_wrapped(prefix: str, kind: Kind, argument: Argument, value: JsonValue) -> Group | None:
    if prefix.count(".") >= DEEPEST or not isinstance(value, dict) or value.keys() - {"kind", "arguments"}:
        return None
    name, arguments = value.get("kind"), value.get("arguments", {})
    if not isinstance(name, str) or name not in KINDS or not isinstance(arguments, dict):
        return None
    fitting = WRAPPED_KINDS.get(kind.name, LAYER_KINDS)
    return _write_group(f"{prefix}.{argument.name}", KINDS[name], arguments, fitting)


def _offer_kinds(kind: Kind, fitting: tuple[str, ...]) -> tuple[str, ...]:
    """What a layer can be changed into: its own kin, and what is common. All would be a long list."""
    kin = (name for name in fitting if KINDS[name].category == kind.category)
    common = (name for name in COMMON_KINDS if name in fitting)
    return tuple(dict.fromkeys((kind.name, *kin, *common)))
