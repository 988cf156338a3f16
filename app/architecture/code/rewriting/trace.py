"""ValueTrace: the literals and holes that a value of a layer may come from."""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from pydantic import JsonValue

from app.architecture.code.rewriting.arguments import write_like
from app.architecture.code.rewriting.text import Edit, Text
from app.architecture.hole import Hole, HoleValue

MOST_LITERALS = 12
"""How many literals are tried that are just equal to the value."""

INVERSES: Mapping[type[ast.operator], Callable[[int, int], int | None]] = {
    ast.Add: lambda total, part: total - part,
    ast.Sub: lambda rest, part: rest + part,
    ast.Mult: lambda product, factor: product // factor if factor and product % factor == 0 else None,
    ast.FloorDiv: lambda quotient, divisor: quotient * divisor,
}
"""For each operator, the left operand, given the result and the right operand."""


class Proposal(NamedTuple):
    """A way to write a change; only reading the changed code tells whether it works."""

    edits: Sequence[Edit] = ()
    hole: tuple[str, HoleValue] | None = None
    """A new value for a hole, instead of an edit."""
    alone: bool = False
    """Whether it is only acceptable if nothing else changes with it."""


class ValueTrace:
    """One value that occurs in the source, and the value to replace it by."""

    def __init__(self, text: Text, holes: Sequence[Hole], before: JsonValue, after: JsonValue) -> None:
        self._text = text
        self._holes = {hole.name: hole for hole in holes}
        self._before, self._after = before, after

    def trace(self, expression: ast.expr) -> Iterator[Proposal]:
        """Follow an expression through names and arithmetic to literals and holes."""
        yield from self._trace(expression, self._before, self._after, frozenset())

    def find_equal(self, line: int) -> Iterator[Proposal]:
        """All literals equal to the value, the nearest to the line first; then the holes with that value."""
        parts = (part for part in ast.walk(self._text.tree) if isinstance(part, ast.expr))
        equal = [part for part in parts if _is_literal(part, self._before)]
        equal.sort(key=lambda part: abs(part.lineno - line))
        for part in equal[:MOST_LITERALS]:
            yield from self._change(part, self._after)
        for hole in self._holes.values():
            yield from _fill(hole, self._before, self._after)

    def _trace(
        self, expression: ast.expr, before: JsonValue, after: JsonValue, seen: frozenset[str]
    ) -> Iterator[Proposal]:
        if _is_literal(expression, before):
            yield from self._change(expression, after)
            return
        if isinstance(before, int | float) and (hole := self._holes.get(ast.unparse(expression))):
            yield from _fill(hole, before, after)
        if isinstance(expression, ast.BinOp):
            yield from self._undo(expression, before, after, seen)
        for name in _find_names(expression) - seen:
            for value in self._set_to.get(name, ()):
                yield from self._trace(value, before, after, seen | {name})

    def _undo(
        self, worked_out: ast.BinOp, before: JsonValue, after: JsonValue, seen: frozenset[str]
    ) -> Iterator[Proposal]:
        """Follow the result of arithmetic with one literal back to the other operand."""
        inverse = INVERSES.get(type(worked_out.op))
        sides = [(worked_out.left, worked_out.right)]
        if isinstance(worked_out.op, ast.Add | ast.Mult):
            sides.append((worked_out.right, worked_out.left))
        for side, other in sides:
            known = other.value if isinstance(other, ast.Constant) else None
            if inverse and all(type(number) is int for number in (before, after, known)):
                was, becomes = inverse(before, known), inverse(after, known)  # type: ignore[arg-type]
                if was is not None and becomes is not None:
                    yield from self._trace(side, was, becomes, seen)

    def _change(self, literal: ast.expr, value: JsonValue) -> Iterator[Proposal]:
        if self._text.holds(literal):
            written = write_like(self._text.slice(literal), value)
            yield Proposal([self._text.replace(literal, written)])

    @cached_property
    def _set_to(self) -> dict[str, list[ast.expr]]:
        """All expressions that each name, attribute, parameter or key is set to, anywhere in the source."""
        found: dict[str, list[ast.expr]] = {}
        for name, value in (pair for part in ast.walk(self._text.tree) for pair in _list_settings(part)):
            found.setdefault(name, []).append(value)
        return found


def _list_settings(part: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """The names that a node sets, with the expressions they are set to."""
    match part:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from _pair(target, value)
        case (
            ast.AnnAssign(target=target, value=ast.expr() as value)
            | ast.NamedExpr(target=target, value=value)
        ):
            yield from _pair(target, value)
        case ast.For(target=target, iter=ast.Tuple(elts=values) | ast.List(elts=values)):
            for value in values:
                yield from _pair(target, value)
        case ast.keyword(arg=str(name), value=value):
            yield name, value
        case ast.arguments():
            positional = [*part.posonlyargs, *part.args]
            yield from zip(
                (argument.arg for argument in positional[len(positional) - len(part.defaults) :]),
                part.defaults,
                strict=True,
            )
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant):
                    yield str(key.value), value


def _pair(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    match target, value:
        case ast.Tuple(elts=targets) | ast.List(elts=targets), ast.Tuple(elts=values) | ast.List(elts=values):
            for one, other in zip(targets, values, strict=False):
                yield from _pair(one, other)
        case _:
            for name in _find_names(target):
                yield name, value


def _find_names(expression: ast.expr) -> frozenset[str]:
    """The names of an expression: a variable, an attribute, or a key in a dict."""
    match expression:
        case (
            ast.Name(id=name) | ast.Attribute(attr=name) | ast.Subscript(slice=ast.Constant(value=str(name)))
        ):
            return frozenset({name})
    return frozenset()


def _is_literal(part: ast.AST, value: JsonValue) -> bool:
    if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.USub) and isinstance(value, int | float):
        return not isinstance(value, bool) and _is_literal(part.operand, -value)
    if not isinstance(part, ast.Constant):
        return isinstance(part, ast.Tuple | ast.List) and isinstance(value, list) and _is_list(part, value)
    return type(part.value) is type(value) and part.value == value


def _is_list(part: ast.Tuple | ast.List, values: list[JsonValue]) -> bool:
    return len(part.elts) == len(values) and all(map(_is_literal, part.elts, values))


def _fill(hole: Hole, before: JsonValue, after: JsonValue) -> Iterator[Proposal]:
    if not isinstance(after, int | float) or isinstance(after, bool):
        return
    if isinstance(hole.value, tuple):
        for place, size in enumerate(hole.value):
            if size == before and isinstance(after, int):
                yield Proposal(hole=(hole.name, (*hole.value[:place], after, *hole.value[place + 1 :])))
    elif hole.value == before:
        yield Proposal(hole=(hole.name, after))
