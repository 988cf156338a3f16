"""Course: how one layer goes through time, as a rule describes it. Call: what the rule is given."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from app.architecture import Node
from app.flow.model import Direction, LaneKind

Sizes = tuple[int, ...]
"""A shape that is drawn: every unknown size has been given a number. Axis 0 is the batch."""


class Steps(Protocol):
    """A set of input timesteps, with a membership test in constant time.

    It may contain timesteps beyond the ends of the input (a window over padding); nothing is read there.
    """

    def __contains__(self, step: int, /) -> bool: ...


Reads = Callable[[int], Steps]
"""From an output timestep to the input timesteps that can change it.

Where a rule gives the same function for the same lengths, what it reads is listed once for all layers.
"""


@dataclass(frozen=True)
class Call:
    """One layer called on its inputs, as the rules see it."""

    node: Node
    inputs: tuple[Sizes, ...]
    output: Sizes
    """Of the first output. The size of its timesteps axis is right only where Keras knows it."""
    named_in: int | None
    """The axis called `timesteps` in the first input, else the one that time left the layer before on."""
    named_out: int | None
    """The axis called `timesteps` in the first output; None where no axis is."""
    free: frozenset[int] = frozenset()
    """The places in `inbound` of tensors that data alone fill: such a mask forbids now this, now that."""
    causal: frozenset[int] = frozenset()
    """The places of those that are 1 up to the diagonal and 0 above it, whatever the data."""

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
    """False where Keras would refuse to run the layer on the drawn number of timesteps."""


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
