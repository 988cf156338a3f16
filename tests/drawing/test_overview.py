"""The map of a large picture: every layer has its box, where it is in the picture, on one small strip."""

import re

import pytest
from samples import flow_of, report_on
from scenes import list_marks

from app.drawing import draw_pictures, draw_whole
from app.drawing.boxes.overview import HIGHEST, LEAST, NARROWEST, WIDEST, anchor_layers, place_overview
from app.drawing.boxes.shapes import place_shapes
from app.drawing.scene import Box
from app.drawing.svg import write_svg

LARGE = ["long", "identical-blocks"]


@pytest.mark.parametrize("slug", LARGE)
def test_a_map_has_a_box_for_every_layer_and_is_small(slug: str) -> None:
    report = report_on(slug)
    overview = place_overview(place_shapes(report, whole=True))
    assert len(overview.marks) == len(report.rows)
    assert NARROWEST <= round(overview.width, 3) <= WIDEST
    assert overview.height <= HIGHEST
    for box in overview.marks:
        assert isinstance(box, Box)
        assert 0 <= box.x <= box.x + box.width <= overview.width + 0.001
        assert box.y >= 0 and box.y + box.height <= overview.height + LEAST


def test_a_map_keeps_what_is_beside_and_below() -> None:
    scene = place_shapes(report_on("branches"))
    cards = [mark for mark in list_marks(scene) if isinstance(mark, Box) and mark.look == "card"]
    boxes = [box for box in place_overview(scene).marks if isinstance(box, Box)]
    for axis in ("x", "y"):
        order = sorted(range(len(cards)), key=lambda place: getattr(cards[place], axis))
        assert order == sorted(range(len(boxes)), key=lambda place: getattr(boxes[place], axis))


def test_every_layer_of_the_whole_picture_has_an_address_of_its_own() -> None:
    report = report_on("identical-blocks")
    whole = draw_whole(report)
    assert re.findall(r'<g id="at-([^"]*)"', whole.picture.svg) == [row.name for row in report.rows]
    assert [name for name, _ in whole.layers] == [row.name for row in report.rows]


def test_a_layer_whose_tensors_stand_apart_has_one_address() -> None:
    svg = write_svg(anchor_layers(place_shapes(report_on("terabytes"))))
    addresses = re.findall(r' id="([^"]*)"', svg)
    assert len(addresses) == len(set(addresses)) == 3


@pytest.mark.parametrize(
    ("slug", "has_map", "folded"),
    [("stacked-lstm", False, 0), ("long", True, 12), ("identical-blocks", False, 69)],
)
def test_a_picture_has_a_map_where_it_is_large_as_drawn(slug: str, has_map: bool, folded: int) -> None:
    pictures = draw_pictures(report_on(slug), flow_of(slug))
    assert (bool(pictures.shapes.overview), pictures.folded) == (has_map, folded)
    assert " id=" not in pictures.shapes.svg
