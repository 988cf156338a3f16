"""The words alone answer the question: how does the data flow?"""

import pytest
from building import chain, give, layer, recurrent, wrap
from samples import SAMPLES, flow_of, report_on

from app.architecture import Architecture
from app.drawing import FORMATS
from app.drawing.cell.stacks import describe_units, find_stacks
from app.drawing.describe import describe_shapes, describe_time
from app.drawing.fold import list_shown
from app.drawing.time.repeated import fold_blocks
from app.flow import trace_flow
from app.frozen import Shape
from app.report.build import make_report


def time(slug: str) -> str:
    return describe_time(report_on(slug), flow_of(slug))


@pytest.mark.parametrize("slug", [slug for slug in SAMPLES if slug not in ("hostile-names", "refused-names")])
def test_every_layer_and_every_lane_is_spoken_of(slug: str) -> None:
    for row in list_shown(report_on(slug).layers):
        assert row.name in describe_shapes(report_on(slug), whole=True)
    for lane in list_shown(fold_blocks(report_on(slug), flow_of(slug)).flow.lanes):
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
    assert time("one-timestep") == (
        "The input series has 1 timestep; it holds 3 features. "
        "lstm (LSTM) makes one step from an empty state, since there is one timestep only: "
        "there is nothing before it to remember. "
        "One vector of 32 units leaves it."
    )


def test_the_units_of_one_timestep_have_no_step_to_hand_on_to() -> None:
    (stack,) = find_stacks(report_on("one-lstm-cell"))
    said = describe_units(stack)
    assert "where there is none but an empty state" in said
    assert "From one timestep to the next" not in said


def test_a_stateful_layer_goes_on_where_the_batch_before_ended() -> None:
    report = make_report(recurrent((None, 1, 3), stateful=True, batch=4))
    said = describe_time(report, trace_flow(report, 8))
    assert "It begins with the state that the batch before left (stateful)." in said
    assert "an empty state" not in said


def test_a_vector_that_is_cut_is_not_one_that_is_repeated() -> None:
    cut = time("three-timesteps-of-a-vector")
    assert "reshape (Reshape) cuts 150 features, in their order, into 3 timesteps; no number changes." in cut
    assert "same vector" not in cut
    assert "repeat_vector (RepeatVector) gives the same vector to every timestep." in time("encoder-decoder")


def test_a_sequence_that_is_flattened_is_put_into_one_vector() -> None:
    assert "puts the numbers of all 3 timesteps, one after the other, into one vector" in time("permute")


def test_an_input_of_one_timestep_goes_with_every_step() -> None:
    said = time("stretched")
    assert "add (Add) joins series and once step by step; every step reads the same of once." in said
    assert "one after the other" not in said


def test_attention_lets_every_step_look_at_all_others() -> None:
    assert "attention (Attention) lets each step of query look at all steps of memory." in time("attention")


def test_a_window_over_folded_steps_is_not_cut_off_at_those_that_are_drawn() -> None:
    assert "pooling (MaxPooling1D) reads a few neighbouring timesteps" in time("million-timesteps")


def test_both_walks_leave_their_last_output() -> None:
    assert "Only the last output of each walk leaves, together one vector of 64 units" in time(
        "bidirectional"
    )


def test_an_unknown_length_is_any_number() -> None:
    assert "The input tokens has any number of timesteps" in time("ragged-sequences")


def test_the_mask_is_followed_in_words() -> None:
    said = describe_shapes(report_on("concatenate-with-mask"))
    assert said.count("It makes a mask") == 2
    assert "The masks are joined: a timestep counts if any input has data there." in said
    assert "unchanged" not in said
    assert "It skips the timesteps that the mask marks as padding. The mask ends here" in said


def test_a_mask_that_marks_nothing_is_called_so() -> None:
    said = time("half-masked")
    assert "no timestep is marked as padding any more" in said
    assert "unchanged" not in said


def test_a_recurrent_layer_uses_the_mask_that_it_hands_on() -> None:
    assert "hands the mask on unchanged" in time("bidirectional")


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
    assert "Then come 12 more layers." in describe_shapes(report_on("long"))


def test_identical_blocks_are_told_once() -> None:
    said = describe_shapes(report_on("identical-blocks"))
    assert (
        "From dense_0 to add_23 an identical block of 3 layers comes 24 times in a row; here is the first."
    ) in said
    assert "norm_0" in said and "norm_1 " not in said


def told(architecture: Architecture) -> str:
    report = make_report(architecture)
    return describe_time(report, trace_flow(report, 8))


def test_after_a_permute_an_lstm_walks_along_what_were_the_features() -> None:
    turned = told(
        chain(
            "turned",
            give("series", 3, 4),
            layer("Permute", "permute", dims=[2, 1]),
            layer("LSTM", "lstm", units=2),
        )
    )
    assert (
        "permute (Permute) turns the axes round: (batch, 3 timesteps, 4 features) becomes "
        "(batch, 4 features, 3 timesteps). What permute gives is read as 4 timesteps of 3 numbers each. "
        "lstm (LSTM) walks"
    ) in turned
    assert "seen all 4 timesteps" in turned


@pytest.mark.parametrize(("kind", "states"), [("LSTM", "h and c"), ("GRU", "h")])
def test_return_state_gives_the_states_as_outputs(kind: str, states: str) -> None:
    said = f"return_state=True gives {states} after the last step too"
    assert said in told(recurrent((None, 4, 2), kind, return_state=True))
    assert said not in told(recurrent((None, 4, 2), kind))


@pytest.mark.parametrize("return_sequences", [False, True])
@pytest.mark.parametrize("shape", [(None, 0, 2), (0, 0, 2), (None, 4, 0)])
def test_an_axis_of_no_size_is_drawn_and_told(shape: Shape, return_sequences: bool) -> None:
    for architecture in (
        recurrent(shape, return_sequences=return_sequences),
        recurrent(shape, go_backwards=True, return_sequences=return_sequences),
        chain(
            "both ways",
            give("series", *shape[1:], batch=shape[0]),
            layer("Bidirectional", "both", layer=wrap("GRU", units=3, return_sequences=return_sequences)),
        ),
    ):
        report = make_report(architecture)
        flow = trace_flow(report, 8)
        assert report.status == "builds"
        for format in FORMATS.values():
            assert format.write(report, flow, "")
        walks = "walks" in describe_time(report, flow)
        assert walks == (shape[1] != 0)
