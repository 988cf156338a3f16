"""Imports bind names to namespaces; nothing is imported."""

import ast

from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.names import find_value, modernise
from app.architecture.code.values import Namespace


def import_modules(interpreter: Interpreter, statement: ast.Import) -> None:
    """`import a.b as c` binds c to a.b; `import a.b` binds a."""
    for alias in statement.names:
        if alias.asname:
            interpreter.scope.set(alias.asname, Namespace(modernise(alias.name)))
        else:
            root = alias.name.split(".")[0]
            interpreter.scope.set(root, Namespace(modernise(root)))


def import_from(interpreter: Interpreter, statement: ast.ImportFrom) -> None:
    """`from a.b import c as d`. A star binds nothing: the names of Keras are known without imports."""
    module = modernise(statement.module or "")
    for alias in statement.names:
        if alias.name == "*":
            interpreter.starred.add(module)
        else:
            interpreter.scope.set(alias.asname or alias.name, find_value(f"{module}.{alias.name}"))
