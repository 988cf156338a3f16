"""`match` statements: which pattern a value fits, and the names that the pattern binds."""

import ast
from collections.abc import Callable, Mapping
from typing import Any

from app.architecture.code.built import spell
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.python.assignment import assign
from app.architecture.code.python.containers import UNDECIDED, check_key, compare, iterate
from app.architecture.code.python.operators import truth
from app.architecture.code.refusal import Refusal
from app.architecture.code.source.mentions import makes_layers
from app.architecture.code.values import Value


def match_case(interpreter: Interpreter, statement: ast.Match) -> None:
    """Walk the first case that the value fits; for an unknown value, the first case that makes layers."""
    subject = interpreter.evaluate(statement.subject)
    if isinstance(subject, UNDECIDED):
        case = _guess(interpreter, statement.cases)
        interpreter.notes.add(
            "not-followed",
            statement.lineno,
            name=spell(subject),
            reading=f"It was read as if the case on line {case.pattern.lineno} held.",
        )
        interpreter.execute(case.body)
        return
    for case in statement.cases:
        interpreter.budget.spend()
        if _fits(interpreter, case.pattern, subject) and _holds(interpreter, case.guard):
            interpreter.execute(case.body)
            return


def _guess(interpreter: Interpreter, cases: list[ast.match_case]) -> ast.match_case:
    for case in cases:
        nodes = [node for statement in case.body for node in ast.walk(statement)]
        interpreter.budget.spend(len(nodes))
        if makes_layers(interpreter, nodes):
            return case
    return cases[0]


def _holds(interpreter: Interpreter, guard: ast.expr | None) -> bool:
    return guard is None or truth(interpreter.evaluate(guard)) is not False


def _fits(interpreter: Interpreter, pattern: ast.pattern, value: Value) -> bool:
    interpreter.budget.spend()
    reader = PATTERNS.get(type(pattern))
    if reader is None:
        raise Refusal("Patterns that name a class are not followed in `match`.")
    return reader(interpreter, pattern, value)


def _is_value(interpreter: Interpreter, pattern: ast.MatchValue, value: Value) -> bool:
    return compare(ast.Eq, value, interpreter.evaluate(pattern.value), interpreter.budget) is True


def _is_singleton(interpreter: Interpreter, pattern: ast.MatchSingleton, value: Value) -> bool:
    return value is pattern.value


def _is_any(interpreter: Interpreter, pattern: ast.MatchOr, value: Value) -> bool:
    return any(_fits(interpreter, part, value) for part in pattern.patterns)


def _is_named(interpreter: Interpreter, pattern: ast.MatchAs, value: Value) -> bool:
    if pattern.pattern is not None and not _fits(interpreter, pattern.pattern, value):
        return False
    _name(interpreter, pattern.name, value)
    return True


def _is_sequence(interpreter: Interpreter, pattern: ast.MatchSequence, value: Value) -> bool:
    if not isinstance(value, list | tuple):
        return False
    parts, values = pattern.patterns, list(iterate(value, interpreter.budget))
    starred = next((at for at, part in enumerate(parts) if isinstance(part, ast.MatchStar)), None)
    if starred is None:
        return len(parts) == len(values) and _fit_all(interpreter, parts, values)
    after = len(values) - (len(parts) - 1 - starred)
    if after < starred:
        return False
    rest = parts[starred]
    if isinstance(rest, ast.MatchStar):
        _name(interpreter, rest.name, values[starred:after])
    others = [*parts[:starred], *parts[starred + 1 :]]
    return _fit_all(interpreter, others, [*values[:starred], *values[after:]])


def _fit_all(interpreter: Interpreter, parts: list[ast.pattern], values: list[Value]) -> bool:
    return all(_fits(interpreter, part, value) for part, value in zip(parts, values, strict=True))


def _is_mapping(interpreter: Interpreter, pattern: ast.MatchMapping, value: Value) -> bool:
    if not isinstance(value, dict):
        return False
    keys = [check_key(interpreter.evaluate(key)) for key in pattern.keys]
    if not all(key in value for key in keys):
        return False
    interpreter.budget.spend_elements(len(value))
    _name(interpreter, pattern.rest, {key: found for key, found in value.items() if key not in keys})
    return _fit_all(interpreter, pattern.patterns, [value[key] for key in keys])


def _name(interpreter: Interpreter, name: str | None, value: Value) -> None:
    if name is not None:
        assign(interpreter, ast.Name(name, ast.Store()), value)


# Each reader takes the pattern class it stands beside.
PATTERNS: Mapping[type[ast.pattern], Callable[[Interpreter, Any, Value], bool]] = {
    ast.MatchAs: _is_named,
    ast.MatchMapping: _is_mapping,
    ast.MatchOr: _is_any,
    ast.MatchSequence: _is_sequence,
    ast.MatchSingleton: _is_singleton,
    ast.MatchValue: _is_value,
}
