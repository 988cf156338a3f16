"""propose_values(): the places in the source that a value of a layer may come from."""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from pydantic import JsonValue

from app.architecture.catalogue import Kind, find_kind
from app.architecture.code.rewriting.arguments import add_argument, remove_argument, write_like
from app.architecture.code.rewriting.changes import NAME, Change
from app.architecture.code.rewriting.makers import find_makers, is_on_line, list_given
from app.architecture.code.rewriting.text import Edit, Text
from app.architecture.hole import Hole, HoleValue
from app.architecture.spec import INPUT

MOST_LITERALS = 12
"""How many literals that are merely equal are tried."""

INPUT_SHAPES = ("input_shape", "batch_input_shape", "shape", "batch_shape")
ONE_AXIS = ("input_dim", "input_length", "batch_size")

INVERSES: Mapping[type[ast.operator], Callable[[int, int], int | None]] = {
    ast.Add: lambda total, part: total - part,
    ast.Sub: lambda rest, part: rest + part,
    ast.Mult: lambda product, factor: product // factor if factor and product % factor == 0 else None,
    ast.FloorDiv: lambda quotient, divisor: quotient * divisor,
}
"""What stands before the operator, for a result and what stands behind it."""


class Proposal(NamedTuple):
    """A way to write a change; whether it is one, reading it tells."""

    edits: Sequence[Edit] = ()
    hole: tuple[str, HoleValue] | None = None
    """Or what the source does not say is to be another."""
    alone: bool = False
    """Whether it is only meant if nothing else changes with it."""


def propose_values(text: Text, change: Change, holes: Sequence[Hole]) -> Iterator[Proposal]:
    """The ways to write a change, those first that are likeliest to be meant.

    A literal is changed where it stands, however it comes to the layer; what is worked out is replaced by a
    number only where nothing else can be.
    """
    kind = find_kind(change.kind)
    if change.after is None and change.place is None and _is_required(kind, change.argument):
        # A number that is being typed anew, mostly: the code waits for it.
        return
    calls = _find_calls(text, change)
    places = [place for call in calls for place in _find_places(call, kind, change)]
    if change.renamed:
        yield from _rename(text, calls, change.argument, change.renamed)
    for before, after in _settle(kind, change):
        values = _Values(text, holes, before, after)
        for place in places:
            yield from values.trace(place.value)
        if change.argument != NAME and change.before is not None:
            yield from values.find_equal(change.line or 1)
    for place in places:
        yield from _write_in_place(text, place, kind, change)
    for call in calls:
        yield from _write_anew(text, call, kind, change)


class _Place(NamedTuple):
    """What a call is given for an argument, or for one of its sizes."""

    call: ast.Call
    whole: ast.expr
    value: ast.expr
    """The size, where the whole is written as several."""


def _find_calls(text: Text, change: Change) -> list[ast.Call]:
    """The calls that may make the layer; those that say what enters a model may make its input."""
    makers = find_makers(text, change.kind, change.line)
    if change.kind != INPUT:
        return makers
    told = [
        call
        for call in text.calls
        if any(keyword.arg in INPUT_SHAPES + ONE_AXIS for keyword in call.keywords)
    ]
    return makers + [call for call in told if is_on_line(call, change.line) and call not in makers]


def _settle(kind: Kind, change: Change) -> Iterator[tuple[JsonValue, JsonValue]]:
    """The two values as they may be written: the default for none, an input without its batch axis."""
    argument = kind.argument(change.argument)
    if change.place is not None or argument is None:
        yield change.before, change.after
        return
    before, after = (argument.default if value is None else value for value in (change.before, change.after))
    yield before, after
    if (
        kind.name == INPUT
        and isinstance(before, list)
        and isinstance(after, list)
        and before[:1] == after[:1]
    ):
        yield before[1:], after[1:]


def _rename(text: Text, calls: Sequence[ast.Call], old: str, new: str) -> Iterator[Proposal]:
    for keyword in (keyword for call in calls for keyword in call.keywords if keyword.arg == old):
        start = text.start(keyword)
        yield Proposal([Edit(start, start + len(old), new)], alone=True)


def _is_required(kind: Kind, name: str) -> bool:
    argument = kind.argument(name)
    return argument is not None and argument.required


def _find_places(call: ast.Call, kind: Kind, change: Change) -> Iterator[_Place]:
    if kind.name == INPUT and change.argument == "batch_shape":
        yield from _find_sizes(call, change)
        return
    given = list_given(call, kind).get(change.argument)
    if given is not None:
        size = _find_size(given, change.place, change.of)
        yield _Place(call, given, given if size is None else size)


def _find_sizes(call: ast.Call, change: Change) -> Iterator[_Place]:
    """Where a call says what enters: the shape, with its batch axis or without, or the size of one axis."""
    said = [keyword.value for keyword in call.keywords if keyword.arg in INPUT_SHAPES]
    for shape in [*said, *call.args[:1]]:
        for first in (0, 1):
            place = None if change.place is None else change.place - first
            size = _find_size(shape, place, change.of - first)
            if size is not None:
                yield _Place(call, shape, size)
        yield _Place(call, shape, shape)
    for keyword in call.keywords:
        if keyword.arg in ONE_AXIS and change.place is not None:
            yield _Place(call, keyword.value, keyword.value)


