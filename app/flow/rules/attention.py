"""Attention: which timesteps of the value each timestep of the query reads. `depends` is about the query."""

from dataclasses import dataclass
from math import prod

from app.flow.course import Call, Course, Reads, Steps, read_nothing, read_same
from app.report.arguments import Roles, argument, find_roles

IN_HEADS = "ops.dot_product_attention"


@dataclass(frozen=True)
class Looking:
    """Whether the query is also the value or the key, and how far it sees.

    `steps` is the number of value timesteps, if attention is along time; at each of them the query attends to
    `others` further positions.
    """

    is_value: bool
    is_key: bool
    along_time: bool
    steps: int
    others: int
    causal: bool
    window: int | None

    def list_seen(self, step: int) -> range:
        """The value timesteps that a query timestep may attend to."""
        first = 0 if self.window is None else max(step - self.window + 1, 0)
        last = step if self.causal else self.steps if self.window is None else step + self.window - 1
        return range(first, min(last + 1, self.steps))


def attend(call: Call) -> Course | None:
    """Attention, AdditiveAttention: along the axis before the features."""
    return _attend(call, (len(call.input) - 2,))


def attend_with_heads(call: Call) -> Course | None:
    """MultiHeadAttention, GroupQueryAttention: along `attention_axes`, or all axes but batch and features."""
    rank = len(call.input)
    axes = argument(call.node, "attention_axes")
    if not isinstance(axes, list):
        axes = list(range(1, rank - 1)) if axes is None else [axes]
    return _attend(call, tuple(axis % rank for axis in axes if isinstance(axis, int)))


def attend_in_heads(call: Call) -> Course | None:
    """dot_product_attention: along axis 1; query, key and value are split into heads."""
    return _attend(call, (1,)) if len(call.inputs) == 3 else None


def _attend(call: Call, attended: tuple[int, ...]) -> Course | None:
    time, looking = call.named_in, _find_looking(call, attended)
    if time is None or time == len(call.input) - 1 or looking is None:
        return None
    return Course(
        kind="all" if looking.is_value or looking.is_key else "joined",
        axis_in=time,
        axis_out=time,
        timesteps_out=call.input[time],
        reads=_read(looking, bool(argument(call.node, "use_gate"))),
    )


def _find_looking(call: Call, attended: tuple[int, ...]) -> Looking | None:
    """None if it depends on more than shapes: a computed mask may allow or forbid anything.

    A mask that is causal for any data is treated as `use_causal_mask`. A mask made from data may allow
    everything; it is assumed to leave each timestep something to attend to, as otherwise Keras has the
    timestep attend to all, even to later ones.
    """
    node, rank, in_heads = call.node, len(call.input), call.node.kind == IN_HEADS
    roles = Roles(query=0, value=2, key=1) if in_heads else find_roles(node)
    masked = None if roles is None else _find_causal_mask(call, roles)
    known = call.free if masked is None else call.free | {masked}
    if roles is None or roles.query != 0 or node.handed_by_name - {roles.value, roles.key} - known:
        return None
    if any(len(call.inputs[place]) != rank for place in roles):
        return None
    query, value, key = (node.inbound[place] for place in roles)
    window = argument(node, "sliding_window")
    said = argument(node, "is_causal") if in_heads else node.call.get("use_causal_mask")
    causal = bool(said) or masked is not None
    # Both masks are over axis 1, and query and value are the same tensor.
    if (causal or window is not None) and (rank, attended) != (4 if in_heads else 3, (1,)):
        return None
    if window is not None and query != value:
        return None
    sizes = call.inputs[roles.value]
    along_time = call.named_in in attended
    steps = sizes[call.named_in] if along_time and call.named_in is not None else 1
    return Looking(
        is_value=query == value,
        is_key=query == key,
        along_time=along_time,
        steps=steps,
        others=prod(sizes[axis] for axis in attended if axis != call.named_in),
        causal=causal,
        window=window if isinstance(window, int) else None,
    )


def _find_causal_mask(call: Call, roles: Roles) -> int | None:
    """The place of a causal mask over all timesteps of query and value, passed by keyword."""
    for place in call.causal:
        sizes = (call.inputs[roles.query][1], call.inputs[roles.value][1])
        if call.node.call.get("attention_mask") == {"inbound": place} and call.inputs[place][-2:] == sizes:
            return place
    return None


def _read(looking: Looking, gate: bool) -> Reads:
    """An attention weight over a single timestep is 1, whatever the query and the key are."""

    def read(step: int) -> Steps:
        seen = looking.list_seen(step) if looking.along_time else range(1)
        chooses = len(seen) * looking.others > 1
        if looking.along_time and (looking.is_value or (looking.is_key and chooses)):
            return seen
        return read_same(step) if looking.is_value or chooses or gate else read_nothing(step)

    return read
