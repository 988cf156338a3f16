"""place_cells(): the cells of one walk along the timesteps, with the state that runs from cell to cell."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from app.drawing.scene import Arrow, Box, Group, Line, Mark, Text
from app.drawing.time.columns import Slot
from app.drawing.time.rails import CLEARANCE
from app.drawing.time.sources import Place
from app.drawing.time.strip import FOLD, group_step, name_port, place_fold

APART = 5.0
LETTER = 5.0

REMEMBERED_WALKS = 512
"""How many walks are cached as they were placed: when a number is changed, most rows of a picture stay."""


class Cells(NamedTuple):
    """All that the picture of one walk depends on, in the order of the walk.

    `memory` says whether the cell has a state c beside h, as an LSTM's. The cells are `aside` px beside the
    `slots`; `entering` has the arrows into each, and `padding` the timesteps at which it keeps its state.
    """

    layer: str
    part: str
    memory: bool
    width: float
    height: float
    y: float
    slots: tuple[Slot, ...]
    aside: float
    entering: tuple[tuple[Arrow, ...], ...]
    padding: frozenset[int]

    @property
    def states(self) -> tuple[tuple[str, float], ...]:
        """The look of each state, and how far below the middle of the cells it runs."""
        return (("state-c", -APART), ("state-h", APART)) if self.memory else (("state-h", 0.0),)

    @property
    def letters(self) -> float | None:
        """The middle of the letters of the state, at its first arrow; None if there is no arrow."""
        if len(self.slots) == 1:
            return None
        middle = (self.slots[0].x + self.slots[1].x) / 2 + self.aside
        # What the lower of two walks reads passes between the letter and the first cell.
        least = self.slots[0].x - self.aside + LETTER + CLEARANCE + 1
        return max(middle, least) if self.aside < 0 else middle


class Walk(NamedTuple):
    """The cells as they were placed, where the output of each leaves, and the keys of their legend."""

    marks: tuple[Group, ...]
    ends: Mapping[int | None, Place]
    legend: tuple[str, ...]


@lru_cache(REMEMBERED_WALKS)
def place_cells(cells: Cells) -> Walk:
    """Place a cell at each slot; the ends are from left to right."""
    groups: list[Group] = []
    ends: dict[int | None, Place] = {}
    legend: list[str] = []
    leaving: Place | None = None
    y, slots, states, letters = cells.y, cells.slots, cells.states, cells.letters
    ahead = 1 if slots[-1].x > slots[0].x else -1
    for slot, entering in zip(slots, cells.entering, strict=True):
        x, port = slot.x + cells.aside, name_port(cells.layer, slot.step, cells.part)
        marks: list[Mark] = [*entering]
        if slot.step is None:
            half, below = FOLD / 2, FOLD / 2
            marks += place_fold(x, y, port)
        else:
            half, below = cells.width / 2, cells.height / 2
            skipped = slot.step in cells.padding
            look = "padding" if skipped else "cell"
            marks.append(Box(x - half, y - below, cells.width, cells.height, look, 6, port))
            if skipped:
                marks += [Line(((x - half, y + down), (x + half, y + down)), look) for look, down in states]
                legend.append("skipped")
        ends[slot.step] = Place((x, y + below), port)
        if leaving is not None:
            (start, _), source = leaving
            end = x - ahead * half
            marks += [
                Arrow(((start, y + down), (end, y + down)), look, source, port) for look, down in states
            ]
        if letters is not None and len(ends) == 2:
            marks += _name_states(cells.memory, letters, y)
            legend += ["h", "c"] if cells.memory else ["h"]
        groups.append(group_step(cells.layer, slot.step, *marks))
        leaving = Place((x + ahead * half, y), port)
    return Walk(tuple(groups), ends if ahead > 0 else dict(reversed(ends.items())), tuple(legend))


def _name_states(memory: bool, middle: float, y: float) -> Iterator[Text]:
    if memory:
        yield Text(middle, y - APART - 4, "c", "state", "middle")
        yield Text(middle, y + APART + 13, "h", "state", "middle")
    else:
        yield Text(middle, y - 5, "h", "state", "middle")
