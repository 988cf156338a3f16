"""Every scene of every sample, and the arithmetic of what is on it."""

from collections.abc import Iterator
from functools import cache
from itertools import count
from math import sin
from typing import NamedTuple
from unittest.mock import patch

from graphs import GRAPHS, report_on_graph
from samples import SAMPLES, flow_of, report_on

from app.architecture.code import read_code
from app.architecture.sequences import Sequences
from app.drawing.boxes.layer_cards import SLENDER
from app.drawing.boxes.shapes import place_shapes
from app.drawing.cell.cells import find_layer_cells, place_cell
from app.drawing.cell.stacks import find_stacks
from app.drawing.cell.units import place_units
from app.drawing.legend import add_legend
from app.drawing.numbers.data import place_data
from app.drawing.numbers.masks import TELEPHONE, place_masks
from app.drawing.numbers.values import place_values
from app.drawing.scene import Arrow, Box, Dot, Group, Mark, Point, Scene, Text, flatten
from app.drawing.text import text_width
from app.drawing.theme import TEXT_LOOKS
from app.drawing.time.unroll import place_time
from app.flow import Flow, follow_sequences
from app.flow.masked import MaskTrace
from app.flow.masks import trace_masks
from app.flow.valued import Strip, ValueTrace
from app.flow.values import trace_values
from app.report import Report
from app.report.build import make_report

ASCENT, DESCENT = 0.78, 0.22


class Area(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Area") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Area") -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def has(self, point: Point, within: float = 0.6) -> bool:
        x, y = point
        return (
            self.left - within <= x <= self.right + within and self.top - within <= y <= self.bottom + within
        )


def draw_scenes(slug: str) -> Iterator[tuple[str, Scene]]:
    report, flow = report_on(slug), flow_of(slug)
    yield "shapes", place_shapes(report)
    yield "slender", place_shapes(report, widths=SLENDER)
    time = place_time(report, flow)
    if time:
        yield "time", time
        unfolded = place_time(report, flow.model_copy(update={"unfolded": True})) if time.folds else None
        if unfolded:
            yield "unfolded", unfolded
    for moved in flow.data:
        yield f"data of {moved.layer}", place_data(moved)
    for row in report.layers:
        for name, cell in find_layer_cells(row, report.architecture.node(row.name)):
            yield f"cell of {name}", place_cell(cell, row.kind)
    for stack in find_stacks(report):
        yield f"units of {stack.name}", place_units(stack)


def list_groups(marks: tuple[Mark, ...]) -> list[Group]:
    groups = [mark for mark in marks if isinstance(mark, Group)]
    return groups + [inner for group in groups for inner in list_groups(group.marks)]


def masked_flow_of(slug: str) -> Flow:
    """The flow of a sample with three sequences of different lengths."""
    flow = flow_of(slug)
    return flow.model_copy(update={"masks": trace_masks(report_on(slug), SEQUENCES)})


SEQUENCES = Sequences(rows=((5, 9, 2), (3, 4, 5, 6, 7), (8,)), padding="post")
MASKED = ("masked", "concatenate-with-mask", "half-masked", "bidirectional", "lost-mask", "long-padding")


def typed_flow_of(slug: str) -> Flow:
    """The same, drawn with as many timesteps as the sequences have."""
    flow = flow_of(slug, SEQUENCES.length)
    return follow_sequences(flow, trace_masks(report_on(slug), SEQUENCES))


def draw_typed(slug: str) -> Scene:
    scene = place_time(report_on(slug), typed_flow_of(slug))
    assert scene is not None
    return scene


def draw_masks(slug: str) -> Scene:
    flow = masked_flow_of(slug)
    assert flow.masks is not None
    return place_masks(report_on(slug), flow.masks)


VALUED = ("masked", "bidirectional", "long-padding", "rnn-cell", "two-ways", "eight-units", "hostile-names")


@cache
def trace_of(slug: str) -> ValueTrace:
    """A sample's model, run on the three sequences for as long as it takes: a busy machine draws as well."""
    with patch("app.flow.values.MOST_SECONDS", 600):
        trace = trace_values(report_on(slug), flow_of(slug).lanes, SEQUENCES, 8)
    assert not trace.refused, trace.refused
    return trace


