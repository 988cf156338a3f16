"""Course: how one layer goes through time, as a rule describes it. Call: what the rule is given."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from app.architecture import Node
from app.flow.model import Direction, LaneKind

Sizes = tuple[int, ...]
"""A shape in which every unknown size was replaced by a number. Axis 0 is the batch."""


class Steps(Protocol):
    """A set of input timesteps, with a membership test in constant time.

    It may contain timesteps beyond the ends of the input (a window over padding); nothing is read there.
    """

    def __contains__(self, step: int, /) -> bool: ...


Reads = Callable[[int], Steps]
"""From an output timestep to the input timesteps that can change it. Rules return the same function for the
same lengths, so that its results are listed once for all layers."""


@dataclass(frozen=True)
class Call:
    """One layer called on its inputs, as the rules see it."""

    node: Node
    inputs: tuple[Sizes, ...]
    output: Sizes
    """The sizes of the first output. That of its timesteps axis is only right if Keras knows it."""
    named_in: int | None
    """The `timesteps` axis of the first input, else the timesteps axis of the layer before."""
    named_out: int | None
    """The `timesteps` axis of the first output; None if there is none."""
    free: frozenset[int] = frozenset()
    """The places in `inbound` of tensors that hold arbitrary data: a mask made of them may be any."""
    causal: frozenset[int] = frozenset()
    """The places of causal masks: 1 up to the diagonal and 0 above it, whatever the data."""

    @property
    def input(self) -> Sizes:
        """The sizes of the first input, the one that `depends` is about."""
        return self.inputs[0]


@dataclass(frozen=True)
class Course:
    """The timesteps axis of the first input and of the first output, and which timesteps read which."""

    kind: LaneKind
    axis_in: int | None
    axis_out: int | None
    timesteps_out: int
    reads: Reads
    state: bool = False
    direction: Direction = "forward"
    fits: bool = True
    """False if Keras would refuse to run the layer on that many timesteps."""


def read_at_once(call: Call, axis: int) -> Course:
    """The timesteps on `axis` are all read at once, and the output has none."""
    return Course(kind="all", axis_in=axis, axis_out=None, timesteps_out=1, reads=read_all(call.input[axis]))


def read_same(step: int) -> Steps:
    """Each output timestep reads the input timestep of the same number."""
    return range(step, step + 1)


@lru_cache(256)
def read_all(timesteps: int) -> Reads:
    """Each output timestep reads all of the input's `timesteps`."""
    return lambda _: range(timesteps)


def read_nothing(_: int) -> Steps:
    """No input timestep is read."""
    return range(0)
