"""make_way(): two arrays of the same numbers as two blocks, of which the most telling parts are listed."""

from typing import NamedTuple

import numpy as np

from app.flow.data.model import Block, Way, WayKind
from app.frozen import Shape
from app.report.places import PADDING, Numbers

MOST_LISTED, FIRST = 6, 2
"""Longer axes are folded to their first positions and their last."""

MOST_FOLLOWED = 16
"""How many positions are listed at most to show where the numbers of the other block are."""

NOTHING = -1
"""The entry of an array where it has no number."""

TIMESTEPS = "timesteps"


class Side(NamedTuple):
    """One of the two arrays: the names and sizes of its axes (None: any size)."""

    name: str
    axes: tuple[str, ...]
    shape: Shape
    array: Numbers
    endless: bool = False


def make_way(kind: WayKind, code: str, before: Side, after: Side, stride: int = 1) -> Way:
    """Both sides as blocks; the side with fewer axes, else the larger one, lists the numbers that the other
    one lists.
    """
    listed_before, listed_after = list_places(before.array), list_places(after.array)
    axes, larger = before.array.ndim - after.array.ndim, before.array.size - after.array.size
    if axes < 0 or (axes == 0 and larger > 0):
        listed_before = list_places(before.array, after.array[np.ix_(*listed_after)])
    elif axes > 0 or larger < 0:
        listed_after = list_places(after.array, before.array[np.ix_(*listed_before)])
    telling = before if TIMESTEPS in before.axes or TIMESTEPS not in after.axes else after
    axis = telling.axes.index(TIMESTEPS) if TIMESTEPS in telling.axes else 0
    positions = find_positions(telling.array, axis)
    return Way(
        kind=kind,
        code=code,
        before=_make_block(before, listed_before, positions),
        after=_make_block(after, listed_after, positions),
        axis=telling.axes[axis],
        stride=stride,
    )


def fold_axis(size: int) -> tuple[int, ...]:
    """The positions on an axis that are listed."""
    return tuple(range(size)) if size <= MOST_LISTED else (*range(FIRST), size - 1)


def list_places(array: Numbers, followed: Numbers | None = None) -> tuple[tuple[int, ...], ...]:
    """For each axis, the positions that are listed; with `followed`, those of these numbers if they are
    few.
    """
    listed = [fold_axis(size) for size in array.shape]
    if followed is None:
        return tuple(listed)
    found = np.nonzero(np.isin(array, followed[followed > PADDING]))
    for axis, places in enumerate(found):
        both = sorted({*listed[axis], *np.unique(places).tolist()})
        if len(both) <= MOST_FOLLOWED:
            listed[axis] = tuple(both)
    return tuple(listed)


def find_positions(array: Numbers, axis: int) -> Numbers:
    """For each number in the array, at the index of that number, its position on an axis."""
    places = np.indices(array.shape)[axis]
    positions = np.zeros(int(array.max(initial=0)) + 1, dtype=np.int32)
    positions[array[array > PADDING]] = places[array > PADDING]
    return positions


def _make_block(side: Side, listed: tuple[tuple[int, ...], ...], positions: Numbers) -> Block:
    numbers = side.array[np.ix_(*listed)].ravel().tolist()
    return Block(
        name=side.name,
        axes=side.axes,
        shape=side.shape,
        listed=listed,
        numbers=tuple(None if number == NOTHING else number for number in numbers),
        positions=tuple(int(positions[number]) if number > PADDING else None for number in numbers),
        endless=side.endless,
    )
