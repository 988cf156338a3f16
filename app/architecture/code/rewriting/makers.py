"""Makers: the constructor calls of layers in the source, and their arguments."""

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
"""The kind of each class name, including older names."""


def find_makers(text: Text, kind: str, line: int | None) -> list[ast.Call]:
    """The calls that may make a layer of this kind on this line, those that begin on the line first."""
    imported = _list_imported(text)
    found = [
        call for call in text.calls if is_on_line(call, line) and find_spelled_kind(call, imported) == kind
    ]
    return sorted(found, key=lambda call: call.lineno != line)


def is_on_line(call: ast.Call, line: int | None) -> bool:
    """Whether the call spans the line."""
    return line is not None and call.lineno <= line <= (call.end_lineno or call.lineno)


def find_spelled_kind(call: ast.Call, imported: Mapping[str, str] | None = None) -> str | None:
    """The kind of layer that a call makes, judged by its name; None if it makes none."""
    spelled = name_function(call)
    return SPELLINGS.get((imported or {}).get(spelled, spelled))


def name_function(call: ast.Call) -> str:
    """The last part of the called name: `LSTM` of `layers.LSTM(3)`; empty if it is not a name."""
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def _list_imported(text: Text) -> dict[str, str]:
    """Classes imported under another name: `from … import LSTM as Memory`."""
    return {
        name.asname: name.name
        for statement in text.tree.body
        if isinstance(statement, ast.ImportFrom)
        for name in statement.names
        if name.asname
    }


def list_given(call: ast.Call, kind: Kind) -> dict[str, ast.expr]:
    """The arguments of the call, by their Keras 3 names."""
    given = dict(_name_positional(call, kind))
    for keyword in call.keywords:
        if keyword.arg is not None:
            given[name_today(kind, keyword.arg)] = keyword.value
    return given


def name_today(kind: Kind, argument: str) -> str:
    """The Keras 3 name of an argument."""
    if kind.argument(argument):
        return argument
    modern = ONE_KIND.get((kind.name, argument)) or ANY_KIND.get(argument, argument)
    return modern if kind.argument(modern) else argument


def _name_positional(call: ast.Call, kind: Kind) -> Iterator[tuple[str, ast.expr]]:
    for name, value in zip(kind.positional, call.args, strict=False):
        if isinstance(value, ast.Starred):
            return
        yield name, value
