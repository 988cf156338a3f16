"""Subclassed models: their input shapes come from their data, from `build`, or are holes."""

import ast
from collections.abc import Iterator, Sequence

from app.architecture.code.built import Functional, Model, Sequential, Tensor
from app.architecture.code.custom.custom_classes import Instance
from app.architecture.code.custom.subclassing import build, call_instance, call_own, find_call
from app.architecture.code.holes.assumptions import assume_shape
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.layers.feeding import feed
from app.architecture.code.layers.inputs import make_input
from app.architecture.code.layers.shapes import read_shape
from app.architecture.code.layers.tensors import list_tensors
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Array, Dataset, Function, Unknown, Value
from app.frozen import Shape
from app.problems import ArchitectureError, CodeError, CodeTooComplex

MOST_AXES = 4
"""How many numbers of axes after the batch are tried if the code does not say it."""


def tell_input(interpreter: Interpreter, instance: Instance, input_shape: Value = None) -> None:
    """`model.build(input_shape)`, batch axis included."""
    several = isinstance(input_shape, list) and input_shape and not isinstance(input_shape[0], int | None)
    shapes = input_shape if several else [input_shape]
    _make(interpreter, instance, [read_shape(interpreter, shape) for shape in shapes])


def call_model_instance(interpreter: Interpreter, instance: Instance, arguments: Arguments) -> Value:
    """`instance(inputs)`. Called on data, it tells the model's input shapes."""
    if instance.owner.base == "Model" and not list_tensors(
        [*arguments.positional, *arguments.keywords.values()]
    ):
        data = arguments.positional[0] if arguments.positional else None
        _make_of_parts(interpreter, instance, arguments)
        model = make_model(interpreter, instance, data)
        if model is not None:
            feed(interpreter, model, "the call", data)
        return Unknown(f"data from {instance.name}")
    return call_instance(interpreter, instance, arguments)


def _make_of_parts(interpreter: Interpreter, instance: Instance, arguments: Arguments) -> None:
    """For `model(x, states)` on data: the model with one input per argument, named as in `call`."""
    function = find_call(instance)
    parts = [part for part in arguments.positional if isinstance(part, Array)]
    if function is None or instance.model is not None or len(parts) < 2:
        return
    if len(parts) < len(arguments.positional):
        return
    instance.used = True
    shapes = [(None, *part.shape[1:]) for part in parts]
    names = [parameter.arg for parameter in function.parameters.args[1:]]
    entering = [
        make_input(interpreter, batch_shape=shape, name=name)
        for name, shape in zip(names, shapes, strict=False)
    ]
    build(interpreter, instance, Arguments(), (shapes[0],))
    _close(interpreter, instance, entering, Arguments(list(entering)))


def make_model(interpreter: Interpreter, instance: Instance, data: Value = None) -> Model | None:
    """The model of an instance; None if its class has no `call`, or it is part of another model."""
    if isinstance(instance.base, Sequential | Functional) and find_call(instance) is None:
        return instance.base
    if instance.model is not None or instance.used or instance.owner.base != "Model":
        return instance.model
    function = find_call(instance)
    if function is None or len(function.parameters.args) < 2:
        return None
    shapes = _read_shapes(data)
    if shapes:
        return _make(interpreter, instance, shapes)
    return _make_with_hole(interpreter, instance, function)


def make_models(interpreter: Interpreter) -> None:
    """Make the models of instances that the code makes and never calls."""
    for instance in interpreter.instances:
        if not instance.used:
            make_model(interpreter, instance)


def _read_shapes(data: Value) -> list[Shape]:
    if isinstance(data, Dataset):
        data = data.element[0] if isinstance(data.element, tuple) else data.element
    parts = data if isinstance(data, list | tuple) else [data]
    if parts and all(isinstance(part, Array) for part in parts):
        return [(None, *part.shape[1:]) for part in parts]
    return []


def _make(interpreter: Interpreter, instance: Instance, shapes: Sequence[Shape]) -> Functional:
    names = _name_inputs(instance, len(shapes))
    entering = [
        make_input(interpreter, batch_shape=shape, name=name)
        for name, shape in zip(names, shapes, strict=True)
    ]
    return _finish(interpreter, instance, entering)


def _finish(interpreter: Interpreter, instance: Instance, entering: list[Tensor]) -> Functional:
    instance.used = True
    build(interpreter, instance, Arguments(), tuple(tensor.call.layer.batch_shape for tensor in entering))
    return _close(
        interpreter, instance, entering, Arguments([entering[0] if len(entering) == 1 else entering])
    )


def _close(
    interpreter: Interpreter, instance: Instance, entering: list[Tensor], arguments: Arguments
) -> Functional:
    """The model from these inputs to what `call` returns for these arguments."""
    returned = call_own(interpreter, instance, arguments)
    leaving = list_tensors([returned])
    if not leaving:
        raise Refusal(f"What `call` of {instance.owner.name} gives was not understood.")
    # A generated name says no more than the class does.
    model = Functional(
        instance.name,
        instance.line,
        tuple(entering),
        tuple(leaving),
        loss=instance.loss,
        compiled=instance.compiled,
        fitted=instance.fitted,
    )
    instance.model = model
    interpreter.models.append(model)
    return model


def _make_with_hole(interpreter: Interpreter, instance: Instance, function: Function) -> Functional | None:
    """The model with an input of unknown sizes, of the first number of axes on which Keras builds it."""
    name = function.parameters.args[1].arg
    count = _count_inputs(function, name)
    names = _name_inputs(instance, count)
    for axes in range(1, MOST_AXES + 1):
        shapes = [(None, *assume_shape(f"{name}.shape", axes)) for name in names]
        if _builds(interpreter, instance, shapes):
            break
    else:
        axes = 1
    unknown = [Unknown(f"{name}.shape") for name in names]
    return _make(interpreter, instance, [(None, *interpreter.fill_shape(hole, axes)) for hole in unknown])


def _builds(interpreter: Interpreter, instance: Instance, shapes: list[Shape]) -> bool:
    known = len(interpreter.models), instance.built
    try:
        with interpreter.aside():
            model = _make(interpreter, instance, shapes)
            architecture = interpreter.assemble(model)
            return (
                interpreter.keras.measure is not None and interpreter.keras.measure(architecture) is not None
            )
    except CodeTooComplex:
        raise
    except (Refusal, CodeError, ArchitectureError):
        return False
    finally:
        del interpreter.models[known[0] :]
        instance.model, instance.built = None, known[1]


def _name_inputs(instance: Instance, count: int) -> list[str]:
    function = find_call(instance)
    name = function.parameters.args[1].arg if function else "inputs"
    return [name] if count == 1 else [f"{name}_{place}" for place in range(1, count + 1)]


def _count_inputs(function: Function, name: str) -> int:
    """The number of names into which `call` unpacks its inputs."""
    if not isinstance(function.body, tuple):
        return 1
    return next(_list_unpacked(function.body, name), 1)


def _list_unpacked(body: Sequence[ast.stmt], name: str) -> Iterator[int]:
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Tuple(elts=elements)], value=ast.Name(id=unpacked)) if (
                unpacked == name
            ):
                yield len(elements)
