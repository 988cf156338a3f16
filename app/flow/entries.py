"""list_entries(): the inputs of a model, and which of them read sequences."""

import math
from typing import NamedTuple

from app.architecture.spec import INPUT
from app.frozen import Shape
from app.report import Report

TIMESTEPS = "timesteps"


class Entry(NamedTuple):
    """An input of a model; its shape has the batch axis first."""

    name: str
    axes: tuple[str, ...]
    shape: Shape
    dtype: str

    @property
    def has_timesteps(self) -> bool:
        """Whether it reads sequences."""
        return TIMESTEPS in self.axes[1:2]

    @property
    def features(self) -> int:
        """How many numbers there are per timestep; an axis of unknown size counts as one."""
        return math.prod(size or 1 for size in self.shape[2:]) if self.has_timesteps else 1


def list_timed(report: Report) -> tuple[str, ...]:
    """The names of the inputs that read sequences."""
    return tuple(entry.name for entry in list_entries(report) if entry.has_timesteps)


def list_entries(report: Report) -> tuple[Entry, ...]:
    """The inputs, except those that fail."""
    rows = (row for row in report.layers if row.kind == INPUT and row.status == "builds")
    return tuple(Entry(row.name, row.axes[0], row.output_shapes[0], row.output_dtypes[0]) for row in rows)
