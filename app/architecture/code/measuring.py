"""Measuring: the shape of a layer's output, while the code is still being read."""

from app.architecture.code.assemble import assemble_graph
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.values import Call, Functional, Tensor, Unknown, Value
from app.architecture.spec import INPUT
from app.frozen import read_shape
from app.problems import ArchitectureError, CodeError


def measure_tensor(interpreter: Interpreter, tensor: Tensor) -> Value:
    """The shape, batch axis first; Unknown where a layer before it does not build, or Keras is not asked."""
    layer = tensor.call.layer
    if layer.kind.name == INPUT and layer.open_shape is None:
        return read_shape(layer.arguments["batch_shape"]) or ()
    unknown = Unknown(f"{layer.name}.shape")
    if interpreter.measure is None:
        return unknown
    calls = _list_calls(tensor)
    interpreter.budget.spend(COST * len(calls))
    inputs = tuple(Tensor(call) for call in calls if call.layer.kind.name == INPUT)
    try:
        architecture = assemble_graph(
            Functional("measured", interpreter.line, inputs, (tensor,)), interpreter
        )
    except (ArchitectureError, CodeError):
        return unknown
    shapes = interpreter.measure(architecture)
    return shapes[0] if shapes else unknown


COST = 100
"""Steps for each layer that Keras is asked for."""


def _list_calls(tensor: Tensor) -> list[Call]:
    found: dict[int, Call] = {}
    waiting = [tensor.call]
    while waiting:
        call = waiting.pop()
        if id(call) not in found:
            found[id(call)] = call
            waiting += [source.call for source in call.inbound]
    return list(found.values())
