"""Whether a piece of code makes layers, judged by the names in it, without walking it."""

import ast
from collections.abc import Iterable

from app.architecture.code.built import Call, Layer, Tensor
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.names import KERAS, KNOWN_LAYERS
from app.architecture.code.values import LayerClass

MAKERS = KNOWN_LAYERS | KERAS.keys() | {"add", "clone_model", "load_model"}
LOADERS = frozenset({"load_model", "model_from_json", "model_from_yaml"})
"""Functions that give a model which the code does not describe."""

MADE = (Call, Layer, LayerClass, Tensor)


def makes_layers(interpreter: Interpreter, nodes: Iterable[ast.AST]) -> bool:
    """Whether any node constructs a layer or model, or refers to a layer or its output."""
    return any(_makes(interpreter, node) for node in nodes)


def loads_model(nodes: Iterable[ast.AST]) -> bool:
    """Whether any node loads a model from a file."""
    return any(isinstance(node, ast.Call) and _name_of(node.func) in LOADERS for node in nodes)


def _name_of(function: ast.expr) -> str:
    name: str = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    return name


def _makes(interpreter: Interpreter, node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        function = node.func
        name = _name_of(function)
        # A class by its spelling: `Desne(3)` is meant to be a layer.
        return name in MAKERS or (isinstance(function, ast.Name) and name[:1].isupper())
    if isinstance(node, ast.Name):
        scope = interpreter.scope.find(node.id)
        return scope is not None and isinstance(scope.values[node.id], MADE)
    return False
