"""Shape rules for arrays: the shape that NumPy would give. The numbers in arrays are never computed."""

import math
from collections.abc import Sequence

from app.architecture.code.built import spell
from app.architecture.code.refusal import Refusal, Unsaid
from app.architecture.code.values import Array, Unknown, Value
from app.frozen import Shape

MAX_AXES = 64
MAX_SIZE = 2**63
"""The axes of arrays are shorter."""


def combine(left: Value, right: Value) -> Array | Unknown:
    """The broadcast shape of an operation between two arrays, or between an array and a number."""
    shapes = [value.shape if isinstance(value, Array) else () for value in (left, right)]
    longest = max(len(shape) for shape in shapes)
    padded = [(1,) * (longest - len(shape)) + shape for shape in shapes]
    sizes: list[int | None] = []
    for first, second in zip(*padded, strict=True):
        if first not in (1, second) and second != 1:
            raise Refusal(
                f"NumPy would stop here: arrays of the shapes {shapes[0]} and {shapes[1]} do not fit."
            )
        sizes.append(second if first == 1 else first)
    return Array(tuple(sizes))


def shape_of_nested(value: Value) -> Shape | None:
    """The shape of `np.array(value)`; None if the rows differ in length, or their lengths are not known."""
    sizes: list[int | None] = []
    level = [value]
    while all(isinstance(element, list | tuple) for element in level) and len(sizes) < MAX_AXES:
        lengths = {len(element) for element in level}
        if len(lengths) != 1:
            return None
        sizes.append(lengths.pop())
        # The first and last rows stand for all of them: only the shape is wanted.
        level = [element for row in (level[0], level[-1]) for element in (row[:1] + row[-1:])]
        if not level:
            break
    if any(isinstance(element, Unknown) for element in level):
        return None
    if level and all(isinstance(element, Array) for element in level):
        return None if len({element.shape for element in level}) > 1 else (*sizes, *level[0].shape)
    return tuple(sizes)


