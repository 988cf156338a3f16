"""Looking into JSON of which nothing is known yet."""

from pydantic import JsonValue

from app.problems import ConfigError

JsonEntry = dict[str, JsonValue]

MAX_DEPTH = 8
"""How deep lists may stand inside an argument or a call."""


def read_object(value: JsonValue, what: str) -> JsonEntry:
    """The value, which must be an object. Raises ConfigError."""
    if not isinstance(value, dict):
        raise ConfigError(f"{what} is not an object.")
    return value


def read_plain(value: JsonValue, depth: int = MAX_DEPTH) -> JsonValue:
    """The value, which must be a number, a text or lists of them. Raises ConfigError."""
    if isinstance(value, list):
        if not depth:
            raise ConfigError("An argument of a layer is nested too deeply.")
        return [read_plain(element, depth - 1) for element in value]
    if isinstance(value, dict):
        raise ConfigError("An argument of a layer is an object where a number, a text or a list belongs.")
    return value


def quote(value: JsonValue) -> str:
    """A value for a message."""
    return repr(value)[:80] if isinstance(value, str | int | None) else "not a text"
