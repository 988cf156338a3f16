"""matmul, einsum and other products: timesteps that stay, and timesteps that are summed over."""

from dataclasses import replace

from app.flow.course import Call, Course, read_all, read_nothing, read_same
from app.flow.rules.operations import begin, combine
from app.report.arguments import argument, read_operands
from app.report.axes.continued import continue_axes


def contract(call: Call) -> Course | None:
    """tensordot, dot, inner: timesteps stay unless they are summed over.

    If a tensor is multiplied by itself, its timesteps meet all others, unless they stay at the same place.
    """
    axis = call.named_in
    if axis is None:
        return begin(call)
    own = [place for place, source in enumerate(call.node.inbound) if source == call.node.inbound[0]]
    ways = [continue_axes(call.node, place, call.inputs, len(call.output)) or () for place in own]
    if () in ways:
        return None
    if axis not in ways[0]:
        return _sum_over(call, axis)
    axis_out, timesteps = ways[0].index(axis), call.input[axis]
    if any(axis not in way or way.index(axis) != axis_out for way in ways):
        return Course("all", axis, axis_out, timesteps, read_all(timesteps))
    stretched = call.output[axis_out] if timesteps == 1 else timesteps
    reads = read_same if stretched == timesteps else read_all(1)
    return Course("joined" if len(call.inputs) > 1 else "per_step", axis, axis_out, stretched, reads)


def multiply(call: Call) -> Course | None:
    """matmul: timesteps on the row axis stay; those on the column axis of the first are summed over."""
    return contract(call) if len(call.inputs) == 2 and min(map(len, call.inputs)) > 1 else None


def multiply_letters(call: Call) -> Course | None:
    """einsum: timesteps whose letter is in the output stay; else they are summed over."""
    operands = read_operands(str(argument(call.node, "subscripts")))
    if operands is None or any(
        len({*letters}) < len(letters) for letters in (*operands.read, operands.written)
    ):
        return None
    return contract(call)


def measure_pairs(call: Call) -> Course | None:
    """cdist: the distances of each timestep; a tensor of one row is at no distance from itself."""
    course = contract(call)
    alone = call.input[-2] == 1 and len({*call.node.inbound}) < len(call.node.inbound)
    return replace(course, reads=read_nothing) if course and alone else course


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


def _sum_over(call: Call, axis: int) -> Course:
    return Course(
        kind="all",
        axis_in=axis,
        axis_out=call.named_out,
        timesteps_out=1 if call.named_out is None else call.output[call.named_out],
        reads=read_all(call.input[axis]),
    )
