"""Functions that work on each number of arrays, multiply them, or split a model's data."""

import math
from collections.abc import Callable, Mapping, Sequence

from app.architecture.code.data.arrays import combine, multiply
from app.architecture.code.data.numpy_functions import array_of, filled, read_sizes
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.values import Array, Unknown, Value
from app.frozen import Shape

TEST_SIZE = 0.25
"""The fraction of rows that `train_test_split` tests with by default."""


def square(interpreter: Interpreter, size: Value, columns: Value = None, **_: Value) -> Array:
    """`np.eye(size, columns)`."""
    return filled(interpreter, (size, size if columns is None else columns))


def multiplied(interpreter: Interpreter, one: Value, other: Value) -> Value:
    """`np.dot(one, other)`, `np.matmul(one, other)`."""
    pair = [array_of(interpreter, value) for value in (one, other)]
    if not all(isinstance(value, Array) for value in pair):
        return Unknown("two arrays multiplied")
    return multiply(*pair)


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


KEEPING = (
    *("abs", "absolute", "arctan", "ceil", "clip", "cos", "exp", "floor", "isnan", "log", "log10", "log1p"),
    *("log2", "nan_to_num", "negative", "rint", "round", "sign", "sin", "sqrt", "square", "tan", "tanh"),
    *("empty_like", "full_like", "ones_like", "zeros_like"),
    *("flip", "fliplr", "flipud", "roll", "sort", "tril", "triu"),
)
"""Functions of one array that keep its shape."""

COMBINING = ("add", "divide", "maximum", "minimum", "multiply", "power", "subtract")
"""Functions of two arrays, which are broadcast."""

ELEMENTWISE: Mapping[str, Callable[..., Value]] = {
    "dot": multiplied,
    "eye": square,
    "identity": square,
    "matmul": multiplied,
    "tile": tiled,
    **dict.fromkeys(KEEPING, _shaped_like),
    **dict.fromkeys(COMBINING, combined),
}
