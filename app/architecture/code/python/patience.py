"""Patience: with a loop of many steps that makes no layer, but trains a model or goes through data."""

import ast
from collections.abc import Iterator

from app.architecture.code.interpreter import Interpreter
from app.architecture.code.values import Unknown

SHARE = 4
"""A loop that makes nothing may take one in so many of the steps that are left."""

GROWING = frozenset({"add", "append", "extend", "insert", "pop", "remove", "update"})
"""Methods that change the list or dict they are called on."""


class Patience:
    """Says when a loop is left before its end."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter
        self._made = self._count_made()
        left = interpreter.budget.steps_left
        self._least = left - left // SHARE

    @property
    def is_over(self) -> bool:
        """Whether the loop has taken its steps, and has made no layer."""
        return self._interpreter.budget.steps_left < self._least and self._count_made() == self._made

    def leave(self, loop: ast.For) -> None:
        """Note that the loop is left: what it has changed so far is not what it would come to."""
        for name in {*_list_set(loop), *self._list_grown(loop)}:
            self._interpreter.scope.set(name, Unknown(name))
        self._interpreter.notes.add("loop-left", loop.lineno)

    def _list_grown(self, loop: ast.For) -> Iterator[str]:
        for node in ast.walk(loop):
            if isinstance(node, ast.Attribute) and node.attr in GROWING and isinstance(node.value, ast.Name):
                scope = self._interpreter.scope.find(name := node.value.id)
                if scope and isinstance(scope.values[name], list | dict | set):
                    yield name

    def _count_made(self) -> tuple[int, int]:
        return len(self._interpreter.layers), len(self._interpreter.calls)


def _list_set(loop: ast.For) -> Iterator[str]:
    for node in ast.walk(loop):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
