"""Label: the name and origin of an axis. Call: what a rule is given. carry(): the most common rule."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from app.architecture.spec import Node
from app.frozen import Shape
from app.report.model import Axis
from app.report.numbers import write_size

NamesByRank = Mapping[int, tuple[str, ...]]


class Label(NamedTuple):
    """The name of an axis, and a short phrase for where its size comes from."""

    name: str
    origin: str


class Call(NamedTuple):
    """One output of one layer call, as a rule sees it."""

    node: Node
    inputs: tuple[tuple[Axis, ...], ...]
    shape: Shape
    output: int = 0
    """The number of the output."""

    @property
    def name(self) -> str:
        """The layer's name, as used in origins; for later calls that of the first."""
        return self.node.shares or self.node.name


Labels = tuple[Label, ...]
Rule = Callable[[Call], Labels]

BATCH = Label("batch", "batch")


def carry(call: Call) -> Labels:
    """Each axis keeps the label it has in the first input of the same rank and size; for shapes that stay."""
    return tuple(_carry_axis(call, place) for place in range(len(call.shape)))


def _carry_axis(call: Call, place: int) -> Label:
    alike = [axes[place] for axes in call.inputs if len(axes) == len(call.shape)]
    for axis in alike:
        if axis.size == call.shape[place]:
            return label(axis)
    if place == 0:
        return BATCH
    return Label(alike[0].name if alike else f"axis {place}", f"from {call.name}")


def label(axis: Axis) -> Label:
    """The label of an axis."""
    return Label(axis.name, axis.origin)


def relabel(labels: Iterable[Label], place: int, new: Label) -> Labels:
    """The labels, with the one at `place` replaced."""
    changed = list(labels)
    changed[place] = new
    return tuple(changed)


def length(axis: Axis) -> str:
    """A size as a word in an origin; an unknown size is the name of its axis."""
    return axis.name if axis.size is None else write_size(axis.size)


def names_of_rank(table: NamesByRank, rank: int) -> tuple[str, ...]:
    """The usual names for so many axes; axes beyond the table are numbered."""
    return table.get(rank) or ("batch", *(f"axis {place}" for place in range(1, rank)))[:rank]
