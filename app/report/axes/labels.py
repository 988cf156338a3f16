"""Label: an axis without its size. What rules are given, what they give, and the one most need: carry."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from app.architecture.spec import Node
from app.frozen import Shape
from app.report.model import Axis
from app.report.numbers import write_size

NamesByRank = Mapping[int, tuple[str, ...]]


class Label(NamedTuple):
    """What an axis is called, and a short phrase for where its number comes from."""

    name: str
    origin: str


class Call(NamedTuple):
    """One output of one layer call: what a rule knows."""

    node: Node
    inputs: tuple[tuple[Axis, ...], ...]
    shape: Shape
    output: int = 0
    """Which of the layer's outputs it is."""

    @property
    def name(self) -> str:
        """The layer's name, for origins; of a shared one its own."""
        return self.node.shares or self.node.name


Labels = tuple[Label, ...]
Rule = Callable[[Call], Labels]

BATCH = Label("batch", "batch")


def carry(call: Call) -> Labels:
    """Each axis as the first input of that rank and size calls it: for shapes that stay, and merges."""
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
    """The same labels with another at one place."""
    changed = list(labels)
    changed[place] = new
    return tuple(changed)


def length(axis: Axis) -> str:
    """A size as a word of an origin; an unknown size goes by the name of its axis."""
    return axis.name if axis.size is None else write_size(axis.size)


def names_of_rank(table: NamesByRank, rank: int) -> tuple[str, ...]:
    """The usual names of so many axes; beyond the table they are numbered."""
    return table.get(rank) or ("batch", *(f"axis {place}" for place in range(1, rank)))[:rank]
