"""Copies of graphs that start from other tensors, or are made of other layers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from app.architecture.code.built import Call, Functional, Layer, Model, Sequential, Tensor, TensorKey
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.inputs import open_placeholder
from app.architecture.code.layers.measuring import find_type, measure_tensor
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Value
from app.architecture.spec import INPUT


def regrow(
    outputs: Sequence[Tensor], known: Mapping[TensorKey, Tensor], copy: Callable[[Layer], Layer]
) -> tuple[Tensor, ...]:
    """Rebuild `outputs`, starting from the tensors in `known` in place of the tensors with their keys.

    `copy` gives the layer to use in the place of each.
    """
    made: dict[int, Call] = {}
    waiting = [tensor.call for tensor in outputs]
    while waiting:
        call = waiting[-1]
        missing = [
            source.call for source in call.inbound if id(source.call) not in made and source.key not in known
        ]
        if missing and id(call) not in made:
            waiting += missing
            continue
        waiting.pop()
        if id(call) not in made:
            inbound = tuple(_find(source, known, made) for source in call.inbound)
            made[id(call)] = Call(copy(call.layer), inbound, call.handed)
    return tuple(_find(tensor, known, made) for tensor in outputs)


def _find(tensor: Tensor, known: Mapping[TensorKey, Tensor], made: Mapping[int, Call]) -> Tensor:
    return known[tensor.key] if tensor.key in known else Tensor(made[id(tensor.call)], tensor.output)


def begin_midway(
    interpreter: Interpreter, entering: Sequence[Tensor], leaving: Sequence[Tensor]
) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
    """A graph cut at tensors that layers gave: new inputs of the same shapes, and the rebuilt outputs."""
    known: dict[TensorKey, Tensor] = {}
    for tensor in entering:
        if tensor.call.layer.kind.name == INPUT:
            known[tensor.key] = tensor
            continue
        shape = measure_tensor(interpreter, tensor)
        if not isinstance(shape, tuple):
            raise Refusal("What shape enters the middle of the model is not known.")
        name = f"{tensor.call.layer.name}_input"
        known[tensor.key] = open_placeholder(interpreter, name, shape, find_type(tensor))
    return tuple(known.values()), regrow(leaving, known, lambda layer: layer)


def clone_model(interpreter: Interpreter, model: Value = None, *_: Value, **__: Value) -> Model:
    """`keras.models.clone_model(model)`: the same layers under the same names, with weights of their own."""
    if not isinstance(model, Sequential | Functional):
        raise Refusal("Keras would stop here: only a model can be cloned.")
    copies: dict[int, Layer] = {}

    def copy(layer: Layer) -> Layer:
        if id(layer) not in copies:
            copies[id(layer)] = replace(layer, arguments=dict(layer.arguments), first_call=None)
        return copies[id(layer)]

    cloned: Model
    if isinstance(model, Sequential):
        cloned = Sequential(model.name, interpreter.line, [copy(layer) for layer in model.layers])
    else:
        inputs = [Tensor(Call(copy(tensor.call.layer), ())) for tensor in model.inputs]
        known = {old.key: new for old, new in zip(model.inputs, inputs, strict=True)}
        cloned = Functional(model.name, interpreter.line, tuple(inputs), regrow(model.outputs, known, copy))
    cloned.counted_name = model.counted_name
    interpreter.models.append(cloned)
    return cloned
