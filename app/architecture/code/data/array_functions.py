"""Array functions, second part: joining, reordering, repeating and splitting arrays."""

import math
from collections.abc import Callable, Mapping, Sequence

from app.architecture.code.data.arrays import combine, expand
from app.architecture.code.data.numpy_functions import array_of, concatenated, read_sizes
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.python.containers import iterate
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Array, Unknown, Value
from app.frozen import Shape

TEST_SIZE = 0.25
"""The fraction of rows that `train_test_split` tests with by default."""


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


def _joined(axis: int) -> Callable[..., Value]:
    def join(interpreter: Interpreter, arrays: Value, **_: Value) -> Value:
        known = [array_of(interpreter, array) for array in iterate(arrays, interpreter.budget)]
        if any(isinstance(array, Array) and len(array.shape) < 2 for array in known):
            return stacked(interpreter, known) if axis == 0 else concatenated(interpreter, known)
        return concatenated(interpreter, known, axis)

    return join


def squeezed(interpreter: Interpreter, array: Value, axis: Value = None) -> Value:
    """`np.squeeze(array, axis)`: without its axes of one."""
    known = array_of(interpreter, array)
    if not isinstance(known, Array):
        return known
    chosen = {axis % max(len(known.shape), 1)} if isinstance(axis, int) else range(len(known.shape))
    return Array(tuple(size for at, size in enumerate(known.shape) if at not in chosen or size != 1))


def swapped(interpreter: Interpreter, array: Value, first: Value, second: Value) -> Value:
    """`np.swapaxes(array, first, second)`."""
    known = array_of(interpreter, array)
    if not isinstance(known, Array) or not isinstance(first, int) or not isinstance(second, int):
        return known
    sizes = list(known.shape)
    sizes[first], sizes[second] = sizes[second], sizes[first]
    return Array(tuple(sizes))


def tiled(interpreter: Interpreter, array: Value, times: Value) -> Value:
    """`np.tile(array, times)`."""
    known, factors = array_of(interpreter, array), read_sizes(interpreter, times)
    if not isinstance(known, Array):
        return known
    longest = max(len(known.shape), len(factors))
    pairs = zip(_fill(known.shape, longest), _fill(factors, longest), strict=True)
    return Array(tuple(None if size is None or factor is None else size * factor for size, factor in pairs))


def combined(interpreter: Interpreter, one: Value, other: Value, **_: Value) -> Value:
    """`np.add(one, other)` and its like."""
    pair = [
        value if isinstance(value, int | float) else array_of(interpreter, value) for value in (one, other)
    ]
    if all(isinstance(value, Array | int | float) for value in pair):
        return combine(*pair)
    return Unknown("two arrays combined")


def _fill(sizes: Sequence[int | None], length: int) -> Shape:
    return (1,) * (length - len(sizes)) + tuple(sizes)


def train_test_split(
    interpreter: Interpreter, *arrays: Value, test_size: Value = None, train_size: Value = None, **_: Value
) -> list[Value]:
    """Two arrays for each given one, the rows to train with and the rows to test with, as in scikit-learn."""
    made: list[Value] = []
    for array in arrays:
        known = array_of(interpreter, array)
        if not isinstance(known, Array) or not known.shape:
            sizes = (None, *known.sizes[1:]) if isinstance(known, Unknown) and known.sizes else ()
            made += [Unknown("a part of the data", sizes=sizes)] * 2
            continue
        rows, *axes = known.shape
        tested = _count_tested(rows, test_size, train_size)
        trained = None if rows is None or tested is None else rows - tested
        made += [Array((trained, *axes)), Array((tested, *axes))]
    return made


def _count_tested(rows: int | None, test_size: Value, train_size: Value) -> int | None:
    if rows is None or any(isinstance(size, Unknown) for size in (test_size, train_size)):
        return None
    if test_size is None and isinstance(train_size, int | float):
        return rows - (train_size if isinstance(train_size, int) else math.floor(rows * train_size))
    part = TEST_SIZE if test_size is None else test_size
    return part if isinstance(part, int) else math.ceil(rows * part)


def _shaped_like(interpreter: Interpreter, array: Value = None, *_: Value, **__: Value) -> Value:
    """`np.zeros_like(array)`, `np.abs(array)`: other numbers of the same shape."""
    known = array_of(interpreter, array)
    return Array(known.shape) if isinstance(known, Array) else known


KEEPING = ("abs", "cos", "exp", "log", "log1p", "nan_to_num", "round", "sin", "sqrt", "square", "tanh")
"""Functions of one array that keep its shape."""

COMBINING = ("add", "divide", "maximum", "minimum", "multiply", "power", "subtract")
"""Functions of two arrays, which are broadcast."""

MORE_NUMPY: Mapping[str, Callable[..., Value]] = {
    "flip": _shaped_like,
    "hstack": _joined(1),
    "ones_like": _shaped_like,
    "squeeze": squeezed,
    "stack": stacked,
    "swapaxes": swapped,
    "tile": tiled,
    "vstack": _joined(0),
    "zeros_like": _shaped_like,
    **dict.fromkeys(KEEPING, _shaped_like),
    **dict.fromkeys(COMBINING, combined),
}
