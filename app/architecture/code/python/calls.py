"""Calls: what a call does is decided by the class of the value that is called."""

import ast
import inspect
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from app.architecture.catalogue import KINDS
from app.architecture.code.built import Functional, Layer, Sequential, Tensor, spell
from app.architecture.code.custom.classes import call_bound, make_instance
from app.architecture.code.custom.custom_classes import Bound, Instance, UserClass
from app.architecture.code.custom.custom_layers import WRAPPERS
from app.architecture.code.custom.gone_classes import make_gone
from app.architecture.code.custom.subclassed_models import call_model_instance
from app.architecture.code.data.vocabularies import has_vocabulary
from app.architecture.code.holes.missing_input import is_data, open_data, open_missing_input
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.layers.construct import construct_layer
from app.architecture.code.layers.gone_sources import GONE_CLASSES
from app.architecture.code.layers.graph import (
    call_layer,
    call_model,
    holds_tensor,
    read_structure,
    tell_input,
)
from app.architecture.code.layers.inputs import open_input
from app.architecture.code.layers.lambdas import LAMBDA, make_lambda, make_never_built
from app.architecture.code.layers.models import make_sequential
from app.architecture.code.layers.operations import call_operation
from app.architecture.code.layers.wrappers import call_wrapper
from app.architecture.code.python.constants import open_constant
from app.architecture.code.python.containers import iterate
from app.architecture.code.python.functions import call_function
from app.architecture.code.python.unknown_calls import call_namespace, call_on_unknown, call_unknown
from app.architecture.code.refusal import Refusal, Unsaid, would_raise
from app.architecture.code.values import (
    ActivationFunction,
    Array,
    Function,
    LayerClass,
    Method,
    Namespace,
    Native,
    Unknown,
    Value,
)
from app.architecture.never_built import NEVER_BUILT
from app.problems import AppError


def evaluate_call(interpreter: Interpreter, expression: ast.Call) -> Value:
    """A call expression: evaluates the function, then the arguments, then calls it."""
    function = interpreter.evaluate(expression.func)
    is_chain = isinstance(function, Native) and function.function is make_sequential
    evaluate = partial(_evaluate_chain, interpreter) if is_chain else interpreter.evaluate
    arguments = Arguments()
    for value in expression.args:
        if isinstance(value, ast.Starred):
            arguments.positional += iterate(interpreter.evaluate(value.value), interpreter.budget)
        elif isinstance(value, ast.Compare) and (name := _find_compared(interpreter, function, value)):
            arguments.keywords[name] = interpreter.evaluate(value.comparators[0])
        else:
            arguments.positional.append(evaluate(value))
    for keyword in expression.keywords:
        found = evaluate(keyword.value)
        named = {keyword.arg: found} if keyword.arg is not None else _spread(interpreter, found)
        for name in arguments.keywords.keys() & named:
            raise Refusal(f"Python would stop here: {name!r} is given twice.")
        arguments.keywords |= named
    interpreter.line = expression.lineno
    return call(interpreter, function, arguments)


def _find_compared(interpreter: Interpreter, function: Value, expression: ast.Compare) -> str:
    """The argument that `return_sequences==True` means where a layer is made; "" if it means none."""
    kind = KINDS.get(function.name) if isinstance(function, LayerClass) else None
    name = expression.left.id if isinstance(expression.left, ast.Name) else ""
    compares = [type(operator) for operator in expression.ops] == [ast.Eq]
    if not compares or kind is None or kind.argument(name) is None or interpreter.scope.find(name):
        return ""
    repair = f"`{name}==` was read as `{name}=`: an argument is given with one sign"
    interpreter.notes.add("source-repaired", expression.lineno, repair=repair)
    return name


def _evaluate_chain(interpreter: Interpreter, expression: ast.expr) -> Value:
    """An argument of a Sequential. Of a list with an element that is not understood, the start is kept."""
    if not isinstance(expression, ast.List):
        return interpreter.evaluate(expression)
    layers: list[Value] = []
    try:
        for element in expression.elts:
            if isinstance(element, ast.Starred):
                layers += iterate(interpreter.evaluate(element.value), interpreter.budget)
            else:
                layers.append(interpreter.evaluate(element))
    except (AppError, Refusal):
        make_sequential(interpreter, layers).complete = False
        raise
    return layers


def _spread(interpreter: Interpreter, value: Value) -> dict[str, Value]:
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        interpreter.budget.spend(len(value))
        return value
    if isinstance(value, Unknown):
        return {}
    raise Refusal(f"`**` before {spell(value)} is not understood.")


def call(interpreter: Interpreter, function: Value, arguments: Arguments) -> Value:
    """Call a value. Raises a Refusal if it cannot be called, or its effect is not understood."""
    caller = CALLERS.get(type(function))
    if caller is None:
        raise Refusal(f"Python would stop here: {spell(function)} cannot be called.")
    if isinstance(function, Layer) and not has_vocabulary(function):
        # Layers with a vocabulary are mostly called on texts outside of a model.
        _open_missing_input(interpreter, function, arguments)
    elif isinstance(function, Instance) and function.owner.base == "Layer":
        _open_data(interpreter, function, arguments)
    return caller(interpreter, function, arguments)


