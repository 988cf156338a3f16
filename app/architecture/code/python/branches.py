"""Which way is read where the code could go either way: of an unknown `if`, or a `try`."""

import ast
from collections.abc import Sequence

from app.architecture.code.interpreter import Interpreter
from app.architecture.code.source.mentions import loads_model, makes_layers

LEAVING = frozenset({"_exit", "exit", "quit"})
"""Functions that end the program."""

Branch = Sequence[ast.AST]


def is_taken(interpreter: Interpreter, body: Branch, other: Branch) -> bool:
    """Whether the body of an `if` on an unknown condition is read, and not the other branch.

    It is not if it leaves this place, or loads a model from a file that the other branch makes, or only the
    other one makes layers.
    """
    inside, outside = _walk(interpreter, body), _walk(interpreter, other)
    if any(map(_leaves, body)):
        return False
    if loads_model(inside) != loads_model(outside):
        return loads_model(outside)
    return not makes_layers(interpreter, outside) or makes_layers(interpreter, inside)


def find_handler(interpreter: Interpreter, statement: ast.Try) -> ast.ExceptHandler | None:
    """The handler to be read in place of a body that loads a model from a file; None to read the body."""
    if not loads_model(_walk(interpreter, statement.body)):
        return None
    return next(
        (
            handler
            for handler in statement.handlers
            if not any(map(_leaves, handler.body)) and not loads_model(_walk(interpreter, handler.body))
        ),
        None,
    )


def _walk(interpreter: Interpreter, branch: Branch) -> list[ast.AST]:
    nodes = [node for part in branch for node in ast.walk(part)]
    interpreter.budget.spend(len(nodes))
    return nodes


def _leaves(statement: ast.AST) -> bool:
    """Whether it ends the program, the function or a turn of a loop. (A loop that may end is read once.)"""
    if isinstance(statement, ast.Return):
        return statement.value is None
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        function = statement.value.func
        return getattr(function, "id", getattr(function, "attr", "")) in LEAVING
    return isinstance(statement, ast.Raise | ast.Continue)
