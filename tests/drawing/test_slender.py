"""The same shapes for a telephone: cards are narrower and higher, and say no less."""

from functools import cache

import pytest
from samples import flow_of, report_on
from scenes import list_marks

from app.architecture.code import read_code
from app.architecture.gallery import find_example
from app.drawing import draw_pictures
from app.drawing.boxes.chips import CHIP_HEIGHT, CHIP_LINE, Chip, measure_chip, place_chip
from app.drawing.boxes.layer_cards import SLENDER
from app.drawing.boxes.shapes import place_shapes
from app.drawing.scene import Box, Text
from app.report import Report
from app.report.build import make_report

TELEPHONE, SMALLEST = 343, 0.7
"""How much room a telephone has for a picture, and how small a page makes one before it scrolls."""

TWO_BRANCHES = ("concatenate-embeddings", "concatenate-different-embeddings", "concatenate-with-mask")


@cache
def report_on_example(slug: str) -> Report:
    example = find_example(slug)
    assert example is not None
    return make_report(read_code(example.code).architecture)


def list_lines(report: Report) -> list[str]:
    marks = list_marks(place_shapes(report, widths=SLENDER))
    return [write_line(mark) for mark in marks if isinstance(mark, Text)]


def write_line(line: Text) -> str:
    return line.text if isinstance(line.text, str) else "".join(span.text for span in line.text)


def test_an_encoder_beside_its_decoder_fits_a_telephone() -> None:
    scene = place_shapes(report_on_example("encoder-and-decoder"), widths=SLENDER)
    assert scene.width * SMALLEST < TELEPHONE


@pytest.mark.parametrize("slug", TWO_BRANCHES)
def test_two_branches_stand_side_by_side_on_a_telephone(slug: str) -> None:
    assert place_shapes(report_on_example(slug), widths=SLENDER).width * SMALLEST < TELEPHONE


def test_what_has_no_room_beside_a_name_stands_below_it() -> None:
    lines = list_lines(report_on_example("concatenate-with-mask"))
    place = lines.index("embedding_1")
    assert lines[place + 1 : place + 4] == ["Embedding · 1,000 → 64", "64,000 params", "mask made"]


def test_names_that_begin_alike_end_differently() -> None:
    lines = list_lines(report_on_example("concatenate-different-embeddings"))
    assert sum(line.startswith("embedding") and line.endswith("tegories") for line in lines) == 1
    assert sum(line.startswith("embedding") and line.endswith("criptions") for line in lines) == 1


def test_a_tensor_that_is_too_wide_is_folded_between_two_axes() -> None:
    chip = Chip("", ("batch", "timesteps", "features"), (None, 3, 50))
    (width, height), (folded, twice) = measure_chip(chip), measure_chip(chip, 184)
    assert folded <= 184 < width
    assert (height, twice) == (CHIP_HEIGHT, CHIP_HEIGHT + CHIP_LINE)
    box, *lines = place_chip(chip, 100, 0, "port", 184)
    assert isinstance(box, Box)
    assert box.height == twice
    assert [write_line(line) for line in lines if isinstance(line, Text)] == [
        "(batch, 3 timesteps,",
        "50 features)",
    ]


def test_a_chain_fits_as_it_is_and_is_drawn_once() -> None:
    chain, branches = (
        draw_pictures(report_on(slug), flow_of(slug)) for slug in ("embedding-to-lstm", "concatenate-fails")
    )
    assert chain.slender is None
    assert branches.slender is not None
    assert branches.slender.width < branches.shapes.width
    assert branches.slender.description == branches.shapes.description


def test_what_fails_says_all_of_why_on_the_narrowest_card() -> None:
    code = (
        "one, other = keras.Input((10, 8), name='history'), keras.Input((12, 8), name='interests')\n"
        "model = keras.Model([one, other], layers.Concatenate(axis=2)([one, other]))"
    )
    report = make_report(read_code(code).architecture)
    problem = report.layer("concatenate").problem
    assert problem is not None
    assert problem.happened.rstrip(".") in " ".join(list_lines(report))
