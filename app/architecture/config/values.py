"""Reading JSON values of expected types."""

from pydantic import JsonValue

from app.problems import ConfigError

JsonEntry = dict[str, JsonValue]

MAX_DEPTH = 8
"""How deeply lists may be nested in an argument or a call."""


def read_object(value: JsonValue, what: str) -> JsonEntry:
    """The value, if it is an object. Raises ConfigError, naming it `what`."""
    if not isinstance(value, dict):
        raise ConfigError(f"{what} is not an object.")
    return value


def read_plain(value: JsonValue, depth: int = MAX_DEPTH) -> JsonValue:
    """The value, if it is a number, a text, or nested lists of them. Raises ConfigError."""
    if isinstance(value, list):
        if not depth:
            raise ConfigError("An argument of a layer is nested too deeply.")
        return [read_plain(element, depth - 1) for element in value]
    if isinstance(value, dict):
        raise ConfigError("An argument of a layer is an object where a number, a text or a list belongs.")
    return value


def quote(value: JsonValue) -> str:
    """A value, shortened for a message."""
    return repr(value)[:80] if isinstance(value, str | int | None) else "not a text"
