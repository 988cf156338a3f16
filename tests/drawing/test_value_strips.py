"""The strips of values: every drawn number is told on pointing at it, and the words say what is true."""

import pytest
from samples import report_on
from scenes import list_marks

from app.architecture.sequences import Sequences
from app.drawing.numbers.value_words import describe_values, write_value
from app.drawing.numbers.values import choose_look, make_units, place_values
from app.drawing.scene import Box, Text
from app.drawing.text import text_width
from app.flow import trace_flow
from app.flow.valued import Strip, ValuedLayer, ValueTrace
from app.flow.values import trace_values

SEQUENCES = Sequences(rows=((5, 9, 2), (3, 4, 5, 6, 7), (8,)), padding="post")


@pytest.fixture(scope="module")
def masked() -> ValueTrace:
    report = report_on("masked")
    return trace_values(report, trace_flow(report, 8).lanes, SEQUENCES, 8)


def list_boxes(trace: ValueTrace, sequence: int) -> list[Box]:
    scene = place_values(report_on("masked"), trace, sequence)
    return [mark for mark in list_marks(scene) if isinstance(mark, Box)]


def test_every_coloured_cell_says_its_number(masked: ValueTrace) -> None:
    coloured = [box for box in list_boxes(masked, 0) if box.look.startswith(("above-", "below-"))]
    said = {box.full for box in coloured if box.full}
    strip = next(strip for layer in masked.layers for strip in layer.strips if strip.name == "h")
    assert f"hidden state h, t₁, unit 1: {write_value(strip.values[0][0][0] or 0)}" in said


def test_timesteps_that_are_skipped_are_dashed(masked: ValueTrace) -> None:
    dashed = [sum(box.look == "padding" for box in list_boxes(masked, sequence)) for sequence in (0, 1)]
    assert dashed[0] > 0 == dashed[1]


def test_a_colour_is_the_distance_from_the_middle() -> None:
    assert [choose_look(distance, 2) for distance in (-2, -0.9, 0, 0.1, 2)] == [
        "below-5",
        "below-2",
        "value-0",
        "value-0",
        "above-5",
    ]
    assert choose_look(0, 0) == "value-0"


def test_of_many_units_the_first_and_the_last_are_drawn() -> None:
    assert make_units(10).places == tuple(range(10))
    assert make_units(100).places == (0, 1, 2, 3, 4, None, 97, 98, 99)


def test_the_words_say_what_changes_and_what_is_carried_over() -> None:
    steps = ((0.1, 0.0), (0.1, -0.5), (0.1, -0.5))
    strip = Strip(name="h", role="hidden state", skipped=((False, False, True),), values=(steps,))
    trace = ValueTrace(
        weights="set_random_seed(1)", layers=(ValuedLayer(layer="gru", kind="GRU", strips=(strip,)),)
    )
    assert describe_values(trace, 0).endswith(
        "gru, hidden state h: −0.5 to 0.1. It changes most at t₂, by 0.5 in one unit. "
        "The mask has the cell skip t₃, where it is carried over. t₁: 0.1, 0; t₂: 0.1, −0.5."
    )


def test_a_state_walked_backwards_is_told_by_its_first_timestep() -> None:
    steps = tuple((float(step),) * 9 for step in range(5))
    strip = Strip(name="h", role="hidden state", direction="backward", way="backward", values=(steps,))
    said = describe_values(ValueTrace(layers=(ValuedLayer(layer="gru", kind="GRU", strips=(strip,)),)), 0)
    assert said.endswith("t₁: 0, 0, 0, 0, 0, 0, 0, 0, ….")


def test_long_strips_are_folded_and_say_so(masked: ValueTrace) -> None:
    strip = Strip(name="out", role="output", values=(tuple((float(step),) for step in range(40)),))
    trace = ValueTrace(weights="w", layers=(masked.layers[0].model_copy(update={"strips": (strip,)}),))
    scene = place_values(report_on("masked"), trace, 0)
    texts = [mark.text for mark in list_marks(scene) if isinstance(mark, Text)]
    assert "t₈" in texts and "t₉" not in texts and "t₄₀" in texts and "…" in texts


def test_a_token_of_many_digits_is_drawn_whole() -> None:
    strip = Strip(name="out", role="input", whole=True, values=(((7.0,), (20417.0,)),))
    layer = ValuedLayer(layer="tokens", kind="InputLayer", strips=(strip,))
    marks = list_marks(place_values(report_on("masked"), ValueTrace(weights="w", layers=(layer,)), 0))
    texts = [mark.text for mark in marks if isinstance(mark, Text)]
    cells = [mark.width for mark in marks if isinstance(mark, Box) and mark.look == "shade-1"]
    assert "7" in texts and "20417" in texts
    assert text_width("20417", "count") < min(cells)


def test_a_probability_of_one_half_has_no_colour() -> None:
    almost = Strip(
        name="out", role="output", centre=0.5, reach=0.5, has_timesteps=False, values=(((0.497,),),)
    )
    layer = ValuedLayer(layer="dense", kind="Dense", strips=(almost,))
    scene = place_values(report_on("embedding-to-lstm"), ValueTrace(layers=(layer,)), 0)
    (cell,) = [mark for mark in list_marks(scene) if isinstance(mark, Box) and mark.full]
    assert cell.look == "value-0"
