"""propose_rewrites(): somebody's own code with one argument of one layer changed, and nothing beside it."""

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any, NamedTuple

from app.architecture.catalogue import KINDS
from app.architecture.code.literals import write_shape, write_value
from app.architecture.spec import INPUT, Architecture

Named = Mapping[str, ast.expr]

INPUT_SHAPES = ("input_shape", "batch_input_shape", "shape", "batch_shape")


class Change(NamedTuple):
    """One argument of a layer, or of the one that it wraps: its value (None: not given), or its name."""

    kind: str
    line: int
    argument: str
    before: Any
    after: Any
    rename: bool = False
    """Whether `after` is another name for the argument."""


def propose_rewrites(code: str, before: Architecture, after: Architecture) -> Iterator[str]:
    """The code of `before` with one literal changed, or one argument added, so that it may make `after`.

    One proposal for each place that may be meant; reading it tells whether it was. A value under a name is
    changed where the name is set, if nothing else reads it. None where more than one argument of one layer
    differs, where its value is no literal, or where the code is no Python as it stands.
    """
    change = _find_change(before, after)
    try:
        tree = ast.parse(code) if change else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    if change and tree:
        for expression, text in _find_edits(tree, change):
            yield _edit(code, expression, text)


def _find_change(before: Architecture, after: Architecture) -> Change | None:
    changed = [pair for pair in zip(before.nodes, after.nodes, strict=False) if pair[0] != pair[1]]
    if len(before.nodes) != len(after.nodes) or len(changed) != 1:
        return None
    ((old, new),) = changed
    if old.line is None or old.model_copy(update={"arguments": new.arguments}) != new:
        return None
    return _compare(old.kind, old.line, old.arguments, new.arguments)


def _compare(kind: str, line: int, old: dict[str, Any], new: dict[str, Any]) -> Change | None:
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    if len(names) == 2 and old.get(names[0]) == new.get(names[1]) is not None:
        return Change(kind, line, names[0], old[names[0]], names[1], rename=True)
    if len(names) != 1:
        return None
    (name,) = names
    was, becomes = old.get(name), new.get(name)
    if isinstance(was, dict) and isinstance(becomes, dict) and was.get("kind") == becomes.get("kind"):
        return _compare(str(was["kind"]), line, was.get("arguments", {}), becomes.get("arguments", {}))
    return None if becomes is None else Change(kind, line, name, was, becomes)


def _find_edits(tree: ast.Module, change: Change) -> Iterator[tuple[ast.expr | ast.keyword, str]]:
    """The expressions that may be meant, each with what is to stand in its place; of a call, at its end."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _covers(node, change.line)]
    named = _list_named_values(tree)
    if change.kind == INPUT:
        yield from _find_shapes(calls, change, named)
        return
    for call in calls:
        if _name(call) == change.kind and change.kind in KINDS:
            yield from _find_names(call, change) if change.rename else _find_values(call, change, named)


def _list_named_values(tree: ast.Module) -> Named:
    """What stands behind each name that is set once and read once."""
    uses = Counter((node.id, type(node.ctx)) for node in ast.walk(tree) if isinstance(node, ast.Name))
    return {
        node.targets[0].id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and uses[node.targets[0].id, ast.Store] == uses[node.targets[0].id, ast.Load] == 1
    }


def _follow(expression: ast.expr, named: Named) -> ast.expr:
    return named.get(expression.id, expression) if isinstance(expression, ast.Name) else expression


def _find_values(call: ast.Call, change: Change, named: Named) -> Iterator[tuple[ast.expr, str]]:
    kind = KINDS[change.kind]
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    by_place = (argument.name for argument in kind.arguments if not argument.keyword_only)
    given |= dict(zip(by_place, call.args, strict=False))
    value = _follow(given[change.argument], named) if change.argument in given else None
    argument = kind.argument(change.argument)
    # What is written and says no more than the default is not among the arguments.
    default = argument.default if argument else None
    if value is None:
        yield call, f"{change.argument}={write_value(change.after)}"
    elif _is_literal(value, default if change.before is None else change.before):
        yield value, _write_like(value, change.after)


def _find_names(call: ast.Call, change: Change) -> Iterator[tuple[ast.keyword, str]]:
    for keyword in call.keywords:
        if keyword.arg == change.argument:
            yield keyword, f"{change.after}={ast.unparse(keyword.value)}"


def _write_like(expression: ast.expr, value: Any) -> str:
    is_tuple = isinstance(expression, ast.Tuple) and isinstance(value, list)
    return write_shape(value) if is_tuple else write_value(value)


def _find_shapes(calls: list[ast.Call], change: Change, named: Named) -> Iterator[tuple[ast.expr, str]]:
    """Where an input's shape is written, with its batch axis or without."""
    if change.argument != "batch_shape":
        return
    for call in calls:
        said = [keyword.value for keyword in call.keywords if keyword.arg in INPUT_SHAPES]
        first_of_inputs = call.args[:1] if _name(call) in ("Input", INPUT) else []
        for shape in (_follow(expression, named) for expression in said + first_of_inputs):
            for first in (0, 1):
                if (
                    _is_literal(shape, change.before[first:])
                    and change.before[:first] == change.after[:first]
                ):
                    yield shape, write_shape(change.after[first:])


def _covers(call: ast.Call, line: int) -> bool:
    return call.lineno <= line <= (call.end_lineno or call.lineno)


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _is_literal(expression: ast.expr, value: Any) -> bool:
    try:
        written = ast.literal_eval(expression)
    except (ValueError, TypeError, RecursionError):
        return False
    return bool((list(written) if isinstance(written, tuple) else written) == value)


def _edit(code: str, expression: ast.expr | ast.keyword, text: str) -> str:
    """The code with the text in place of the expression; of a call it becomes the last argument."""
    written = code.encode()
    starts = [0, *accumulate(map(len, written.splitlines(keepends=True)))]
    start = starts[expression.lineno - 1] + expression.col_offset
    end = starts[(expression.end_lineno or 1) - 1] + (expression.end_col_offset or 0)
    if isinstance(expression, ast.Call):
        last = max((_find_end(part, starts) for part in _list_arguments(expression)), default=None)
        if last is None:
            start, end = end - 1, end - 1
        else:
            start, end, text = last, last, f", {text}"
    return (written[:start] + text.encode() + written[end:]).decode()


def _list_arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _find_end(expression: ast.expr, starts: list[int]) -> int:
    return starts[(expression.end_lineno or 1) - 1] + (expression.end_col_offset or 0)
