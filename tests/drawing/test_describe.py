"""The words alone answer the question: how does the data flow?"""

import pytest
from samples import SAMPLES, flow_of, report_on

from app.drawing.describe import describe_shapes, describe_time
from app.drawing.fold import list_shown


def time(slug: str) -> str:
    return describe_time(report_on(slug), flow_of(slug))


@pytest.mark.parametrize("slug", [slug for slug in SAMPLES if slug not in ("hostile-names", "refused-names")])
def test_every_layer_and_every_lane_is_spoken_of(slug: str) -> None:
    for layer in list_shown(report_on(slug).layers):
        assert layer.name in describe_shapes(report_on(slug))
    for lane in list_shown(flow_of(slug).lanes):
        assert lane.layer in time(slug)


def test_an_lstm_says_what_it_remembers_and_what_leaves() -> None:
    assert (
        "lstm (LSTM) walks from the first timestep to the last, handing its state h and its memory c "
        "from step to step. Only the last output leaves, one vector of 100 units that has seen "
        "all 3 timesteps; the outputs before it are not returned."
    ) in time("embedding-to-lstm")


def test_a_backward_layer_says_so() -> None:
    said = time("backward")
    assert "walks from the last timestep to the first" in said
    assert "every output leaves, the last first" in said


def test_windows_are_told_by_example() -> None:
    assert "step 1 reads 1 and 2, step 2 reads 1 to 3, step 3 reads 2 to 4" in time("convolution")


def test_one_timestep_is_not_a_sequence() -> None:
    assert "has seen the one timestep" in time("one-timestep")


def test_an_unknown_length_is_any_number() -> None:
    assert "The input tokens has any number of timesteps" in time("ragged-sequences")


def test_the_mask_is_followed_in_words() -> None:
    said = describe_shapes(report_on("concatenate-with-mask"))
    assert said.count("It makes a mask") == 2
    assert "The mask passes through it unchanged." in said
    assert "It uses the mask to skip padding" in said


def test_a_failure_is_told_with_its_fix() -> None:
    problem = report_on("concatenate-fails").layer("dense").problem
    assert problem is not None
    said = describe_shapes(report_on("concatenate-fails"))
    assert problem.happened in said
    assert problem.fix in said
    assert "dense_1 (Dense, 1 unit, sigmoid) is not reached" in said


def test_a_length_that_is_only_drawn_is_not_taken_for_the_real_one() -> None:
    said = time("ragged-sequences")
    assert "Each of its timesteps holds 50 features." in said
    assert "has seen all timesteps" in said
    assert " 8 " not in said


def test_the_folded_middle_is_counted() -> None:
    assert "Then come 22 more layers." in describe_shapes(report_on("long"))