def _open_missing_input(interpreter: Interpreter, layer: Layer, arguments: Arguments) -> None:
    """Replace a first argument that is an undefined name by an input, and a class' constant by a tensor."""
    first = arguments.positional[0] if arguments.positional else None
    if isinstance(first, Unknown) and first.text.isidentifier():
        arguments.positional[0] = open_missing_input(interpreter, first.text)
    elif isinstance(first, Array) and interpreter.scope.find("__class__"):
        arguments.positional[0] = open_constant(interpreter, first)
    else:
        _open_data(interpreter, layer, arguments)


def _open_data(interpreter: Interpreter, layer: Layer | Instance, arguments: Arguments) -> None:
    """Replace arguments that are data by inputs, if the first is and that is wanted; else remember it."""
    first = arguments.positional[0] if arguments.positional else None
    if first is None or not is_data(first) or interpreter.scope.find("__class__"):
        return
    interpreter.called_on_data = True
    if interpreter.opens_data:
        arguments.positional[:] = [
            open_data(interpreter, layer, value) if is_data(value) else value
            for value in arguments.positional
        ]


def _call_native(interpreter: Interpreter, function: Native | Method, arguments: Arguments) -> Value:
    owner = (function.owner,) if isinstance(function, Method) else ()
    if isinstance(function, Native) and function.on_data and arguments.tensor is not None:
        return call_operation(interpreter, function.name.replace("tf.", "tensorflow.", 1), arguments)
    values = (interpreter, *owner, *arguments.positional)
    try:
        return function.function(*values, **arguments.keywords)
    except Unsaid:
        return call_on_unknown(interpreter, function, arguments)
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        if refusal := _refuse_arguments(function, values, arguments):
            raise refusal from None
        if any(isinstance(value, Unknown | Namespace) for value in arguments.positional):
            return call_on_unknown(interpreter, function, arguments)
        raise would_raise(error) from None


def _refuse_arguments(
    function: Native | Method, values: tuple[Value, ...], arguments: Arguments
) -> Refusal | None:
    """A Refusal if the function does not take these arguments; slow, so only checked after it failed."""
    try:
        inspect.signature(function.function).bind(*values, **arguments.keywords)
    except TypeError as error:
        return Refusal(f"`{function.name}` is not understood with these arguments: {error}.")
    return None


def _call_layer_class(interpreter: Interpreter, function: LayerClass, arguments: Arguments) -> Value:
    if function.name == LAMBDA:
        return make_lambda(interpreter, arguments)
    if function.name in NEVER_BUILT:
        return make_never_built(interpreter, function.name, arguments)
    if function.name in GONE_CLASSES:
        return make_gone(interpreter, function.name, arguments)
    return construct_layer(interpreter, function.name, arguments)


def _call_layer(interpreter: Interpreter, layer: Layer, arguments: Arguments) -> Value:
    if isinstance(layer.function, Unknown | None) or arguments.tensor is None:
        return call_layer(interpreter, layer, arguments)
    if layer.kind.name in WRAPPERS:
        return call_wrapper(interpreter, layer, arguments)
    known = len(interpreter.calls)
    layer.used = True
    try:
        value = call(interpreter, layer.function, Arguments(arguments.positional[:1]))
        if holds_tensor(value):
            return value
    except Refusal:
        pass
    # Its function is not understood; the layer stays, and can declare its output shape.
    del interpreter.calls[known:]
    return call_layer(interpreter, layer, arguments)


def unroll(interpreter: Interpreter, model: Sequential) -> Functional:
    """A Sequential as a graph: each layer called on the output of the one before."""
    here = interpreter.line
    if model.branches is not None:
        entering, rest = model.branches.inputs, model.layers
        tensor: Value = list(model.branches.outputs)
    else:
        first, *rest = model.layers
        entering = (open_input(interpreter, first),)
        tensor = entering[0]
    for layer in rest:
        interpreter.line = layer.line
        if isinstance(layer.model, Sequential) and isinstance(tensor, Tensor):
            tell_input(interpreter, layer.model, tensor)
        tensor = _call_layer(interpreter, layer, Arguments([tensor]))
    interpreter.line = here
    leaving = read_structure(interpreter, tensor)
    if leaving is None:
        raise Refusal("Keras would stop here: each layer of a Sequential gives tensors.")
    return Functional(model.name, model.line, entering, leaving)


def _call_activation(interpreter: Interpreter, function: ActivationFunction, arguments: Arguments) -> Value:
    if arguments.tensor is not None:
        return call_operation(interpreter, f"keras.ops.{function.name}", arguments)
    return Unknown(f"{function.name}()")


CALLERS: Mapping[type, Callable[[Interpreter, Any, Arguments], Value]] = {
    ActivationFunction: _call_activation,
    Bound: call_bound,
    Function: call_function,
    Functional: call_model,
    Instance: call_model_instance,
    Layer: _call_layer,
    LayerClass: _call_layer_class,
    Method: _call_native,
    Namespace: call_namespace,
    Native: _call_native,
    Sequential: call_model,
    Unknown: call_unknown,
    UserClass: make_instance,
}
