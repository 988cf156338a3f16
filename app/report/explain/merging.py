"""Rules for layers that join several tensors, and for layers that take only one."""

from collections.abc import Sequence

from app.architecture.catalogue import KINDS
from app.frozen import Shape
from app.problems import Problem
from app.report.arguments import argument
from app.report.explain.failure import Failure
from app.report.explain.words import join_words
from app.report.numbers import write_size

ELEMENTWISE = frozenset(
    {
        *("Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract"),
        *("ops.add", "ops.divide", "ops.maximum", "ops.minimum", "ops.multiply", "ops.power", "ops.subtract"),
        *("ops.equal", "ops.greater", "ops.greater_equal", "ops.less", "ops.less_equal", "ops.not_equal"),
    }
)
"""What joins tensors number by number, the operators `+`, `*`, `>` and so on included."""

PRODUCT = "ops.matmul"
"""The function of the operator `@`."""


def explain_too_many_inputs(failure: Failure) -> Problem | None:
    """Several tensors for a layer that takes one, or not two for a Subtract."""
    kind, count = KINDS.get(failure.node.kind), len(failure.received)
    if failure.node.kind == "Subtract" and count != 2:
        wanted, fix = "exactly two tensors", "Connect two layers to it: the first minus the second."
    elif kind and kind.inputs == "one" and count > 1:
        wanted = "one tensor"
        fix = f"Put Concatenate before {failure.said}, or connect only one of them."
    else:
        return None
    return failure.problem(
        "too-many-inputs",
        happened=f"{failure.what_came}: that is {count}.",
        expected=f"{failure.said} ({failure.node.kind}) reads {wanted}.",
        fix=fix,
    )


FEWEST = {
    "Attention": "a query and a value, and perhaps a key",
    "AdditiveAttention": "a query and a value, and perhaps a key",
    "Dot": "exactly two tensors",
    "GroupQueryAttention": "a query and a value, and perhaps a key",
    "HashedCrossing": "two tensors or more",
    "MultiHeadAttention": "a query and a value, and perhaps a key",
}
"""For kinds that need several tensors: how many, in words."""


def explain_too_few_inputs(failure: Failure) -> Problem | None:
    """One tensor for a layer that takes several, or not two for a Dot."""
    kind, count = failure.node.kind, len(failure.received)
    if kind not in FEWEST or not (count == 1 or (kind == "Dot" and count != 2)):
        return None
    itself = f" To let {failure.received[0].source.name} look at itself, connect it twice."
    return failure.problem(
        "too-few-inputs" if count == 1 else "too-many-inputs",
        happened=f"{failure.what_came}: that is {count}.",
        expected=f"{failure.said} ({kind}) reads {FEWEST[kind]}.",
        fix=f"Connect two layers to {failure.said}.{itself if count == 1 else ''}",
    )


def explain_dot(failure: Failure) -> Problem | None:
    """The two axes to be summed over have different sizes."""
    axes = argument(failure.node, "axes")
    pair = axes if isinstance(axes, list) else [axes, axes]
    if failure.node.kind != "Dot" or len(failure.received) != 2 or len(pair) != 2:
        return None
    found = [
        (place, tensor.shape[place])
        for tensor, place in zip(failure.received, pair, strict=True)
        if isinstance(place, int) and -len(tensor.shape) <= place < len(tensor.shape)
    ]
    if len(found) != 2 or found[0][1] == found[1][1]:
        return None
    words = [f"{write_size(size)} on axis {place}" for place, size in found]
    return failure.problem(
        "shapes-do-not-merge",
        happened=f"{failure.what_came}: they have {join_words(words)}.",
        expected="The axes that are multiplied and summed have the same size.",
        fix=f"Choose other axes for {failure.said}, or make these two equal, such as with a Dense.",
    )


