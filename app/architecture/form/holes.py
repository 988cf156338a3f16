"""Holes in the form: one field for each value that the code needs and does not set."""

from collections.abc import Sequence
from typing import Literal

from app.architecture.form.widgets import read_sizes, write_sizes
from app.architecture.hole import Hole, HoleValue
from app.frozen import Frozen
from app.problems import ArchitectureError

NAME, DEFAULT, VALUE = "hole", "hole.default", "hole.value"
"""The three fields that each hole submits; the n-th of one belongs to the n-th of the others."""


class HoleField(Frozen):
    """One hole as a control. It carries the default, so that links leave out values that equal it."""

    name: str
    value: str
    default: str
    widget: Literal["number", "text"]
    step: Literal["1", "any"]
    line: int
    used_by: tuple[str, ...]


def write_holes(holes: Sequence[Hole]) -> tuple[HoleField, ...]:
    """The fields, in the order of the holes."""
    return tuple(
        HoleField(
            name=hole.name,
            value=_write(hole.value),
            default=_write(hole.default),
            widget="text" if isinstance(hole.default, tuple) else "number",
            step="1" if isinstance(hole.default, int) else "any",
            line=hole.line,
            used_by=hole.used_by,
        )
        for hole in holes
    )


def read_holes(names: Sequence[str], defaults: Sequence[str], values: Sequence[str]) -> dict[str, HoleValue]:
    """The values that differ from their defaults. Raises ArchitectureError for what is not a number."""
    fields = zip(names, defaults, values, strict=False)
    return {name: _read(name, value) for name, default, value in fields if value.strip() not in ("", default)}


def _write(value: HoleValue) -> str:
    return write_sizes(value) if isinstance(value, tuple) else str(value)


def _read(name: str, text: str) -> HoleValue:
    sizes = read_sizes(text)
    numbers = [size for size in sizes if size is None or isinstance(size, int)]
    if len(sizes) == 1 and isinstance(sizes[0], int | float):
        return sizes[0]
    if not sizes or len(numbers) < len(sizes):
        raise ArchitectureError(
            f"{text[:40]!r} is no value for `{name[:40]}`: a number, or sizes like 8, 16."
        )
    return tuple(numbers)
