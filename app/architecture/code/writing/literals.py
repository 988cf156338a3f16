"""Literals: numbers, texts and collections as Python source."""

import keyword

from pydantic import JsonValue


def write_value(value: JsonValue) -> str:
    """A value as a Python literal; texts in double quotes, with special characters escaped."""
    if isinstance(value, str):
        return f'"{"".join(_escape(character) for character in value)}"'
    if isinstance(value, list):
        return f"[{', '.join(write_value(element) for element in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{write_value(key)}: {write_value(item)}' for key, item in value.items())}}}"
    return repr(value)


def write_shape(sizes: list[JsonValue]) -> str:
    """A shape as a tuple: "(3, 50)", "(8,)"."""
    inside = ", ".join(write_value(size) for size in sizes)
    return f"({inside},)" if len(sizes) == 1 else f"({inside})"


def write_keyword(name: str, written: str) -> str:
    """`name=…` in a call; a name that is no Python identifier is passed as `**{"name": …}`."""
    plain = name.isidentifier() and name.isascii() and not keyword.iskeyword(name)
    return f"{name}={written}" if plain else f"**{{{write_value(name)}: {written}}}"


def _escape(character: str) -> str:
    if character == '"':
        return '\\"'
    if character.isprintable() and character != "\\":
        return character
    return character.encode("unicode_escape").decode()