def explain_concatenate(failure: Failure) -> Problem | None:
    """Sizes differ on an axis other than the concatenated one."""
    shapes = [tensor.shape for tensor in failure.received]
    if failure.node.kind != "Concatenate" or len(shapes) < 2:
        return None
    axis = argument(failure.node, "axis")
    if len({len(shape) for shape in shapes}) > 1:
        differs = f"they have {join_words([str(len(shape)) for shape in shapes])} axes"
        expected = "All inputs have the same number of axes."
        fix = (
            "Make the sequence a vector with Flatten or pooling, or the vector a sequence with RepeatVector."
        )
    elif isinstance(axis, int) and (places := find_differing_axes(shapes, axis)):
        differs = join_words([_write_difference(failure, place) for place in places])
        joined = axis % len(shapes[0])
        expected = f"Every axis has the same size in all inputs, except axis {joined}, which is concatenated."
        fix = _fix_concatenate(failure, shapes, places)
    else:
        return None
    return failure.problem(
        "shapes-do-not-concatenate", happened=f"{failure.what_came}: {differs}.", expected=expected, fix=fix
    )


def find_differing_axes(shapes: Sequence[Shape], joined: int | None = None) -> list[int]:
    """The axes with different known sizes, for shapes of the same rank, except the axis `joined`."""
    rank = len(shapes[0])
    return [
        place
        for place in range(rank)
        if (joined is None or place != joined % rank)
        and len({shape[place] for shape in shapes if shape[place] is not None}) > 1
    ]


def _fix_concatenate(failure: Failure, shapes: Sequence[Shape], places: list[int]) -> str:
    fix = f"Make {join_words([_name_axis(failure, place) for place in places])} equal before {failure.said}"
    other = find_differing_axes(shapes)
    if len(other) == 1 and other[0] > 0:
        return f"{fix}, or concatenate along {_name_axis(failure, other[0])}: Concatenate(axis={other[0]})."
    return f"{fix}."


def _write_difference(failure: Failure, place: int) -> str:
    sizes = join_words([write_size(tensor.shape[place]) for tensor in failure.received])
    return f"on {_name_axis(failure, place)} they have {sizes}"


def _name_axis(failure: Failure, place: int) -> str:
    name = failure.received[0].names[place]
    return name if name == f"axis {place}" else f"axis {place} ({name})"


def explain_merge(failure: Failure) -> Problem | None:
    """Sizes differ in a layer that works element by element."""
    shapes = [tensor.shape for tensor in failure.received]
    if failure.node.kind not in ELEMENTWISE or len(shapes) < 2:
        return None
    happened, kind = failure.what_came, failure.node.kind.removeprefix("ops.")
    if len({len(shape) for shape in shapes}) == 1 and (places := find_unmergeable_axes(shapes)):
        happened += f": {join_words([_write_difference(failure, place) for place in places])}"
        fix = f"Make {join_words([_name_axis(failure, place) for place in places])} equal"
        fix += ", such as with a Dense of as many units" if places == [len(shapes[0]) - 1] else ""
        fix += f"; or use Concatenate instead of {kind}." if len(places) == 1 else "."
    else:
        happened += ": these cannot be brought to one shape"
        fix = "Give all inputs the same shape, such as with RepeatVector, Reshape or Dense."
    return failure.problem(
        "shapes-do-not-merge",
        happened=f"{happened}.",
        expected=f"{kind} joins number by number: on each axis the sizes are equal, or 1.",
        fix=fix,
    )


def explain_product(failure: Failure) -> Problem | None:
    """The sizes that a product of matrices sums over differ."""
    shapes = [tensor.shape for tensor in failure.received]
    if failure.node.kind != PRODUCT or len(shapes) != 2 or any(len(shape) < 2 for shape in shapes):
        return None
    summed, against = shapes[0][-1], shapes[1][-2]
    if summed is None or against is None or summed == against:
        return None
    turned = "turn the second one with ops.swapaxes(…, -2, -1)"
    return failure.problem(
        "shapes-do-not-merge",
        happened=f"{failure.what_came}: rows of {write_size(summed)} meet columns of {write_size(against)}.",
        expected="The last size of the first tensor is the last but one of the second: these are multiplied "
        "and summed.",
        fix=f"Bring both to one size, such as with a Dense of {write_size(against)} units behind the first"
        f"{f'; or {turned}' if shapes[1][-1] == summed else ''}.",
    )


def find_unmergeable_axes(shapes: Sequence[Shape]) -> list[int]:
    """The axes whose sizes are neither equal nor 1, for shapes of the same rank."""
    widened = [tuple(None if size == 1 else size for size in shape) for shape in shapes]
    return find_differing_axes(widened)
