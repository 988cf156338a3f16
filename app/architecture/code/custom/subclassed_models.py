"""Subclassed models: their input shapes come from their data, from `build`, or are guessed."""

from collections.abc import Sequence

from app.architecture.code.built import Functional, Model, Sequential
from app.architecture.code.custom.custom_classes import Instance
from app.architecture.code.custom.entrances import Entrance, make_of
from app.architecture.code.custom.guessed_entrances import count_inputs, guess_entrance
from app.architecture.code.custom.subclassing import GIVEN_BY_KERAS_2, call_instance, find_call
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.layers.feeding import feed
from app.architecture.code.layers.shapes import read_shape
from app.architecture.code.layers.tensors import list_tensors
from app.architecture.code.python.functions import list_required
from app.architecture.code.values import Array, Dataset, Function, Namespace, Unknown, Value
from app.frozen import Shape


def tell_input(interpreter: Interpreter, instance: Instance, input_shape: Value = None) -> None:
    """`model.build(input_shape)`, batch axis included."""
    several = isinstance(input_shape, list) and input_shape and not isinstance(input_shape[0], int | None)
    shapes = [read_shape(interpreter, shape) for shape in (input_shape if several else [input_shape])]
    function = find_call(instance)
    name = function.parameters.args[1].arg if function else "inputs"
    make_of(interpreter, instance, Entrance(_number(name, len(shapes)), tuple(shapes)))


def call_model_instance(interpreter: Interpreter, instance: Instance, arguments: Arguments) -> Value:
    """`instance(inputs)`. Called on data, it tells the model's input shapes."""
    if instance.owner.base == "Model" and not list_tensors(
        [*arguments.positional, *arguments.keywords.values()]
    ):
        model = make_model(interpreter, instance, *arguments.positional)
        if model is not None:
            feed(interpreter, model, "the call", arguments.positional[0] if arguments.positional else None)
        return Unknown(f"data from {instance.name}")
    return call_instance(interpreter, instance, arguments)


def make_model(interpreter: Interpreter, instance: Instance, *given: Value) -> Model | None:
    """The model of an instance that is called on what is given; None if it is part of another model.

    None as well if its class has no `call`.
    """
    if isinstance(instance.base, Sequential | Functional) and find_call(instance) is None:
        return instance.base
    if instance.model is not None or instance.used or instance.owner.base != "Model":
        return instance.model
    function = find_call(instance)
    if function is None or len(function.parameters.args) < 2:
        return None
    return make_of(interpreter, instance, _find_entrance(interpreter, instance, function, given))


def make_models(interpreter: Interpreter) -> None:
    """Make the models of instances that the code makes and never calls."""
    for instance in interpreter.instances:
        if not instance.used:
            make_model(interpreter, instance)


def _find_entrance(
    interpreter: Interpreter, instance: Instance, function: Function, given: Sequence[Value]
) -> Entrance:
    """From what is given, as far as its shapes are known."""
    names = _list_apart(function, given)
    apart = len(names) > 1
    if apart:
        known = [_read_shape(value) for value in [*given, *[None] * len(names)][: len(names)]]
    else:
        known = list(_read_shapes(given[0] if given else None))
        known = known or [None] * count_inputs(function, names[0])
        names = list(_number(names[0], len(known)))
    shapes = tuple(shape for shape in known if shape is not None)
    if len(shapes) == len(known):
        return Entrance(tuple(names), shapes, apart)
    return guess_entrance(interpreter, instance, names, known, apart)


def _list_apart(function: Function, given: Sequence[Value]) -> list[str]:
    """The parameters of `call` that take an input each: those without a default, and those given data."""
    parameters = [parameter.arg for parameter in function.parameters.args[1:]]
    required = [name for name in list_required(function) if name in parameters]
    data = [name for name, value in zip(parameters, given, strict=False) if _is_data(value)]
    names = [
        name for name in {**dict.fromkeys(required), **dict.fromkeys(data)} if name not in GIVEN_BY_KERAS_2
    ]
    return names if len(names) > 1 and names == parameters[: len(names)] else parameters[:1]


def _is_data(value: Value) -> bool:
    return isinstance(value, Array | Namespace | Unknown)


def _read_shape(value: Value) -> Shape | None:
    return (None, *value.shape[1:]) if isinstance(value, Array) else None


def _read_shapes(data: Value) -> tuple[Shape, ...]:
    if isinstance(data, Dataset):
        data = data.element[0] if isinstance(data.element, tuple) else data.element
    parts = data if isinstance(data, list | tuple) else [data]
    shapes = tuple(shape for part in parts if (shape := _read_shape(part)) is not None)
    return shapes if len(shapes) == len(parts) else ()


def _number(name: str, count: int) -> tuple[str, ...]:
    return (name,) if count == 1 else tuple(f"{name}_{place}" for place in range(1, count + 1))
