"""The lanes of whole models: which there are, what feeds them, and how many steps are drawn."""

import pytest
from questions import TIMESTEPS, list_lanes, make_input, report_chain, report_nodes, trace_layer

WALK = {"units": 2, "return_sequences": True}


def node(kind, name, *inbound, **arguments):
    return {"kind": kind, "name": name, "arguments": arguments, "inbound": list(inbound)}


def test_an_embedding_and_an_lstm_give_three_lanes_and_a_dense_behind_them_none():
    layers = [
        ("Embedding", {"input_dim": 3, "output_dim": 50}),
        ("LSTM", {"units": 100}),
        ("Dense", {"units": 1}),
    ]
    lanes = list_lanes(report_chain((3,), *layers))
    assert [(lane.layer, lane.kind) for lane in lanes.values()] == [
        ("x", "per_step"),
        ("Embedding 1", "per_step"),
        ("LSTM 2", "recurrent"),
    ]
    assert lanes["x"].depends == lanes["Embedding 1"].depends == ((0,), (1,), (2,))
    assert lanes["LSTM 2"].depends == ((0, 1, 2),)
    assert lanes["LSTM 2"].state
    assert lanes["LSTM 2"].time_in
    assert not lanes["LSTM 2"].time_out


def test_directions():
    forward, backward, both = (
        trace_layer(kind, arguments, (4, 3)).lane
        for kind, arguments in [
            ("GRU", {"units": 2}),
            ("GRU", {"units": 2, "go_backwards": True}),
            ("Bidirectional", {"layer": {"kind": "GRU", "arguments": {"units": 2}}}),
        ]
    )
    assert (forward.direction, forward.kind) == ("forward", "recurrent")
    assert (backward.direction, backward.kind) == ("backward", "recurrent")
    assert (both.direction, both.kind) == ("both", "bidirectional")
    assert forward.state
    assert backward.state
    assert both.state


