"""Sequences: token sequences that a visitor types, and how they are padded to one length."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from app.frozen import Frozen
from app.problems import SequencesUnreadable

MOST_SEQUENCES, LONGEST, MOST_INPUTS = 4, 64, 20
LARGEST = 10**9

End = Literal["pre", "post"]
Token = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
Rows = Annotated[
    tuple[Annotated[tuple[Token, ...], Field(max_length=LONGEST)], ...], Field(max_length=MOST_SEQUENCES)
]

_ROWS = re.compile(r"[\n;\]]")
_NUMBER = re.compile(r"[-+]?\d+")
_STRANGE = re.compile(r"[-+\d]*[^-+\d\s,;\[\]()][^\s,;\[\]()]*")
LONGEST_WORD = 20


class Sequences(Frozen):
    """Sequences of whole numbers, with the arguments of `keras.utils.pad_sequences`."""

    rows: Rows = Field(
        default=(),
        description="The sequences, each as long as it is, of every input that has none in `by_input`.",
    )
    by_input: dict[str, Annotated[Rows, Field(min_length=1)]] = Field(
        default={},
        max_length=MOST_INPUTS,
        description="Sequences of their own for inputs, by the input's name. Without `rows`, the others "
        "read those of the first input that is named.",
    )
    maxlen: int | None = Field(
        default=None, ge=1, le=LONGEST, description="How long all become; null: as the longest."
    )
    padding: End = Field(default="pre", description="Where short sequences are filled up.")
    truncating: End = Field(default="pre", description="Where long sequences are cut off.")
    value: Token = Field(default=0, description="What they are filled up with.")

    @model_validator(mode="after")
    def _hold_any(self) -> "Sequences":
        if not self.rows and not self.by_input:
            raise ValueError("Give at least one sequence in `rows`, or in `by_input`.")
        return self

    @property
    def length(self) -> int:
        """The padded length, in timesteps, for inputs that do not fix one; at least 1."""
        rows = (row for typed in (self.rows, *self.by_input.values()) for row in typed)
        return self.maxlen or max(1, *map(len, rows))

    def rename(self, names: Mapping[str, str]) -> "Sequences":
        """The same sequences for renamed inputs; `names` gives each new name by the old one."""
        by_input = {names.get(name, name): rows for name, rows in self.by_input.items()}
        return self.model_copy(update={"by_input": by_input})


def read_rows(text: str) -> tuple[tuple[int, ...], ...]:
    """The sequences in a text: one per line, or a list of lists. Raises SequencesUnreadable."""
    if strange := _STRANGE.search(text):
        raise SequencesUnreadable(
            f"`{strange[0][:LONGEST_WORD]}` is no whole number. Sequences are whole numbers, one a line: "
            "`5 9 2 0 0`, or `[[5, 9], [2]]`. For a word stands the number that a tokenizer gives it."
        )
    rows = (tuple(map(int, _NUMBER.findall(line[:10_000]))) for line in _ROWS.split(text))
    return tuple(row for row in rows if row)


def write_rows(rows: tuple[tuple[int, ...], ...]) -> str:
    """The inverse of `read_rows`: one sequence per line."""
    return "\n".join(" ".join(map(str, row)) for row in rows)
