"""write_group(): a layer's kind and arguments as fields, including the layers that it wraps."""

import json
from collections.abc import Mapping

from pydantic import JsonValue

from app.architecture.catalogue import CELL, KINDS, Argument, Kind
from app.architecture.form.widgets import Field, write_field
from app.architecture.spec import INPUT
from app.frozen import Frozen

LAYER_KINDS = tuple(kind.name for kind in KINDS.values() if kind.name != INPUT and kind.category != CELL)
"""The kinds of layers that can be added: all but inputs and cells."""

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
"""The kinds that are listed first; others are found by typing their name."""

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
"""Operations that are listed; any other can be typed."""

WRAPPED_KINDS: Mapping[str, tuple[str, ...]] = {
    "Bidirectional": tuple(name for name in LAYER_KINDS if KINDS[name].argument("return_sequences")),
    **dict.fromkeys(
        ("RNN", "StackedRNNCells"),
        tuple(kind.name for kind in KINDS.values() if kind.category == CELL),
    ),
    "SpectralNormalization": LAYER_KINDS,
    "TimeDistributed": LAYER_KINDS,
}
"""The kinds of layers that can be wrapped."""

DEEPEST = 4
"""How deeply nested wrappers still have fields."""

MOST_LISTED = 12
"""The longest list of layers in an argument that has fields."""

NONE = ""
"""The choice "no layer", which removes a layer from a list."""


class Group(Frozen):
    """The fields of a kind and its arguments: of a card, or of a layer that it wraps."""

    prefix: str
    kind: str
    summary: str
    kinds: tuple[str, ...]
    fields: tuple[Field, ...]
    groups: tuple["Group", ...] = ()
    """The wrapped layers, by the argument that holds them."""
    rest: str = ""
    """The arguments that no field shows, as JSON."""

    @property
    def id(self) -> str:
        """The prefix of the ids of the group's controls."""
        return self.prefix.replace(".", "-")

    @property
    def label(self) -> str:
        """The argument that the layer is passed as; in a list of layers with its number, from 1."""
        before, _, last = self.prefix.rpartition(".")
        return f"{before.rpartition('.')[2]} {int(last) + 1}" if last.isdecimal() else last


def write_group(
    prefix: str,
    kind: Kind,
    arguments: Mapping[str, JsonValue],
    kinds: tuple[str, ...],
    hidden: frozenset[str] = frozenset(),
) -> Group:
    """The group whose field names begin with `prefix`; `kinds` are those the layer can be changed into."""
    fields: list[Field] = []
    groups: list[Group] = []
    shown: set[str] = set(hidden)
    for argument in kind.arguments:
        if argument.name in hidden:
            continue
        if argument.type == "layer":
            wrapped = _write_wrapped(prefix, kind, argument, arguments.get(argument.name))
            groups += wrapped
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


def _write_wrapped(prefix: str, kind: Kind, argument: Argument, value: JsonValue) -> list[Group]:
    """The layer in an argument, or the layers of a list and an empty group for one more."""
    fitting = WRAPPED_KINDS.get(kind.name, LAYER_KINDS)
    name = f"{prefix}.{argument.name}"
    if not isinstance(value, list):
        alone = _write_inner(name, value, fitting)
        return [alone] if alone else []
    listed = [_write_inner(f"{name}.{place}", layer, fitting) for place, layer in enumerate(value)]
    members = [group.model_copy(update={"kinds": (*group.kinds, NONE)}) for group in listed if group]
    if not members or len(members) < len(listed) or len(members) > MOST_LISTED:
        return []
    more = Group(
        prefix=f"{name}.{len(members)}",
        kind=NONE,
        summary=argument.help,
        kinds=(NONE, *members[-1].kinds[:-1]),
        fields=(),
    )
    return [*members, more]


def _write_inner(prefix: str, value: JsonValue, fitting: tuple[str, ...]) -> Group | None:
    if prefix.count(".") > DEEPEST or not isinstance(value, dict) or value.keys() - {"kind", "arguments"}:
        return None
    name, arguments = value.get("kind"), value.get("arguments", {})
    if not isinstance(name, str) or name not in KINDS or not isinstance(arguments, dict):
        return None
    return write_group(prefix, KINDS[name], arguments, fitting)


def _offer_kinds(kind: Kind, fitting: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds a layer can be changed into: those of its category, and common ones.

    All would be too many.
    """
    kin = (name for name in fitting if KINDS[name].category == kind.category)
    common = (name for name in COMMON_KINDS if name in fitting)
    return tuple(dict.fromkeys((kind.name, *kin, *common)))
