"""Layers of Keras 1 that Keras 3 has no class for, written as the classes that do the same today."""

import ast
from collections.abc import Mapping

from app.architecture.code.custom.classes import define_class, make_instance
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.values import Namespace, Scope, Value

HIGHWAY = """
class Highway(keras.layers.Layer):
    def __init__(self, activation="linear", **others):
        super().__init__(**others)
        self.activation = activation
    def build(self, input_shape):
        self.gate = keras.layers.Dense(input_shape[-1], activation="sigmoid", name="gate")
        self.change = keras.layers.Dense(input_shape[-1], activation=self.activation, name="change")
    def call(self, x):
        gate = self.gate(x)
        return gate * self.change(x) + (1 - gate) * x
"""

MAXOUT = """
class MaxoutDense(keras.layers.Layer):
    def __init__(self, output_dim, nb_feature=4, **others):
        super().__init__(**others)
        self.sizes = (-1, nb_feature, output_dim)
        self.dense = keras.layers.Dense(nb_feature * output_dim)
    def call(self, x):
        return keras.ops.max(keras.ops.reshape(self.dense(x), self.sizes), axis=1)
"""

GONE_LAYERS: Mapping[str, tuple[str, str]] = {
    "Highway": (HIGHWAY, "gate * Dense(…)(x) + (1 - gate) * x"),
    "MaxoutDense": (MAXOUT, "ops.max(ops.reshape(Dense(…)(x), …), axis=1)"),
}
"""By name: the class, and what it computes in one line."""


def make_gone_layer(interpreter: Interpreter, name: str, arguments: Arguments) -> Value:
    """`Highway(…)`: an instance of the class of that name in GONE_LAYERS."""
    source, formula = GONE_LAYERS[name]
    interpreter.notes.add("old-spelling", interpreter.line, old=f"{name}(…)(x)", new=formula)
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
