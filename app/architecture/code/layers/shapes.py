"""Input shapes given to layers: `input_shape=`, `input_dim=`, `batch_input_shape=`, `input_length=`."""

from typing import NamedTuple

from app.architecture.catalogue import Kind
from app.architecture.code.built import Layer, spell
from app.architecture.code.data.arrays import MAX_AXES
from app.architecture.code.data.numpy_functions import read_size
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Namespace, Unknown, Value, as_unknown
from app.architecture.least_input import least_input
from app.architecture.spec import INPUT
from app.frozen import Shape

NEEDS_SEQUENCE = frozenset({"LSTM", "GRU", "SimpleRNN", "Bidirectional", "TimeDistributed", "Conv1D"})
"""Kinds whose `input_dim=` is the number of features per timestep."""

ABOUT_INPUT = frozenset({"input_shape", "batch_input_shape", "batch_size", "input_length", "input_dim"})


class Told(NamedTuple):
    """What a layer's arguments say about the model's input; the shape has its batch axis first."""

    shape: Shape | None = None
    length: int | None = None


def take_input_shape(interpreter: Interpreter, kind: Kind, given: dict[str, Value]) -> Told:
    """Remove the arguments about the model's input from `given`, and read them."""
    if kind.name == INPUT:
        return Told()
    about = ABOUT_INPUT.intersection(given)
    taken = {name: given.pop(name) for name in about if kind.argument(name) is None}
    if not taken:
        return Told(_inner_shape(given))
    batch = _read_one(interpreter, taken.get("batch_size"))
    length = _read_one(interpreter, taken.get("input_length"))
    if taken.get("batch_input_shape") is not None:
        shape: Shape = read_shape(interpreter, taken["batch_input_shape"])
        spelling = "batch_input_shape="
    elif taken.get("input_shape") is not None:
        axes = len(least_input(kind.name, given)) - 1
        shape = (batch, *read_shape(interpreter, taken["input_shape"], axes))
        spelling = "input_shape="
    elif taken.get("input_dim") is not None:
        features = _read_one(interpreter, taken["input_dim"])
        shape = (batch, length, features) if kind.name in NEEDS_SEQUENCE else (batch, features)
        spelling = "input_dim="
    else:
        return Told(_inner_shape(given), length)
    interpreter.notes.add("old-spelling", interpreter.line, old=spelling, new=spell_input(shape))
    return Told(shape, length)


def _inner_shape(given: dict[str, Value]) -> Shape | None:
    """The input shape given to the layer inside a wrapper."""
    layer = given.get("layer")
    return layer.input_shape if isinstance(layer, Layer) else None


def _read_one(interpreter: Interpreter, value: Value) -> int | None:
    value = as_unknown(value)
    if isinstance(value, Unknown):
        return int(interpreter.fill(value))
    return read_size(value)


def read_shape(interpreter: Interpreter, value: Value, axes: int = 1) -> Shape:
    """A shape: a tuple or list of sizes, one number for one axis, or an unknown, read as `axes` axes."""
    if isinstance(value, Unknown):
        return interpreter.fill_shape(value, axes)
    if not isinstance(value, int | list | tuple):
        raise Refusal(f"Keras would stop here: {spell(value)} is not a shape.")
    if isinstance(value, int):
        interpreter.notes.add("old-spelling", interpreter.line, old=f"({value})", new=f"({value},)")
        return (read_size(value),)
    if len(value) > MAX_AXES:
        raise Refusal(f"A shape has at most {MAX_AXES} axes.")
    return tuple(_read_one(interpreter, size) for size in value)


def spell_input(shape: Shape) -> str:
    """How Keras 3 writes an input of this shape."""
    inside = str(tuple(shape[1:]))
    return f"keras.Input({inside})" if shape[:1] == (None,) else f"keras.Input(batch_shape={tuple(shape)})"


def settle_shape(interpreter: Interpreter, given: dict[str, Value]) -> dict[str, Value]:
    """The arguments of an input with one `batch_shape` in place of all other ways to say its shape.

    It is Unknown if the code does not say how many axes there are; the layer that reads the input may.
    """
    rest = dict(given)
    shape = next(
        (found for key in ("shape", "input_shape") if (found := rest.pop(key, None)) is not None), None
    )
    whole = [rest.pop(key, None) for key in ("batch_shape", "batch_input_shape")]
    batch_shape = next((found for found in whole if found is not None), None)
    batch_size = rest.pop("batch_size", None)
    if batch_shape is not None:
        sizes: Value = read_shape(interpreter, batch_shape)
    elif isinstance(shape, Unknown):
        sizes = shape
    elif shape is not None:
        sizes = (_read_one(interpreter, batch_size), *read_shape(interpreter, shape))
    else:
        raise Refusal("Keras would stop here: an Input needs a `shape`.")
    dtype = rest.get("dtype")
    if isinstance(dtype, Namespace):
        # tf.int32, np.float32: the last part is the type's name.
        rest["dtype"] = dtype.path.rpartition(".")[2]
    return {**rest, "batch_shape": sizes}
