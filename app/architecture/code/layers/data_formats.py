"""Where the channels of images are, as the code sets it for all later layers."""

from collections.abc import Mapping

from app.architecture.catalogue import Kind
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.values import Value

USUAL = "channels_last"
OLD = {"tf": "channels_last", "th": "channels_first"}
"""What Keras 1 called them."""


def set_data_format(interpreter: Interpreter, data_format: Value = None) -> None:
    """`keras.config.set_image_data_format(…)`, and `K.set_image_dim_ordering(…)` of Keras 1."""
    interpreter.data_format = OLD.get(str(data_format), str(data_format))


def tell_data_format(interpreter: Interpreter) -> str:
    """`keras.config.image_data_format()`."""
    return interpreter.data_format


def tell_ordering(interpreter: Interpreter) -> str:
    """`K.image_dim_ordering()` of Keras 1."""
    return next((old for old, new in OLD.items() if new == interpreter.data_format), "tf")


def choose_data_format(interpreter: Interpreter, kind: Kind, given: Mapping[str, Value]) -> str | None:
    """The data format that the code has set for such a layer; None for Keras' default, or the layer's own."""
    if interpreter.data_format == USUAL or given.get("data_format") is not None:
        return None
    return interpreter.data_format if kind.argument("data_format") else None