@pytest.mark.parametrize(
    "kind, arguments, shape, lane_kind",
    [
        ("Dense", {"units": 2}, (4, 3), "per_step"),
        ("Conv1D", {"filters": 2, "kernel_size": 2}, (4, 3), "window"),
        ("MaxPooling1D", {}, (4, 3), "window"),
        ("GlobalMaxPooling1D", {}, (4, 3), "all"),
        ("Softmax", {"axis": 1}, (4, 3), "all"),
        ("Softmax", {}, (4, 3), "per_step"),
        ("Reshape", {"target_shape": [3, 4]}, (4, 3), "rearranged"),
        ("Flatten", {}, (4, 3), "rearranged"),
        ("ZeroPadding1D", {}, (4, 3), "rearranged"),
        ("RepeatVector", {"n": 4}, (3,), "rearranged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_kinds_of_lanes(kind, arguments, shape, lane_kind):
    lane = trace_layer(kind, arguments, shape).lane
    assert lane.kind == lane_kind
    assert not lane.state


def test_a_layer_without_timesteps_has_no_lane():
    assert list_lanes(report_chain((8,), ("Dense", {"units": 2}), ("Softmax", {}))) == {}


def test_a_dense_across_the_tokens_reads_all_of_them():
    report = report_nodes(
        [
            make_input("tokens", (4,), "Embedding"),
            node("Embedding", "embedding", "tokens", input_dim=9, output_dim=2),
            node("Dense", "across", "tokens", units=5),
            node("LayerNormalization", "normal", "tokens"),
            node("Dropout", "dropout", "tokens", rate=0.5),
        ]
    )
    lanes = list_lanes(report)
    assert (lanes["across"].depends, lanes["across"].time_out) == (((0, 1, 2, 3),), False)
    assert lanes["normal"].depends == ((0, 1, 2, 3),) * 4
    assert lanes["dropout"].depends == ((0,), (1,), (2,), (3,))


@pytest.mark.parametrize("shape", [(0, 3), (4, 0)], ids=str)
def test_where_there_are_no_numbers_nothing_is_read(shape):
    lane = trace_layer("Reshape", {"target_shape": [*reversed(shape)]}, shape).lane
    assert not any(lane.depends)
    assert len(lane.depends) == lane.timesteps_out


def test_what_fails_and_what_is_blocked_by_it_have_no_lane():
    walk = ("LSTM", {"units": 2})
    lanes = list_lanes(report_chain((4, 3), walk, walk, ("LSTM", WALK)))
    assert list(lanes) == ["x", "LSTM 1"]


def test_lanes_are_fed_by_lanes_and_not_through_layers_that_have_none():
    lanes = list_lanes(
        report_nodes(
            [
                make_input("x", (4, 3), "LSTM"),
                node("LSTM", "encoder", "x", units=2),
                node("RepeatVector", "repeat", "encoder", n=5),
                node("LSTM", "decoder", "repeat", **WALK),
                node("Dense", "dense", "encoder", units=2),
                node("RepeatVector", "again", "dense", n=5),
                node("Add", "sum", "decoder", "again"),
                node("Multiply", "square", "sum", "sum"),
            ]
        )
    )
    assert {name: lane.inbound for name, lane in lanes.items()} == {
        "x": (),
        "encoder": ("x",),
        "repeat": ("encoder",),
        "decoder": ("repeat",),
        "again": (),
        "sum": ("decoder", "again"),
        "square": ("sum",),
    }
    assert lanes["repeat"].depends == ((0,),) * 5
    assert (lanes["repeat"].timesteps_in, lanes["repeat"].time_in) == (1, False)


def test_a_layer_that_walks_along_another_axis_is_not_fed_step_by_step():
    lanes = list_lanes(
        report_chain((4, 3), ("Permute", {"dims": [2, 1]}), ("LSTM", WALK), ("Dropout", {"rate": 0.1}))
    )
    assert lanes["Permute 1"].depends == ((0,), (1,), (2,), (3,))
    assert (lanes["LSTM 2"].timesteps_in, lanes["LSTM 2"].inbound) == (3, ())
    assert (lanes["Dropout 3"].timesteps_in, lanes["Dropout 3"].inbound) == (3, ("LSTM 2",))


def test_tokens_beside_their_vectors_stand_across_them():
    # Keras puts the axis that (4,) lacks behind the batch: its timesteps meet the features.
    lanes = list_lanes(
        report_nodes(
            [
                make_input("tokens", (4,), "Embedding"),
                node("Embedding", "embedding", "tokens", input_dim=9, output_dim=4),
                node("Add", "sum", "tokens", "embedding"),
                node("Add", "other way round", "embedding", "tokens"),
            ]
        )
    )
    assert lanes["sum"].depends == ((0, 1, 2, 3),) * 4
    assert lanes["other way round"].depends == ((0,), (1,), (2,), (3,))


def test_an_open_length_is_drawn_with_the_steps_asked_for():
    layers = [("Conv1D", {"filters": 2, "kernel_size": 3}), ("LSTM", WALK)]
    lanes = list_lanes(report_chain((None, 3), *layers), timesteps=6)
    assert [(lane.timesteps_in, lane.timesteps_out) for lane in lanes.values()] == [(6, 6), (6, 4), (4, 4)]
    assert all(lane.symbolic for lane in lanes.values())


def test_a_known_length_is_drawn_as_it_is():
    lanes = list_lanes(report_chain((5, 3), ("LSTM", WALK)), timesteps=TIMESTEPS)
    assert {lane.timesteps_out for lane in lanes.values()} == {5}
    assert not any(lane.symbolic for lane in lanes.values())


@pytest.mark.parametrize(
    "layers, drawn, why",
    [
        ([("Conv1D", {"filters": 2, "kernel_size": 12})], 12, "a kernel of twelve steps needs twelve"),
        ([("Cropping1D", {"cropping": 4})], 9, "of eight steps nothing would be left"),
        ([("Reshape", {"target_shape": [-1, 5]})], 10, "eight steps of three do not come out in fives"),
        ([("Reshape", {"target_shape": [5, 3]})], 5, "only five steps of three are five of three"),
        ([("Conv1D", {"filters": 2, "kernel_size": 500})], 512, "longer axes are tried by doubling"),
        (
            [("Conv1D", {"filters": 2, "kernel_size": 5}), ("MaxPooling1D", {"pool_size": 5})] * 2
            + [("Conv1D", {"filters": 2, "kernel_size": 5}), ("GlobalMaxPooling1D", {})],
            256,
            "(((1 + 4) · 5 + 4) · 5 + 4) = 149 steps are needed",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_where_a_layer_cannot_run_on_so_many_others_are_drawn(layers, drawn, why):
    lanes = list_lanes(report_chain((None, 3), *layers), timesteps=8)
    assert lanes["x"].timesteps_out == drawn, why
    assert all(lane.timesteps_out >= 1 for lane in lanes.values())


def test_an_open_length_joined_with_a_known_one_is_as_long():
    lanes = list_lanes(
        report_nodes(
            [
                make_input("open", (None, 3), "LSTM"),
                make_input("known", (20, 3), "LSTM"),
                node("Concatenate", "joined", "open", "known"),
            ]
        )
    )
    assert lanes["joined"].timesteps_in == lanes["joined"].timesteps_out == 20
    assert (lanes["open"].symbolic, lanes["known"].symbolic) == (True, False)


def test_where_no_length_fits_the_one_asked_for_is_drawn():
    lanes = list_lanes(
        report_nodes(
            [
                make_input("x", (None, 3), "LSTM"),
                node("Conv1D", "shorter", "x", filters=3, kernel_size=2),
                node("Concatenate", "never equal", "x", "shorter"),
            ]
        ),
        timesteps=5,
    )
    assert (lanes["x"].timesteps_out, lanes["shorter"].timesteps_out) == (5, 4)
    assert lanes["never equal"].timesteps_in == 5


def test_flattened_steps_can_be_cut_again():
    layers = [("Flatten", {}), ("Reshape", {"target_shape": [-1, 6]}), ("LSTM", WALK)]
    lanes = list_lanes(report_chain((None, 3), *layers), timesteps=8)
    assert [lane.timesteps_out for lane in lanes.values()] == [8, 1, 4, 4]
    assert lanes["Reshape 2"].depends == ((0,),) * 4
