"""fold_middle(): of very many rows, the first and last are drawn, and those between are counted."""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

MOST_ROWS = 80

MOST_UNFOLDED = 240
"""How many rows are drawn at most if that is asked for."""

Row = TypeVar("Row")


class Hidden(NamedTuple, Generic[Row]):
    """Rows that are folded away."""

    rows: tuple[Row, ...]


def fold_middle(rows: Sequence[Row], most: int = MOST_ROWS) -> tuple[Row | Hidden[Row], ...]:
    """All rows; of more than `most`, the first half, a Hidden for those between, and the last rows."""
    if len(rows) <= most:
        return tuple(rows)
    first = most // 2
    last = len(rows) - (most - first - 1)
    return (*rows[:first], Hidden(tuple(rows[first:last])), *rows[last:])


def list_shown(rows: Sequence[Row], most: int = MOST_ROWS) -> tuple[Row, ...]:
    """The rows that are drawn."""
    return tuple(row for row in fold_middle(rows, most) if not isinstance(row, Hidden))