def _find_size(shape: ast.expr, place: int | None, count: int) -> ast.expr | None:
    if (
        isinstance(shape, ast.Tuple | ast.List)
        and place is not None
        and len(shape.elts) == count
        and place >= 0
    ):
        return shape.elts[place]
    return None


class _Values:
    """One value in the source, wherever it is written, and the one that is to take its place."""

    def __init__(self, text: Text, holes: Sequence[Hole], before: JsonValue, after: JsonValue) -> None:
        self._text = text
        self._holes = {hole.name: hole for hole in holes}
        self._before, self._after = before, after

    def trace(self, expression: ast.expr) -> Iterator[Proposal]:
        """Follow an expression through names and sums to literals, and to what the source does not say."""
        yield from self._trace(expression, self._before, self._after, frozenset())

    def find_equal(self, line: int) -> Iterator[Proposal]:
        """Literals that are equal, the nearest first; then what the source does not say and was read so."""
        parts = (part for part in ast.walk(self._text.tree) if isinstance(part, ast.expr))
        equal = [part for part in parts if _is_literal(part, self._before)]
        equal.sort(key=lambda part: abs(part.lineno - line))
        for part in equal[:MOST_LITERALS]:
            yield self._change(part, self._after)
        for hole in self._holes.values():
            yield from _fill(hole, self._before, self._after)

    def _trace(
        self, expression: ast.expr, before: JsonValue, after: JsonValue, seen: frozenset[str]
    ) -> Iterator[Proposal]:
        if _is_literal(expression, before):
            yield self._change(expression, after)
            return
        if isinstance(before, int | float) and (hole := self._holes.get(ast.unparse(expression))):
            yield from _fill(hole, before, after)
        if isinstance(expression, ast.BinOp):
            yield from self._undo(expression, before, after, seen)
        for name in _find_names(expression) - seen:
            for value in self._set_to.get(name, ()):
                yield from self._trace(value, before, after, seen | {name})

    def _undo(
        self, sum: ast.BinOp, before: JsonValue, after: JsonValue, seen: frozenset[str]
    ) -> Iterator[Proposal]:
        """Follow what is worked out from one value and a literal to that value."""
        inverse = INVERSES.get(type(sum.op))
        sides = [(sum.left, sum.right)]
        if isinstance(sum.op, ast.Add | ast.Mult):
            sides.append((sum.right, sum.left))
        for side, other in sides:
            known = other.value if isinstance(other, ast.Constant) else None
            if inverse and all(type(number) is int for number in (before, after, known)):
                was, becomes = inverse(before, known), inverse(after, known)  # type: ignore[arg-type]
                if was is not None and becomes is not None:
                    yield from self._trace(side, was, becomes, seen)

    def _change(self, literal: ast.expr, value: JsonValue) -> Proposal:
        return Proposal([self._text.replace(literal, write_like(self._text.slice(literal), value))])

    @cached_property
    def _set_to(self) -> dict[str, list[ast.expr]]:
        """What each name, attribute, parameter or key is set to, wherever that is."""
        found: dict[str, list[ast.expr]] = {}
        for name, value in (pair for part in ast.walk(self._text.tree) for pair in _list_settings(part)):
            found.setdefault(name, []).append(value)
        return found


def _list_settings(part: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """The names that a part of the source sets, each with what it is set to."""
    match part:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from _pair(target, value)
        case (
            ast.AnnAssign(target=target, value=ast.expr() as value)
            | ast.NamedExpr(target=target, value=value)
        ):
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
    """What an expression is called by: a name, the attribute of an object, the key of a table."""
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


def _write_in_place(text: Text, place: _Place, kind: Kind, change: Change) -> Iterator[Proposal]:
    """The value itself, in the place of whatever is written there; or, where it is none, nothing."""
    if change.place is None and change.after is None:
        for edit in remove_argument(text, place.call, place.whole):
            yield Proposal([edit], alone=True)
    shape = place.whole
    after = next(iter(_settle(kind, change)))[1]
    if isinstance(shape, ast.Tuple | ast.List) and isinstance(after, int) and place.value is shape:
        # `kernel_size=(3, 3)` is read as 3.
        yield Proposal([text.replace(size, str(after)) for size in shape.elts], alone=True)
    if kind.name == INPUT and isinstance(after, list):
        for first in (1, 0):
            if place.value is shape and after[:first] == [None] * first:
                yield Proposal([text.replace(shape, write_like("(", after[first:]))], alone=True)
    yield Proposal([text.replace(place.value, write_like(text.slice(place.value), after))], alone=True)


def _write_anew(text: Text, call: ast.Call, kind: Kind, change: Change) -> Iterator[Proposal]:
    """The argument, where the call has none."""
    name = change.argument
    if kind.name == INPUT and change.place == 0 and change.after is not None:
        name = "batch_size"
    elif change.after is None or change.place is not None:
        return
    if name in list_given(call, kind):
        return
    argument = kind.argument(name)
    written = write_like("(" if argument and argument.type == "shape" else "", change.after)
    yield Proposal([add_argument(text, call, name, written, kind)])
