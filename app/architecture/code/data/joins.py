"""Functions that join arrays, by the shapes that NumPy gives."""

from collections.abc import Callable, Mapping

from app.architecture.code.data.arrays import expand
from app.architecture.code.data.numpy_functions import array_of, concatenated, flattened
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.python.containers import iterate
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Array, Unknown, Value
from app.frozen import Shape


def stacked(interpreter: Interpreter, arrays: Value, axis: Value = 0, **_: Value) -> Value:
    """`np.stack(arrays, axis)`: one more axis, as long as there are arrays."""
    known = [array_of(interpreter, array) for array in iterate(arrays, interpreter.budget)]
    if not known or not all(isinstance(array, Array) for array in known) or not isinstance(axis, int):
        return Unknown("stacked data")
    shapes = {array.shape for array in known}
    if len(shapes) > 1:
        raise Refusal(f"NumPy would stop here: arrays of the shapes {sorted(map(str, shapes))} do not stack.")
    one = expand(known[0].shape, axis).shape
    at = axis % len(one)
    return Array((*one[:at], len(known), *one[at + 1 :]))


def _joining(axis: int, widen: Callable[[Shape], Shape]) -> Callable[..., Value]:
    """A function that joins arrays along `axis`, once `widen` has given short shapes the axes they lack."""

    def join(interpreter: Interpreter, arrays: Value, **_: Value) -> Value:
        known = [array_of(interpreter, array) for array in iterate(arrays, interpreter.budget)]
        wide = [Array(widen(array.shape)) if isinstance(array, Array) else array for array in known]
        return concatenated(interpreter, wide, axis)

    return join


def joined_sideways(interpreter: Interpreter, arrays: Value, **_: Value) -> Value:
    """`np.hstack(arrays)`: along the second axis, or the only one."""
    known = [array_of(interpreter, array) for array in iterate(arrays, interpreter.budget)]
    flat = any(isinstance(array, Array) and len(array.shape) < 2 for array in known)
    return concatenated(interpreter, known, 0 if flat else 1)


def appended(interpreter: Interpreter, array: Value, values: Value, axis: Value = None) -> Value:
    """`np.append(array, values, axis)`; without an axis, all numbers in one."""
    pair = [array_of(interpreter, value) for value in (array, values)]
    if axis is None:
        pair = [flattened(interpreter, one) if isinstance(one, Array) else one for one in pair]
    return concatenated(interpreter, pair, 0 if axis is None else axis)


JOINS: Mapping[str, Callable[..., Value]] = {
    "append": appended,
    "column_stack": _joining(1, lambda shape: (*shape, 1) if len(shape) == 1 else shape),
    "dstack": _joining(2, lambda shape: (*(1, *shape)[-2:], 1) if len(shape) in (1, 2) else shape),
    "hstack": joined_sideways,
    "stack": stacked,
    "vstack": _joining(0, lambda shape: (1, *shape) if len(shape) == 1 else shape),
}

INDEXED: Mapping[str, Callable[..., Value]] = {
    "numpy.c_": JOINS["column_stack"],
    "numpy.r_": concatenated,
}
"""Names of NumPy that join the arrays in their brackets: `np.c_[one, other]`."""
