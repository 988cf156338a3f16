"""Call: one layer call as the rules of work see it, and Effort, what a rule makes of it."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from app.architecture.spec import Node
from app.report.arithmetic import NOTHING, Term, number

Sizes = tuple[Term, ...]
"""A shape of which every size has a number; one that Keras leaves open is written as a letter.

Axis 0 is the batch. Where it is open there is one sample, and it is not written."""


class Effort(NamedTuple):
    """What a layer computes in one forward pass, at inference.

    `macs` are the multiply-accumulates of products of matrices and of convolutions. `others` are the
    operations beside them, as TensorFlow's profiler counts them: one for each number that is added to,
    multiplied with or compared to another, five for each that goes through a softmax, none for other
    activation functions. None where they are not known.
    """

    macs: Term = NOTHING
    others: Term | None = NOTHING

    def plus(self, other: "Effort") -> "Effort":
        """Both, one after the other."""
        return Effort(self.macs.plus(other.macs), add_known(self.others, other.others))

    def times(self, count: Term) -> "Effort":
        """The same so many times."""
        macs = self.macs if self.macs == NOTHING else count.times(self.macs)
        others = self.others if self.others in (None, NOTHING) else count.times(self.others)
        return Effort(macs, others)


@dataclass(frozen=True)
class Call:
    """What goes into a layer, what comes out, and how many numbers it has learned."""

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
    """The sum; None where a part of it is not known."""
    total = NOTHING
    for term in terms:
        if term is None:
            return None
        total = total.plus(term)
    return total


def sum_up(*efforts: Effort) -> Effort:
    """All efforts, one after the other; those alike are written once, with how many they are."""
    total = Effort()
    for effort, count in Counter(efforts).items():
        total = total.plus(effort.times(number(count)) if count > 1 else effort)
    return total
