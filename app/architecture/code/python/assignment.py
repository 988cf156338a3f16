"""Assignments and `del`: to names, tuples, subscripts and attributes."""

import ast

from app.architecture.code.built import Layer, Model
from app.architecture.code.custom.custom_classes import Instance
from app.architecture.code.data.arrays import names_columns
from app.architecture.code.data.tables import drop_columns, rename_columns, set_column
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.applications import freeze, freeze_layer
from app.architecture.code.python.containers import iterate, plain_value
from app.architecture.code.refusal import Refusal, Unsaid, would_raise
from app.architecture.code.values import Array, Unknown, Value


def assign(interpreter: Interpreter, target: ast.expr, value: Value) -> None:
    """Assign the value to the target."""
    if isinstance(target, ast.Name):
        if isinstance(value, Model):
            value.variable = target.id
        # A nameless unknown is named after its variable, which is how the page asks for it.
        nameless = isinstance(value, Unknown) and not value.is_named
        interpreter.scope.set(target.id, Unknown(target.id, sizes=value.sizes) if nameless else value)
    elif isinstance(target, ast.Tuple | ast.List):
        _unpack(interpreter, target.elts, value)
    elif isinstance(target, ast.Subscript):
        _set_element(interpreter, target, value)
    elif isinstance(target, ast.Attribute):
        _set_attribute(interpreter, target, value)
    elif isinstance(target, ast.Starred):
        assign(interpreter, target.value, value)


def delete(interpreter: Interpreter, target: ast.expr) -> None:
    """`del target`."""
    if isinstance(target, ast.Name):
        scope = interpreter.scope.find(target.id)
        if scope is None:
            raise Refusal(f"Python would stop here with NameError: {target.id!r} is not defined.")
        del scope.values[target.id]
    elif isinstance(target, ast.Subscript):
        owner, key = interpreter.evaluate(target.value), interpreter.evaluate(target.slice)
        if isinstance(owner, list | dict):
            try:
                del owner[plain_value(key)]
            except (LookupError, TypeError) as error:
                raise would_raise(error) from None
        elif isinstance(owner, Array) and names_columns(key):
            interpreter.rebind(owner, drop_columns(owner, key))
    elif isinstance(target, ast.Tuple | ast.List):
        for element in target.elts:
            delete(interpreter, element)


def _unpack(interpreter: Interpreter, targets: list[ast.expr], value: Value) -> None:
    if isinstance(value, Unknown):
        for target in targets:
            assign(interpreter, target, Unknown(f"a part of {value.text}"[:80]))
        return
    values = list(iterate(value, interpreter.budget))
    starred = next((at for at, target in enumerate(targets) if isinstance(target, ast.Starred)), None)
    if starred is not None and len(values) >= len(targets) - 1:
        after = len(values) - (len(targets) - 1 - starred)
        values = [*values[:starred], values[starred:after], *values[after:]]
    if len(values) != len(targets):
        raise Refusal(
            f"Python would stop here: {len(values)} value{'s' * (len(values) != 1)} cannot be unpacked "
            f"into {len(targets)} name{'s' * (len(targets) != 1)}."
        )
    for target, element in zip(targets, values, strict=True):
        assign(interpreter, target, element)


def _set_element(interpreter: Interpreter, target: ast.Subscript, value: Value) -> None:
    owner = interpreter.evaluate(target.value)
    key = interpreter.evaluate(target.slice)
    if isinstance(owner, list) and isinstance(key, slice):
        raise Refusal("Assigning to a slice of a list is not understood yet.")
    if isinstance(owner, list | dict):
        try:
            owner[plain_value(key)] = value
        except Unsaid:
            return
        except (LookupError, TypeError) as error:
            raise would_raise(error) from None
        interpreter.budget.check_length(len(owner))
    elif isinstance(owner, Array) and isinstance(target.value, ast.Name):
        interpreter.rebind(owner, set_column(owner, key))
    elif isinstance(owner, str | bytes | tuple | range):
        raise Refusal(f"Python would stop here: a {type(owner).__name__} cannot be changed.")


def _set_attribute(interpreter: Interpreter, target: ast.Attribute, value: Value) -> None:
    owner = interpreter.evaluate(target.value)
    if isinstance(owner, Instance):
        interpreter.budget.check_length(len(owner.attributes) + 1)
        nameless = isinstance(value, Unknown) and not value.is_named
        owner.attributes[target.attr] = Unknown(target.attr) if nameless else value
    if target.attr == "columns" and isinstance(target.value, ast.Name):
        interpreter.scope.set(target.value.id, rename_columns(owner, value))
    if target.attr == "trainable" and isinstance(value, bool):
        if isinstance(owner, Layer):
            freeze_layer(owner, value)
        elif isinstance(owner, Model):
            freeze(owner, value)
