"""Instances of classes that Keras 3 does not have, made of the classes that do the same today."""

import ast

from app.architecture.code.custom.classes import define_class, make_instance
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.layers.gone_sources import GONE_CLASSES
from app.architecture.code.values import Namespace, Scope, Value


def make_gone(interpreter: Interpreter, name: str, arguments: Arguments) -> Value:
    """`Highway(…)`: an instance of the class of that name in GONE_CLASSES."""
    source, old, new = GONE_CLASSES[name]
    interpreter.notes.add("old-spelling", interpreter.line, old=old, new=new)
    (statement,) = ast.parse(source).body
    assert isinstance(statement, ast.ClassDef)
    for node in ast.walk(statement):
        if isinstance(node, ast.stmt | ast.expr):
            # Its layers stand on the visitor's line.
            node.lineno = interpreter.line
    around, interpreter.scope = interpreter.scope, Scope(values={"keras": Namespace("keras")})
    try:
        define_class(interpreter, statement)
        made = interpreter.scope.values[name]
    finally:
        interpreter.scope = around
    return make_instance(interpreter, made, arguments)
