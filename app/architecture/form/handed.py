"""Tensors that are passed by keyword, such as the `initial_state` of a decoder, as controls."""

import json
from collections.abc import Mapping

from pydantic import JsonValue

from app.architecture.handed import find_own, find_places, leave_out_own, renumber
from app.architecture.spec import Inbound, Node
from app.frozen import JsonObject


def list_handed(node: Node) -> Inbound:
    """The tensors that are passed by keyword, in the order of the controls."""
    return tuple(node.inbound[place] for place in sorted(node.handed_by_name))


def name_handed(node: Node) -> tuple[str, ...]:
    """The parameter of each of them: `mask`, or `initial_state 1` and `initial_state 2`."""
    names: dict[int, str] = {}
    for parameter, value in node.call.items():
        places = list(find_places(value))
        for number, place in enumerate(places, start=1):
            names.setdefault(place, f"{parameter} {number}" if len(places) > 1 else parameter)
    return tuple(names[place] for place in sorted(node.handed_by_name))


def say_constants(node: Node) -> str:
    """The other keyword arguments, as Python writes them: `use_causal_mask=True`."""
    told = leave_out_own(node.call)
    return ", ".join(f"{name}={value!r}" for name, value in told.items() if not list(find_places(value)))


def write_call(node: Node) -> str:
    """The node's `call` as the form carries it, with places counted among the tensors passed by keyword."""
    return json.dumps(renumber(node.call, sorted(node.handed_by_name).index)) if node.call else ""


def read_call(carried: Mapping[str, JsonValue], inputs: int) -> JsonObject:
    """The inverse of write_call(), for a layer with so many inputs before the tensors passed by keyword."""
    kept = {name: value for name, value in carried.items() if (find_own(value) or 0) < inputs}
    return renumber(kept, lambda place: place + inputs)
