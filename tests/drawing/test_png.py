"""A PNG is the SVG of the same name, drawn with the font that the app brings along."""

import struct

import pytest
from samples import SAMPLES, flow_of, report_on

from app.drawing import FORMATS, PNG, draw_error_svg, write_png
from app.drawing.formats.card import NARROWEST, RATIO, WIDEST
from app.drawing.formats.png import FONTS, MOST_PIXELS


def read_size(png: bytes) -> tuple[int, int]:
    """Width and height, from the header that every PNG begins with."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def draw(name: str, slug: str) -> str:
    return FORMATS[name].write(report_on(slug), flow_of(slug), "")


def test_there_is_a_png_for_every_svg() -> None:
    endings = {name.removesuffix("svg") for name in FORMATS if name.endswith("svg")}
    assert {
        name.removesuffix("png") for name, format in FORMATS.items() if format.media_type == PNG
    } == endings


def test_twice_the_scale_is_twice_the_size() -> None:
    svg = draw("shapes.svg", "embedding-to-lstm")
    width, height = read_size(write_png(svg))
    assert read_size(write_png(svg, 2)) == pytest.approx((2 * width, 2 * height), abs=1)


def test_text_is_drawn_on_a_machine_without_fonts() -> None:
    """Other words, another picture: with no font to be found, both would be an empty sheet."""
    assert len(FONTS) == 4
    assert write_png(draw_error_svg("i", "i")) != write_png(draw_error_svg("w", "w"))


def test_a_picture_that_is_too_large_is_scaled_down_and_keeps_its_form() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="20000" height="10000"></svg>'
    width, height = read_size(write_png(svg, 2))
    assert width * height <= MOST_PIXELS * 1.001
    assert width / height == pytest.approx(2, rel=1e-3)


def test_what_has_no_size_is_refused() -> None:
    with pytest.raises(ValueError, match="no width"):
        write_png("<svg/>")


@pytest.mark.parametrize("slug", ["embedding-to-lstm", "branches", "long", "one-timestep"])
def test_a_card_has_the_form_that_chats_cut_previews_to(slug: str) -> None:
    width, height = read_size(write_png(draw("card.svg", slug)))
    assert width / height == pytest.approx(RATIO, rel=0.01)
    assert NARROWEST <= width <= WIDEST


@pytest.mark.parametrize("slug", SAMPLES)
def test_a_card_says_what_the_model_is(slug: str) -> None:
    assert "<title" in draw("card.svg", slug)
