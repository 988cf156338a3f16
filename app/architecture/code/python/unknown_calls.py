"""Calls of functions that the reader does not know, and of known functions on unknown values."""

from functools import partial

from app.architecture.code.built import Functional, Layer, Sequential, Tensor, spell
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.layers.graph import make_call
from app.architecture.code.layers.lambdas import make_foreign
from app.architecture.code.layers.models import add_layer, make_sequential
from app.architecture.code.layers.operations import call_operation
from app.architecture.code.layers.tensors import list_tensors
from app.architecture.code.layers.types import read_policy
from app.architecture.code.python.searched import search
from app.architecture.code.refusal import Refusal
from app.architecture.code.spelling import check_called, check_layer_name
from app.architecture.code.values import Method, Namespace, Native, Unknown, Value, as_unknown, unknown_result
from app.architecture.spec import INPUT

NUMERIC = frozenset(
    ["abs", "float", "int", "max", "min", "round", *(f"math.{name}" for name in ("ceil", "floor", "sqrt"))]
)
"""Functions that return a number if their arguments are numbers."""


def call_namespace(interpreter: Interpreter, function: Namespace, arguments: Arguments) -> Value:
    """Call a function of a module: one that sets or names a dtype policy; any other is unknown."""
    policy = read_policy(interpreter, function, arguments)
    return call_unknown(interpreter, function, arguments) if policy is None else policy


def call_unknown(interpreter: Interpreter, function: Unknown | Namespace, arguments: Arguments) -> Value:
    """A call of something that the code does not define, and the reader does not know.

    On layers' outputs it is an operation or a layer that only declares its shape; `add` of a layer begins a
    Sequential; anything else gives an unknown. Raises a Refusal for a misspelt name of Keras.
    """
    check_called(function)
    first = arguments.positional[0] if arguments.positional else None
    if isinstance(function, Unknown) and (isinstance(first, Layer) or _adds(function, first)):
        _begin_model(interpreter, function, first)
    elif arguments.tensor is not None:
        check_layer_name(function)
        return _call_foreign(interpreter, function, arguments)
    if isinstance(function, Unknown) and (searched := search(function, arguments)) is not None:
        return searched
    return _name_result(spell(function), arguments)


def call_on_unknown(interpreter: Interpreter, function: Native | Method, arguments: Arguments) -> Unknown:
    """The result of a known function on unknown values; for a numeric function, one to be computed later."""
    if function.name not in NUMERIC or arguments.keywords:
        return _name_result(function.name, arguments)
    text = f"{function.name}({', '.join(map(spell, arguments.positional))})"
    return unknown_result(
        text, partial(function.function, interpreter), *map(as_unknown, arguments.positional)
    )


def _name_result(name: str, arguments: Arguments) -> Unknown:
    inside = spell(arguments.positional[0]) if arguments.positional else ""
    return Unknown(f"{name}({inside})"[:80])


def _call_foreign(interpreter: Interpreter, function: Unknown | Namespace, arguments: Arguments) -> Value:
    """An unknown function on layer outputs: an operation, or a layer that declares its output shape."""
    foreign = None if interpreter.depth_aside else make_foreign(interpreter, function)
    if foreign is None:
        return call_operation(interpreter, spell(function), arguments)
    foreign.used = True
    tensors = list_tensors([*arguments.positional, *arguments.keywords.values()])
    return make_call(interpreter, foreign, tensors, {}, 1)


def _adds(function: Unknown, part: Value) -> bool:
    """Whether `model.add` is called with an input or a model, which can begin a model as well as a layer."""
    is_input = isinstance(part, Tensor) and part.call.layer.kind.name == INPUT
    return function.text.endswith(".add") and (is_input or isinstance(part, Sequential | Functional))


def _begin_model(interpreter: Interpreter, function: Unknown, layer: Value) -> None:
    """`model.add(layer)` of a model that the code does not make: makes a Sequential of that name."""
    name, _, method = function.text.rpartition(".")
    if method != "add" or not name.isidentifier():
        raise Refusal(f"`{function.text}` of a layer is not understood.")
    model = make_sequential(interpreter)
    model.assumed = True
    add_layer(interpreter, model, layer)
    interpreter.scope.set(name, model)
    interpreter.notes.add(
        "model-assumed",
        interpreter.line,
        happened=f"`{name}` is not made in this code.",
        reading=f"`{name} = keras.Sequential()`",
    )
