"""Columns: which timesteps are drawn, and where."""

from typing import NamedTuple

from app.flow import Lane
from app.flow.fold import LONGEST

MOST_COLUMNS = 16
"""A lane of more timesteps is folded, however much room there is."""

FIRST = 3
FOLDED = FIRST + 2
"""The columns of a folded lane: its first timesteps, the fold, and the last timestep."""

TRACK, AISLE = 26.0, 20.0
NARROWEST, WIDEST = 42.0, 58.0
"""The width of a column with one track, in px: the more columns, the narrower."""

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Slot(NamedTuple):
    """A position on the time axis: one timestep, counted from 0, or None for the folded ones."""

    step: int | None
    x: float


class Columns(NamedTuple):
    """The time axis of a picture: `length` columns of `pitch` px, from `left`."""

    left: float
    pitch: float
    length: int
    most: int
    """Lanes of more timesteps are folded."""

    @property
    def right(self) -> float:
        """The right edge of the last column."""
        return self.left + self.pitch * self.length

    @property
    def middle(self) -> float:
        """The middle of the axis."""
        return self.left + self.pitch * self.length / 2

    def place(self, steps: tuple[int | None, ...], shift: float) -> tuple[Slot, ...]:
        """The timesteps on the axis: column by column, or spread evenly if there are fewer than columns."""
        width = self.pitch * self.length / max(len(steps), 1)
        return tuple(
            Slot(step, self.left + width * (place + 0.5) + shift) for place, step in enumerate(steps)
        )

    def place_part(self, timesteps: int, start: int, total: int) -> tuple[Slot, ...]:
        """The timesteps of a part of a longer sequence: from `start`, of `total` timesteps."""
        whole = self.place(tuple(range(total)), 0)[start : start + timesteps]
        return tuple(Slot(step, slot.x) for step, slot in enumerate(whole))


def make_columns(
    lanes: tuple[Lane, ...], tracks: int, left: float, room: float, unfolded: bool = False
) -> Columns:
    """Columns wide enough for lanes side by side on `tracks` tracks.

    Timesteps that do not fit into `room` px are folded, but for those of `unfolded` lanes of up to 64; the
    remaining columns fill the room.
    """
    across = (tracks - 1) * TRACK
    narrowest, widest = NARROWEST + across, max(WIDEST, TRACK + AISLE + across)
    most = LONGEST + 1 if unfolded else max(FOLDED + 1, min(MOST_COLUMNS, int(room / narrowest)))
    length = max(
        max(len(list_steps(lane, lane.timesteps_in, most)), len(list_steps(lane, lane.timesteps_out, most)))
        for lane in lanes
    )
    return Columns(left, min(widest, max(narrowest, room / max(length, 1))), length, most)


def list_steps(lane: Lane, timesteps: int, most: int) -> tuple[int | None, ...]:
    """The timesteps that are drawn; None stands for folded ones, or for any number of them."""
    if timesteps > LONGEST or timesteps + lane.symbolic > most:
        return (*range(FIRST), None, timesteps - 1)
    if lane.symbolic and timesteps > 1:
        return (*range(timesteps - 1), None, timesteps - 1)
    return tuple(range(timesteps))


def can_unfold(lane: Lane, most: int) -> bool:
    """Whether timesteps of the lane are folded that could be drawn."""
    timesteps = max(lane.timesteps_in, lane.timesteps_out)
    return timesteps <= LONGEST and timesteps + lane.symbolic > most


def label_step(lane: Lane, step: int) -> str:
    """The label t₁ for timestep 0; T for the last one of an axis of unknown length."""
    if lane.symbolic and step == lane.timesteps_out - 1 > 0:
        return "T"
    return f"t{step + 1}".translate(SUBSCRIPTS)
