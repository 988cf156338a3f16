"""Whether a piece of code makes layers, judged by the names in it, without walking it."""

import ast
from collections.abc import Iterable

from app.architecture.code.built import Call, Layer, Tensor
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.names import KERAS, KNOWN_LAYERS
from app.architecture.code.values import LayerClass

MAKERS = KNOWN_LAYERS | KERAS.keys() | {"add", "clone_model", "load_model"}
MADE = (Call, Layer, LayerClass, Tensor)


def makes_layers(interpreter: Interpreter, nodes: Iterable[ast.AST]) -> bool:
    """Whether any node constructs a layer or model, or refers to a layer or its output."""
    return any(_makes(interpreter, node) for node in nodes)


def _makes(interpreter: Interpreter, node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        function = node.func
        name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        # A class by its spelling: `Desne(3)` is meant to be a layer.
        return name in MAKERS or (isinstance(function, ast.Name) and name[:1].isupper())
    if isinstance(node, ast.Name):
        scope = interpreter.scope.find(node.id)
        return scope is not None and isinstance(scope.values[node.id], MADE)
    return False
