"""Layers that treat each step by itself, unless the axis they mix is time."""

from typing import cast

from app.architecture import Node
from app.flow.course import Call, Course, read_all, read_same
from app.report.arguments import argument


def keep_steps(call: Call) -> Course | None:
    """Element by element: Dropout, ReLU, BatchNormalization at inference, an input itself."""
    if call.named_in is None:
        return None
    return _keep(call, call.named_in)


def keep_first_axis(call: Call) -> Course | None:
    """Embedding and TimeDistributed: each step along axis 1 by itself, whatever that axis is called."""
    return _keep(call, 1) if len(call.input) > 1 else None


def mix_last_axis(call: Call) -> Course | None:
    """Dense: each output element reads the whole last axis, in whose place the units stand."""
    if call.named_in == len(call.input) - 1:
        return Course(
            kind="all",
            axis_in=call.named_in,
            axis_out=None,
            timesteps_out=1,
            reads=read_all(call.input[call.named_in]),
        )
    return keep_steps(call)


def mix_axes(call: Call) -> Course | None:
    """Softmax, LayerNormalization: each element is measured against the others along `axis`."""
    return _mix(call, list_axes(call.node, len(call.input)))


def activate(call: Call) -> Course | None:
    """Activation: element by element, but for those that compare the elements of the last axis."""
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
