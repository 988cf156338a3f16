"""What enters a layer at a timestep, what it remembers and what leaves: in the letters of the equations."""

from building import chain, give, layer, wrap
from samples import flow_of, report_on

from app.architecture import Architecture
from app.drawing.time.moments import Moment, Wire, list_moments
from app.flow import trace_flow
from app.report.build import make_report


def tell(architecture: Architecture) -> dict[str, Moment]:
    report = make_report(architecture)
    return {moment.layer: moment for moment in list_moments(report, trace_flow(report, 8))}


def of_sample(slug: str) -> dict[str, Moment]:
    return {moment.layer: moment for moment in list_moments(report_on(slug), flow_of(slug))}


def say(wires: tuple[Wire, ...]) -> list[str]:
    return [f"{wire.sign}_{wire.general} {wire.holds}" for wire in wires]


def test_an_lstm_reads_x_and_remembers_h_and_c() -> None:
    lstm = of_sample("embedding-to-lstm")["lstm"]
    assert say(lstm.enters) == ["x_t 50 features"]
    assert say(lstm.remembered) == ["h_t−1 100 units", "c_t−1 100 units"]
    assert say(lstm.kept) == ["h_t 100 units", "c_t 100 units"]
    assert say(lstm.leaves) == ["h_3 100 units"]
    assert (lstm.timesteps, lstm.last, lstm.after) == (3, 2, "3")


def test_what_enters_says_which_layer_it_is_the_output_of() -> None:
    moments = tell(
        chain(
            "two",
            give("x", 4, 2),
            layer("SimpleRNN", "one", units=3, return_sequences=True),
            layer("SimpleRNN", "two", units=5),
        )
    )
    assert [moments[name].enters[0].origin for name in ("one", "two")] == ["", "one"]


def test_where_no_length_is_known_the_last_timestep_is_T() -> None:
    lstm = tell(chain("open", give("x", None, 2), layer("LSTM", "lstm", units=3)))["lstm"]
    assert (say(lstm.leaves), lstm.after) == (["h_T 3 units"], "T")


def test_with_return_sequences_an_output_leaves_at_every_step() -> None:
    lstm = tell(chain("all", give("x", 4, 2), layer("LSTM", "lstm", units=3, return_sequences=True)))["lstm"]
    assert (say(lstm.leaves), lstm.last) == (["h_t 3 units"], None)


def test_a_backward_walk_remembers_the_step_after_and_ends_at_the_first() -> None:
    gru = tell(chain("back", give("x", 4, 2), layer("GRU", "gru", units=3, go_backwards=True)))["gru"]
    assert [(wire.sign, wire.shift) for wire in gru.remembered] == [("h", 1)]
    assert (say(gru.leaves), gru.last, gru.after) == (["h_1 3 units"], 0, "1")


def test_a_bidirectional_layer_remembers_both_its_neighbours() -> None:
    inner = wrap("LSTM", units=3, return_sequences=True)
    both = tell(chain("both", give("x", 4, 2), layer("Bidirectional", "both", layer=inner)))["both"]
    assert [(wire.sign, wire.shift, wire.holds) for wire in both.remembered] == [
        ("h", -1, "3 units"),
        ("c", -1, "3 units"),
        ("h", 1, "3 units"),
        ("c", 1, "3 units"),
    ]
    assert say(both.kept) == ["h_t 3 units", "c_t 3 units"]
    assert say(both.leaves) == ["y_t 6 units"]


def test_every_cell_of_a_stack_has_a_state_of_its_own() -> None:
    cells = [wrap("LSTMCell", units=3), wrap("GRUCell", units=5)]
    rnn = tell(chain("cells", give("x", 4, 2), layer("RNN", "rnn", cell=cells)))["rnn"]
    assert say(rnn.remembered) == [
        "h_t−1 3 units of cell 1",
        "c_t−1 3 units of cell 1",
        "h_t−1 5 units of cell 2",
    ]


def test_a_convolution_reads_its_window() -> None:
    conv = tell(chain("conv", give("x", 5, 2), layer("Conv1D", "conv", filters=3, kernel_size=3)))["conv"]
    assert conv.enters[0].at == {0: "1–3", 1: "2–4", 2: "3–5"}
    assert say(conv.remembered) == []


def test_what_is_joined_along_time_enters_one_after_the_other() -> None:
    joined = of_sample("join-in-time")["concatenate"]
    first, second = joined.enters
    assert [bool(first.at[step]) for step in first.at] == [not second.at[step] for step in second.at]


def test_pooling_over_time_gives_one_vector_when_all_have_entered() -> None:
    pool = tell(chain("pool", give("x", 4, 2), layer("GlobalAveragePooling1D", "pool")))["pool"]
    assert (say(pool.leaves), pool.last, pool.after) == (["y_ 2 features"], 3, "4")


def test_under_a_causal_mask_nothing_enters_before_its_time() -> None:
    attention = of_sample("causal-memory")["attention"]
    assert [wire.at for wire in attention.enters] == [
        {0: "", 1: "2", 2: "3", 3: "4"},
        {0: "1", 1: "1, 2", 2: "1–3", 3: "1–4"},
    ]


def test_what_attends_to_itself_enters_once() -> None:
    (entering,) = of_sample("self-attention")["attention"].enters
    assert entering.at[0] == "1–7"
