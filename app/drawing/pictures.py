"""draw_pictures(): everything that is drawn of one report, as SVG for a page and in words."""

from collections.abc import Iterator
from functools import lru_cache

from app.drawing.cells import describe_cell, find_layer_cell
from app.drawing.data import place_data
from app.drawing.data_words import describe_data
from app.drawing.describe import describe_shapes, describe_time
from app.drawing.fold import list_shown
from app.drawing.inside import Inside, make_inside
from app.drawing.masked_words import describe_masks
from app.drawing.masks import place_masks
from app.drawing.moments import Moment, list_moments
from app.drawing.scene import MARGIN, Scene
from app.drawing.shapes import place_shapes
from app.drawing.stacks import describe_units, find_stacks
from app.drawing.svg import write_svg
from app.drawing.units import place_units
from app.drawing.unroll import place_time
from app.drawing.value_words import describe_values
from app.drawing.values import place_values
from app.flow import Flow
from app.flow.data import Regrouping
from app.flow.valued import ValueTrace
from app.frozen import Frozen
from app.report import Report

CUT = MARGIN - 1
"""A page has margins of its own. One px is left for outlines."""


class Picture(Frozen):
    """An SVG element for a page that has `theme.stylesheet`, and the same in words. Sizes are px."""

    svg: str
    description: str
    width: float
    height: float


class Pictures(Frozen):
    """The pictures of one model.

    `cells` has one for each recurrent layer that is drawn, by its name. `units` has one for each run of
    small recurrent layers that feed each other, by the name of the first. `data` has one for each input of
    timesteps and each layer that only cuts, moves or pads, by its name. All three may be empty.
    `moments` says of each row of `time` what happens there at a timestep. `masks` is there where the visitor
    gave sequences on which the model could be run.
    """

    shapes: Picture
    time: Picture | None
    moments: tuple[Moment, ...]
    masks: Picture | None
    data: dict[str, Picture]
    cells: dict[str, Inside]
    units: dict[str, Picture]


def draw_pictures(report: Report, flow: Flow) -> Pictures:
    """Draw a report and its flow."""
    time = place_time(report, flow)
    return Pictures(
        shapes=_draw(place_shapes(report), describe_shapes(report)),
        time=_draw(time, describe_time(report, flow)) if time else None,
        moments=list_moments(report, flow),
        masks=_draw_masks(report, flow),
        data={moved.layer: _draw_data(moved) for moved in flow.data},
        cells=dict(_draw_cells(report)),
        units={stack.name: _draw(place_units(stack), describe_units(stack)) for stack in find_stacks(report)},
    )


def draw_values(report: Report, trace: ValueTrace) -> tuple[Picture, ...]:
    """The numbers of the model that was run: a picture for each sequence; none where it was not run."""
    return tuple(
        _draw(place_values(report, trace, sequence), describe_values(trace, sequence))
        for sequence in range(trace.samples)
    )


def _draw_cells(report: Report) -> Iterator[tuple[str, Inside]]:
    nodes = {node.name: node for node in report.architecture.nodes}
    for row in list_shown(report.rows):
        cell = find_layer_cell(row, nodes[row.name])
        if cell:
            said = describe_cell(row, cell)
            yield row.name, make_inside(cell, row.kind).model_copy(update={"description": said})


def _draw_masks(report: Report, flow: Flow) -> Picture | None:
    if flow.masks is None or flow.masks.refused:
        return None
    return _draw(place_masks(report, flow.lanes, flow.masks), describe_masks(report, flow.masks))


@lru_cache(256)
def _draw_data(moved: Regrouping) -> Picture:
    return _draw(place_data(moved), describe_data(moved))


def _draw(scene: Scene, description: str) -> Picture:
    return Picture(
        svg=write_svg(scene, CUT),
        description=description,
        width=scene.width - 2 * CUT,
        height=scene.height,
    )
