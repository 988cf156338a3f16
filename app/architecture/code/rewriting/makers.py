"""Makers: the calls in the source that make layers, and what they are given."""

import ast
from collections.abc import Iterator, Mapping

from app.architecture.catalogue import KINDS, Kind
from app.architecture.code.layers.legacy import ANY_KIND, LAYERS, ONE_KIND
from app.architecture.code.rewriting.text import Text
from app.architecture.spec import INPUT

SPELLINGS: Mapping[str, str] = {
    **{alias: kind.name for kind in KINDS.values() for alias in (kind.name, *kind.aliases)},
    **LAYERS,
    "Input": INPUT,
}
"""The kind that each class makes, under every name that it has had."""


def find_makers(text: Text, kind: str, line: int | None) -> list[ast.Call]:
    """The calls that may make a layer of this kind there, those that begin on the line first."""
    imported = _list_imported(text)
    found = [
        call for call in text.calls if is_on_line(call, line) and find_spelled_kind(call, imported) == kind
    ]
    return sorted(found, key=lambda call: call.lineno != line)


def is_on_line(call: ast.Call, line: int | None) -> bool:
    """Whether the line is one of those that the call stands on."""
    return line is not None and call.lineno <= line <= (call.end_lineno or call.lineno)


def find_spelled_kind(call: ast.Call, imported: Mapping[str, str] | None = None) -> str | None:
    """The kind of layer that a call makes by its name; None where it makes none."""
    spelled = name_function(call)
    return SPELLINGS.get((imported or {}).get(spelled, spelled))


def name_function(call: ast.Call) -> str:
    """The last word of what is called: `LSTM` of `layers.LSTM(3)`; empty where it is no name."""
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def _list_imported(text: Text) -> dict[str, str]:
    """The classes that have another name in this source: `from … import LSTM as Memory`."""
    return {
        name.asname: name.name
        for statement in text.tree.body
        if isinstance(statement, ast.ImportFrom)
        for name in statement.names
        if name.asname
    }


def list_given(call: ast.Call, kind: Kind) -> dict[str, ast.expr]:
    """What the call is given, by the name that each argument has today."""
    given = dict(_name_positional(call, kind))
    for keyword in call.keywords:
        if keyword.arg is not None:
            given[name_today(kind, keyword.arg)] = keyword.value
    return given


def name_today(kind: Kind, argument: str) -> str:
    """Today's name of an argument."""
    if kind.argument(argument):
        return argument
    modern = ONE_KIND.get((kind.name, argument)) or ANY_KIND.get(argument, argument)
    return modern if kind.argument(modern) else argument


def _name_positional(call: ast.Call, kind: Kind) -> Iterator[tuple[str, ast.expr]]:
    for name, value in zip(kind.positional, call.args, strict=False):
        if isinstance(value, ast.Starred):
            return
        yield name, value
