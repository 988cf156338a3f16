"""Rulers: the listed places of an axis one after the other, and how each is called."""

from collections.abc import Mapping
from typing import NamedTuple

from app.drawing.time.columns import SUBSCRIPTS

GAP, FOLD = 2.0, 18.0

LETTERS: Mapping[str, str] = {"timesteps": "t", "features": "f", "units": "u"}
"""Axes whose places are called by a letter and a number."""


class Ruler(NamedTuple):
    """Places of an axis and where they begin, in px; None among them is where some are left out."""

    places: tuple[int | None, ...]
    starts: tuple[float, ...]
    length: float

    @property
    def listed(self) -> tuple[tuple[int, float], ...]:
        """The places that are listed, with their beginnings."""
        pairs = zip(self.places, self.starts, strict=True)
        return tuple((place, start) for place, start in pairs if place is not None)

    @property
    def is_whole(self) -> bool:
        """Whether no place is left out before the last that is listed."""
        return None not in self.places[:-1]


def make_ruler(listed: tuple[int, ...], size: float, endless: bool = False) -> Ruler:
    """Places of `size` px, with room where some are left out, and behind them all where there are more."""
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
    """t₁ for the first of the timesteps, T for the last of an unknown number of them; else "row 1"."""
    if axis not in LETTERS:
        return f"{axis.removesuffix('s')} {place + 1:,}"
    return LETTERS[axis].upper() if is_end else f"{LETTERS[axis]}{place + 1}".translate(SUBSCRIPTS)
