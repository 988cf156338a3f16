"""Inputs of unknown rank, such as `Input(shape=data.shape[1:])` of unknown data."""

from app.architecture.code.built import Layer, Sequential
from app.architecture.code.interpreter import Interpreter
from app.architecture.least_input import least_input


def settle_open_inputs(interpreter: Interpreter) -> None:
    """Give each input of unknown rank as many axes as the first layer that reads it takes."""
    behind = {
        id(tensor.call.layer): call.layer for call in reversed(interpreter.calls) for tensor in call.inbound
    }
    for model in interpreter.models:
        if isinstance(model, Sequential) and len(model.layers) > 1:
            behind.setdefault(id(model.layers[0]), model.layers[1])
    for layer in interpreter.layers:
        if layer.open_shape is not None:
            _settle(interpreter, layer, behind.get(id(layer)))


def _settle(interpreter: Interpreter, layer: Layer, reader: Layer | None) -> None:
    axes = len(least_input(reader.kind.name, reader.arguments)) - 1 if reader else 1
    assert layer.open_shape is not None
    sizes = interpreter.holes.fill_shape(layer.open_shape, layer.line, layer.name, axes)
    layer.arguments["batch_shape"] = [None, *sizes]
