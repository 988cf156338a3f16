"""read_arguments(): the fields of one layer as arguments, including those of the layers that it wraps."""

import json

from pydantic import JsonValue

from app.architecture.catalogue import Argument, Kind, find_kind
from app.architecture.form.fields import Form
from app.architecture.form.groups import DEEPEST, NONE, WRAPPED_KINDS
from app.architecture.form.starts import start_argument, start_arguments
from app.architecture.form.widgets import has_widget, read_field, read_number
from app.frozen import JsonObject
from app.problems import ArchitectureError, BadRequest


def read_arguments(form: Form, prefix: str, kind: Kind) -> JsonObject:
    """The arguments of the layer of this kind whose field names begin with `prefix`."""
    was = find_kind(form.text(f"{prefix}.was") or kind.name)
    arguments = read_object(form.text(f"{prefix}.rest"))
    if was != kind:
        # Arguments that the new kind does not take are dropped.
        arguments = {name: value for name, value in arguments.items() if kind.argument(name)}
    for argument in kind.arguments:
        name = f"{prefix}.{argument.name}"
        value: JsonValue = None
        if argument.type == "layer" and form.has(f"{name}.kind"):
            value = _read_wrapped(form, name)
        elif argument.type == "layer" and form.has(f"{name}.0.kind"):
            value = _read_listed(form, name)
        elif (
            form.has(name) and has_widget(argument) and not _is_default(was, kind, argument, form.text(name))
        ):
            value = read_field(argument, form.text(name))
        elif was != kind and argument.required:
            value = _wrap(form, prefix, was, kind) or start_argument(kind, argument)
        if value is not None:
            arguments[argument.name] = value
    return arguments


def _wrap(form: Form, prefix: str, was: Kind, kind: Kind) -> JsonValue:
    """The card's former layer, inside the wrapper that was chosen for it; None if it does not fit there."""
    if was.name not in WRAPPED_KINDS.get(kind.name, ()):
        return None
    return {"kind": was.name, "arguments": read_arguments(form, prefix, was)}


def _is_default(was: Kind, kind: Kind, argument: Argument, text: str) -> bool:
    """Whether the field shows a default of the kind that the layer had before."""
    old = was.argument(argument.name)
    return was != kind and old is not None and read_field(old, text) is None


def _read_wrapped(form: Form, prefix: str) -> JsonValue:
    if prefix.count(".") > DEEPEST:
        raise ArchitectureError(f"Layers are wrapped in layers more than {DEEPEST} deep.")
    kind = find_kind(form.text(f"{prefix}.kind"))
    if form.has(f"{prefix}.was") and not form.text(f"{prefix}.was"):
        return {"kind": kind.name, "arguments": start_arguments(kind)}
    return {"kind": kind.name, "arguments": read_arguments(form, prefix, kind)}


def _read_listed(form: Form, prefix: str) -> list[JsonValue]:
    """The layers of a list, without those that were left empty."""
    layers: list[JsonValue] = []
    place = 0
    while form.has(f"{prefix}.{place}.kind"):
        if form.text(f"{prefix}.{place}.kind") != NONE:
            layers.append(_read_wrapped(form, f"{prefix}.{place}"))
        place += 1
    return layers


def read_axes(form: Form, prefix: str, timesteps: int) -> list[JsonValue]:
    """The sizes of an input's axes, batch axis first. Raises ArchitectureError for an invalid size."""
    sizes: list[JsonValue] = []
    while form.has(name := f"{prefix}.shape.{len(sizes)}"):
        sizes.append(_read_size(form.text(name).strip(), form.all(f"{name}.any"), timesteps))
    if not sizes:
        raise ArchitectureError("An input needs the sizes of its axes.")
    return sizes


def _read_size(text: str, ticks: list[str], timesteps: int) -> int | None:
    """The size of one axis; None if its box "any length" is ticked.

    The box carries the number that it was shown beside. If the number was changed since, it wins over the
    box. A box unticked beside no number gives as many timesteps as are drawn.
    """
    if ticks and text in ("", ticks[-1]):
        return None
    size = read_number(text) if text else timesteps
    if not isinstance(size, int):
        raise ArchitectureError(f"{text[:40]!r} is no size of an axis: a whole number, or any length.")
    return size


def read_object(text: str) -> JsonObject:
    """The JSON object in a hidden field; empty if there is none. Raises BadRequest."""
    try:
        rest = json.loads(text or "{}", parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadRequest("What the form carries along is not JSON.") from error
    if not isinstance(rest, dict):
        raise BadRequest("What the form carries along is not an object.")
    return rest


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
