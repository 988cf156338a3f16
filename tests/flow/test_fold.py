"""A million timesteps are drawn as easily as ten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from questions import list_lanes, report_chain, trace_layer

from app.flow import trace_flow
from app.flow.fold import FIRST, LONGEST, fold_steps

MILLION = 10**6


def test_a_short_axis_lists_every_step():
    assert fold_steps(3) == (0, 1, 2)
    assert fold_steps(LONGEST) == tuple(range(LONGEST))


def test_a_long_axis_lists_its_first_steps_and_its_last():
    assert fold_steps(LONGEST + 1) == (0, 1, 2, LONGEST)
    assert fold_steps(MILLION) == (0, 1, 2, MILLION - 1)


@given(st.integers(1, 10**9))
def test_the_listed_steps_begin_at_the_start_and_end_at_the_end(timesteps):
    steps = fold_steps(timesteps)
    assert steps[0] == 0
    assert steps[-1] == timesteps - 1
    assert list(steps) == sorted(set(steps))
    assert len(steps) <= LONGEST
    assert len(steps) in (timesteps, FIRST + 1)


@pytest.mark.parametrize(
    "kind, arguments, depends",
    [
        ("LSTM", {"units": 4, "return_sequences": True}, [[0], [0, 1], [0, 1, 2], [0, 1, 2, MILLION - 1]]),
        (
            "LSTM",
            {"units": 4, "return_sequences": True, "go_backwards": True},
            [[MILLION - 1], [MILLION - 1], [MILLION - 1], [0, 1, 2, MILLION - 1]],
        ),
        ("LSTM", {"units": 4}, [[0, 1, 2, MILLION - 1]]),
        ("Dense", {"units": 4}, [[0], [1], [2], [MILLION - 1]]),
        ("Conv1D", {"filters": 4, "kernel_size": 2, "padding": "same"}, [[0, 1], [1, 2], [2], [MILLION - 1]]),
        ("MaxPooling1D", {"pool_size": 2}, [[0, 1], [2], [], [MILLION - 1]]),
        ("Reshape", {"target_shape": [-1, 2]}, [[0], [0, 1], [1], [MILLION - 1]]),
        ("Flatten", {}, [[0, 1, 2, MILLION - 1]]),
        ("UpSampling1D", {"size": 3}, [[0], [0], [0], [MILLION - 1]]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_of_a_million_timesteps_only_the_listed_ones_are_named(kind, arguments, depends):
    lane = trace_layer(kind, arguments, (MILLION, 3)).lane
    assert lane.timesteps_in == MILLION
    assert lane.steps_in == (0, 1, 2, MILLION - 1)
    assert [list(steps) for steps in lane.depends] == depends


def test_a_long_flow_is_no_larger_than_a_short_one():
    layers = [("LSTM", {"units": 4, "return_sequences": True})] * 3
    long, shorter = (
        len(trace_flow(report_chain((length, 3), *layers), 8).model_dump_json())
        for length in (MILLION, LONGEST)
    )
    assert long < shorter


def test_each_lane_lists_the_steps_that_the_one_before_it_lists():
    lanes = list_lanes(report_chain((100, 3), ("MaxPooling1D", {"pool_size": 2}), ("LSTM", {"units": 4})))
    assert lanes["MaxPooling1D 1"].steps_in == lanes["x"].steps_out == (0, 1, 2, 99)
    assert lanes["LSTM 2"].steps_in == lanes["MaxPooling1D 1"].steps_out == tuple(range(50))
