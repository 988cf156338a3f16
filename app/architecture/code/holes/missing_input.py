"""Missing inputs: a layer is called on a name that the code never sets, or on data."""

from app.architecture.catalogue import KINDS
from app.architecture.code.built import Layer, Tensor
from app.architecture.code.custom.custom_classes import Instance
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.construct import make_layer
from app.architecture.code.layers.inputs import open_input
from app.architecture.code.layers.shapes import spell_input
from app.architecture.code.values import Array, Unknown, Value
from app.architecture.least_input import input_dtype
from app.architecture.spec import INPUT


def open_missing_input(interpreter: Interpreter, name: str) -> Tensor:
    """An input under the undefined name; its shape is a hole."""
    given = {"shape": Unknown(f"{name}.shape"), "name": name}
    tensor = open_input(interpreter, make_layer(interpreter, KINDS[INPUT], given))
    (interpreter.scope.find(name) or interpreter.scope).values[name] = tensor
    return tensor


def is_data(value: Value) -> bool:
    """Whether it is an array, or a list of arrays."""
    parts = value if isinstance(value, list | tuple) else [value]
    return bool(parts) and all(isinstance(part, Array) and part.shape for part in parts)


def open_data(interpreter: Interpreter, reader: Layer | Instance, data: Array | list[Array]) -> Value:
    """An input of the shape of an array that the reader is called on; the array's variable is the input then.

    Several inputs for a list of arrays.
    """
    if not isinstance(data, Array):
        return [open_data(interpreter, reader, part) for part in data]
    name = interpreter.find_variable(data)
    dtype = input_dtype(reader.kind.name) if isinstance(reader, Layer) else None
    given = {"batch_shape": (None, *data.shape[1:]), "dtype": dtype, "name": name}
    layer = make_layer(interpreter, KINDS[INPUT], given)
    tensor = open_input(interpreter, layer)
    if name and (scope := interpreter.scope.find(name)):
        scope.values[name] = tensor
    interpreter.notes.add(
        "data-read-as-input",
        interpreter.line,
        reader.name,
        name=layer.name,
        new=spell_input(layer.batch_shape),
    )
    return tensor
