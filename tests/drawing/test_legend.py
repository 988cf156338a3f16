"""A picture's legend: on a page it is below the picture, in a file it is a part of it."""

import pytest
from samples import flow_of, report_on
from scenes import masked_flow_of, trace_of

from app.drawing import FORMATS, Picture, draw_pictures, draw_values
from app.drawing.legend import add_legend
from app.drawing.numbers.data import place_data
from app.drawing.scene import Scene, Text, flatten
from app.drawing.svg import write_text

SMALL = "two-layers-two-units"


def list_pictures(slug: str) -> dict[str, Picture]:
    flow = masked_flow_of(slug)
    pictures = draw_pictures(report_on(slug), flow)
    values = draw_values(report_on(slug), trace_of(slug))[1]
    drawn = {"time": pictures.time, "masks": pictures.masks, "values": values}
    return {name: picture for name, picture in drawn.items() if picture}


@pytest.mark.parametrize("name", ["time", "masks", "values"])
def test_a_legend_is_beside_the_picture_and_within_its_file(name: str) -> None:
    picture = list_pictures("masked")[name]
    flow = masked_flow_of("masked").model_copy(update={"values": trace_of("masked")})
    file = FORMATS[f"{name}.svg"].write(report_on("masked"), flow, "")
    assert picture.legend
    for sample, meaning in picture.legend:
        assert write_text(meaning) not in picture.svg
        assert write_text(meaning) in file
        # A sentence explains the whole picture, everything else a sign.
        assert meaning.endswith(".") == (sample == "")


def test_a_chain_of_units_explains_its_three_kinds_of_lines() -> None:
    (picture,) = draw_pictures(report_on(SMALL), flow_of(SMALL)).units.values()
    assert [meaning.partition(":")[0] for _, meaning in picture.legend] == [
        "kernel",
        "kernel of the next layer",
        "recurrent kernel",
    ]


def test_a_scene_with_its_legend_is_as_high_and_as_wide_as_both() -> None:
    (moved, *_) = flow_of("ragged-sequences").data
    bare = place_data(moved)
    whole = add_legend(bare)
    added = [mark for mark in flatten(whole.marks) if mark not in list(flatten(bare.marks))]
    assert [mark.text for mark in added if isinstance(mark, Text)] == [sign.words for sign in bare.legend]
    assert whole.height > bare.height
    assert min(mark.y for mark in added if isinstance(mark, Text)) > bare.height - 12
    assert add_legend(whole) == whole


def test_a_scene_without_signs_stays_as_it_is() -> None:
    scene = Scene(100, 50, (Text(12, 20, "all of it", "small"),), "plain")
    assert add_legend(scene) == scene
