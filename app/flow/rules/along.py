"""Functions of keras.ops that work along an axis: their effect if that axis is the timesteps."""

from math import prod

from app.flow.course import Call, Reads, read_all, read_nothing, read_same
from app.flow.rules.operations import Change, cancels, keep
from app.report.arguments import argument, integer
from app.report.axes.continued import list_places


def compare(call: Call, axis: int) -> Change:
    """softmax and its like: each element depends on all along `axis`; a softmax of one is constant."""
    places = list_places(call.node, "axis", len(call.input))
    nothing = prod(call.input[place] for place in places) == 1
    return _mix(call, axis, places, read_nothing if nothing else None)


def order(call: Call, axis: int) -> Change:
    """sort: any timestep may come first."""
    return _mix(call, axis, list_places(call.node, "axis", len(call.input)), None)


def _mix(call: Call, axis: int, places: tuple[int, ...], otherwise: Reads | None) -> Change:
    mixes = axis in places
    reads = otherwise or (read_all(call.input[axis]) if mixes else read_same)
    return Change("all" if mixes else "per_step", call.input[axis], reads)


def add_up(call: Call, axis: int) -> Change | None:
    """cumsum, cumprod: each timestep reads all up to itself."""
    if argument(call.node, "axis") is None:
        return None
    if not _works_along(call, axis):
        return keep(call, axis)
    return Change("window", call.input[axis], lambda step: range(step + 1))


def pick_best(call: Call, axis: int) -> Change:
    """top_k: any timestep may be among the largest."""
    if not _works_along(call, axis):
        return keep(call, axis)
    best = integer(call.node, "k")
    return Change("all", best, read_all(call.input[axis]), 0 < best <= call.input[axis])


def pick_for_each(call: Call, axis: int) -> Change | None:
    """take_along_axis: the indices decide which timestep is taken."""
    if argument(call.node, "axis") is None or len(call.inputs) != 2:
        return None
    if not _works_along(call, axis):
        return keep(call, axis)
    return Change("all", call.inputs[1][axis], read_all(call.input[axis]))


def subtract_neighbours(call: Call, axis: int) -> Change:
    """diff: each timestep minus the one before, `n` times."""
    times, timesteps = integer(call.node, "n"), call.input[axis]
    if not _works_along(call, axis):
        return keep(call, axis)
    left = timesteps - times
    return Change("window", max(left, 1), lambda step: range(step, step + times + 1), left >= 1)


def gate_halves(call: Call, axis: int) -> Change:
    """glu: each timestep of the first half, gated by the one in the second half."""
    half, rest = divmod(call.input[axis], 2)
    if not _works_along(call, axis):
        return keep(call, axis)
    reads = read_all(1) if half == 0 else lambda step: range(step, step + half + 1, half)
    return Change("window", max(half, 1), reads, rest == 0 and half > 0)


def cut_frames(call: Call, axis: int) -> Change | None:
    """extract_sequences, stft: windows of the last axis; there is no rule for their Fourier transforms."""
    if axis < len(call.input) - 1:
        return keep(call, axis)
    length, stride = integer(call.node, "sequence_length"), integer(call.node, "sequence_stride")
    if call.node.kind != "ops.extract_sequences" or length < 1 or stride < 1:
        return None
    timesteps = call.input[axis]
    return Change(
        "window",
        max((timesteps - length) // stride + 1, 1),
        lambda step: range(step * stride, step * stride + length),
        timesteps >= length,
    )


def keep_unless_last(call: Call, axis: int) -> Change | None:
    """rfft: no rule along its own axis, as for some frequencies a timestep has no influence."""
    return keep(call, axis) if axis < len(call.input) - 1 else None


def mix_matrix(call: Call, axis: int) -> Change:
    """inv and its like: each number of the result depends on the whole matrix."""
    timesteps = call.input[axis]
    if axis < len(call.input) - 2:
        return keep(call, axis)
    return Change("all", timesteps, read_nothing if cancels(call) else read_all(timesteps))


def mark_numbers(call: Call, axis: int) -> Change | None:
    """multi_hot: which numbers occur along axis 1."""
    if argument(call.node, "axis") != -1:
        return None
    return Change("all", 1, read_all(call.input[axis])) if axis == 1 else keep(call, axis)


def join_pairs(call: Call, axis: int) -> Change:
    """view_as_complex: the last axis holds real and imaginary part."""
    return Change("all", 1, read_all(call.input[axis])) if axis == len(call.input) - 1 else keep(call, axis)


def cut_triangle(call: Call, axis: int) -> Change:
    """tril, triu: a triangle of a matrix; some timesteps become zero."""
    rank, k = len(call.input), integer(call.node, "k")
    if axis < rank - 2:
        return keep(call, axis)
    others = call.input[rank - 1 if axis == rank - 2 else rank - 2]
    # If the timesteps are columns, the part below the diagonal is after them.
    upper = (call.node.kind == "ops.triu") == (axis == rank - 2)
    shift = k if axis == rank - 2 else -k

    def read(step: int) -> range:
        kept = step + shift < others if upper else step + shift >= 0
        return range(step, step + kept)

    return Change("per_step", call.input[axis], read)


def _works_along(call: Call, axis: int) -> bool:
    return axis in list_places(call.node, "axis", len(call.input))
