"""Course: the way one layer goes through time; what a rule makes of a layer's call."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from app.architecture import Node
from app.flow.model import Direction, LaneKind

Sizes = tuple[int, ...]
"""A shape that is drawn: every unknown size has been given a number. Axis 0 is the batch."""


class Steps(Protocol):
    """Some timesteps of an input, each of which is told in constant time to be among them or not.

    Steps beyond the ends of the input may be among them (a window over padding); nothing is read there.
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
        """The first input: the one that `depends` speaks of."""
        return self.inputs[0]


@dataclass(frozen=True)
class Course:
    """Where time stands in the first input and the first output, and which steps read which."""

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
    """Each output step reads the input step of the same number."""
    return range(step, step + 1)


@lru_cache(256)
def read_all(timesteps: int) -> Reads:
    """Each output step reads every one of the input's `timesteps`."""
    return lambda _: range(timesteps)


def read_nothing(_: int) -> Steps:
    """No input step can change anything."""
    return range(0)
