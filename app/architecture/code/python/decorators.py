"""Decorators that the code defines, called for their side effects, such as `@register("lstm")`."""

import ast

from app.architecture.code.custom.custom_classes import Instance, UserClass
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.values import Function


def call_decorators(interpreter: Interpreter, statement: ast.FunctionDef | ast.ClassDef) -> None:
    """Call each decorator that the code defines. What it returns is ignored: the function or class stays."""
    for decorator in reversed(statement.decorator_list):
        if _is_own(interpreter, decorator.func if isinstance(decorator, ast.Call) else decorator):
            place = {"lineno": decorator.lineno, "col_offset": decorator.col_offset}
            decorated = ast.Name(statement.name, ast.Load(), **place)
            interpreter.evaluate(ast.Call(decorator, [decorated], [], **place))


def _is_own(interpreter: Interpreter, maker: ast.expr) -> bool:
    """Whether it is a function that the code defines, or a method of an instance of its classes."""
    if isinstance(maker, ast.Attribute):
        return isinstance(_find(interpreter, maker.value), Instance | UserClass)
    return isinstance(_find(interpreter, maker), Function)


def _find(interpreter: Interpreter, name: ast.expr) -> object:
    scope = interpreter.scope.find(name.id) if isinstance(name, ast.Name) else None
    return scope.values[name.id] if scope and isinstance(name, ast.Name) else None
