"""Attributes of instances and of the classes that the code defines."""

from collections.abc import Callable, Mapping

from app.architecture.code.assemble import unroll_chain
from app.architecture.code.built import Functional, Sequential
from app.architecture.code.custom.classes import begin, bind, bind_class
from app.architecture.code.custom.custom_classes import Instance, NamedTuple, Super, UserClass
from app.architecture.code.custom.subclassed_models import make_model, tell_input
from app.architecture.code.custom.subclassing import add_weight
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.layers.feeding import compile_model
from app.architecture.code.layers.models import MODEL_ATTRIBUTES, MODEL_METHODS
from app.architecture.code.refusal import LostError, Refusal
from app.architecture.code.values import Lost, Method, Namespace, Native, Unknown, Value


def read_class(interpreter: Interpreter, owner: UserClass, name: str) -> Value:
    """`MyClass.name`."""
    if home := owner.find(name):
        return bind_class(owner, home.values[name])
    return owner.name if name == "__name__" else Unknown(f"{owner.name}.{name}"[:80])


def read_named(interpreter: Interpreter, owner: NamedTuple, name: str) -> Value:
    """A field of a namedtuple."""
    if name in owner.owner.fields:
        return owner[owner.owner.fields.index(name)]
    raise Refusal(f"`.{name}` of {owner.owner.name}, a namedtuple, is not understood.")


def read_super(interpreter: Interpreter, owner: Super, name: str) -> Value:
    """`super().name`: the attribute in the base classes."""
    instance = owner.instance
    home = next((found for parent in owner.below.parents if (found := parent.find(name))), None)
    if home is not None:
        return bind(interpreter, instance, home.values[name])
    if name == "__init__":
        return Native(name, _begin_by(instance))
    if name in ("call", "__call__") and instance.base is not None:
        return instance.base
    if name in ABOVE:
        return Namespace(f"keras.{name}")
    return read_instance(interpreter, instance, name)


ABOVE = frozenset({"__setattr__", "build", "compile", "from_config", "get_config"})
"""Methods of Keras' base classes; those that change no shape do nothing."""


def _begin_by(instance: Instance) -> Callable[..., Value]:
    def begin_instance(interpreter: Interpreter, *positional: Value, **keywords: Value) -> None:
        begin(interpreter, instance, Arguments(list(positional), keywords))

    return begin_instance


def read_instance(interpreter: Interpreter, owner: Instance, name: str) -> Value:
    """`instance.name`: its own attribute, its class', or one that every Keras layer or model has."""
    if name in owner.attributes:
        if isinstance(value := owner.attributes[name], Lost):
            raise Refusal(f"`.{name}` depends on a line that is not understood.", LostError)
        return value
    is_model = owner.owner.base in ("Model", "Sequential")
    if not (is_model and name == "build") and (home := owner.owner.find(name)):
        return bind(interpreter, owner, home.values[name])
    if owner.owner.base is not None and name == "name":
        return owner.name
    if owner.owner.base is not None and name in WEIGHING:
        return Method(name, owner, add_weight)
    if is_model and (method := OF_MODEL.get(name)):
        return Method(name, owner, method)
    if (
        is_model
        and name in MODEL_ATTRIBUTES
        and isinstance(model := make_model(interpreter, owner), Functional | Sequential)
    ):
        if isinstance(model, Sequential):
            unroll_chain(interpreter, model)
        return MODEL_ATTRIBUTES[name](model)
    return Unknown(f"{owner.name or owner.owner.name}.{name}"[:80])


WEIGHING = frozenset({"add_variable", "add_weight"})


def _as_model(name: str) -> Callable[..., Value]:
    def method(interpreter: Interpreter, instance: Instance, *positional: Value, **keywords: Value) -> Value:
        data = positional[0] if positional else keywords.get("x")
        model = make_model(interpreter, instance, data)
        if model is None:
            return Unknown("what a model returned")
        return MODEL_METHODS[name](interpreter, model, *positional, **keywords)

    return method


def _compile(interpreter: Interpreter, instance: Instance, *given: Value, **named: Value) -> Value:
    # Without a base, its model is made later, when its input is known.
    if isinstance(instance.base, Functional | Sequential):
        return compile_model(interpreter, instance.base, *given, **named)
    return compile_model(interpreter, instance, *given, **named)


OF_MODEL: Mapping[str, Callable[..., Value]] = {
    **{name: _as_model(name) for name in MODEL_METHODS},
    "build": tell_input,
    "compile": _compile,
}
"""Methods of every model, for instances that are models."""
