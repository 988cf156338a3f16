"""write_group(): a kind and its arguments as fields, the layers that it wraps among them."""

import json
from collections.abc import Mapping

from pydantic import JsonValue

from app.architecture.catalogue import CELL, KINDS, Argument, Kind
from app.architecture.form.widgets import Field, write_field
from app.architecture.spec import INPUT
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

COMMON_OPERATIONS = tuple(
    f"ops.{name}"
    for name in (
        "add",
        "subtract",
        "multiply",
        "divide",
        "matmul",
        "get_item",
        "mean",
        "sum",
        "max",
        "reshape",
        "transpose",
        "expand_dims",
        "squeeze",
        "concatenate",
        "split",
        "softmax",
    )
)
"""Operations that are offered by name; any other can be written there as well."""

WRAPPED_KINDS: Mapping[str, tuple[str, ...]] = {
    "Bidirectional": tuple(name for name in LAYER_KINDS if KINDS[name].argument("return_sequences")),
    "RNN": tuple(kind.name for kind in KINDS.values() if kind.category == CELL),
    "SpectralNormalization": LAYER_KINDS,
    "TimeDistributed": LAYER_KINDS,
}
"""What may be put inside a wrapper."""

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


def write_group(
    prefix: str,
    kind: Kind,
    arguments: Mapping[str, JsonValue],
    kinds: tuple[str, ...],
    hidden: frozenset[str] = frozenset(),
) -> Group:
    """The group whose controls are named after `prefix`; `kinds` is what the layer can be changed into."""
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
    return write_group(f"{prefix}.{argument.name}", KINDS[name], arguments, fitting)


def _offer_kinds(kind: Kind, fitting: tuple[str, ...]) -> tuple[str, ...]:
    """What a layer can be changed into: its own kin, and what is common. All would be a long list."""
    kin = (name for name in fitting if KINDS[name].category == kind.category)
    common = (name for name in COMMON_KINDS if name in fitting)
    return tuple(dict.fromkeys((kind.name, *kin, *common)))
