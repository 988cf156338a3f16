"""propose_values(): the places in the source that a layer's value may come from."""

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import JsonValue

from app.architecture.catalogue import Kind, find_kind
from app.architecture.code.rewriting.arguments import add_argument, remove_argument, write_like
from app.architecture.code.rewriting.changes import NAME, Change
from app.architecture.code.rewriting.makers import find_makers, is_on_line, list_given
from app.architecture.code.rewriting.text import Edit, Text
from app.architecture.code.rewriting.trace import Proposal, ValueTrace
from app.architecture.hole import Hole
from app.architecture.spec import INPUT

INPUT_SHAPES = ("input_shape", "batch_input_shape", "shape", "batch_shape")
ONE_AXIS = ("input_dim", "input_length", "batch_size")


def propose_values(text: Text, change: Change, holes: Sequence[Hole]) -> Iterator[Proposal]:
    """Ways to write a change, likeliest first.

    A literal is changed where it is, whichever way it reaches the layer. A computed expression is replaced by
    a number only if nothing else works.
    """
    kind = find_kind(change.kind)
    calls = _find_calls(text, change)
    places = [place for call in calls for place in _find_places(call, kind, change)]
    if change.renamed:
        yield from _rename(text, calls, change.argument, change.renamed)
    for before, after in _list_writings(kind, change):
        values = ValueTrace(text, holes, before, after)
        for place in places:
            yield from values.trace(place.value)
        if change.argument != NAME and change.before is not None:
            yield from values.find_equal(change.line or 1)
    for place in places:
        yield from _write_in_place(text, place, kind, change)
    for call in calls:
        yield from _write_anew(text, call, kind, change)


class _Place(NamedTuple):
    """The expression passed for an argument, or for one of its sizes."""

    call: ast.Call
    whole: ast.expr
    value: ast.expr
    """The size, if the expression is a tuple of several."""


def _find_calls(text: Text, change: Change) -> list[ast.Call]:
    """The calls that may make the layer; for an input, also calls with an input shape."""
    makers = find_makers(text, change.kind, change.line)
    if change.kind != INPUT:
        return makers
    told = [
        call
        for call in text.calls
        if any(keyword.arg in INPUT_SHAPES + ONE_AXIS for keyword in call.keywords)
    ]
    return makers + [call for call in told if is_on_line(call, change.line) and call not in makers]


def _list_writings(kind: Kind, change: Change) -> Iterator[tuple[JsonValue, JsonValue]]:
    """The old and new value as they may be written: None for a default, a shape without its batch axis."""
    argument = kind.argument(change.argument)
    if argument is None and change.argument != NAME and change.after is None:
        # An argument that the layer does not take cannot be written as None either.
        return
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


def _find_places(call: ast.Call, kind: Kind, change: Change) -> Iterator[_Place]:
    if kind.name == INPUT and change.argument == "batch_shape":
        yield from _find_sizes(call, change)
        return
    given = list_given(call, kind).get(change.argument)
    if given is not None:
        size = _find_size(given, change.place, change.of)
        yield _Place(call, given, given if size is None else size)


def _find_sizes(call: ast.Call, change: Change) -> Iterator[_Place]:
    """Where a call says the input shape: the shape, with or without its batch axis, or one size."""
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


def _write_in_place(text: Text, place: _Place, kind: Kind, change: Change) -> Iterator[Proposal]:
    """Write the value in place of the old expression; if the new value is None, remove the argument."""
    if change.place is None and change.after is None:
        for edit in remove_argument(text, place.call, place.whole):
            yield Proposal([edit], alone=True)
    shape = place.whole
    after = next((after for _, after in _list_writings(kind, change)), None)
    if isinstance(shape, ast.Tuple | ast.List) and isinstance(after, int) and place.value is shape:
        # `kernel_size=(3, 3)` is read as 3.
        alone = not all(isinstance(size, ast.Constant) for size in shape.elts)
        yield Proposal([text.replace(size, str(after)) for size in shape.elts], alone=alone)
    if kind.name == INPUT and isinstance(after, list):
        for first in (1, 0):
            if place.value is shape and after[:first] == [None] * first:
                yield Proposal([text.replace(shape, write_like("(", after[first:]))], alone=True)
    yield Proposal([text.replace(place.value, write_like(text.slice(place.value), after))], alone=True)


def _write_anew(text: Text, call: ast.Call, kind: Kind, change: Change) -> Iterator[Proposal]:
    """Add the argument, if the call has none."""
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
