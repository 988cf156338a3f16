"""list_left_out(): custom functions and objects among the arguments in a configuration."""

from collections import deque
from collections.abc import Iterator

from pydantic import Field, JsonValue

from app.architecture.config.objects import is_own_argument, name_own
from app.architecture.spec import MAX_NAME
from app.frozen import Frozen, JsonObject

MOST_LEFT_OUT = 20
"""More of them are not told."""


class LeftOut(Frozen):
    """A function or an object that was left out, and the layer that it is an argument of."""

    layer: str = Field(max_length=MAX_NAME)
    argument: str = Field(max_length=MAX_NAME)
    name: str = Field(max_length=MAX_NAME)


def list_left_out(config: JsonObject) -> tuple[LeftOut, ...]:
    """What read_config() leaves out of this configuration, layer by layer: none of it changes a shape."""
    return tuple(dict.fromkeys(_find(config)))[:MOST_LEFT_OUT]


def _find(config: JsonObject) -> Iterator[LeftOut]:
    waiting: deque[JsonValue] = deque([config])
    while waiting:
        value = waiting.popleft()
        inside = value.get("config") if isinstance(value, dict) else None
        if isinstance(inside, dict):
            name = str(inside.get("name") or "")[:MAX_NAME]
            for argument, given in inside.items():
                if isinstance(given, dict) and is_own_argument(given) and not _is_layer(given):
                    yield LeftOut(layer=name, argument=argument[:MAX_NAME], name=name_own(given))
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting += [part for part in parts if isinstance(part, dict | list)]


def _is_layer(value: JsonObject) -> bool:
    """Whether this is a layer inside another, which is read by itself: only layers have a dtype."""
    config = value.get("config")
    return isinstance(config, dict) and "dtype" in config
