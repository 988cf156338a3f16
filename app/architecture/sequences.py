"""Sequences: data that a visitor types, and how sequences of different lengths are made one length."""

import re
from typing import Annotated, Literal

from pydantic import Field

from app.frozen import Frozen
from app.problems import BadRequest

MOST_SEQUENCES, LONGEST = 4, 64
LARGEST = 10**9

End = Literal["pre", "post"]
Token = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]

_ROWS = re.compile(r"[\n;\]]")
_NUMBER = re.compile(r"[-+]?\d+")
_ALLOWED = re.compile(r"[-+\d\s,;\[\]()]*")


class Sequences(Frozen):
    """Whole numbers, and the arguments of `keras.utils.pad_sequences`."""

    rows: tuple[Annotated[tuple[Token, ...], Field(max_length=LONGEST)], ...] = Field(
        min_length=1, max_length=MOST_SEQUENCES, description="The sequences, each as long as it is."
    )
    maxlen: int | None = Field(
        default=None, ge=1, le=LONGEST, description="How long all become; null: as the longest."
    )
    padding: End = Field(default="pre", description="Where short sequences are filled up.")
    truncating: End = Field(default="pre", description="Where long sequences are cut off.")
    value: Token = Field(default=0, description="What they are filled up with.")


def read_rows(text: str) -> tuple[tuple[int, ...], ...]:
    """The sequences in a text: one a line, or as a list of lists. Raises BadRequest for anything else."""
    if not _ALLOWED.fullmatch(text):
        raise BadRequest("Sequences are whole numbers, one sequence a line: `5 9 2 0 0`, or `[[5, 9], [2]]`.")
    rows = (tuple(map(int, _NUMBER.findall(line[:10_000]))) for line in _ROWS.split(text))
    return tuple(row for row in rows if row)


def write_rows(rows: tuple[tuple[int, ...], ...]) -> str:
    """One sequence a line, which `read_rows` reads."""
    return "\n".join(" ".join(map(str, row)) for row in rows)