def reshape(shape: Shape, wanted: Sequence[int | None]) -> Array:
    """`array.reshape(wanted)`; one size may be -1."""
    known = [size for size in shape if size is not None]
    sizes = [size for size in wanted if size is not None and size != -1]
    if sum(size == -1 for size in wanted) > 1:
        raise Refusal("NumPy would stop here: only one size of a reshape can be -1.")
    if len(known) < len(shape) or None in wanted:
        return Array(tuple(None if size == -1 else size for size in wanted))
    total, rest = math.prod(known), math.prod(sizes)
    if -1 in wanted:
        if not rest or total % rest:
            raise Refusal(f"NumPy would stop here: {spell_shape(shape)} cannot become {spell_shape(wanted)}.")
        return Array(tuple(total // rest if size == -1 else size for size in wanted))
    if total != rest:
        raise Refusal(
            f"NumPy would stop here: {spell_shape(shape)} holds {total:,} numbers, "
            f"{spell_shape(wanted)} would hold {rest:,}."
        )
    return Array(tuple(wanted))


def multiply(left: Array, right: Array) -> Array | Unknown:
    """`left @ right` of arrays of one or two axes; of more, the shape is not known."""
    if not (1 <= len(left.shape) <= 2 and 1 <= len(right.shape) <= 2):
        return Unknown("two arrays multiplied")
    if left.shape[-1] not in (None, right.shape[0]) and right.shape[0] is not None:
        raise Refusal(
            f"NumPy would stop here: arrays of the shapes {spell_shape(left.shape)} and "
            f"{spell_shape(right.shape)} cannot be multiplied."
        )
    return Array((*left.shape[:-1], *right.shape[1:]))


def check_axes(axes: int) -> None:
    """Refuse a shape of more axes than arrays have."""
    if axes > MAX_AXES:
        raise Refusal(f"A shape has at most {MAX_AXES} axes.")


def find_axis(shape: Shape, axis: Value) -> int:
    """The place of an axis, which may count from the end. Raises Unsaid if the code does not say which."""
    if not isinstance(axis, int):
        raise Unsaid("The code does not say which axis is meant.")
    if not -len(shape) <= axis < len(shape):
        raise Refusal(
            f"NumPy would stop here: an array of the shape {spell_shape(shape)} has no axis {axis}."
        )
    return axis % len(shape)


def resize(array: Array, axis: int, size: int | None) -> Array:
    """The array with another size on one axis; a size that no array has becomes None."""
    known = size if size is not None and 0 <= size < MAX_SIZE else None
    return Array((*array.shape[:axis], known, *array.shape[axis + 1 :]))


def expand(shape: Shape, axis: int) -> Array:
    """`np.expand_dims(array, axis)`."""
    at = axis + len(shape) + 1 if axis < 0 else axis
    if not 0 <= at <= len(shape):
        raise Refusal(
            f"NumPy would stop here: an array of the shape {spell_shape(shape)} has no place {axis}."
        )
    return Array((*shape[:at], 1, *shape[at:]))


def select(array: Array, key: Value) -> Array | Unknown:
    """`array[key]`: an integer removes an axis, a slice shortens it, None adds one.

    An array of places, or a list of them, stands in place of its axis. Names are those of columns.
    """
    by_name = len(array.shape) == 2 and names_columns(key)
    written = (slice(None), key) if by_name else key if isinstance(key, tuple) else (key,)
    if array.columns is not None and isinstance(key, Unknown):
        # A table's rows of which a condition is true.
        return Array((None, *array.shape[1:]), columns=array.columns)
    keys = tuple(map(_as_places, written))
    is_known = all(isinstance(part, ALONG_AXIS) or part is None or part is ... for part in keys)
    if not is_known or sum(isinstance(part, Array) for part in keys) > 1:
        return Unknown(f"a part of an array selected by {spell(key)}"[:80])
    explicit = sum(isinstance(part, ALONG_AXIS) for part in keys)
    rest = list(array.shape)
    if explicit > len(rest):
        raise Refusal(f"NumPy would stop here: {spell_shape(array.shape)} has fewer than {explicit} axes.")
    sizes: list[int | None] = []
    for part in keys:
        if part is None:
            sizes.append(1)
        elif part is ...:
            passed = len(rest) - sum(isinstance(later, ALONG_AXIS) for later in keys[keys.index(...) + 1 :])
            sizes += rest[:passed]
            rest = rest[passed:]
        elif isinstance(part, slice):
            sizes.append(_shorten(rest.pop(0), part))
        elif isinstance(part, Array):
            sizes += part.shape
            rest.pop(0)
            check_axes(len(sizes) + len(rest))
        else:
            rest.pop(0)
    counts = array.counts and keys == (None, slice(None))
    return Array((*sizes, *rest), counts=counts, columns=_choose_columns(array, written))


def names_columns(key: Value) -> bool:
    """Whether a key is the name of a column, or a list of such names."""
    names = key if isinstance(key, list) and key else [key]
    return all(isinstance(name, str) for name in names)


def _choose_columns(array: Array, keys: tuple[Value, ...]) -> tuple[str, ...] | None:
    """The columns that are left of a table, if their names are known."""
    if len(keys) == 1:
        return array.columns if isinstance(keys[0], slice | Array) else None
    chosen = keys[1] if len(keys) == 2 and isinstance(keys[0], slice | Array) else None
    return tuple(chosen) if isinstance(chosen, list) and names_columns(chosen) else None


ALONG_AXIS = (int, slice, Array)
"""What stands for one axis of the array in a key."""


def _as_places(part: Value) -> Value:
    """A list of places, or of columns' names, as an array of places; one name as a place."""
    if isinstance(part, list) and (names_columns(part) or all(type(place) is int for place in part)):
        return Array((len(part),))
    return 0 if isinstance(part, str) else part


def _shorten(size: int | None, part: slice) -> int | None:
    bounds = (part.start, part.stop, part.step)
    start, stop = part.start or 0, part.stop
    if (
        size is None
        and part.step is None
        and isinstance(start, int)
        and isinstance(stop, int)
        and 0 <= start < stop
    ):
        # Data of unknown length is assumed to be long enough for the slice.
        return stop - start
    if size is None or not all(bound is None or isinstance(bound, int) for bound in bounds) or part.step == 0:
        return None
    if size >= MAX_SIZE:
        return None
    return len(range(*part.indices(size)))


def spell_shape(shape: Sequence[int | None]) -> str:
    """A shape as Python writes it: `(32, 10)`."""
    return str(tuple(shape))
