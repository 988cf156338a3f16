"""Functions that make a model but are never called: people paste such a function, or its class, alone."""

import ast
from dataclasses import replace

from app.architecture.code.custom.classes import make_instance
from app.architecture.code.custom.custom_classes import UserClass
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.python.functions import call_function, list_required
from app.architecture.code.source.mentions import makes_layers
from app.architecture.code.values import Function, Unknown, Value


def call_uncalled(interpreter: Interpreter) -> None:
    """If the code makes no layer, call the last function that would; its required parameters are holes.

    If no function would, the last method that would is called on an instance of its class.
    """
    if interpreter.layers or interpreter.models:
        return
    values = list(reversed(interpreter.module.values.values()))
    for function in (value for value in values if isinstance(value, Function)):
        if _would_make(interpreter, function):
            _call(interpreter, function, function.name, list_required(function), [])
            return
    for owner in (value for value in values if isinstance(value, UserClass) and value.base is None):
        for method in reversed(owner.values.values()):
            if (
                isinstance(method, Function)
                and method.name != "__init__"
                and _would_make(interpreter, method)
            ):
                _call_method(interpreter, owner, method)
                return


def _would_make(interpreter: Interpreter, function: Function) -> bool:
    if not isinstance(function.body, tuple):
        return False
    nodes = [node for statement in function.body for node in ast.walk(statement)]
    interpreter.budget.spend(len(nodes))
    return makes_layers(interpreter, nodes)


def _call_method(interpreter: Interpreter, owner: UserClass, method: Function) -> None:
    home = owner.find("__init__")
    beginning = home.values["__init__"] if home else None
    needed = list_required(beginning)[1:] if isinstance(beginning, Function) else []
    instance: Value = interpreter.last_made.get(owner)
    if instance is None:
        keywords = {name: Unknown(name) for name in needed}
        instance = make_instance(interpreter, replace(owner, is_plain=True), Arguments(keywords=keywords))
    name = f"{owner.name}({', '.join(needed)}).{method.name}"
    _call(interpreter, method, name, list_required(method)[1:], [instance])


def _call(
    interpreter: Interpreter, function: Function, name: str, required: list[str], first: list[Value]
) -> None:
    line = function.body[0].lineno if isinstance(function.body, tuple) else interpreter.line
    interpreter.notes.add(
        "model-assumed",
        line,
        happened=f"The function `{function.name}` is defined and never called.",
        reading=f"`model = {name}({', '.join(required)})`",
    )
    call_function(
        interpreter, function, Arguments(first, {parameter: Unknown(parameter) for parameter in required})
    )
