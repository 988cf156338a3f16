"""Functions that reorder the axes of an array, or leave those of one out, by the shapes that NumPy gives."""

from collections.abc import Callable, Mapping

from app.architecture.code.data.arrays import find_axis
from app.architecture.code.data.numpy_functions import array_of, read_sizes
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.values import Array, Value


def squeezed(interpreter: Interpreter, array: Value, axis: Value = None) -> Value:
    """`np.squeeze(array, axis)`: without its axes of one."""
    known = array_of(interpreter, array)
    if not isinstance(known, Array):
        return known
    every = range(len(known.shape))
    chosen = every if axis is None else [find_axis(known.shape, at) for at in read_sizes(interpreter, axis)]
    return Array(tuple(size for at, size in enumerate(known.shape) if at not in chosen or size != 1))


def swapped(interpreter: Interpreter, array: Value, first: Value, second: Value) -> Value:
    """`np.swapaxes(array, first, second)`."""
    known = array_of(interpreter, array)
    if not isinstance(known, Array):
        return known
    sizes = list(known.shape)
    one, other = find_axis(known.shape, first), find_axis(known.shape, second)
    sizes[one], sizes[other] = sizes[other], sizes[one]
    return Array(tuple(sizes))


def moved(interpreter: Interpreter, array: Value, source: Value, destination: Value) -> Value:
    """`np.moveaxis(array, source, destination)`: the other axes keep their order."""
    known = array_of(interpreter, array)
    if not isinstance(known, Array):
        return known
    sources, goals = (
        [find_axis(known.shape, at) for at in read_sizes(interpreter, places)]
        for places in (source, destination)
    )
    order = [at for at in range(len(known.shape)) if at not in sources]
    for goal, at in sorted(zip(goals, sources, strict=True)):
        order.insert(goal, at)
    return Array(tuple(known.shape[at] for at in order))


def rolled(interpreter: Interpreter, array: Value, axis: Value, start: Value = 0) -> Value:
    """`np.rollaxis(array, axis, start)`: the axis is put before the one that stands at `start`."""
    known = array_of(interpreter, array)
    if not isinstance(known, Array) or not isinstance(start, int):
        return known
    at = find_axis(known.shape, axis)
    goal = start + len(known.shape) * (start < 0)
    return moved(interpreter, known, at, goal - (goal > at))


AXES: Mapping[str, Callable[..., Value]] = {
    "moveaxis": moved,
    "rollaxis": rolled,
    "squeeze": squeezed,
    "swapaxes": swapped,
}
"""Functions of NumPy. `squeeze` and `swapaxes` are methods of arrays as well."""
