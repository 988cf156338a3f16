"""Calls in a configuration: the `inbound_nodes` of a layer, as a node of an Architecture has them."""

from collections.abc import Mapping
from typing import NamedTuple

from pydantic import JsonValue

from app.architecture.calls import ATTENDED, FIRST, STATES
from app.architecture.catalogue import OPERATION, Kind
from app.architecture.config.arrays import holds_array, is_array, read_constant
from app.architecture.config.references import Reference, collect_references, read_reference
from app.architecture.config.values import quote, read_plain
from app.architecture.handed import name_own
from app.architecture.outputs import is_usually_listed
from app.architecture.slices import Part, write_key
from app.architecture.spec import MODELS, OPAQUE
from app.frozen import JsonObject
from app.problems import ConfigError

CONSTANT = "_CONSTANT_VALUE"
"""What Keras 2 writes in place of a layer if a function's first argument is a number."""


RECURRENT = "recurrent"
"""The category of layers that may begin with given states."""


class Call(NamedTuple):
    """The tensors passed in a call, and its other arguments; `call` and `arguments` are as in a Node."""

    inbound: tuple[Reference, ...]
    call: JsonObject
    arguments: JsonObject
    """The constant arguments of an operation."""
    listed: bool | None = None
    """Whether one tensor is passed in a list, if that is not as usual."""


class Entry(NamedTuple):
    """One of the `inbound_nodes` of a layer."""

    positional: list[JsonValue]
    keywords: dict[str, JsonValue]


def list_entries(layer: Mapping[str, JsonValue]) -> list[Entry]:
    """The calls of a layer, in order. Raises ConfigError."""
    nodes = layer.get("inbound_nodes") or []
    if not isinstance(nodes, list):
        raise ConfigError(f"The `inbound_nodes` of {quote(layer.get('name'))} are not a list.")
    return [_read_entry(node) for node in nodes]


def _read_entry(node: JsonValue) -> Entry:
    if isinstance(node, dict):
        positional, keywords = node.get("args") or [], node.get("kwargs") or {}
        if isinstance(positional, list) and isinstance(keywords, dict):
            return Entry(positional, keywords)
    if isinstance(node, list) and len(node) == 4 and node[0] == CONSTANT:
        return Entry([node[2]], node[3] if isinstance(node[3], dict) else {})
    if isinstance(node, list):
        return _read_old_entry([node] if read_reference(node) else list(node))
    raise ConfigError("One of a layer's `inbound_nodes` is not understood.")


def _read_old_entry(references: list[JsonValue]) -> Entry:
    """Keras 2 writes a list of [layer, call, output, keywords]; the keywords are in the first."""
    first = references[0] if references else None
    keywords = first[3] if isinstance(first, list) and len(first) == 4 else {}
    plain: list[JsonValue] = [part[:3] if isinstance(part, list) else part for part in references]
    return Entry(plain if len(plain) == 1 else [plain], keywords if isinstance(keywords, dict) else {})


def read_call(kind: Kind, entry: Entry, config: Mapping[str, JsonValue], operations: frozenset[str]) -> Call:
    """The arguments of a call.

    `operations` are the names of the operations in the model. Raises ConfigError.
    """
    if kind.category == OPERATION:
        return _read_operation(kind, entry, config)
    positional, keywords = list(entry.positional), dict(entry.keywords)
    if kind.name == OPAQUE:
        return Call(tuple(collect_references([positional, keywords])), {}, {})
    if any(map(is_array, positional)) or any(map(holds_array, positional)):
        raise ConfigError(f"A {kind.name} is called on a constant array, which is not understood.")
    named: list[str] = []
    if kind.call == "positional":
        named = [name for name in ATTENDED if keywords.get(name) is not None]
        positional += [keywords.pop(name) for name in named]
    else:
        # Only recurrent layers take further tensors by position.
        if kind.category == RECURRENT:
            positional = _part_states(positional)
        keywords |= dict(zip(STATES, positional[1:], strict=False))
        positional = positional[:1]
        if not positional:
            named = [name for name in FIRST if name in keywords][:1]
            positional = [keywords.pop(name) for name in named]
    inbound = list(collect_references(positional))
    own = {name: len(inbound) - place for place, name in enumerate(reversed(named), 1)}
    is_listed = len(inbound) == 1 and bool(positional) and not read_reference(positional[0])
    listed = True if is_listed and kind.name not in MODELS and not is_usually_listed(kind.name) else None
    call: JsonObject = {}
    # As Keras reads a dict.
    for name, value in sorted(keywords.items()):
        if value is None or value is False or _is_own_mask(name, value, operations):
            continue
        call[name] = _hand_over(value, inbound)
    singly = all(map(read_reference, positional[len(positional) - len(named) :]))
    call = name_own(call, own, len(inbound)) if singly else call
    return Call(tuple(inbound), call, {}, listed)


def _part_states(positional: list[JsonValue]) -> list[JsonValue]:
    """The arguments with the initial states by themselves: Keras 2 lists them behind the input."""
    first = positional[0] if positional else None
    if not isinstance(first, list) or len(first) < 2 or read_reference(first):
        return positional
    return [first[0], first[1:], *positional[1:]]


def _is_own_mask(name: str, value: JsonValue, operations: frozenset[str]) -> bool:
    """Whether this is the mask that Keras computed from an Embedding's, which it saves as operations."""
    sources = {reference.layer for reference in collect_references(value)}
    return name == "mask" and sources <= operations


def _hand_over(value: JsonValue, inbound: list[Reference]) -> JsonValue:
    """The value as a Node's `call` has it; its tensors are appended to `inbound`."""
    if reference := read_reference(value):
        inbound.append(reference)
        return {"inbound": len(inbound) - 1}
    if isinstance(value, list):
        return [_hand_over(part, inbound) for part in value]
    return read_plain(value)


def _read_operation(kind: Kind, entry: Entry, config: Mapping[str, JsonValue]) -> Call:
    free = [argument.name for argument in kind.arguments if argument.name not in config]
    if kind.call == "positional":
        given: dict[str, JsonValue] = {free[0]: list(entry.positional)}
    else:
        given = dict(zip(free, entry.positional, strict=False))
    inbound: list[Reference] = []
    arguments: JsonObject = {}
    for name, value in {**config, **given, **entry.keywords}.items():
        argument = kind.argument(name)
        if argument is None or value is None:
            continue
        references = list(collect_references(value))
        if references and (not argument.type.startswith("tensor") or holds_array(value)):
            what = "holds a constant array" if holds_array(value) else "is a tensor"
            raise ConfigError(f"The `{name}` of keras.{kind.name} {what}, which is not understood.")
        inbound += references
        if not references and argument.type != "ignored" and value != argument.default:
            arguments[name] = _write_index(value) if kind.name == "ops.get_item" else read_constant(value)
    return Call(tuple(inbound), {}, arguments)


def _write_index(value: JsonValue) -> str:
    return write_key(tuple(map(_read_part, value if isinstance(value, list) else [value])))


def _read_part(value: JsonValue) -> Part:
    if isinstance(value, dict):
        config = value.get("config")
        if value.get("class_name") == "__ellipsis__":
            return ...
        if value.keys() == {"start", "stop", "step"}:
            config = value
        if isinstance(config, dict) and value.get("class_name") in ("__slice__", None):
            return slice(*(_read_end(config.get(name)) for name in ("start", "stop", "step")))
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise ConfigError("What stands between the brackets of a tensor is not understood.")


def _read_end(value: JsonValue) -> int | None:
    if value is None or isinstance(value, int):
        return value
    raise ConfigError("A slice of a tensor begins or ends at something that is no number.")
