"""Functions that cut an array, or make it longer, by the shapes that NumPy gives."""

from collections.abc import Callable, Mapping
from itertools import pairwise

from app.architecture.code.data.arrays import check_axes, find_axis, resize
from app.architecture.code.data.numpy_functions import array_of, flattened, read_size, read_sizes
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.refusal import Refusal, Unsaid
from app.architecture.code.values import Array, Value

MAX_PARTS = 10_000


def repeated(interpreter: Interpreter, array: Value, repeats: Value, axis: Value = None) -> Array:
    """`np.repeat(array, repeats, axis)`; without an axis, of all numbers in one."""
    known = _know(interpreter, array)
    known, at = (flattened(interpreter, known), 0) if axis is None else (known, find_axis(known.shape, axis))
    size, times = known.shape[at], read_sizes(interpreter, repeats)
    if len(times) > 1:
        longer = None if None in times else sum(time or 0 for time in times)
    else:
        longer = None if size is None or times[0] is None else size * times[0]
    return resize(known, at, longer)


def padded(interpreter: Interpreter, array: Value, pad_width: Value, *_: Value, **__: Value) -> Array:
    """`np.pad(array, pad_width)`: a number, a pair for all axes, or a pair for each axis."""
    known = _know(interpreter, array)
    axes = len(known.shape)
    pairs = pad_width if isinstance(pad_width, list | tuple) else (pad_width,)
    if not any(isinstance(pair, list | tuple) for pair in pairs):
        pairs = (pairs,)
    added = [
        _sum_pair(read_sizes(interpreter, pair)) for pair in (pairs * axes if len(pairs) == 1 else pairs)
    ]
    if len(added) != axes:
        raise Refusal(f"NumPy would stop here: {len(added)} pairs of padding do not fit {axes} axes.")
    sizes = zip(known.shape, added, strict=True)
    return Array(tuple(None if size is None or more is None else size + more for size, more in sizes))


def _sum_pair(pair: tuple[int | None, ...]) -> int | None:
    if None in pair:
        return None
    return sum(size or 0 for size in pair) * (2 if len(pair) == 1 else 1)


def _splitting(axis: int = 0, *, evenly: bool = True) -> Callable[..., Value]:
    """`np.split` or one of its like; `evenly` if all parts must have the same length."""

    def split(
        interpreter: Interpreter, array: Value, indices_or_sections: Value, axis: Value = axis
    ) -> list[Value]:
        known = _know(interpreter, array)
        at = find_axis(known.shape, axis)
        size = known.shape[at]
        if isinstance(indices_or_sections, list | tuple):
            sizes = _cut(size, read_sizes(interpreter, indices_or_sections))
        else:
            sizes = _share(size, read_size(indices_or_sections), evenly=evenly)
        interpreter.budget.spend(len(sizes))
        return [resize(known, at, part) for part in sizes]

    return split


def _cut(size: int | None, places: tuple[int | None, ...]) -> list[int | None]:
    """The lengths of the parts between places, which count from the end if they are negative."""
    if None in places or size is None:
        return [None] * (len(places) + 1)
    bounds = [min(max(place + size * (place < 0), 0), size) for place in places if place is not None]
    return [max(end - start, 0) for start, end in pairwise([0, *bounds, size])]


def _share(size: int | None, parts: int | None, *, evenly: bool) -> list[int | None]:
    """The lengths of so many parts; the first ones are longer by one if they cannot be equal."""
    if parts is None or not 0 < parts <= MAX_PARTS:
        raise Unsaid("How many parts there are is not known.")
    if size is None:
        return [None] * parts
    if evenly and size % parts:
        raise Refusal(f"NumPy would stop here: an axis of {size} cannot be split into {parts} equal parts.")
    return [size // parts + (at < size % parts) for at in range(parts)]


def deleted(interpreter: Interpreter, array: Value, places: Value, axis: Value = None) -> Array:
    """`np.delete(array, places, axis)`: without these rows or columns."""
    known = _know(interpreter, array)
    known, at = (flattened(interpreter, known), 0) if axis is None else (known, find_axis(known.shape, axis))
    size = known.shape[at]
    chosen = places if isinstance(places, list | tuple) else [places]
    if size is None or not all(isinstance(place, int) for place in chosen):
        return resize(known, at, None)
    return resize(known, at, size - len({place % max(size, 1) for place in chosen}))


def differences(interpreter: Interpreter, array: Value, n: Value = 1, axis: Value = -1) -> Array:
    """`np.diff(array, n, axis)`: shorter by n."""
    known, times = _know(interpreter, array), read_size(n)
    at = find_axis(known.shape, axis)
    size = known.shape[at]
    return resize(known, at, None if size is None or times is None else max(size - times, 0))


def taken(interpreter: Interpreter, array: Value, indices: Value, axis: Value = None, **_: Value) -> Array:
    """`np.take(array, indices, axis)`: in place of the axis, those of the indices."""
    known, chosen = _know(interpreter, array), _know(interpreter, indices)
    known, at = (flattened(interpreter, known), 0) if axis is None else (known, find_axis(known.shape, axis))
    check_axes(len(known.shape) + len(chosen.shape))
    return Array((*known.shape[:at], *chosen.shape, *known.shape[at + 1 :]))


def windows(interpreter: Interpreter, array: Value, window_shape: Value, axis: Value = None) -> Array:
    """`sliding_window_view(array, window_shape, axis)`: the axes of the windows come last.

    Without an axis, there is one size for each axis of the array.
    """
    known, sizes = _know(interpreter, array), read_sizes(interpreter, window_shape)
    axes = range(len(known.shape)) if axis is None else read_sizes(interpreter, axis)
    if len(sizes) != len(axes):
        raise Refusal(f"NumPy would stop here: {len(sizes)} sizes of windows do not fit {len(axes)} axes.")
    places = list(known.shape)
    for size, place in zip(sizes, axes, strict=True):
        at = find_axis(known.shape, place)
        whole = places[at]
        if size is not None and whole is not None and size > whole:
            raise Refusal(f"NumPy would stop here: a window of {size} is longer than the {whole} there are.")
        places[at] = None if size is None or whole is None else whole - size + 1
    check_axes(len(places) + len(sizes))
    return Array((*places, *sizes))


def _know(interpreter: Interpreter, value: Value) -> Array:
    known = array_of(interpreter, value)
    if not isinstance(known, Array):
        raise Unsaid("The shape of the array is not known.")
    return known


PARTS: Mapping[str, Callable[..., Value]] = {
    "array_split": _splitting(evenly=False),
    "delete": deleted,
    "diff": differences,
    "hsplit": _splitting(1),
    "lib.stride_tricks.sliding_window_view": windows,
    "pad": padded,
    "repeat": repeated,
    "split": _splitting(),
    "take": taken,
    "vsplit": _splitting(),
}
"""Functions of NumPy. `repeat` and `take` are methods of arrays as well."""
