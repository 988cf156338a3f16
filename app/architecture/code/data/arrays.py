"""Shape rules for arrays: the shape that NumPy would give. The numbers in arrays are never computed."""

import math
from collections.abc import Sequence

from app.architecture.code.built import spell
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Array, Unknown, Value
from app.frozen import Shape

MAX_AXES = 64


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


def expand(shape: Shape, axis: int) -> Array:
    """`np.expand_dims(array, axis)`."""
    at = axis + len(shape) + 1 if axis < 0 else axis
    if not 0 <= at <= len(shape):
        raise Refusal(
            f"NumPy would stop here: an array of the shape {spell_shape(shape)} has no place {axis}."
        )
    return Array((*shape[:at], 1, *shape[at:]))


def select(array: Array, key: Value) -> Array | Unknown:
    """`array[key]`: an integer removes an axis, a slice shortens it, None adds one."""
    keys = key if isinstance(key, tuple) else (key,)
    if any(not isinstance(part, int | slice | None | type(...)) for part in keys):
        return Unknown(f"a part of an array selected by {spell(key)}"[:80])
    explicit = sum(isinstance(part, int | slice) for part in keys)
    rest = list(array.shape)
    if explicit > len(rest):
        raise Refusal(f"NumPy would stop here: {spell_shape(array.shape)} has fewer than {explicit} axes.")
    sizes: list[int | None] = []
    for part in keys:
        if part is None:
            sizes.append(1)
        elif part is ...:
            passed = len(rest) - sum(isinstance(later, int | slice) for later in keys[keys.index(...) + 1 :])
            sizes += rest[:passed]
            rest = rest[passed:]
        elif isinstance(part, slice):
            sizes.append(_shorten(rest.pop(0), part))
        else:
            rest.pop(0)
    return Array((*sizes, *rest), counts=array.counts and keys == (None, slice(None)))


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
    if size >= 2**63:
        return None
    return len(range(*part.indices(size)))


def spell_shape(shape: Sequence[int | None]) -> str:
    """A shape as Python writes it: `(32, 10)`."""
    return str(tuple(shape))