def invent_values(trace: ValueTrace) -> ValueTrace:
    """The same with other numbers where any were computed: the last digits of real ones are the machine's."""
    wave = (sin(place / 3) * 0.9 for place in count())
    layers = (
        layer.model_copy(update={"strips": tuple(invent_strip(strip, wave) for strip in layer.strips)})
        for layer in trace.layers
    )
    return trace.model_copy(update={"layers": tuple(layers)})


def invent_strip(strip: Strip, wave: Iterator[float]) -> Strip:
    if strip.whole:
        return strip
    values = tuple(
        tuple(tuple(None if number is None else next(wave) for number in step) for step in sequence)
        for sequence in strip.values
    )
    return strip.model_copy(update={"values": values})


def draw_values(slug: str) -> Scene:
    """The second of three sequences, as the values of the model that was run on them."""
    return place_values(report_on(slug), trace_of(slug), 1)


INSIDE = """
core = keras.Sequential([
    keras.Input((None,)), layers.Embedding(20, 4, mask_zero=True, name="vectors"), layers.LSTM(2, name="lstm")
], name="core")
x = keras.Input((None,), name="x")
inner = keras.Model(x, layers.Dense(2, name="after")(core(x)), name="inner")
pictures = keras.Sequential([keras.Input((8,)), layers.Dense(2, name="plain")], name="pictures")
told, asked = keras.Input((None,), name="told"), keras.Input((None,), name="asked")
seen = keras.Input((8,), name="seen")
model = keras.Model([told, asked, seen], layers.Concatenate()([inner(told), inner(asked), pictures(seen)]))
"""


@cache
def masks_inside() -> tuple[Report, MaskTrace]:
    """A model in a model, called twice on sequences of its own, beside one that has no masks."""
    typed = {"told": ((5, 9, 2), (3,)), "asked": ((4,), (1, 2, 3, 4))}
    report = make_report(read_code(INSIDE).architecture)
    trace = trace_masks(report, Sequences(by_input=typed, padding="post"))
    assert not trace.refused, trace.refused
    return report, trace


ALL_SCENES = [(slug, name, scene) for slug in SAMPLES for name, scene in draw_scenes(slug)]
ALL_SCENES += [(slug, "shapes", place_shapes(report_on_graph(slug))) for slug in GRAPHS]
ALL_SCENES += [(slug, "slender", place_shapes(report_on_graph(slug), widths=SLENDER)) for slug in GRAPHS]
ALL_SCENES += [(slug, "masks", draw_masks(slug)) for slug in MASKED]
ALL_SCENES += [(slug, "typed", draw_typed(slug)) for slug in MASKED]
ALL_SCENES += [("inside", "masks", place_masks(*masks_inside(), room)) for room in (None, TELEPHONE)]
ALL_SCENES += [(slug, "values", draw_values(slug)) for slug in VALUED]
ALL_SCENES = [(slug, name, add_legend(scene)) for slug, name, scene in ALL_SCENES]


def measure_mark(mark: Mark) -> Area | None:
    if isinstance(mark, Box):
        return Area(mark.x, mark.y, mark.x + mark.width, mark.y + mark.height)
    if isinstance(mark, Dot):
        return Area(mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius)
    if isinstance(mark, Text):
        size, width = TEXT_LOOKS[mark.look].size, text_width(mark.text, mark.look)
        left = mark.x - {"start": 0, "middle": width / 2, "end": width}[mark.anchor]
        return Area(left, mark.y - ASCENT * size, left + width, mark.y + DESCENT * size)
    return None


def list_marks(scene: Scene) -> list[Mark]:
    return list(flatten(add_legend(scene).marks))


def list_areas(scene: Scene, *kinds: type) -> list[tuple[Mark, Area]]:
    pairs = [(mark, measure_mark(mark)) for mark in list_marks(scene) if isinstance(mark, kinds)]
    return [(mark, area) for mark, area in pairs if area]


def list_ports(scene: Scene) -> dict[str, list[Area]]:
    ports: dict[str, list[Area]] = {}
    for mark, area in list_areas(scene, Box, Dot):
        assert isinstance(mark, Box | Dot)
        ports.setdefault(mark.port, []).append(area)
    return ports


def list_arrows(scene: Scene) -> list[Arrow]:
    return [mark for mark in list_marks(scene) if isinstance(mark, Arrow)]
