"""Arithmetic over every picture of every sample: what the eye would call crooked is a failing sum here."""

from itertools import combinations
from typing import Any

import pytest
from building import chain, give, layer
from scenes import ALL_SCENES, Area, list_areas, list_arrows, list_marks, list_ports, measure_mark

from app.drawing.cell.stacks import find_stacks
from app.drawing.cell.units import place_units
from app.drawing.scene import MARGIN, Box, Dot, Line, Scene, Text
from app.drawing.time.unroll import place_time
from app.flow import trace_flow
from app.report.build import make_report

every_scene = pytest.mark.parametrize(
    "scene", [pytest.param(scene, id=f"{slug}: {name}") for slug, name, scene in ALL_SCENES]
)


@every_scene
def test_nothing_leaves_the_canvas(scene: Scene) -> None:
    canvas = Area(0, 0, scene.width, scene.height)
    for mark, area in list_areas(scene, Box, Dot, Text):
        assert canvas.holds(area), mark
    for line in list_marks(scene):
        if isinstance(line, Line) or line in list_arrows(scene):
            assert all(canvas.has(point, within=0) for point in line.points), line


@every_scene
def test_everything_begins_at_the_margin_and_ends_before_it(scene: Scene) -> None:
    xs = [x for _, area in list_areas(scene, Box, Dot, Text) for x in (area.left, area.right)]
    xs += [x for arrow in list_arrows(scene) for x, _ in arrow.points]
    assert min(xs) == pytest.approx(MARGIN)
    assert max(xs) <= scene.width - MARGIN + 0.001


@every_scene
def test_boxes_do_not_overlap(scene: Scene) -> None:
    drawn = [pair for pair in list_areas(scene, Box, Dot) if pair[0].look != "port"]
    for (one, a), (other, b) in combinations(drawn, 2):
        assert not a.touches(b) or a.holds(b) or b.holds(a), (one, other)


@every_scene
def test_text_fits_its_box(scene: Scene) -> None:
    boxes = [area for mark, area in list_areas(scene, Box, Dot) if mark.look != "port"]
    for text, area in list_areas(scene, Text):
        around = [box for box in boxes if box.touches(area)]
        # A circle's corners are outside of it: a figure in a circle may reach over its square by a hair.
        assert all(_holds_text(box, area) for box in around), text


def _holds_text(box: Area, text: Area) -> bool:
    return box.left <= text.left and text.right <= box.right and box.top <= text.top + 2


@every_scene
def test_texts_do_not_overlap(scene: Scene) -> None:
    for (one, a), (other, b) in combinations(list_areas(scene, Text), 2):
        assert not a.touches(b), (one, other)


@every_scene
def test_every_arrow_starts_and_ends_on_a_box(scene: Scene) -> None:
    ports = list_ports(scene)
    for arrow in list_arrows(scene):
        assert any(area.has(arrow.points[0]) for area in ports[arrow.source]), arrow
        assert any(area.has(arrow.points[-1]) for area in ports[arrow.target]), arrow


@every_scene
def test_no_arrow_runs_through_a_text(scene: Scene) -> None:
    texts = list_areas(scene, Text)
    for arrow in list_arrows(scene):
        for start, end in zip(arrow.points, arrow.points[1:], strict=False):
            for text, area in texts:
                assert not _cuts(area, start, end), (arrow, text)


def _cuts(area: Area, start: Any, end: Any) -> bool:
    """Whether some point of the line is well inside the area; sampled finely enough for any glyph."""
    inner = Area(area.left + 1.5, area.top + 1.5, area.right - 1.5, area.bottom - 1.5)
    length = max(abs(start[0] - end[0]), abs(start[1] - end[1]), 1)
    steps = int(length / 2) + 1
    return any(
        inner.has(
            (start[0] + (end[0] - start[0]) * i / steps, start[1] + (end[1] - start[1]) * i / steps), within=0
        )
        for i in range(steps + 1)
    )


def test_a_text_knows_its_width() -> None:
    area = measure_mark(Text(100, 50, "timesteps", "name", "end"))
    assert area is not None
    assert area.right == 100
    assert 60 < area.right - area.left < 100


def test_a_name_that_has_room_is_written_in_full() -> None:
    report = make_report(
        chain(
            "long names",
            give("input_layer_of_vectors", 6),
            layer("Reshape", "reshape_to_timesteps", target_shape=[3, 2]),
            layer("LSTM", "lstm_with_a_longer_name", units=2),
        )
    )
    time, (stack,) = place_time(report, trace_flow(report, 8)), find_stacks(report)
    assert time is not None
    said = {mark.text for scene in (time, place_units(stack)) for mark, _ in list_areas(scene, Text)}
    names = {"input_layer_of_vectors", "reshape_to_timesteps", "lstm_with_a_longer_name"}
    assert names <= said
    assert not any(text.endswith("…") and len(text) > 1 for text in said if isinstance(text, str))
