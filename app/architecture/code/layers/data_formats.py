"""The data format, `channels_first` or `channels_last`, that the code sets for all later layers."""

from collections.abc import Callable, Mapping

from app.architecture.catalogue import Kind
from app.architecture.code.built import spell
from app.architecture.code.interpreter import DATA_FORMAT, Interpreter
from app.architecture.code.layers.legacy import DIM_ORDERINGS
from app.architecture.code.refusal import Refusal, Unsaid
from app.architecture.code.values import Unknown, Value


def choose_format(interpreter: Interpreter, kind: Kind, given: Mapping[str, Value]) -> str | None:
    """The data format that the code has set for such a layer; None for Keras' default, or if it has none."""
    takes = kind.argument("data_format") is not None and given.get("data_format") is None
    return interpreter.data_format if takes and interpreter.data_format != DATA_FORMAT else None


def _set_format(interpreter: Interpreter, data_format: Value) -> None:
    """`K.set_image_data_format("channels_first")`."""
    if isinstance(data_format, Unknown):
        raise Unsaid("The code does not say which data format is set.")
    if data_format not in DIM_ORDERINGS.values():
        raise Refusal(f"Keras would stop here: {spell(data_format)} is no data format.")
    interpreter.data_format = data_format


def _set_ordering(interpreter: Interpreter, ordering: Value) -> None:
    """`K.set_image_dim_ordering("th")` of Keras 1."""
    data_format = DIM_ORDERINGS.get(ordering, ordering) if isinstance(ordering, str) else ordering
    old, new = f"set_image_dim_ordering({spell(ordering)})", f'set_image_data_format("{data_format}")'
    interpreter.notes.add("old-spelling", interpreter.line, old=old, new=new)
    _set_format(interpreter, data_format)


def _tell_format(interpreter: Interpreter) -> str:
    return interpreter.data_format


def _tell_ordering(interpreter: Interpreter) -> str:
    return next(old for old, today in DIM_ORDERINGS.items() if today == interpreter.data_format)


DATA_FORMATS: Mapping[str, Callable[..., Value]] = {
    "image_data_format": _tell_format,
    "image_dim_ordering": _tell_ordering,
    "set_image_data_format": _set_format,
    "set_image_dim_ordering": _set_ordering,
}
"""Functions of keras.config and keras.backend."""
