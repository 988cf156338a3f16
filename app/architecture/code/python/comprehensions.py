"""Comprehensions: `[… for … in … if …]` and the like. One over something unknown is unknown."""

import ast
from collections.abc import Callable
from typing import Any

from app.architecture.code.interpreter import Interpreter
from app.architecture.code.python.assignment import assign
from app.architecture.code.python.containers import check_key, iterate
from app.architecture.code.python.operators import truth
from app.architecture.code.refusal import Unsaid
from app.architecture.code.values import Scope, Unknown, Value


def comprehend_list(interpreter: Interpreter, expression: ast.ListComp | ast.GeneratorExp) -> Value:
    """`[x for …]`; a generator is read as a list."""
    made: list[Value] = []

    def produce() -> None:
        made.append(interpreter.evaluate(expression.elt))

    return _collect(interpreter, expression.generators, made, produce)


def comprehend_set(interpreter: Interpreter, expression: ast.SetComp) -> Value:
    """`{x for …}`."""
    made: set[Any] = set()

    def produce() -> None:
        made.add(check_key(interpreter.evaluate(expression.elt)))

    return _collect(interpreter, expression.generators, made, produce)


def comprehend_dict(interpreter: Interpreter, expression: ast.DictComp) -> Value:
    """`{key: value for …}`."""
    made: dict[Any, Value] = {}

    def produce() -> None:
        made[check_key(interpreter.evaluate(expression.key))] = interpreter.evaluate(expression.value)

    return _collect(interpreter, expression.generators, made, produce)


def _collect(
    interpreter: Interpreter, generators: list[ast.comprehension], made: Value, produce: Callable[[], None]
) -> Value:
    """`made`, after `produce` has filled it; the comprehension's names have a scope of their own."""
    around = interpreter.scope
    interpreter.scope = Scope(around)
    try:
        followed = _walk(interpreter, generators, produce)
    finally:
        interpreter.scope = around
    return made if followed else Unknown("a collection of unknown things")


def _walk(interpreter: Interpreter, generators: list[ast.comprehension], produce: Callable[[], None]) -> bool:
    """Walk the `for … in … if …` parts, calling `produce` for each combination that remains.

    False if one of them iterates over something unknown.
    """
    first, *rest = generators
    collection = interpreter.evaluate(first.iter)
    try:
        elements = iterate(collection, interpreter.budget)
    except Unsaid:
        return False
    for element in elements:
        assign(interpreter, first.target, element)
        if any(truth(interpreter.evaluate(condition)) is False for condition in first.ifs):
            continue
        if not rest:
            produce()
        elif not _walk(interpreter, rest, produce):
            return False
    return True
