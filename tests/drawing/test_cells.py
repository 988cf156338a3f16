"""The ledger adds up: to the formula, to Keras' count, and to the sizes of the weights that Keras made."""

from math import prod

import pytest
from building import chain, give, layer
from samples import SAMPLES, report_on
from scenes import list_areas, list_arrows

from app.architecture import Node
from app.drawing.cell.cells import describe_cell, find_layer_cells, place_cell
from app.drawing.cell.gates import Cell, find_cell, say_equation, spell_equation
from app.drawing.cell.ledger import write_formula
from app.drawing.cell.stacks import describe_units, find_stacks
from app.drawing.cell.units import place_units
from app.drawing.scene import Scene, Span, Text
from app.report import LayerReport
from app.report.build import make_report

CELLS = [
    (row, dict(cells))
    for slug in SAMPLES
    for row in report_on(slug).layers
    if (cells := find_layer_cells(row, report_on(slug).architecture.node(row.name)))
]


@pytest.mark.parametrize(("row", "cells"), CELLS)
def test_the_ledgers_add_up_to_keras_count(row: LayerReport, cells: dict[str, Cell]) -> None:
    total = sum(cell.total for cell in cells.values()) * (2 if row.kind == "Bidirectional" else 1)
    assert total == row.parameters.total
    assert sum(prod(size or 0 for size in weight.shape) for weight in row.weights) == total


@pytest.mark.parametrize(("row", "cells"), CELLS)
def test_the_formula_is_the_reports(row: LayerReport, cells: dict[str, Cell]) -> None:
    for cell in cells.values():
        assert eval(write_formula(cell).replace("·", "*")) == cell.total
    formula = " + ".join(map(write_formula, cells.values()))
    assert row.parameters.formula in (formula, f"2·{formula}")


def test_each_of_stacked_cells_reads_the_one_before_it() -> None:
    (cells,) = (cells for row, cells in CELLS if len(cells) > 1)
    sizes = {name: (cell.kind, cell.features, cell.units) for name, cell in cells.items()}
    assert sizes == {"rnn, cell 1": ("LSTM", 5, 7), "rnn, cell 2": ("GRU", 7, 4)}


def make(kind: str, **arguments: object) -> Cell:
    node = Node.model_validate({"kind": kind, "name": "x", "arguments": {"units": 4, **arguments}})
    cell = find_cell(node, 3)
    assert cell is not None
    return cell


def test_an_lstm_is_cut_into_i_f_c_o() -> None:
    assert [gate.letter for gate in make("LSTM").gates] == ["i", "f", "c", "o"]
    assert make("LSTM").equations[4:] == ("c_t = f ⊙ c_{t−1} + i ⊙ c̃", "h_t = o ⊙ tanh(c_t)")


@pytest.mark.parametrize(
    ("kind", "candidate", "order"), [("LSTM", "c̃", "i, f, c, o"), ("GRU", "h̃", "z, r, h")]
)
def test_the_candidate_has_one_name_and_the_blocks_keras_order(kind: str, candidate: str, order: str) -> None:
    cell = make(kind)
    texts = [mark.text for mark, _ in list_areas(place_cell(cell), Text)]
    assert texts.count(candidate) == 2  # Beside its gate in the wiring, and above its block in the ledger.
    assert any(equation.startswith(f"{candidate} = ") for equation in cell.equations)
    assert any(isinstance(text, str) and f"Keras' order: {order} (" in text for text in texts)


def test_reset_after_gives_a_gru_a_second_bias() -> None:
    assert (make("GRU").total, make("GRU", reset_after=False).total) == (108, 96)
    assert "r ⊙ (h_{t−1}·U_h + b′_h)" in make("GRU").equations[2]
    assert "(r ⊙ h_{t−1})·U_h + b_h" in make("GRU", reset_after=False).equations[2]


def test_no_bias_leaves_it_out_of_sums_and_equations() -> None:
    cell = make("SimpleRNN", use_bias=False)
    assert cell.total == (3 + 4) * 4
    assert cell.equations == ("h_t = tanh(x_t·W + h_{t−1}·U)",)


