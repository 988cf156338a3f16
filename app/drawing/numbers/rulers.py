"""Rulers: the listed positions of an axis, in px, and their names."""

from collections.abc import Mapping
from typing import NamedTuple

from app.drawing.time.columns import SUBSCRIPTS

GAP, FOLD = 2.0, 18.0

LETTERS: Mapping[str, str] = {"timesteps": "t", "features": "f", "units": "u"}
"""Axes whose positions are named by a letter and a number."""


class Ruler(NamedTuple):
    """The listed positions and where they begin, in px; None marks a gap."""

    places: tuple[int | None, ...]
    starts: tuple[float, ...]
    length: float

    @property
    def listed(self) -> tuple[tuple[int, float], ...]:
        """The listed positions with their beginnings."""
        pairs = zip(self.places, self.starts, strict=True)
        return tuple((place, start) for place, start in pairs if place is not None)

    @property
    def is_whole(self) -> bool:
        """Whether no position before the last listed one is left out."""
        return None not in self.places[:-1]


def make_ruler(listed: tuple[int, ...], size: float, endless: bool = False) -> Ruler:
    """Positions of `size` px each, with gaps where some are left out; with `endless` one after the last."""
    places: list[int | None] = []
    for before, place in zip((-1, *listed), listed, strict=False):
        places += [None, place] if place > before + 1 else [place]
    places += [None] if endless else []
    starts, end = [], 0.0
    for placed in places:
        starts.append(end)
        end += (FOLD if placed is None else size) + GAP
    return Ruler(tuple(places), tuple(starts), max(end - GAP, 0))


def name_place(axis: str, place: int, is_end: bool = False) -> str:
    """The name of a position: t₁ for the first timestep, T for the last of an open axis, else "row 1"."""
    if axis not in LETTERS:
        return f"{axis.removesuffix('s')} {place + 1:,}"
    return LETTERS[axis].upper() if is_end else f"{LETTERS[axis]}{place + 1}".translate(SUBSCRIPTS)
