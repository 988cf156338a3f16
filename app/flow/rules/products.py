"""matmul, einsum and other products: timesteps that stay, and timesteps that are summed over."""

from collections.abc import Sequence

from app.flow.course import Call, Course, read_all, read_nothing, read_same
from app.flow.model import LaneKind
from app.flow.rules.operations import begin, combine
from app.report.arguments import argument, read_operands
from app.report.axes.continued import Continued, continue_axes


def multiply(call: Call) -> Course | None:
    """matmul: timesteps on the row axis stay; those on the column axis of the first are summed over."""
    ways = [continue_axes(call.node, number, call.inputs, len(call.output)) for number in (0, 1)]
    return _multiply(call, ways[0]) if len(call.inputs) == 2 and None not in ways else None


def multiply_letters(call: Call) -> Course | None:
    """einsum: timesteps whose letter is in the output stay; else they are summed over."""
    operands = read_operands(str(argument(call.node, "subscripts")))
    if operands is None or any(
        len({*letters}) < len(letters) for letters in (*operands.read, operands.written)
    ):
        return None
    way = continue_axes(call.node, 0, call.inputs, len(call.output))
    return _multiply_with_itself(call, way, operands.read) or _multiply(call, way)


def _multiply_with_itself(call: Call, way: Continued | None, letters: Sequence[str]) -> Course | None:
    """einsum of a tensor with itself: a timestep meets all others, unless all have the same letter."""
    axis, inbound = call.named_in, call.node.inbound
    if axis is None or way is None or inbound.count(inbound[0]) == 1:
        return None
    if axis not in way:
        return _sum_over(call, axis)
    met = {read[axis] for source, read in zip(inbound, letters, strict=True) if source == inbound[0]}
    timesteps = call.input[axis]
    reads = read_same if len(met) == 1 else read_all(timesteps)
    return Course("joined" if len(met) == 1 else "all", axis, way.index(axis), timesteps, reads)


def contract(call: Call) -> Course | None:
    """tensordot, dot, inner: timesteps stay unless they are summed over."""
    return _multiply(call, continue_axes(call.node, 0, call.inputs, len(call.output)))


def measure_pairs(call: Call) -> Course | None:
    """cdist: the distances of each timestep; from a tensor to itself, they also depend on all others."""
    course = contract(call)
    if course or call.named_in is None or len({*call.node.inbound}) == len(call.node.inbound):
        return course
    timesteps = call.input[call.named_in]
    if call.named_in != len(call.input) - 2:
        return None
    reads = read_all(timesteps) if timesteps > 1 else read_nothing
    return Course("all", call.named_in, call.named_in, timesteps, reads)


def cross(call: Call) -> Course | None:
    """cross: vector by vector; the axis of the vectors is not the timesteps."""
    axes = [argument(call.node, name) for name in ("axis", "axisa", "axisb", "axisc")]
    ranks = {len(sizes) for sizes in call.inputs}
    vector = axes[0] if axes[0] is not None else -1 if {*axes[1:]} == {-1} else None
    if (
        call.named_in is None
        or not isinstance(vector, int)
        or len(ranks) != 1
        or len(call.output) not in ranks
    ):
        return None
    if call.named_in == vector % len(call.input):
        return None
    change = combine(call, call.named_in)
    return Course(change.kind, call.named_in, call.named_in, change.timesteps, change.reads, fits=change.fits)


def _multiply(call: Call, way: Continued | None) -> Course | None:
    if call.named_in is None:
        return begin(call)
    if way is None or len({*call.node.inbound}) < len(call.node.inbound):
        return None
    timesteps = call.input[call.named_in]
    kind: LaneKind = "joined" if len(call.inputs) > 1 else "per_step"
    if call.named_in not in way:
        return _sum_over(call, call.named_in)
    axis_out = way.index(call.named_in)
    stretched = call.output[axis_out] if timesteps == 1 else timesteps
    reads = read_same if stretched == timesteps else read_all(1)
    return Course(kind, call.named_in, axis_out, stretched, reads)


def _sum_over(call: Call, axis: int) -> Course:
    return Course(
        kind="all",
        axis_in=axis,
        axis_out=call.named_out,
        timesteps_out=1 if call.named_out is None else call.output[call.named_out],
        reads=read_all(call.input[axis]),
    )
