"""The width of the words beside the rows of the strip, in px."""

from collections.abc import Container, Iterator, Mapping

from app.architecture import Node
from app.drawing.boxes.frames import say_repeat
from app.drawing.boxes.kinds import name_kind
from app.drawing.boxes.repeats import Repeat
from app.drawing.measures import measure_output
from app.drawing.text import text_width
from app.drawing.words import write_mask, write_name, write_plural
from app.flow import Lane
from app.report import LayerReport

LONGEST_NAME, LONGEST_KIND = 24, 30
SIGN = 17.0
"""The width of the sign before the words about a mask."""


def measure_labels(
    layers: Mapping[str, LayerReport],
    nodes: Mapping[str, Node],
    lanes: tuple[Lane, ...],
    ends: tuple[LayerReport, ...],
) -> Iterator[float]:
    """The widths of the labels at the left, including those of inputs that have no row of their own.

    `ends` are the layers after the last lane.
    """
    drawn = {lane.layer for lane in lanes} | {row.name for row in ends}
    for row in ends:
        yield text_width(write_name(row.name)[:LONGEST_NAME], "row")
        yield text_width(name_end(row, nodes[row.name], drawn)[:LONGEST_KIND], "small")
    for lane in lanes:
        layer = layers[lane.layer]
        for name in (lane.layer, *layer.inbound[:1]):
            yield text_width(write_name(name)[:LONGEST_NAME], "row")
        yield text_width(name_kind(nodes[lane.layer])[:LONGEST_KIND], "small")
        if layer.inbound and not lane.inbound:
            yield text_width(f"as {layer.name[:LONGEST_NAME]} reads it", "small")


def measure_title(repeat: Repeat) -> float:
    """The width of the words at the top of a frame."""
    title, cost = say_repeat(repeat)
    return max(text_width(title, "row"), text_width(cost, "small"))


def name_end(row: LayerReport, node: Node, drawn: Container[str]) -> str:
    """The kind of a layer after the last lane, and what it reads besides the layers that are drawn."""
    others = [name for name in row.inbound if name not in drawn]
    return f"{name_kind(node)}, with {' and '.join(others)}" if others else name_kind(node)


def count_timesteps(lane: Lane) -> str:
    """How many timesteps leave a lane: "3 timesteps", or as many as are drawn, if their number is open."""
    return write_plural(lane.timesteps_out, "timestep") + (" drawn" if lane.symbolic else "")


def measure_words(layers: Mapping[str, LayerReport], lanes: tuple[Lane, ...]) -> Iterator[float]:
    """The widths of the words at the right."""
    for lane in lanes:
        layer = layers[lane.layer]
        yield text_width(measure_output(layer, lane.time_out).words, "small")
        yield text_width(count_timesteps(lane), "small")
        if mask := write_mask(layer):
            yield SIGN + text_width(mask, "masked")
