"""Tensors passed to a layer by keyword: a node's `call` holds their places in its `inbound`."""

from collections.abc import Callable, Iterator, Mapping

from pydantic import JsonValue

from app.frozen import JsonObject


def find_places(value: JsonValue) -> Iterator[int]:
    """The places in `inbound` that a value of `call` refers to, in order."""
    if isinstance(value, list):
        for part in value:
            yield from find_places(part)
    elif isinstance(value, dict) and isinstance(place := value.get("inbound"), int):
        yield place


def renumber(call: Mapping[str, JsonValue], place_of: Callable[[int], int]) -> JsonObject:
    """The call with new places: `place_of` gives the new place for each old one."""
    return {name: _renumber(value, place_of) for name, value in call.items()}


def _renumber(value: JsonValue, place_of: Callable[[int], int]) -> JsonValue:
    if isinstance(value, list):
        return [_renumber(part, place_of) for part in value]
    if isinstance(value, dict) and isinstance(place := value.get("inbound"), int):
        return {**value, "inbound": place_of(place)}
    return value
