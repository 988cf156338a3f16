"""Edits of a call's arguments: adding one, removing one, and writing a value in the old one's style."""

import ast
from collections.abc import Iterator

from pydantic import JsonValue

from app.architecture.catalogue import Kind
from app.architecture.code.rewriting.text import Edit, Text
from app.architecture.code.writing.literals import write_keyword, write_shape, write_value


def add_argument(text: Text, call: ast.Call, name: str, written: str, kind: Kind | None = None) -> Edit:
    """The edit that adds an argument to a call; by position if it is required and next in order."""
    given = len(call.args)
    argument = kind.argument(name) if kind else None
    if kind and argument and argument.required and kind.positional[given : given + 1] == (name,):
        if not given:
            place = text.start(call.keywords[0]) if call.keywords else text.end(call) - 1
            return Edit(place, place, f"{written}, " if call.keywords else written)
        place = text.end(call.args[-1])
        return Edit(place, place, f", {written}")
    parts: list[ast.expr | ast.keyword] = [*call.args, *call.keywords]
    if not parts:
        place = text.end(call) - 1
        return Edit(place, place, write_keyword(name, written))
    place = max(text.end(part) for part in parts)
    return Edit(place, place, f", {write_keyword(name, written)}")


def remove_argument(text: Text, call: ast.Call, gone: ast.expr) -> Iterator[Edit]:
    """The edit that removes an argument and its comma; none if later positional arguments would shift."""
    parts: list[ast.expr | ast.keyword] = sorted([*call.args, *call.keywords], key=text.start)
    at = next(place for place, part in enumerate(parts) if gone in (part, getattr(part, "value", None)))
    if parts[at] in call.args and parts[at] is not call.args[-1]:
        return
    if at + 1 < len(parts):
        yield Edit(text.start(parts[at]), text.start(parts[at + 1]), "")
    elif at:
        yield Edit(text.end(parts[at - 1]), text.end(parts[at]), "")
    else:
        yield text.replace(parts[at], "")


def write_like(old: str, value: JsonValue) -> str:
    """A value as a literal in the style of the old one: its quotes, its `10_000`."""
    if isinstance(value, int) and not isinstance(value, bool) and "_" in old:
        return f"{value:_}"
    if isinstance(value, list) and old.startswith("("):
        return write_shape(value)
    if isinstance(value, str) and old.startswith("'"):
        return repr(value)
    return write_value(value)
