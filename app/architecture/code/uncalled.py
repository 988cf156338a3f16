"""Functions that make a model and are never called: people paste the function alone."""

import ast

from app.architecture.code.arguments import Arguments
from app.architecture.code.functions import call_function, list_required
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.mentions import makes_layers
from app.architecture.code.values import Function, Unknown


def call_uncalled(interpreter: Interpreter) -> None:
    """Where the code makes no layer, call the last function that would; its parameters are holes."""
    if interpreter.layers or interpreter.models:
        return
    functions = [value for value in interpreter.module.values.values() if isinstance(value, Function)]
    for function in reversed(functions):
        if not isinstance(function.body, tuple):
            continue
        nodes = [node for statement in function.body for node in ast.walk(statement)]
        interpreter.budget.spend(len(nodes))
        if not makes_layers(interpreter, nodes):
            continue
        required = list_required(function)
        line = function.body[0].lineno
        called = f"{function.name}({', '.join(required)})"
        interpreter.notes.add(
            "model-assumed",
            line,
            happened=f"The function `{function.name}` is defined and never called.",
            reading=f"`model = {called}`",
        )
        call_function(interpreter, function, Arguments(keywords={name: Unknown(name) for name in required}))
        return
