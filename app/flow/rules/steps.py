"""Layers that treat each timestep by itself, unless the axis they work along is the timesteps."""

from dataclasses import replace
from typing import cast

from app.architecture import Node
from app.flow.course import Call, Course, read_all, read_at_once, read_same
from app.report.arguments import argument, read_letters


def keep_steps(call: Call) -> Course | None:
    """Element by element: Dropout, ReLU, BatchNormalization at inference, and inputs."""
    if call.named_in is None:
        return None
    return _keep(call, call.named_in)


def keep_first_axis(call: Call) -> Course | None:
    """Embedding and TimeDistributed: each step along axis 1 by itself, whatever that axis is named.

    Positions that a layer counts have no batch axis: their timesteps are axis 0.
    """
    return _keep(call, 1) if len(call.input) > 1 else keep_steps(call)


def mix_last_axis(call: Call) -> Course | None:
    """Dense: each output element depends on the whole last axis, which is replaced by the units."""
    if call.named_in == len(call.input) - 1:
        return read_at_once(call, call.named_in)
    return keep_steps(call)


def mix_axes(call: Call) -> Course | None:
    """Softmax, LayerNormalization: each element depends on all along `axis`."""
    return _mix(call, list_axes(call.node, len(call.input)))


def mix_groups(call: Call) -> Course | None:
    """GroupNormalization: a group of channels, over all other axes; if timesteps are the channels, in
    groups.
    """
    (axis,) = list_axes(call.node, len(call.input))
    groups = argument(call.node, "groups")
    if call.named_in != axis or groups == 1:
        return _mix(call, tuple(range(1, len(call.input))))
    if not isinstance(groups, int) or groups == 0:
        return None
    timesteps = call.input[axis]
    size = 1 if groups == -1 else timesteps // groups
    return Course(
        kind="window",
        axis_in=axis,
        axis_out=axis,
        timesteps_out=timesteps,
        reads=lambda step: range(step // size * size, step // size * size + size),
        fits=timesteps % abs(groups) == 0,
    )


def sum_over_letters(call: Call) -> Course | None:
    """EinsumDense: timesteps whose letter is in the output stay; else all are summed over."""
    equation = argument(call.node, "equation")
    letters = read_letters(equation if isinstance(equation, str) else "", len(call.input))
    if call.named_in is None or letters is None:
        return None
    read, written = letters
    rank = len(call.output)
    if len(read) != len(call.input) or len(written) != rank or len({*read}) < len(read):
        return None
    axis_out = written.find(read[call.named_in])
    compares = argument(call.node, "activation") in COMPARING_ACTIVATIONS and axis_out == rank - 1
    if axis_out >= 0 and not compares:
        return replace(_keep(call, call.named_in), axis_out=axis_out)
    return Course(
        kind="all",
        axis_in=call.named_in,
        axis_out=None if axis_out < 0 else axis_out,
        timesteps_out=1 if axis_out < 0 else call.input[call.named_in],
        reads=read_all(call.input[call.named_in]),
    )


def activate(call: Call) -> Course | None:
    """Activation: element by element, except activations along the last axis, such as softmax."""
    last = len(call.input) - 1
    return _mix(call, (last,) if argument(call.node, "activation") in COMPARING_ACTIVATIONS else ())


def list_axes(node: Node, rank: int) -> tuple[int, ...]:
    """The argument `axis`, given as `-1` or as `(1, -1)`, as axes counted from the start."""
    axis = argument(node, "axis")
    # TensorFlow takes None for the last one.
    places = axis if isinstance(axis, list) else [-1 if axis is None else axis]
    return tuple(place % rank for place in cast(list[int], places))


COMPARING_ACTIVATIONS = frozenset({"softmax", "log_softmax", "sparsemax"})


def _keep(call: Call, axis: int) -> Course:
    return Course(
        kind="per_step", axis_in=axis, axis_out=axis, timesteps_out=call.input[axis], reads=read_same
    )


def _mix(call: Call, axes: tuple[int, ...]) -> Course | None:
    if call.named_in is None or call.named_in not in axes:
        return keep_steps(call)
    timesteps = call.input[call.named_in]
    return Course(
        kind="all",
        axis_in=call.named_in,
        axis_out=call.named_in,
        timesteps_out=timesteps,
        reads=read_all(timesteps),
    )
