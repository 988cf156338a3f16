"""With return_state the states leave beside the output, each under its letter."""

from building import layer, wrap

from app.drawing.state_names import name_outputs


def test_an_lstm_gives_h_and_c_and_a_gru_h() -> None:
    assert name_outputs(layer("LSTM", "lstm", units=3, return_state=True), 3) == ("", "h", "c")
    assert name_outputs(layer("GRU", "gru", units=3, return_state=True), 2) == ("", "h")


def test_without_return_state_nothing_has_a_name() -> None:
    assert name_outputs(layer("LSTM", "lstm", units=3), 1) == ("",)


def test_a_bidirectional_layer_gives_those_of_either_walk() -> None:
    inner = wrap("LSTM", units=3, return_state=True)
    assert name_outputs(layer("Bidirectional", "both", layer=inner), 5) == (
        "",
        "forward h",
        "forward c",
        "backward h",
        "backward c",
    )


def test_walks_that_are_not_merged_are_two_outputs() -> None:
    inner = wrap("GRU", units=3, return_sequences=True)
    assert name_outputs(layer("Bidirectional", "both", layer=inner, merge_mode=None), 2) == (
        "forward",
        "backward",
    )


def test_stacked_cells_give_theirs_in_order() -> None:
    cells = [wrap("LSTMCell", units=3), wrap("GRUCell", units=3)]
    names = name_outputs(layer("RNN", "rnn", cell=cells, return_state=True), 4)
    assert names == ("", "h of cell 1", "c of cell 1", "h of cell 2")
