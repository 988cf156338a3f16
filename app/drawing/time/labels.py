"""The width of the words beside the rows of the strip, in px."""

from collections.abc import Iterator, Mapping

from app.drawing.measures import measure_output
from app.drawing.text import text_width
from app.drawing.words import write_kind, write_mask, write_name, write_plural
from app.flow import Lane
from app.report import LayerReport

LONGEST_NAME = 24
SIGN = 17.0
"""The width of the sign before the words about a mask."""


def measure_labels(layers: Mapping[str, LayerReport], lanes: tuple[Lane, ...]) -> Iterator[float]:
    """The widths of the labels at the left, including those of inputs that have no row of their own."""
    for lane in lanes:
        layer = layers[lane.layer]
        for name in (lane.layer, *layer.inbound[:1]):
            yield text_width(write_name(name)[:LONGEST_NAME], "row")
        yield text_width(write_kind(layer.kind), "small")
        if layer.inbound and not lane.inbound:
            yield text_width(f"as {layer.name[:LONGEST_NAME]} reads it", "small")


def measure_words(layers: Mapping[str, LayerReport], lanes: tuple[Lane, ...]) -> Iterator[float]:
    """The widths of the words at the right."""
    for lane in lanes:
        layer = layers[lane.layer]
        yield text_width(measure_output(layer, lane.time_out).words, "small")
        yield text_width(write_plural(lane.timesteps_out, "timestep"), "small")
        if mask := write_mask(layer):
            yield SIGN + text_width(mask, "masked")
