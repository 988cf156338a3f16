"""Lambda layers: their function is walked like any other; if that fails, they declare their output shape."""

from collections.abc import Sequence
from typing import TypeGuard

from app.architecture.catalogue import find_kind
from app.architecture.code.built import Functional, Layer, Sequential, spell
from app.architecture.code.custom.custom_classes import Instance
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.layers.conversion import read_name
from app.architecture.code.layers.graph import use_as_layer
from app.architecture.code.layers.shapes import take_input_shape
from app.architecture.code.values import LayerClass, Namespace, Unknown, Value
from app.architecture.spec import OPAQUE
from app.frozen import JsonObject

LAMBDA = "Lambda"


def make_lambda(interpreter: Interpreter, arguments: Arguments) -> Layer:
    """`Lambda(function, output_shape=…, name=…)`: a layer that keeps its function until it is called."""
    given = dict(zip(("function", "output_shape"), arguments.positional, strict=False)) | arguments.keywords
    function = given.get("function")
    spelt = function.text if isinstance(function, Unknown) else ""
    if isinstance(function, LayerClass):
        spelt, function = function.name, None
    declared: JsonObject = {"class_name": spelt if spelt.isidentifier() and spelt[0].isupper() else LAMBDA}
    shape = given.get("output_shape")
    if isinstance(shape, int):
        shape = (shape,)
    if _is_shape(shape):
        declared["output_shape"] = [None, *shape]
    elif isinstance(shape, list) and shape and all(map(_is_shape, shape)):
        declared["output_shape"] = [[None, *part] for part in shape]
    if isinstance(dtype := given.get("dtype"), str | list):
        declared["dtype"] = dtype
    kind = find_kind(OPAQUE)
    layer = Layer(
        kind=kind,
        name=read_name(given.get("name")) or interpreter.naming.make_name(LAMBDA),
        arguments=declared,
        line=interpreter.line,
        input_shape=take_input_shape(interpreter, kind, given).shape,
        function=function,
    )
    interpreter.layers.append(layer)
    return layer


def _is_shape(value: Value) -> TypeGuard[Sequence[int | None]]:
    return isinstance(value, list | tuple) and all(size is None or isinstance(size, int) for size in value)


def make_never_built(interpreter: Interpreter, class_name: str, arguments: Arguments) -> Layer:
    """`JaxLayer(…)` and its like: Keras layers that are never built here."""
    layer = Layer(
        kind=find_kind(OPAQUE),
        name=read_name(arguments.keywords.get("name")) or interpreter.naming.make_name(class_name),
        arguments={"class_name": class_name},
        line=interpreter.line,
    )
    interpreter.layers.append(layer)
    return layer


def make_foreign(interpreter: Interpreter, value: Value) -> Layer | None:
    """The layer that an unknown value stands for where a layer is wanted; None if it can be none.

    Such as `AttentionLayer()` from a module that is not here, or a name that the code never sets.
    """
    text = spell(value).partition("(")[0] if isinstance(value, Unknown | Namespace) else ""
    module, _, class_name = text.rpartition(".")
    if module.split(".")[0] in WITHOUT_FOREIGNERS or not class_name.isidentifier():
        return None
    return make_never_built(interpreter, class_name, Arguments())


WITHOUT_FOREIGNERS = frozenset({"keras", "numpy", "tensorflow"})
"""Modules all of whose functions are known, or cannot be layers."""


def make_own_layer(interpreter: Interpreter, instance: Instance) -> Layer:
    """A layer for an instance of a custom class; when it is called, the instance's `call` is walked."""
    if isinstance(instance.base, Sequential | Functional):
        return use_as_layer(interpreter, instance.base)
    if isinstance(instance.base, Layer) and instance.owner.find("call") is None:
        return instance.base
    instance.used = True
    kind = find_kind(OPAQUE)
    return Layer(
        kind=kind,
        name=instance.name,
        arguments={"class_name": instance.owner.name},
        line=instance.line,
        input_shape=take_input_shape(interpreter, kind, instance.told).shape,
        function=instance,
    )
