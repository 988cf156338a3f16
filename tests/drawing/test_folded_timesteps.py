"""The middle of many timesteps is folded; up to 64 are drawn when that is asked for."""

import pytest
from samples import flow_of, report_on
from scenes import list_groups

from app.drawing.time.strip import USUAL_WIDTH
from app.drawing.time.unroll import place_time


def list_drawn_steps(slug: str, layer: str, timesteps: int, unfolded: bool = False) -> list[int | None]:
    flow = flow_of(slug, timesteps).model_copy(update={"unfolded": unfolded})
    scene = place_time(report_on(slug), flow)
    assert scene is not None
    groups = [group for group in list_groups(scene.marks) if group.layer == layer]
    return list(dict.fromkeys(group.step for group in groups if group.kind in ("step", "folded")))


@pytest.mark.parametrize(
    ("slug", "layer", "timesteps"),
    [
        ("ragged-sequences", "tokens", 2),
        ("ragged-sequences", "tokens", 7),
        ("concatenate-with-mask", "interests", 2),
        ("concatenate-with-mask", "interests", 3),
    ],
)
def test_as_many_timesteps_are_drawn_as_were_asked_for_and_fit(slug: str, layer: str, timesteps: int) -> None:
    *first, folded, last = list_drawn_steps(slug, layer, timesteps)
    assert [*first, last] == list(range(timesteps))
    assert folded is None  # Any number of timesteps may come before the last.


def test_timesteps_that_do_not_fit_are_folded() -> None:
    assert list_drawn_steps("ragged-sequences", "tokens", 17) == [0, 1, 2, None, 16]
    assert list_drawn_steps("long-padding", "series", 8) == [0, 1, 2, None, 99]
    assert list_drawn_steps("convolution", "series", 8) == [0, 1, 2, None, 11]
    assert list_drawn_steps("stacked-lstm", "series", 8) == list(range(8))


def test_up_to_64_timesteps_are_drawn_when_asked_for() -> None:
    assert list_drawn_steps("convolution", "series", 8, unfolded=True) == list(range(12))
    assert list_drawn_steps("ragged-sequences", "tokens", 64, unfolded=True) == [*range(63), None, 63]
    assert list_drawn_steps("long-padding", "series", 8, unfolded=True) == [0, 1, 2, None, 99]


@pytest.mark.parametrize("slug", ["convolution", "ragged-sequences", "stacked-lstm", "long-padding"])
def test_a_picture_says_whether_timesteps_are_folded_that_could_be_drawn(slug: str) -> None:
    flow = flow_of(slug, 17)
    folded, drawn = (
        place_time(report_on(slug), flow.model_copy(update={"unfolded": unfolded}))
        for unfolded in (False, True)
    )
    assert folded and drawn
    assert folded.folds == (slug in ("convolution", "ragged-sequences"))
    assert not drawn.folds


@pytest.mark.parametrize("timesteps", range(1, 25))
def test_a_chain_is_never_wider_than_its_place_however_many_timesteps(timesteps: int) -> None:
    scene = place_time(report_on("ragged-sequences"), flow_of("ragged-sequences", timesteps))
    assert scene is not None
    assert scene.width <= USUAL_WIDTH
