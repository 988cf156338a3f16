"""draw_pictures(): everything that is drawn of one report, as SVG for a page and in words."""

from app.drawing.describe import describe_shapes, describe_time
from app.drawing.scene import Scene
from app.drawing.shapes import place_shapes
from app.drawing.svg import write_svg
from app.drawing.unroll import place_time
from app.flow import Flow
from app.frozen import Frozen
from app.report import Report


class Picture(Frozen):
    """An SVG element for a page that has `theme.stylesheet`, and the same in words. Sizes are px."""

    svg: str
    description: str
    width: float
    height: float


class Pictures(Frozen):
    """The pictures of one model.

    `cells` has one for each recurrent layer, by its name. `units` has one for each run of small recurrent
    layers that feed each other, by the name of the first; both are empty where there is none.
    """

    shapes: Picture
    time: Picture | None
    cells: dict[str, Picture]
    units: dict[str, Picture]


def draw_pictures(report: Report, flow: Flow) -> Pictures:
    """Draw a report and its flow."""
    time = place_time(report, flow)
    return Pictures(
        shapes=_draw(place_shapes(report), describe_shapes(report)),
        time=_draw(time, describe_time(report, flow)) if time else None,
        cells={},
        units={},
    )


def _draw(scene: Scene, description: str) -> Picture:
    return Picture(svg=write_svg(scene), description=description, width=scene.width, height=scene.height)
