"""Measures: the content of one timestep of a tensor, in words, as a hue and as a height."""

from functools import lru_cache
from math import log10, prod
from typing import NamedTuple

from app.drawing.theme import hue_of
from app.drawing.words import write_axis
from app.frozen import Shape
from app.report import LayerReport

SHORTEST, TALLEST = 14.0, 44.0


class Measure(NamedTuple):
    """The content of one timestep: its size in words, its hue, and the height it is drawn with, in px."""

    words: str
    hue: str
    height: float


def measure_output(layer: LayerReport, has_time: bool) -> Measure:
    """One timestep of a layer's first output; all of the output, if it has no timesteps."""
    return measure_step(layer.axes[0], layer.output_shapes[0], find_time(layer.axes[0], has_time))


def find_time(axes: tuple[str, ...], has_time: bool) -> int | None:
    """The timesteps axis; if no axis has that name, recurrent layers walk along axis 1."""
    if not has_time:
        return None
    return axes.index("timesteps") if "timesteps" in axes else 1


@lru_cache(1024)
def measure_step(axes: tuple[str, ...], shape: Shape, time: int | None) -> Measure:
    """A tensor without its batch axis and axis `time`; the height grows with the logarithm of its size."""
    rest = [
        # Former timesteps that are now inside one timestep are just numbers.
        ("numbers" if name == "timesteps" and time is not None else name, size)
        for place, (name, size) in enumerate(zip(axes, shape, strict=True))
        if place not in (0, time)
    ]
    numbers = prod(size or 1 for _, size in rest)
    height = SHORTEST + (TALLEST - SHORTEST) * min(1.0, log10(max(numbers, 1)) / 4)
    words = " × ".join(write_axis(name, size) for name, size in rest) or "1 number"
    return Measure(words, hue_of(rest[-1][0]) if rest else "batch", round(height))
