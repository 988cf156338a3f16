"""continue_axes(): which axis of an input each axis of an output goes on from, for functions of keras.ops."""

from collections.abc import Callable, Mapping

from app.architecture.slices import read_key
from app.architecture.spec import Node
from app.frozen import Shape
from app.report.arguments import argument, read_operands

Continued = tuple[int | None, ...]
"""For each axis of the output an axis of the input; None for one that the input does not have."""

Way = Callable[[Node, int, tuple[Shape, ...], int], Continued | None]


def continue_axes(node: Node, number: int, shapes: tuple[Shape, ...], rank: int) -> Continued | None:
    """How the axes of input `number` go on in an output of `rank` axes; None where there is no rule.

    `shapes` are those of all inputs. What an operation does along an axis is not said here.
    """
    way = WAYS.get(node.kind)
    continued = way(node, number, shapes, rank) if way else None
    return continued if continued is not None and len(continued) == rank else None


def list_places(node: Node, name: str, rank: int) -> tuple[int, ...]:
    """An argument that names axes, counted from the start; every axis where it is None."""
    value = argument(node, name)
    if value is None:
        return tuple(range(rank))
    places = value if isinstance(value, list) else [value]
    return tuple(place % rank for place in places if isinstance(place, int)) if rank else ()


def list_reduced(node: Node, rank: int) -> tuple[int, ...]:
    """The axes that a sum, a mean and their like sum over."""
    return list_places(node, "axis", rank)


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
    """`x[:, -1, None]`: an integer takes an axis away, None puts a new one."""
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
    """matmul: rows of the first, columns of the second, and what stands before both is broadcast."""
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


UNARY = (
    *("abs", "absolute", "arccos", "arccosh", "arcsin", "arcsinh", "arctan", "arctanh", "cast", "cbrt"),
    *("ceil", "celu", "clip", "conj", "conjugate", "copy", "cos", "cosh", "deg2rad", "elu", "erf", "erfc"),
    *("erfinv", "exp", "exp2", "expm1", "fabs", "floor", "gelu", "hard_shrink", "hard_sigmoid", "hard_silu"),
    *("hard_swish", "hard_tanh", "isfinite", "isinf", "isnan", "leaky_relu", "log", "log10", "log1p", "log2"),
    *("log_sigmoid", "logical_not", "nan_to_num", "negative", "rad2deg", "reciprocal", "relu", "relu6"),
    *("round", "rsqrt", "saturate_cast", "selu", "sigmoid", "sign", "signbit", "silu", "sin", "sinc", "sinh"),
    *("soft_shrink", "softplus", "softsign", "sparse_plus", "sparse_sigmoid", "sqrt", "square", "squareplus"),
    *("stop_gradient", "swish", "tan", "tanh", "tanh_shrink", "trunc"),
)
"""Functions of one tensor, element by element."""

BINARY = (
    *("add", "arctan2", "divide", "divide_no_nan", "equal", "floor_divide", "fmax", "fmin", "fmod"),
    *("greater", "greater_equal", "heaviside", "hypot", "less", "less_equal", "logaddexp", "logaddexp2"),
    *("logical_and", "logical_or", "logical_xor", "maximum", "minimum", "mod", "multiply", "not_equal"),
    *("power", "subtract", "true_divide", "where"),
)
"""Functions of several tensors or constants, element by element."""

LIKE = ("empty_like", "full_like", "ones_like", "zeros_like")
"""What only the shape of a tensor decides."""

REDUCING = (
    *("all", "amax", "amin", "any", "argmax", "argmin", "count_nonzero", "logsumexp", "max", "mean"),
    *("median", "min", "nanmax", "nanmean", "nanmin", "nanprod", "nanstd", "nansum", "nanvar", "norm"),
    *("prod", "ptp", "std", "sum", "var"),
)

COMPARING = ("log_softmax", "normalize", "softmax", "sparsemax")
"""Each element measured against the others along `axis`."""

KEEPING = (
    *("argsort", "broadcast_to", "concatenate", "cumprod", "cumsum", "flip", "layer_normalization", "pad"),
    *("repeat", "rms_normalization", "roll", "sort", "split", "array_split", "tile", "top_k"),
)
"""Functions that work along an axis and leave it where it stands."""

WAYS: Mapping[str, Way] = {
    f"ops.{name}": way
    for names, way in (
        ((*UNARY, *BINARY, *LIKE, *COMPARING, *KEEPING), _align),
        (REDUCING, _reduce),
        (("expand_dims", "one_hot", "stack"), _insert),
        (("squeeze",), _squeeze),
        (("unstack",), _remove),
        (("transpose",), _transpose),
        (("swapaxes",), _swap),
        (("moveaxis",), _move),
        (("get_item",), _index),
        (("take",), _take),
        (("matmul",), _multiply),
        (("einsum",), _follow_letters),
    )
    for name in names
}
