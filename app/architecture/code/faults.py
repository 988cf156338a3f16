"""Faults: lines that are not understood. Reading goes on after them; what they would define is Lost."""

import ast
from collections.abc import Iterator

from app.architecture.code.budget import MAX_LENGTH
from app.architecture.code.built import Sequential
from app.architecture.code.custom.custom_classes import Instance
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.refusal import LostError
from app.architecture.code.source.mentions import makes_layers
from app.architecture.code.values import Lost
from app.problems import AppError, CodeSyntaxError, CodeTooComplex, Misspelling, Problem, UnknownLayer

MAX_FAULTS = 20

GROWING = frozenset({"add", "append", "extend", "insert", "pop", "remove", "update"})
"""Methods that change the list, dict or model they are called on."""

EXPECTED = {
    True: "Every line that makes the model is understood.",
    False: "Every line is understood, or does not matter to the model.",
}
FIX = {
    True: "What is shown was understood; write this line in another way to see the rest of the model.",
    False: "No layer was seen to depend on it. Leave it out, or write it in another way, to be sure.",
}
UNKNOWN_EXPECTED = "The name of a layer of Keras, or of a class in this code."
UNKNOWN_FIX = "What stands before it is shown; write the name that is meant to see the rest of the model."


class Faults:
    """Collects the faults of one source, and whether any of them removes part of the model."""

    def __init__(self) -> None:
        self._told: dict[tuple[int | None, int | None], tuple[AppError, bool]] = {}
        self.incomplete = False
        """Whether a line that makes layers was not understood."""

    def recover(self, interpreter: Interpreter, statement: ast.stmt, error: AppError) -> None:
        """Record that the statement is not understood. Raises errors after which reading cannot go on."""
        if isinstance(error, CodeTooComplex | CodeSyntaxError):
            raise error
        nodes = list(ast.walk(statement))
        interpreter.budget.spend(len(nodes))
        touches = isinstance(error, UnknownLayer) or makes_layers(interpreter, nodes)
        self.incomplete |= touches
        if not isinstance(error, LostError) and len(self._told) < MAX_FAULTS:
            self._told.setdefault((error.line, error.column), (error, touches))
        for layer in interpreter.layers if interpreter.calls else ():
            # In functional code, a layer whose call was not understood is not a model by itself.
            layer.used |= statement.lineno <= layer.line <= (statement.end_lineno or 0)
        for instance, name in _list_attributes(interpreter, nodes):
            instance.attributes[name] = Lost()
        for name in _list_changed(interpreter, statement, nodes):
            interpreter.scope.set(name, Lost())
        interpreter.budget.check_length(min(len(interpreter.scope.values), MAX_LENGTH))

    @property
    def first(self) -> AppError | None:
        """The first error; None if every line is understood."""
        return next((error for error, _ in self._told.values()), None)

    @property
    def misspelt(self) -> Misspelling | None:
        """The first misspelt name of Keras; None if there is none."""
        errors = (error for error, _ in self._told.values() if isinstance(error, UnknownLayer))
        return next((error.misspelling for error in errors), None)

    def describe(self) -> tuple[Problem, ...]:
        """Each fault as a problem with line and column; a warning if no layer depends on it."""
        return tuple(
            Problem(
                code=error.code,
                severity="error" if touches else "warning",
                line=error.line,
                column=error.column,
                happened=error.detail,
                expected=UNKNOWN_EXPECTED if isinstance(error, UnknownLayer) else EXPECTED[touches],
                fix=UNKNOWN_FIX if isinstance(error, UnknownLayer) else FIX[touches],
            )
            for error, touches in self._told.values()
        )


def _list_attributes(interpreter: Interpreter, nodes: list[ast.AST]) -> Iterator[tuple[Instance, str]]:
    """The instance attributes that the statement would have set."""
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            name = node.value.id if isinstance(node.value, ast.Name) else ""
            owner = scope.values[name] if (scope := interpreter.scope.find(name)) else None
            if isinstance(owner, Instance):
                yield owner, node.attr


def _list_changed(interpreter: Interpreter, statement: ast.stmt, nodes: list[ast.AST]) -> list[str]:
    """The names that the statement would have set, or whose values it would have changed."""
    names = [node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return [statement.name]
    call = statement.value if isinstance(statement, ast.Expr) else None
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in GROWING:
        owner = call.func.value
        scope = interpreter.scope.find(owner.id) if isinstance(owner, ast.Name) else None
        if isinstance(owner, ast.Name) and scope and isinstance(scope.values[owner.id], Sequential | list):
            names.append(owner.id)
    return names
