"""Layers that let each step of a query look at the steps of a value; `depends` speaks of the query."""

from dataclasses import dataclass
from math import prod

from app.flow.course import Call, Course, Reads, read_all, read_nothing, read_same
from app.report.arguments import argument


@dataclass(frozen=True)
class Roles:
    """What the query is besides: the value, the key, both or neither; and how many steps it looks at."""

    is_value: bool
    is_key: bool
    looked_at: int


def attend(call: Call) -> Course | None:
    """Attention, AdditiveAttention: along the last axis but the features."""
    return _attend(call, (len(call.input) - 2,))


def attend_with_heads(call: Call) -> Course | None:
    """MultiHeadAttention, GroupQueryAttention: along `attention_axes`, or every axis but the features."""
    rank = len(call.input)
    axes = argument(call.node, "attention_axes")
    if not isinstance(axes, list):
        axes = list(range(1, rank - 1)) if axes is None else [axes]
    return _attend(call, tuple(axis % rank for axis in axes if isinstance(axis, int)))


def _attend(call: Call, attended: tuple[int, ...]) -> Course | None:
    time = call.named_in
    ranks = {len(sizes) for sizes in call.inputs}
    if time is None or time == len(call.input) - 1 or len(call.inputs) not in (2, 3) or len(ranks) > 1:
        return None
    query, value, *key = (source.model_dump_json() for source in call.node.inbound)
    roles = Roles(
        is_value=query == value,
        is_key=query == (key or [value])[0],
        looked_at=prod(call.inputs[1][axis] for axis in attended),
    )
    window = argument(call.node, "sliding_window")
    if window is not None and not roles.is_value:
        return None
    alone = not (roles.is_value or roles.is_key)
    return Course(
        kind="joined" if alone else "all",
        axis_in=time,
        axis_out=time,
        timesteps_out=call.input[time],
        reads=_read(call, roles, time in attended, window if isinstance(window, int) else None),
    )


def _read(call: Call, roles: Roles, along_time: bool, window: int | None) -> Reads:
    """Weights that have only one step to choose from are 1, whatever the query and the key say."""
    timesteps = call.input[call.named_in or 0]
    chooses = roles.looked_at > 1
    if along_time and (roles.is_value or (roles.is_key and chooses)):
        if window is None:
            return read_all(timesteps)
        return lambda step: range(step - window + 1, step + window)
    if roles.is_value or chooses or argument(call.node, "use_gate"):
        return read_same
    return read_nothing
