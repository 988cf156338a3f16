"""Functions that leave axes of an array out (means, sums, largest values), by the shape that NumPy gives."""

import math
from collections.abc import Callable, Mapping, Sequence

from app.architecture.code.data.arrays import find_axis
from app.architecture.code.data.numpy_functions import array_of, flattened, read_sizes
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.values import Array, NumpyInteger, Unknown, Value

NUMBERS = (bool, int, float)
Numbers = Sequence[int | float]


def _reduction(of_numbers: Callable[[Numbers], int | float] | None = None) -> Callable[..., Value]:
    """A function such as `np.mean(array, axis)`; `of_numbers` is what it is of Python's own numbers."""

    def reduced(
        interpreter: Interpreter, array: Value, axis: Value = None, keepdims: Value = False, **_: Value
    ) -> Value:
        if isinstance(array, list | tuple) and of_numbers and axis is None:
            interpreter.budget.spend_elements(len(array))
            if array and all(isinstance(value, NUMBERS) for value in array):
                result = of_numbers(array)
                return NumpyInteger(result) if type(result) is int else result
        known = array_of(interpreter, array)
        if axis is None or not isinstance(known, Array):
            # The numbers in arrays are never computed.
            return Unknown("a number from the data")
        gone = {find_axis(known.shape, at) for at in read_sizes(interpreter, axis)}
        kept = [1 if at in gone else size for at, size in enumerate(known.shape)]
        return Array(tuple(size for at, size in enumerate(kept) if keepdims is True or at not in gone))

    return reduced


def accumulated(interpreter: Interpreter, array: Value, axis: Value = None, **_: Value) -> Value:
    """`np.cumsum(array, axis)`: the same shape; without an axis, all numbers in one."""
    known = array_of(interpreter, array)
    return flattened(interpreter, known) if isinstance(known, Array) and axis is None else known


def product(interpreter: Interpreter, numbers: Value, axis: Value = None, **named: Value) -> Value:
    """`np.prod(numbers)`; of an array, along an axis."""
    if isinstance(numbers, list | tuple) and axis is None:
        interpreter.budget.check_bits(sum(value.bit_length() for value in numbers if isinstance(value, int)))
    return _reduction(math.prod)(interpreter, numbers, axis, **named)


def _mean(numbers: Numbers) -> float:
    return sum(numbers) / len(numbers)


REDUCTIONS: Mapping[str, Callable[..., Value]] = {
    "max": _reduction(max),
    "mean": _reduction(_mean),
    "min": _reduction(min),
    "prod": product,
    "sum": _reduction(sum),
    **dict.fromkeys(("all", "any", "argmax", "argmin", "median", "std", "var"), _reduction()),
    "amax": _reduction(max),
    "amin": _reduction(min),
    **dict.fromkeys(("cumprod", "cumsum"), accumulated),
}
"""Functions of NumPy that are methods of arrays as well."""
