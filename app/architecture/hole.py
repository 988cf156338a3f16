"""Hole: a value that the code needs and does not set, such as `vocab_size`, and the number used for it."""

from typing import Annotated

from pydantic import Field

from app.frozen import Frozen

Number = int | Annotated[float, Field(allow_inf_nan=False)]
HoleValue = Number | tuple[int | None, ...]
"""One number; or, for data of unknown shape, the sizes of its axes without the batch axis."""

MAX_NAME = 200
MAX_HOLES = 200

HoleName = Annotated[str, Field(min_length=1, max_length=MAX_NAME)]


class Hole(Frozen):
    """A name or expression (`X.shape[1]`) that the code never sets, and that a layer or a loop needs."""

    name: str
    value: HoleValue
    """The value used: the visitor's, or else the default."""
    default: HoleValue
    line: int
    """The first line that needs it."""
    used_by: tuple[str, ...] = ()
    """The layers that use it, directly or in a computation."""