def test_other_activations_are_named() -> None:
    cell = make("LSTM", activation="relu", recurrent_activation="hard_sigmoid")
    assert cell.equations[0].startswith("i = hard_sigmoid(")
    assert cell.equations[5] == "h_t = o ⊙ relu(c_t)"


def test_an_equation_is_spelt_with_subscripts_and_said_without() -> None:
    assert spell_equation("h_{t−1}·U_i") == (Span("h"), Span("t−1", "sub"), Span("·U"), Span("i", "sub"))
    assert say_equation("h_{t−1}·U_i") == "h_t−1·U_i"


def test_the_words_hold_the_sizes() -> None:
    row, cells = CELLS[0]
    said = describe_cell(row.name, cells[row.name], row.kind)
    for number in ("(50, 400)", "(100, 400)", "60,400", "4·((50 + 100)·100 + 100)"):
        assert number in said


def test_small_layers_that_feed_each_other_are_one_picture() -> None:
    (stack,) = find_stacks(report_on("two-layers-two-units"))
    assert [small.name for small in stack.layers] == ["lstm", "lstm_1"]
    assert stack.title == "lstm → lstm_1"
    assert "Each connection is 4 numbers, one for each gate." in describe_units(stack)


def draw_units(*sizes: int) -> tuple[str, Scene]:
    """What is said and drawn of LSTMs of so many units; the first size is that of the features."""
    features, *units = sizes
    nodes = [
        layer("LSTM", f"lstm_{place}", units=size, return_sequences=True) for place, size in enumerate(units)
    ]
    (stack,) = find_stacks(make_report(chain("units", give("series", 3, features), *nodes)))
    return describe_units(stack), place_units(stack)


def test_of_more_than_eight_units_the_first_three_and_the_last_are_drawn() -> None:
    said, scene = draw_units(4, 9)
    texts = [mark.text for mark, _ in list_areas(scene, Text)]
    assert texts[texts.index("t₁") + 1 : texts.index("t₂")] == ["1", "2", "3", "9", "…"]
    assert "Of the 9 units 1, 2, 3 and 9 are drawn." in said
    looks = [arrow.look for arrow in list_arrows(scene)]
    assert (looks.count("input-wire"), looks.count("recurrent-wire")) == (3 * 4 * 4, 2 * 4 * 4)


def test_all_connections_of_a_folded_layer_are_counted() -> None:
    said, scene = draw_units(50, 100, 8)
    row = make_report(
        chain("one", give("series", 3, 50), layer("SimpleRNN", "rnn", units=100, use_bias=False))
    ).layer("rnn")
    assert row.parameters.total == 50 * 100 + 100**2  # With one gate and no bias a connection is a number.
    assert "connected to every unit: 5,000 connections." in said
    assert "10,000 recurrent connections." in said
    legend = [sign.words for sign in scene.legend]
    assert "lstm_0: 5,000 connections from what it reads, 10,000 recurrent connections in all" in legend
    assert "lstm_1: 800 connections from what it reads, 64 recurrent connections in all" in legend


def test_of_more_than_sixteen_features_the_first_three_and_the_last_are_drawn() -> None:
    said, scene = draw_units(17, 2)
    assert "Of the 17 features 1, 2, 3 and 17 are drawn." in said
    assert sum(arrow.look == "input-wire" for arrow in list_arrows(scene)) == 3 * 4 * 2


def test_what_is_drawn_whole_says_nothing_of_folding() -> None:
    said, scene = draw_units(16, 8, 8)
    assert "are drawn" not in said
    assert not any("in all" in sign.words for sign in scene.legend)


def test_every_connection_is_a_line() -> None:
    (stack,) = find_stacks(report_on("two-layers-two-units"))
    looks = [arrow.look for arrow in list_arrows(place_units(stack))]
    # Three timesteps: 2·2 inputs to units in each; 2·2 from unit to unit between each two, in both layers.
    assert looks.count("input-wire") == 3 * 4
    assert looks.count("layer-wire") == 3 * 4
    assert looks.count("recurrent-wire") == 2 * 2 * 4
    assert looks.count("wire") == 2
