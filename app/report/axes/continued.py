"""continue_axes(): for functions of keras.ops, which axis of an input becomes which axis of the output."""

from collections.abc import Callable, Mapping

from pydantic import JsonValue

from app.architecture.slices import read_key
from app.architecture.spec import Node
from app.frozen import Shape
from app.report.arguments import argument, read_operands
from app.report.axes import families

Continued = tuple[int | None, ...]
"""For each axis of the output the axis of the input that it continues; None for a new axis."""

Way = Callable[[Node, int, tuple[Shape, ...], int], Continued | None]


def continue_axes(node: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued | None:
    """For each axis of an output of `rank` axes, the axis of input `number` that it continues, or None.

    `shapes` are those of all inputs. None if there is no rule. What an operation does along an axis is not
    said here.
    """
    way = WAYS.get(node.kind)
    continued = way(node, number, shapes, rank) if way else None
    return continued if continued is not None and len(continued) == rank else None


def list_places(node: Node, name: str, rank: int) -> tuple[int, ...]:
    """An argument that names axes, counted from the start; every axis if it is None."""
    value = families.FIXED_AXES.get(node.kind, argument(node, name))
    if value is None:
        return tuple(range(rank))
    places = value if isinstance(value, list) else [value]
    return tuple(place % rank for place in places if isinstance(place, int)) if rank else ()


def list_reduced(node: Node, rank: int) -> tuple[int, ...]:
    """The axes that a reduction (sum, mean and so on) sums over."""
    return list_places(node, "axes" if node.kind == "ops.moments" else "axis", rank)


def _align(_: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued:
    """Broadcasting: axes are matched from the last one on."""
    missing = rank - len(shapes[number])
    return tuple(place - missing if place >= missing else None for place in range(rank))


def _reduce(node: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued:
    count = len(shapes[number])
    if argument(node, "keepdims"):
        return tuple(range(count))
    return _without(count, list_reduced(node, count))


def _without(count: int, gone: tuple[int, ...]) -> Continued:
    return tuple(place for place in range(count) if place not in gone)


def _insert(node: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued:
    """expand_dims, stack, one_hot: one or more new axes."""
    new = list_places(node, "axis", rank)
    old = iter(range(len(shapes[number])))
    return tuple(None if place in new else next(old, None) for place in range(rank))


def _squeeze(node: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued:
    shape = shapes[number]
    if argument(node, "axis") is None:
        return tuple(place for place, size in enumerate(shape) if size != 1)
    return _without(len(shape), list_places(node, "axis", len(shape)))


def _remove(node: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued:
    """unstack: one axis is gone."""
    count = len(shapes[number])
    return _without(count, list_places(node, "axis", count))


def _transpose(node: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued:
    places = list_places(node, "axes", rank)
    return places if isinstance(argument(node, "axes"), list) else tuple(reversed(places))


def _swap(node: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued:
    order = list(range(rank))
    for one, other in zip(list_places(node, "axis1", rank), list_places(node, "axis2", rank), strict=False):
        order[one], order[other] = order[other], order[one]
    return tuple(order)


def _move(node: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued:
    sources, goals = (list_places(node, name, rank) for name in ("source", "destination"))
    order = [place for place in range(rank) if place not in sources]
    for goal, source in sorted(zip(goals, sources, strict=False)):
        order.insert(goal, source)
    return tuple(order)


def _index(node: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued | None:
    """`x[:, -1, None]`: an integer removes an axis, None adds one."""
    count = len(shapes[number])
    key = read_key(str(argument(node, "key")))
    if sum(part is ... for part in key) > 1:
        return None
    rest = count - sum(part is not None and part is not ... for part in key)
    whole: tuple[slice, ...] = (slice(None),) * rest
    at = key.index(...) if ... in key else len(key)
    continued: list[int | None] = []
    axis = 0
    for part in (*key[:at], *whole, *key[at + 1 :]):
        if part is None:
            continued.append(None)
            continue
        if isinstance(part, slice):
            continued.append(axis)
        axis += 1
    return tuple(continued)


def _take(node: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued | None:
    """`take` with constant indices along one axis: one index takes the axis away."""
    indices, count = argument(node, "indices"), len(shapes[number])
    if argument(node, "axis") is None or len(shapes) > 1:
        return None
    if isinstance(indices, int):
        return _remove(node, number, shapes, rank)
    return tuple(range(count)) if rank == count else None


def _multiply(node: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued | None:
    """matmul: rows of the first, columns of the second; the axes before them are broadcast."""
    if len(shapes) != 2 or any(len(shape) < 2 for shape in shapes):
        return None
    own = list(_align(node, number, shapes, rank))
    own[rank - 1 if number == 0 else rank - 2] = None
    return tuple(own)


def _follow_letters(node: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued | None:
    operands = read_operands(str(argument(node, "subscripts")))
    if operands is None or [*map(len, operands.read)] != [*map(len, shapes)]:
        return None
    letters = operands.read[number]
    return tuple(letters.find(letter) if letter in letters else None for letter in operands.written)


def _contract(node: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued | None:
    """tensordot, dot, inner: the axes that are not summed over, first those of the first tensor."""
    summed = find_summed(node, shapes)
    if summed is None:
        return None
    left = [_without(len(shape), gone) for shape, gone in zip(shapes, summed, strict=True)]
    others = (None,) * len(left[1 - number])
    return (*left[0], *others) if number == 0 else (*others, *left[1])


def find_summed(node: Node, shapes: tuple[Shape, ...]) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The axes of each tensor that tensordot, dot or inner sums over; None if they are not known."""
    if len(shapes) != 2 or not all(shapes):
        return None
    one, other = map(len, shapes)
    if node.kind != "ops.tensordot":
        return (one - 1,), (other - 1 if node.kind == "ops.inner" else max(other - 2, 0),)
    match argument(node, "axes"):
        case int(count):
            return tuple(range(one - count, one)), tuple(range(count))
        case [list() as first, list() as second]:
            return _count_from_start(first, one), _count_from_start(second, other)
    return None


def _count_from_start(places: list[JsonValue], rank: int) -> tuple[int, ...]:
    return tuple(place % rank for place in places if isinstance(place, int))


def _compare_pairs(_: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued:
    """cdist: each row of the first tensor with each row of the second."""
    own = [*range(rank - 2), None, None]
    own[rank - 2 + number] = rank - 2
    return tuple(own)


def _stack_deep(node: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued:
    """dstack: a tensor of two axes gets a third."""
    return (0, 1, None) if len(shapes[number]) == 2 else _align(node, number, shapes, rank)


def _lose_last(count: int) -> Way:
    def way(_: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued:
        return tuple(range(len(shapes[number]) - count))

    return way


def _add_last(_: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued:
    """Every axis continues, with a new one after them; where windows are cut, the last axis counts them."""
    return (*range(len(shapes[number])), None)


def _mark(_: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued:
    """multi_hot: axis 1 is replaced by a last axis that marks which numbers occurred along it."""
    count = len(shapes[number])
    return (*_without(count, (min(1, count - 1),)), None)


def _turn_over(_: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued:
    return (*range(rank - 2), rank - 1, rank - 2)


ALIGNED = (
    *(*families.UNARY, *families.BINARY, *families.LIKE, *families.COMPARING, *families.ORDERING),
    *(*families.ADDING_UP, *families.SPLITTING, *families.JOINING, *families.FLIPPING, *families.KEEPING),
)

WAYS: Mapping[str, Way] = {
    f"ops.{name}": way
    for names, way in (
        (ALIGNED, _align),
        (families.REDUCING, _reduce),
        (("expand_dims", "one_hot", "stack"), _insert),
        (("squeeze",), _squeeze),
        (("unstack",), _remove),
        (("transpose",), _transpose),
        (("swapaxes",), _swap),
        (("moveaxis",), _move),
        (("get_item",), _index),
        (("take",), _take),
        (("matmul",), _multiply),
        (("dot", "inner", "tensordot"), _contract),
        (("cdist",), _compare_pairs),
        (("dstack",), _stack_deep),
        (("view_as_complex",), _lose_last(1)),
        (("det", "logdet"), _lose_last(2)),
        (("extract_sequences", "stft", "view_as_real"), _add_last),
        (("multi_hot",), _mark),
        (("pinv",), _turn_over),
        (("einsum",), _follow_letters),
    )
    for name in names
}
