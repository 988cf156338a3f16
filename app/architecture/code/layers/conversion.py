"""Converts values in the code to a layer's arguments, as JSON."""

import math

from pydantic import JsonValue

from app.architecture.activations import LAYER_FUNCTIONS, LEARNING
from app.architecture.catalogue import Argument, Kind
from app.architecture.code.built import Functional, Layer, Model, Sequential, Tensor, spell
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.graph import find_open_layer, use_as_layer
from app.architecture.code.layers.naming import write_snake_case
from app.architecture.code.layers.types import name_type
from app.architecture.code.python.containers import iterate
from app.architecture.code.refusal import Refusal
from app.architecture.code.spelling import check_layer_name
from app.architecture.code.values import (
    ActivationFunction,
    Function,
    Namespace,
    NumpyInteger,
    Unknown,
    Value,
    as_unknown,
)
from app.architecture.least_input import least_input
from app.architecture.spec import MAX_NAME, Architecture
from app.frozen import JsonObject

UNSAID = (Unknown, Namespace)


def convert_arguments(interpreter: Interpreter, kind: Kind, given: dict[str, Value]) -> JsonObject:
    """The arguments of a layer as JSON, without those that have no effect here."""
    converted: JsonObject = {}
    for name, value in given.items():
        argument = kind.argument(name)
        if argument is not None and argument.leaves_out(value):
            continue
        if value is ...:
            # `Dense(...)`: a literal ellipsis is a hole with the argument's name.
            value = Unknown(name)
        if name.endswith("dtype"):
            value = name_type(value)
        if isinstance(value, Unknown) and argument is not None and value.text in argument.choices:
            interpreter.unimported.setdefault(value.text, interpreter.line)
            value = value.text
        if isinstance(value, UNSAID):
            if argument is not None and argument.type == "layer":
                check_layer_name(value)
                raise Refusal(f"What layer {spell(value)} is, the code does not say.")
            if argument is not None and argument.type in ("integer", "number", "shape"):
                converted[name] = interpreter.fill(as_unknown(value), name)
            else:
                _leave_out(interpreter, kind, name, f"What `{spell(value)}` is, the code does not say.")
        elif isinstance(value, Function):
            _leave_out(interpreter, kind, name, "A function of your own changes no shape.")
        else:
            if isinstance(value, NumpyInteger):
                old = f"{name}=np.int64({value})"
                interpreter.notes.add("old-spelling", interpreter.line, old=old, new=f"{name}=int({value})")
            converted[name if argument else check_text(name)] = _convert(interpreter, argument, value)
    return converted


def _leave_out(interpreter: Interpreter, kind: Kind, name: str, reason: str) -> None:
    interpreter.notes.add(
        "argument-ignored", interpreter.line, argument=f"{name}=", kind=kind.name, reason=reason
    )


def _convert(interpreter: Interpreter, argument: Argument | None, value: Value) -> JsonValue:
    interpreter.budget.spend()
    # Most values are a number or a text.
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        return check_text(value)
    if isinstance(value, ActivationFunction):
        return value.name
    if isinstance(value, Layer):
        value.used = True
        if argument is None or argument.type != "layer":
            return _name_activation(value)
        return {"kind": value.kind.name, "arguments": value.arguments}
    if isinstance(value, Sequential | Functional) and argument is not None and argument.type == "layer":
        return describe_model(interpreter, value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise Refusal(f"{value} is not a number that a layer can take.")
        return value
    if isinstance(value, Unknown):
        return interpreter.fill(value, argument.name if argument else "")
    if isinstance(value, list | tuple):
        return [_convert(interpreter, argument, element) for element in iterate(value, interpreter.budget)]
    if isinstance(value, dict):
        return {check_text(str(key)): _convert(interpreter, argument, item) for key, item in value.items()}
    if isinstance(value, Tensor):
        raise Refusal(
            f"Keras would stop here: {spell(value)} is no argument for a layer's constructor. A layer is "
            "called in a second pair of brackets: `Dense(8)(x)`, `Concatenate()([a, b])`."
        )
    raise Refusal(f"As an argument of a layer, {spell(value)} is not understood.")


def _name_activation(layer: Layer) -> JsonValue:
    """The function that does what a layer does: `Dense(3, activation=layers.LeakyReLU())`."""
    kind = layer.kind.name
    if kind in LEARNING:
        raise Refusal(f"{kind} has weights of its own: write it after this layer, as `layers.{kind}()`.")
    if kind == "Activation":
        return layer.arguments.get("activation")
    return LAYER_FUNCTIONS.get(kind, write_snake_case(kind))


def describe_model(interpreter: Interpreter, model: Model) -> JsonObject:
    """A model as the argument of a wrapper. Its input shape stays open if only the wrapper can say it."""
    first = find_open_layer(model)
    if first is not None:
        first.input_shape = least_input(first.kind.name, first.arguments)
    architecture = interpreter.assemble(model).without_lines()
    if first is not None:
        first.input_shape = None
        architecture = _open_entrance(architecture)
    inside = architecture.model_dump(mode="json", exclude_defaults=True)
    return {"kind": use_as_layer(interpreter, model).kind.name, "arguments": {}, "model": inside}


def _open_entrance(model: Architecture) -> Architecture:
    """A model whose first input takes any shape; nested models at its start likewise."""
    entrance, first, *rest = model.nodes
    if not model.is_chain:
        return model
    entrance = entrance.model_copy(update={"arguments": {}})
    first = first.model_copy(update={"model": first.model and _open_entrance(first.model)})
    return model.model_copy(update={"nodes": (entrance, first, *rest)})


def check_text(text: str) -> str:
    """The text, if it can be encoded as UTF-8; lone surrogates are refused."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Refusal("This text holds half a character (a lone surrogate).") from None
    return text


def read_name(value: Value) -> str | None:
    """The name given to a layer or a model; None if none was given."""
    if value is None or value == "" or isinstance(value, Unknown):
        return None
    if not isinstance(value, str):
        raise Refusal("Keras would stop here: a name must be a text.")
    if len(value) > MAX_NAME:
        raise Refusal(f"A name has at most {MAX_NAME} characters here; this one has {len(value):,}.")
    return check_text(value)
