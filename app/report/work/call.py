"""Call: one layer call as the rules of work see it. Effort: what a rule returns."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from app.architecture.spec import Node
from app.report.arithmetic import NOTHING, Term, number

Sizes = tuple[Term, ...]
"""A shape in which every size has a number; unknown ones are written as letters. Axis 0 is the batch. If the
batch size is unknown, it counts as one sample and is not written."""


class Effort(NamedTuple):
    """What a layer computes in one forward pass, at inference.

    `macs` are the multiply-accumulates of matrix products and convolutions. `others` are the other
    operations, as TensorFlow's profiler counts them: one for each addition, multiplication or comparison of
    two numbers, five for each number that goes through a softmax, none for other activation functions. None
    if they are not known.
    """

    macs: Term = NOTHING
    others: Term | None = NOTHING

    def plus(self, other: "Effort") -> "Effort":
        """The sum of both."""
        return Effort(self.macs.plus(other.macs), add_known(self.others, other.others))

    def times(self, count: Term) -> "Effort":
        """`count` times the effort."""
        macs = self.macs if self.macs == NOTHING else count.times(self.macs)
        others = self.others if self.others in (None, NOTHING) else count.times(self.others)
        return Effort(macs, others)


@dataclass(frozen=True)
class Call:
    """A layer's inputs, outputs and number of parameters."""

    node: Node
    inputs: tuple[Sizes, ...]
    outputs: tuple[Sizes, ...]
    parameters: int

    @property
    def input(self) -> Sizes:
        """The first input."""
        return self.inputs[0]

    @property
    def output(self) -> Sizes:
        """The first output."""
        return self.outputs[0]


def add_known(*terms: Term | None) -> Term | None:
    """The sum; None if a part is not known."""
    total = NOTHING
    for term in terms:
        if term is None:
            return None
        total = total.plus(term)
    return total


def sum_up(*efforts: Effort) -> Effort:
    """The sum of all efforts; equal ones are written once, with their number."""
    total = Effort()
    for effort, count in Counter(efforts).items():
        total = total.plus(effort.times(number(count)) if count > 1 else effort)
    return total
