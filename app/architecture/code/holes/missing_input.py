"""Missing inputs: a layer is called on a name that the code never sets."""

from app.architecture.catalogue import KINDS
from app.architecture.code.built import Tensor
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.construct import make_layer
from app.architecture.code.layers.inputs import open_input
from app.architecture.code.values import Unknown
from app.architecture.spec import INPUT


def open_missing_input(interpreter: Interpreter, name: str) -> Tensor:
    """An input under the undefined name; its shape is a hole."""
    given = {"shape": Unknown(f"{name}.shape"), "name": name}
    tensor = open_input(interpreter, make_layer(interpreter, KINDS[INPUT], given))
    (interpreter.scope.find(name) or interpreter.scope).values[name] = tensor
    return tensor
