"""What a `call` names: the places in `inbound` of the tensors that are handed to a parameter by its name."""

from collections.abc import Callable, Iterator, Mapping

from pydantic import JsonValue

from app.frozen import JsonObject


def find_places(value: JsonValue) -> Iterator[int]:
    """The places that a value of `call` names, in order."""
    if isinstance(value, list):
        for part in value:
            yield from find_places(part)
    elif isinstance(value, dict) and isinstance(place := value.get("inbound"), int):
        yield place


def renumber(call: Mapping[str, JsonValue], place_of: Callable[[int], int]) -> JsonObject:
    """The call with other places: `place_of` gives the new one for each that it names."""
    return {name: _renumber(value, place_of) for name, value in call.items()}


def _renumber(value: JsonValue, place_of: Callable[[int], int]) -> JsonValue:
    if isinstance(value, list):
        return [_renumber(part, place_of) for part in value]
    if isinstance(value, dict) and isinstance(place := value.get("inbound"), int):
        return {**value, "inbound": place_of(place)}
    return value
