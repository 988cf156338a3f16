"""Rails: routes of arrows from one row down to another, past the rows between them."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple

from app.drawing.scene import Point

SIDESTEP = 4.0
ABOVE, BELOW = 6.0, 2.0
CLEARANCE = 4.5
UPRIGHT = 9.0
"""An arrow that is this close to vertical is drawn vertical, ending beside the middle of the box."""


class Taken(NamedTuple):
    """The area that a row covers, which arrows to rows below have to avoid."""

    top: float
    bottom: float
    half: float
    centres: tuple[float, ...]


class Rails:
    """The areas that the rows so far cover, from top to bottom, and the routes past them."""

    def __init__(self) -> None:
        self._taken: list[Taken] = []

    def take(self, y: float, height: float, half: float, xs: Iterable[float]) -> None:
        """Record the area of a row: `half` px to the left and right of each x."""
        insort(self._taken, Taken(y - height / 2, y + height / 2, half, tuple(xs)))

    def route(self, start: Point, end: Point) -> tuple[Point, ...]:
        """Straight to the next row; past other rows between, straight down beside what they cover."""
        below = self._taken[bisect_left(self._taken, (start[1],)) :]
        between = [taken for taken in below if taken.bottom < end[1]]
        if abs(start[0] - end[0]) <= UPRIGHT:
            end = (start[0], end[1])
        if not between:
            return (start, end)
        x = next(x for x in _sidestep(start[0]) if _is_free(x, between))
        enter = () if x == start[0] else ((x, min(taken.top for taken in between) - ABOVE),)
        return (start, *enter, (x, max(taken.bottom for taken in between) + BELOW), end)


def _sidestep(x: float) -> Iterator[float]:
    """The position x, and then positions ever further away from it on both sides."""
    for step in count():
        yield x + step * SIDESTEP
        yield x - step * SIDESTEP


def _is_free(x: float, rows: Iterable[Taken]) -> bool:
    return all(abs(x - centre) >= row.half + CLEARANCE for row in rows for centre in row.centres)
