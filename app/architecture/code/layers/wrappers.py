"""Wrappers around a custom layer or cell, whose `call` is walked when the wrapper is called."""

from app.architecture.catalogue import find_kind
from app.architecture.code.built import Layer, Tensor
from app.architecture.code.custom.custom_classes import Instance
from app.architecture.code.custom.custom_layers import CELLS
from app.architecture.code.custom.subclassing import build, call_instance, call_own
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.layers.conversion import describe_model
from app.architecture.code.layers.graph import call_layer
from app.architecture.code.layers.inputs import open_placeholder
from app.architecture.code.layers.measuring import find_type, measure_tensor
from app.architecture.code.layers.tensors import list_tensors
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Unknown, Value
from app.architecture.spec import OPAQUE
from app.frozen import Shape


def call_wrapper(interpreter: Interpreter, layer: Layer, arguments: Arguments) -> Value:
    """TimeDistributed or RNN called on tensors.

    If the inside cannot be walked, the layer declares its output.
    """
    instance: Instance = layer.function
    tensor = arguments.tensor
    shape = measure_tensor(interpreter, tensor) if tensor else None
    if tensor is None or not isinstance(shape, tuple) or len(shape) < 3:
        raise Refusal(f"Keras would stop here: {layer.kind.name} takes (batch, timesteps, …), not {shape}.")
    step = (shape[0], *shape[2:])
    if layer.kind.name == CELLS:
        given = _run_cell(interpreter, instance, step)
        returns_all = layer.arguments.get("return_sequences") is True
        declared = (shape[0], shape[1], *given[1:]) if returns_all else given
    else:
        with interpreter.aside():
            inner = open_placeholder(interpreter, "step", step, find_type(tensor))
            given = _measure(interpreter, call_instance(interpreter, instance, Arguments([inner])))
        made = instance.layer
        if made is not None and made.model is not None:
            layer.arguments["layer"] = describe_model(interpreter, made.model)
            return call_layer(interpreter, layer, arguments)
        declared = (shape[0], shape[1], *given[1:])
    layer.kind = find_kind(OPAQUE)
    layer.arguments = {"class_name": instance.owner.name, "output_shape": list(declared)}
    return call_layer(interpreter, layer, arguments)


def _run_cell(interpreter: Interpreter, cell: Instance, step: Shape) -> Shape:
    """The shape of a cell's output for one timestep."""
    size = cell.attributes.get("state_size")
    sizes = size if isinstance(size, list | tuple) else [size]
    with interpreter.aside():
        entering = open_placeholder(interpreter, "inputs", step, None)
        states = [
            open_placeholder(interpreter, f"state_{place}", (step[0], *_as_axes(each)), None)
            for place, each in enumerate(sizes)
        ]
        build(interpreter, cell, Arguments(), (step,))
        return _measure(interpreter, call_own(interpreter, cell, Arguments([entering, states])))


def _as_axes(size: Value) -> Shape:
    sizes = tuple(size) if isinstance(size, list | tuple) else (size,)
    if not all(isinstance(each, int) for each in sizes):
        raise Refusal("The `state_size` of a cell is an integer, or a list of them.")
    return sizes


def _measure(interpreter: Interpreter, value: Value) -> Shape:
    tensors: list[Tensor] = list_tensors(value)
    shape = measure_tensor(interpreter, tensors[0]) if tensors else Unknown("nothing")
    if not isinstance(shape, tuple):
        raise Refusal("What shape the layer inside gives is not known.")
    return shape
