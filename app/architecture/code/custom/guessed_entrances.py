"""guess_entrance(): the inputs of a subclassed model that the code calls on unknown data, or never."""

import ast
from collections.abc import Iterator, Sequence
from itertools import product

from app.architecture.code.built import Functional, Sequential
from app.architecture.code.custom.custom_classes import Instance
from app.architecture.code.custom.entrances import Entrance, make_of
from app.architecture.code.holes.assumptions import assume_shape
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.graph import find_entrance_shape
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Function, Unknown
from app.frozen import Shape
from app.problems import ArchitectureError, CodeError, CodeTooComplex

MOST_AXES = 4
"""How many numbers of axes after the batch are tried for an input."""

MOST_TRIES = 64
"""How many combinations of them are tried for several inputs."""


def guess_entrance(
    interpreter: Interpreter,
    instance: Instance,
    names: Sequence[str],
    known: Sequence[Shape | None],
    apart: bool,
) -> Entrance:
    """Inputs on which Keras builds the model. `known` is what is known of their shapes; others are holes."""
    for shape in () if len(names) > 1 else _list_declared(instance):
        entrance = Entrance((names[0],), (shape,))
        if _builds(interpreter, instance, entrance):
            return entrance
    tried = (
        axes
        for axes in _list_axes(known)
        if _builds(interpreter, instance, _assume(names, known, axes, apart))
    )
    axes = next(tried, [1] * len(names))
    shapes = (
        (None, *interpreter.fill_shape(Unknown(f"{name}.shape"), count)) if shape is None else shape
        for name, shape, count in zip(names, known, axes, strict=True)
    )
    return Entrance(tuple(names), tuple(shapes), apart)


def _list_axes(known: Sequence[Shape | None]) -> Iterator[Sequence[int]]:
    """Numbers of axes after the batch for each input, those with few axes first."""
    most = MOST_AXES if len(known) == 1 else MOST_AXES - 1
    ranges = [range(1, most + 1) if shape is None else range(1, 2) for shape in known]
    yield from sorted(product(*ranges), key=sum)[:MOST_TRIES]


def _assume(
    names: Sequence[str], known: Sequence[Shape | None], axes: Sequence[int], apart: bool
) -> Entrance:
    shapes = (
        (None, *assume_shape(f"{name}.shape", count)) if shape is None else shape
        for name, shape, count in zip(names, known, axes, strict=True)
    )
    return Entrance(tuple(names), tuple(shapes), apart)


def _list_declared(instance: Instance) -> Iterator[Shape]:
    """The input shapes of the models inside it that say theirs."""
    for value in instance.attributes.values():
        if isinstance(value, Functional | Sequential) and (shape := find_entrance_shape(value)):
            yield shape


def _builds(interpreter: Interpreter, instance: Instance, entrance: Entrance) -> bool:
    known = len(interpreter.models), instance.built
    try:
        with interpreter.aside():
            architecture = interpreter.assemble(make_of(interpreter, instance, entrance))
            measure = interpreter.keras.measure
            return measure is not None and measure(architecture) is not None
    except CodeTooComplex:
        raise
    except (Refusal, CodeError, ArchitectureError):
        return False
    finally:
        del interpreter.models[known[0] :]
        instance.model, instance.built = None, known[1]


def count_inputs(function: Function, name: str) -> int:
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
