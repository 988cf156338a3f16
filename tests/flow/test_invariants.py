"""What holds for every flow, whatever the layers: checked on random layers over random lengths."""

from math import prod
from typing import Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from questions import Traced, list_lanes, report_chain, trace_layer

from app.flow.fold import LONGEST
from app.flow.rules.rearranged import Overlap, Runs

lengths = st.integers(1, 12) | st.integers(LONGEST - 1, LONGEST + 9)
small = st.integers(1, 4)


def layers(kind: str, **arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    return st.tuples(st.just(kind), st.fixed_dictionaries(arguments))


paddings = st.sampled_from(["valid", "same", "causal"])
pools = {"pool_size": small, "strides": st.none() | small, "padding": st.sampled_from(["valid", "same"])}
windows = st.one_of(
    layers("Conv1D", filters=small, kernel_size=small, strides=small, padding=paddings),
    layers("Conv1D", filters=small, kernel_size=small, dilation_rate=small, padding=paddings),
    layers("MaxPooling1D", **pools),
    layers("AveragePooling1D", **pools),
    layers("GlobalMaxPooling1D", keepdims=st.booleans()),
)
moves = st.one_of(
    layers("ZeroPadding1D", padding=st.tuples(st.integers(0, 3), st.integers(0, 3)).map(list)),
    layers("Cropping1D", cropping=st.tuples(st.integers(0, 3), st.integers(0, 3)).map(list)),
    layers("UpSampling1D", size=small),
    layers("Reshape", target_shape=st.tuples(st.just(-1), small).map(list)),
    layers("Reshape", target_shape=st.tuples(small, st.just(-1)).map(list)),
    layers("Permute", dims=st.permutations([1, 2])),
    layers("Flatten"),
)
walks = layers(
    "GRU", units=small, return_sequences=st.booleans(), go_backwards=st.booleans(), return_state=st.booleans()
)
steps = st.one_of(layers("Dense", units=small), layers("Softmax", axis=st.integers(1, 2)), layers("ReLU"))
any_layer = windows | moves | walks | steps


def assert_whole(traced: Traced) -> None:
    """A lane that says what the report says, and nothing of steps that are not there."""
    row, lane = traced
    assert lane.steps_in[0] == lane.steps_out[0] == 0
    assert (lane.steps_in[-1], lane.steps_out[-1]) == (lane.timesteps_in - 1, lane.timesteps_out - 1)
    assert len(lane.depends) == len(lane.steps_out)
    for read in lane.depends:
        assert set(read) <= set(lane.steps_in)
        assert list(read) == sorted(set(read))
    for shapes, axes, length in (
        (row.input_shapes, row.input_axes, lane.timesteps_in),
        (row.output_shapes, row.axes, lane.timesteps_out),
    ):
        if "timesteps" in axes[0]:
            assert shapes[0][axes[0].index("timesteps")] in (length, None)


@given(any_layer, lengths, st.integers(1, 4))
def test_a_lane_agrees_with_its_row_and_names_only_steps_there_are(layer, length, features):
    traced = trace_layer(*layer, (length, features))
    assume(traced.row.status == "builds")
    assert_whole(traced)


@given(any_layer, lengths, st.integers(1, 4))
def test_an_open_length_is_drawn_as_the_known_one_would_be(layer, length, features):
    known = trace_layer(*layer, (length, features))
    drawn = trace_layer(*layer, (None, features), timesteps=length)
    assume(known.row.axes == drawn.row.axes and known.row.status == "builds")
    assert_whole(drawn)
    assert drawn.lane == known.lane.model_copy(update={"symbolic": drawn.lane.symbolic})


@given(st.lists(any_layer, min_size=1, max_size=6), lengths)
def test_a_chain_hands_its_steps_on(chain, length):
    lanes = list_lanes(report_chain((length, 4), *chain))
    for lane in lanes.values():
        for name in lane.inbound:
            assert lanes[name].timesteps_out == lane.timesteps_in


@given(st.lists(any_layer, min_size=1, max_size=6), st.integers(1, 64))
def test_an_open_chain_is_drawn_with_at_least_one_step_everywhere(chain, timesteps):
    lanes = list_lanes(report_chain((None, 4), *chain), timesteps)
    assert all(lane.timesteps_in >= 1 and lane.timesteps_out >= 1 for lane in lanes.values())
    for lane in lanes.values():
        for name in lane.inbound:
            assert lanes[name].timesteps_out == lane.timesteps_in


@given(st.data())
def test_cut_anew_two_steps_overlap_where_they_share_a_number(data):
    factors = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    before, after = (regroup(data.draw(st.permutations(factors)), data) for _ in range(2))
    axis_in, axis_out = (data.draw(st.integers(0, len(shape) - 1)) for shape in (before, after))
    numbers = np.arange(prod(factors))
    read = np.moveaxis(numbers.reshape(before), axis_in, 0)
    written = np.moveaxis(numbers.reshape(after), axis_out, 0)
    shared = [[bool(np.intersect1d(i, j).size) for i in read] for j in written]
    runs_read, runs_written = Runs.along(before, axis_in), Runs.along(after, axis_out)
    assert shared == [
        [i in Overlap(j * runs_written.length, runs_written, runs_read) for i in range(len(read))]
        for j in range(len(written))
    ]


def regroup(factors: list[int], data: st.DataObject) -> tuple[int, ...]:
    """Some of the factors multiplied together: another shape of as many numbers."""
    shape = [1]
    for factor in factors:
        if data.draw(st.booleans()):
            shape.append(factor)
        else:
            shape[-1] *= factor
    return tuple(shape)
