"""Shapes and dtypes of layer outputs while the code is still being read, for code that asks for them."""

from app.architecture.code.built import Functional, Tensor
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.origins import list_calls
from app.architecture.code.values import Unknown, Value
from app.architecture.spec import INPUT
from app.problems import ArchitectureError, CodeError


def measure_tensor(interpreter: Interpreter, tensor: Tensor) -> Value:
    """The shape, batch axis first; Unknown if a layer before it does not build, or Keras cannot be asked."""
    layer = tensor.call.layer
    if layer.kind.name == INPUT and layer.open_shape is None:
        return layer.batch_shape
    if tensor.output in tensor.call.shapes:
        return tensor.call.shapes[tensor.output]
    unknown = Unknown(f"{layer.name}.shape")
    if interpreter.keras.measure is None:
        return unknown
    calls = list_calls([tensor])
    interpreter.budget.spend(COST * len(calls))
    inputs = tuple(Tensor(call) for call in calls if call.layer.kind.name == INPUT)
    try:
        model = Functional("measured", interpreter.line, inputs, (tensor,))
        architecture = interpreter.assemble(model)
    except (ArchitectureError, CodeError):
        return unknown
    shapes = interpreter.keras.measure(architecture)
    if not shapes:
        return unknown
    tensor.call.shapes[tensor.output] = shapes[0]
    return shapes[0]


def find_type(tensor: Tensor) -> str | None:
    """The dtype of a layer's output if the code says it (an input, or a cast); else None."""
    layer = tensor.call.layer
    if layer.kind.name in (INPUT, "ops.cast"):
        return str(layer.arguments["dtype"]) if "dtype" in layer.arguments else None
    if layer.kind.name == "ops.get_item":
        return find_type(tensor.call.inbound[0])
    return None


COST = 100
"""Budget steps for each layer that Keras is asked about."""
