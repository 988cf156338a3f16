"""Tensors passed to a layer by keyword: a node's `call` holds their places in its `inbound`.

A keyword of the layer's own inputs, such as `query`, holds their places among these: `{"input": 0}`.
"""

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


def find_own(value: JsonValue) -> int | None:
    """The place among the layer's own inputs that a value of `call` refers to; None for other values."""
    place = value.get("input") if isinstance(value, dict) else None
    return place if isinstance(place, int) else None


def leave_out_own(call: Mapping[str, JsonValue]) -> JsonObject:
    """The call without the keywords of the layer's own inputs."""
    return {name: value for name, value in call.items() if find_own(value) is None}


def order_read(call: Mapping[str, JsonValue], count: int) -> tuple[int, ...]:
    """The places of `count` tensors in the order in which Keras reads them.

    Those passed by position come first, then those passed by keyword, sorted by the keyword.
    """
    handed = set(find_places(list(call.values())))
    own = [place for place in range(count) if place not in handed]
    named: list[int] = []
    for _, value in sorted(call.items()):
        place = find_own(value)
        named += find_places(value) if place is None else own[place : place + 1]
    return (*(place for place in own if place not in named), *named)


def name_own(call: JsonObject, names: Mapping[str, int], count: int) -> JsonObject:
    """The call, with the keywords of the layer's own inputs, if Keras reads the tensors in another order for
    them.

    `names` are the places among the inputs by keyword; `count` is the number of all tensors.
    """
    told: JsonObject = {**call, **{name: {"input": place} for name, place in names.items()}}
    return call if order_read(told, count) == tuple(range(count)) else told
