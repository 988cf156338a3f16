"""Functions that make and reshape arrays: the shapes that those of NumPy, and Keras' own for data, return."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

from app.architecture.code.built import spell
from app.architecture.code.data.arrays import check_axes, expand, reshape, shape_of_nested
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import LISTED
from app.architecture.code.python.containers import count, iterate
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Array, Namespace, NumpyInteger, Unknown, Value
from app.frozen import Shape


def read_sizes(interpreter: Interpreter, value: Value) -> Shape:
    """The sizes in `value`: a tuple, a list or one number.

    Unknown sizes become None and are not asked for.
    """
    parts = list(iterate(value, interpreter.budget)) if isinstance(value, LISTED) else [value]
    check_axes(len(parts))
    return tuple(None if isinstance(part, Unknown) else read_size(part) for part in parts)


def read_size(size: Value) -> int | None:
    """One size; None if it is not known."""
    if size is None or (isinstance(size, int) and not isinstance(size, bool)):
        return size
    if isinstance(size, float) and size.is_integer():
        return int(size)
    raise Refusal(f"Python would stop here with TypeError: {spell(size)} is no size of an axis.")


def array_of(interpreter: Interpreter, value: Value, *_: Value, **__: Value) -> Value:
    """`np.array(value)`, and other functions that keep the shape."""
    if isinstance(value, Array | Unknown | Namespace):
        return value
    if isinstance(value, list) and value and all(isinstance(row, Unknown) for row in (value[0], value[-1])):
        # Rows of unknown data: what is known of the first is true of all.
        return Unknown("rows of data", sizes=(len(value), *value[0].sizes) if value[0].sizes else ())
    shape = shape_of_nested(value)
    return Unknown("rows of different or unknown lengths") if shape is None else Array(shape)


def filled(interpreter: Interpreter, shape: Value, *_: Value, **__: Value) -> Array:
    """`np.zeros(shape)` and its like."""
    return Array(read_sizes(interpreter, shape))


def arange(interpreter: Interpreter, *bounds: Value, **_: Value) -> Value:
    """`np.arange(…)`."""
    counts = (len(bounds) == 1 or bounds[:1] == (0,)) and bounds[2:] in ((), (1,))
    if not all(isinstance(bound, int) for bound in bounds) or not 1 <= len(bounds) <= 3 or 0 in bounds[2:]:
        return Array((None,), counts)
    length = count(range(*bounds))
    return Array((length if isinstance(length, int) else None,), counts)


def make_range(interpreter: Interpreter, *bounds: Value, **named: Value) -> Value:
    """`ops.arange(…)`, `tf.range(…)`. If the end is None, the length is not known before run time."""
    given = dict(zip(RANGE, bounds, strict=False)) | {RENAMED.get(name, name): named[name] for name in named}
    if "stop" not in given:
        return arange(interpreter, given["start"])
    return arange(interpreter, given.get("start", 0), given["stop"], given.get("step") or 1)


RANGE = ("start", "stop", "step")
RENAMED = {"delta": "step", "limit": "stop"}
"""What TensorFlow calls the parameters of a range."""


def keep(interpreter: Interpreter, value: Value, *_: Value, **__: Value) -> Value:
    """Functions that change neither shape nor numbers return their argument."""
    return value


def linspace(interpreter: Interpreter, start: Value, stop: Value, num: Value = 50, **_: Value) -> Array:
    """`np.linspace(…)`."""
    return Array(read_sizes(interpreter, num))


def reshaped(
    interpreter: Interpreter, array: Value, *shape: Value, newshape: Value = None, **_: Value
) -> Value:
    """`np.reshape(array, shape)` and `array.reshape(*shape)`."""
    wanted = newshape if newshape is not None else shape[0] if len(shape) == 1 else shape
    sizes = read_sizes(interpreter, wanted)
    known = array_of(interpreter, array)
    return reshape(known.shape, sizes) if isinstance(known, Array) else Array(_without_rest(sizes))


def _without_rest(sizes: Shape) -> Shape:
    return tuple(None if size == -1 else size for size in sizes)


def expanded(interpreter: Interpreter, array: Value, axis: Value = -1) -> Value:
    """`np.expand_dims(array, axis)`."""
    known = array_of(interpreter, array)
    if not isinstance(known, Array) or not isinstance(axis, int):
        return known
    return replace(expand(known.shape, axis), counts=known.counts and axis == 0)


def transposed(interpreter: Interpreter, array: Value, *axes: Value) -> Value:
    """`np.transpose(array, axes)` and `array.transpose(*axes)`."""
    known = array_of(interpreter, array)
    order = axes[0] if len(axes) == 1 else axes
    if not isinstance(known, Array):
        return known
    if not order:
        return Array(known.shape[::-1])
    if sorted(read_sizes(interpreter, order), key=str) != sorted(range(len(known.shape)), key=str):
        raise Refusal(f"NumPy would stop here: {spell(order)} does not name each axis of {known.shape} once.")
    return Array(tuple(known.shape[axis] for axis in order))


def flattened(interpreter: Interpreter, array: Value, *_: Value, **__: Value) -> Value:
    """`np.ravel(array)` and `array.flatten()`."""
    known = array_of(interpreter, array)
    if not isinstance(known, Array):
        return known
    sizes = [size for size in known.shape if size is not None]
    return Array((math.prod(sizes) if len(sizes) == len(known.shape) else None,))


def concatenated(interpreter: Interpreter, arrays: Value, axis: Value = 0, **_: Value) -> Value:
    """`np.concatenate(arrays, axis)`."""
    known = [array_of(interpreter, array) for array in iterate(arrays, interpreter.budget)]
    shapes = [array.shape for array in known if isinstance(array, Array)]
    if len(shapes) < len(known) or not shapes or not isinstance(axis, int):
        return Unknown("concatenated data")
    at = axis % max(len(shapes[0]), 1)
    axes = {len(shape) for shape in shapes}
    others = list(zip(*((*shape[:at], *shape[at + 1 :]) for shape in shapes), strict=False))
    if len(axes) > 1 or at >= len(shapes[0]) or any(len({*sizes} - {None}) > 1 for sizes in others):
        raise Refusal(
            f"NumPy would stop here: arrays of the shapes {shapes} cannot be concatenated on axis {axis}."
        )
    along = [shape[at] for shape in shapes]
    total = sum(size for size in along if size is not None) if None not in along else None
    kept = [next((size for size in sizes if size is not None), None) for sizes in others]
    return Array((*kept[:at], total, *kept[at:]))


def _scalar(make: Callable[[float], Value]) -> Callable[..., Value]:
    """`np.int64(value)` and its like: a number stays one, an array keeps its shape."""

    def read(interpreter: Interpreter, value: Value = 0) -> Value:
        if isinstance(value, int | float):
            return make(value)
        return value if isinstance(value, Unknown) else array_of(interpreter, value)

    return read


def pad_sequences(
    interpreter: Interpreter, sequences: Value, maxlen: Value = None, *_: Value, **__: Value
) -> Array:
    """`pad_sequences(sequences, maxlen)`: (number of sequences, maxlen)."""
    rows = count(sequences)
    lengths = [count(row) for row in sequences] if isinstance(sequences, list | tuple) else []
    if maxlen is None:
        known = [length for length in lengths if isinstance(length, int)]
        longest = max(known) if known and len(known) == len(lengths) else None
    else:
        longest = read_sizes(interpreter, maxlen)[0]
    return Array((rows if isinstance(rows, int) else None, longest))


def to_categorical(
    interpreter: Interpreter, labels: Value, num_classes: Value = None, *_: Value, **__: Value
) -> Value:
    """`to_categorical(labels, num_classes)`: an axis of `num_classes`, in place of a last axis of 1."""
    known = array_of(interpreter, labels)
    classes = read_sizes(interpreter, num_classes)[0] if num_classes is not None else None
    if not isinstance(known, Array):
        return known
    shape = known.shape[:-1] if len(known.shape) > 1 and known.shape[-1] == 1 else known.shape
    return Array((*shape, classes))


INTEGERS = (
    "int_",
    "intp",
    *(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)),
)
FLOATS = ("float16", "float32", "float64", "single", "double")

MAKING: Mapping[str, Callable[..., Value]] = {
    **dict.fromkeys(INTEGERS, _scalar(NumpyInteger)),
    **dict.fromkeys(FLOATS, _scalar(float)),
    **dict.fromkeys(("bool", "bool_"), _scalar(bool)),
    "arange": arange,
    "array": array_of,
    "asarray": array_of,
    "concatenate": concatenated,
    "empty": filled,
    "expand_dims": expanded,
    "full": filled,
    "linspace": linspace,
    "ones": filled,
    "ravel": flattened,
    "reshape": reshaped,
    "transpose": transposed,
    "zeros": filled,
}
