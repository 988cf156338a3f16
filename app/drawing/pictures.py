"""draw_pictures(): everything that is drawn of one report, as SVG for the page and in words."""

from functools import lru_cache

from app.drawing.boxes.frames import list_closed
from app.drawing.boxes.layer_cards import SLENDER
from app.drawing.boxes.overview import anchor_layers, place_overview
from app.drawing.boxes.repeats import LARGE, MOST_WHOLE, count_drawn
from app.drawing.boxes.shapes import place_shapes
from app.drawing.cell.cells import describe_cell, list_cells_drawn
from app.drawing.cell.gates import Cell
from app.drawing.cell.inside import Inside, make_inside
from app.drawing.cell.stacks import Stack, describe_units, find_stacks
from app.drawing.cell.units import place_units
from app.drawing.describe import describe_shapes, describe_time
from app.drawing.fold import list_shown
from app.drawing.headline import name_model
from app.drawing.numbers.data import place_data
from app.drawing.numbers.data_words import describe_data
from app.drawing.numbers.masked_words import describe_masks
from app.drawing.numbers.masks import TELEPHONE, place_masks
from app.drawing.numbers.value_words import describe_values
from app.drawing.numbers.values import place_values
from app.drawing.scene import MARGIN, Scene
from app.drawing.svg import write_sample, write_svg
from app.drawing.time.moments import Moment, list_moments
from app.drawing.time.repeated import fold_blocks
from app.drawing.time.strip import USUAL_WIDTH
from app.drawing.time.unroll import place_time
from app.flow import Flow
from app.flow.data import Regrouping
from app.flow.valued import ValueTrace
from app.frozen import Frozen
from app.report import Report

SLIM, WIDTH_BELOW = 400.0, 1000.0
"""Wider shapes have the timesteps below them, which may then be this wide."""

CUT = MARGIN - 1
"""The page has margins of its own. One px is left for outlines."""

FEW = 12
"""How many cells, and how many runs of units, are drawn at most."""


class Picture(Frozen):
    """An SVG element for a page with `theme.stylesheet`, and the same in words. Sizes are in px.

    `overview` is a small map of it, if it is too large to be seen at once. `legend` has its signs: a sample,
    which is an SVG element or empty, and what it means.
    """

    svg: str
    description: str
    width: float
    height: float
    overview: str = ""
    legend: tuple[tuple[str, str], ...] = ()


class Whole(Frozen):
    """Every layer of a model in one picture, with an id at each layer."""

    title: str
    picture: Picture
    layers: tuple[tuple[str, str], ...]
    """The name and kind of each layer."""


class Pictures(Frozen):
    """The pictures of one model; `folded` is the number of layers that are folded away in `shapes`, and
    `closed` are the nested models that are drawn as one card there.

    `slender` is `shapes` for telephones, if branches side by side make that too wide.

    `cells` has one picture per recurrent layer that is drawn, by name, and one for each of stacked cells.
    `units` has one per run of recurrent layers that feed each other, by the names of all. `data`
    has one per input with timesteps, and per layer that only cuts, moves or pads, by name. All three may be
    empty, and have the first FEW; `more_cells` and `more_units` are the numbers of those that are not drawn.

    `folds` says whether timesteps or layers are folded away in `time` that could be drawn, and `repeated` is
    the number of layers that are not drawn there as they are like others. `moments` says what happens
    in each row of `time` at a timestep. `masks` is there if the question has sequences on which the model
    could be run; `slender_masks` is the same for telephones.
    """

    shapes: Picture
    slender: Picture | None
    folded: int
    closed: tuple[str, ...]
    time: Picture | None
    folds: bool
    repeated: int
    moments: tuple[Moment, ...]
    masks: Picture | None
    slender_masks: Picture | None
    data: dict[str, Picture]
    cells: dict[str, Inside]
    more_cells: int
    units: dict[str, Picture]
    more_units: int


def draw_pictures(report: Report, flow: Flow) -> Pictures:
    """All pictures of a report and its flow."""
    drawn = count_drawn(report)
    shapes = _draw_shapes(report, drawn)
    time = place_time(report, flow, USUAL_WIDTH if shapes.width <= SLIM else WIDTH_BELOW)
    cells, stacks = tuple(list_cells_drawn(report)), find_stacks(report)
    return Pictures(
        shapes=shapes,
        slender=_draw_slender(report, shapes),
        folded=len(report.rows) - drawn,
        closed=tuple(list_closed(report.rows, report.architecture)),
        time=_draw(time, describe_time(report, flow)) if time else None,
        folds=time is not None and time.folds,
        repeated=len(flow.lanes) - len(fold_blocks(report, flow).flow.lanes),
        moments=list_moments(report, flow),
        masks=_draw_masks(report, flow),
        slender_masks=_draw_masks(report, flow, TELEPHONE),
        data={moved.layer: _draw_data(moved) for moved in flow.data},
        cells={name: _draw_cell(name, cell, kind) for name, cell, kind in cells[:FEW]},
        more_cells=len(cells[FEW:]),
        units={stack.title: _draw_units(stack) for stack in stacks[:FEW]},
        more_units=len(stacks[FEW:]),
    )


def draw_whole(report: Report) -> Whole:
    """A report's shapes with nothing folded."""
    picture = _draw_map(anchor_layers(place_shapes(report, whole=True)), describe_shapes(report, whole=True))
    layers = tuple((row.name, row.kind) for row in list_shown(report.rows, MOST_WHOLE))
    return Whole(title=name_model(report), picture=picture, layers=layers)


def draw_values(report: Report, trace: ValueTrace) -> tuple[Picture, ...]:
    """The numbers in a run of the model: one picture per sequence; none if it was not run."""
    return tuple(
        _draw(place_values(report, trace, sequence), describe_values(trace, sequence))
        for sequence in range(trace.samples)
    )


def _draw_cell(name: str, cell: Cell, kind: str) -> Inside:
    return make_inside(cell, kind).model_copy(update={"description": describe_cell(name, cell, kind)})


def _draw_shapes(report: Report, drawn: int) -> Picture:
    draw = _draw_map if drawn > LARGE else _draw
    return draw(place_shapes(report), describe_shapes(report))


def _draw_slender(report: Report, shapes: Picture) -> Picture | None:
    if shapes.width <= SLIM or shapes.overview:
        return None
    return _draw(place_shapes(report, widths=SLENDER), shapes.description)


def _draw_map(scene: Scene, description: str) -> Picture:
    overview = write_svg(place_overview(scene))
    return _draw(scene, description).model_copy(update={"overview": overview})


def _draw_masks(report: Report, flow: Flow, room: float | None = None) -> Picture | None:
    if flow.masks is None or flow.masks.refused:
        return None
    return _draw(place_masks(report, flow.masks, room), describe_masks(report, flow.masks))


@lru_cache(256)
def _draw_units(stack: Stack) -> Picture:
    return _draw(place_units(stack), describe_units(stack))


@lru_cache(256)
def _draw_data(moved: Regrouping) -> Picture:
    return _draw(place_data(moved), describe_data(moved))


def _draw(scene: Scene, description: str) -> Picture:
    return Picture(
        svg=write_svg(scene, CUT),
        description=description,
        width=scene.width - 2 * CUT,
        height=scene.height,
        legend=tuple((write_sample(sign), sign.words) for sign in scene.legend),
    )
