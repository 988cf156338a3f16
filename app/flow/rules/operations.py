"""Functions of keras.ops: what becomes of their timesteps, given where their output's axes come from.

An operation keeps the timesteps unless it works along their axis; then it has a Change.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import prod

from app.flow.course import Call, Course, Reads, read_all, read_nothing, read_same
from app.flow.model import LaneKind
from app.report.axes.continued import continue_axes, list_reduced


@dataclass(frozen=True)
class Change:
    """How many timesteps leave, and which input timesteps each of them reads."""

    kind: LaneKind
    timesteps: int
    reads: Reads
    fits: bool = True


Work = Callable[[Call, int], Change | None]
"""From a call and its input's timesteps axis to the Change of the timesteps; None if there is no rule."""


def go_on(work: Work) -> Callable[[Call], Course | None]:
    """A rule: the timesteps axis continues in the output, and `work` says what becomes of its timesteps."""

    def rule(call: Call) -> Course | None:
        if call.named_in is None:
            return begin(call)
        way = continue_axes(call.node, 0, call.inputs, len(call.output))
        change = work(call, call.named_in) if way is not None else None
        if way is None or change is None:
            return None
        ends = call.named_in not in way
        axis_out = call.named_out if ends else way.index(call.named_in)
        # The timesteps axis has ended, and another one has its name: its timesteps read the whole input.
        return Course(
            kind=change.kind,
            axis_in=call.named_in,
            axis_out=axis_out,
            timesteps_out=(call.output[axis_out] if axis_out else 1) if ends else change.timesteps,
            reads=(lambda _: change.reads(0)) if ends else change.reads,
            fits=change.fits,
        )

    return rule


def begin(call: Call) -> Course | None:
    """Timesteps that the first input does not have; each reads all of it."""
    if call.named_out is None:
        return None
    return Course(
        kind="joined" if len(call.inputs) > 1 else "rearranged",
        axis_in=None,
        axis_out=call.named_out,
        timesteps_out=call.output[call.named_out],
        # Vectors stacked to timesteps: the first input is the first timestep.
        reads=read_same if call.node.kind == "ops.stack" else read_all(1),
    )


def keep(call: Call, axis: int) -> Change:
    """Element by element."""
    return Change("per_step", call.input[axis], read_same)


def forget(call: Call, axis: int) -> Change:
    """Only the shape is used."""
    return Change("per_step", call.input[axis], read_nothing)


def combine(call: Call, axis: int) -> Change:
    """Element by element with the other inputs; a size of 1 is broadcast."""
    rank = len(call.output)
    place = axis + rank - len(call.input)
    lengths = [sizes[place - rank + len(sizes)] for sizes in call.inputs if place - rank + len(sizes) >= 0]
    reads = read_nothing if cancels(call) else read_all(1) if call.input[axis] == 1 else read_same
    return Change(
        "joined" if len(call.inputs) > 1 else "per_step",
        max(lengths),
        reads,
        fits=len({*lengths} - {1}) <= 1,
    )


def cancels(call: Call) -> bool:
    """Whether the result is constant, as both inputs are the same tensor."""
    return call.node.kind in CANCELLING and len({*call.node.inbound}) < len(call.node.inbound)


CANCELLING = frozenset(
    {
        "Subtract",
        *(
            f"ops.{name}"
            for name in (
                *("bitwise_xor", "cross", "divide", "divide_no_nan", "equal", "floor_divide", "fmod"),
                *("greater", "greater_equal", "isclose", "less", "less_equal", "logical_xor", "mod"),
                *("not_equal", "solve", "subtract", "true_divide"),
            )
        ),
    }
)
"""Kinds whose result is constant if both inputs are the same tensor."""


def reduce(call: Call, axis: int) -> Change:
    """A sum and its like read all timesteps; some reductions of a single number are constant."""
    rank = len(call.input)
    places = list_reduced(call.node, rank)
    nothing = call.node.kind in SPREADS and prod(call.input[place] for place in places) == 1
    if call.node.kind == "ops.trapezoid" and len(call.inputs) == 2 and len(set(call.node.inbound)) == 1:
        # The integral of x over x is half the difference of the squares at its ends.
        ends = read_nothing if nothing else _read_ends(call.input[axis])
        return Change("all", 1, ends) if axis in places else Change("per_step", call.input[axis], read_same)
    if axis not in places:
        return Change("per_step", call.input[axis], read_nothing if nothing else read_same)
    return Change("all", 1, read_nothing if nothing else read_all(call.input[axis]))


@lru_cache(256)
def _read_ends(timesteps: int) -> Reads:
    """Each output timestep reads the first and the last of the input's `timesteps`."""
    return lambda _: range(0, timesteps, max(timesteps - 1, 1))


SPREADS = frozenset(
    f"ops.{name}"
    for name in (
        *("argmax", "argmin", "nanargmax", "nanargmin", "nanstd", "nanvar", "ptp", "std", "trapezoid"),
        "var",
    )
)
