"""The form: an architecture written as fields and read back is the same architecture."""

import pytest
from submitted_form import BRANCHED, EMBEDDED, chain, change, fill_in, name_nodes, node, press

from app.architecture import Architecture, Source
from app.architecture.catalogue import KINDS
from app.architecture.form import LAYER_KINDS, read_form, read_keys, write_cards
from app.problems import ArchitectureError, BadRequest, UnknownLayer


@pytest.mark.parametrize("architecture", [EMBEDDED, BRANCHED])
def test_what_is_written_is_read_back(architecture: Architecture) -> None:
    assert read_form(fill_in(architecture)).architecture == architecture


def test_a_number_that_is_typed_over() -> None:
    asked = read_form(change(fill_in(EMBEDDED), n2__units="128")).architecture
    assert asked is not None
    assert asked.node("lstm").arguments == {"units": 128}


def test_a_number_wiped_out_is_left_out_so_that_the_answer_says_it_is_missing() -> None:
    asked = read_form(change(fill_in(EMBEDDED), n2__units="")).architecture
    assert asked is not None
    assert asked.node("lstm").arguments == {}


def test_text_that_is_no_number_is_kept_for_the_answer_to_name() -> None:
    asked = read_form(change(fill_in(EMBEDDED), n2__units="many")).architecture
    assert asked is not None
    assert asked.node("lstm").arguments == {"units": "many"}


def test_a_layer_renamed_stays_connected() -> None:
    asked = read_form(change(fill_in(EMBEDDED), n1__name="words")).architecture
    assert asked is not None
    assert asked.node("lstm").inbound == (Source(node="words"),)


def test_a_name_wiped_out_is_given_as_keras_would() -> None:
    assert name_nodes(press(EMBEDDED, "axis:0", n2__name=""))[2] == "lstm"


def test_code_is_asked_as_it_is_written() -> None:
    question = read_form([("code", "x = 1\n"), ("timesteps", "12")])
    assert (question.code, question.timesteps) == ("x = 1\n", 12)


@pytest.mark.parametrize(
    ("typed", "ticked", "size"),
    [
        ("3", None, 3),
        ("3", "3", None),  # ticked beside the 3 it was drawn with
        ("", "", None),  # any length before, any length still
        ("12", "", 12),  # typed over an axis of any length: the number is newer
        ("", None, 6),  # unticked: as many as are drawn
    ],
)
def test_any_length_is_a_choice(typed: str, ticked: str | None, size: int | None) -> None:
    fields = change(fill_in(EMBEDDED), n0__shape__1=typed, timesteps="6")
    fields += [("n0.shape.1.any", ticked)] if ticked is not None else []
    asked = read_form(fields).architecture
    assert asked is not None
    assert asked.node("tokens").batch_shape == (None, size)


def test_another_kind_keeps_the_arguments_it_also_takes() -> None:
    asked = read_form(change(fill_in(EMBEDDED), n2__kind="GRU")).architecture
    assert asked is not None
    assert (asked.nodes[2].kind, asked.nodes[2].arguments) == ("GRU", {"units": 100})


def test_a_name_that_speaks_of_the_old_kind_is_given_anew_and_any_other_is_kept() -> None:
    fields = change(fill_in(EMBEDDED), n2__kind="GRU", n3__kind="Dropout", n3__name="last")
    asked = read_form(fields).architecture
    assert asked is not None
    assert name_nodes(asked) == ["tokens", "embedding", "gru", "last"]


def test_a_layer_changed_into_a_wrapper_is_wrapped() -> None:
    asked = read_form(change(fill_in(EMBEDDED), n2__kind="Bidirectional")).architecture
    assert asked is not None
    assert asked.nodes[2].arguments == {"layer": {"kind": "LSTM", "arguments": {"units": 100}}}


def test_another_kind_begins_with_usual_values_for_what_it_requires() -> None:
    asked = read_form(change(fill_in(EMBEDDED), n2__kind="Conv1D")).architecture
    assert asked is not None
    assert asked.node("conv1d").arguments == {"filters": 16, "kernel_size": 3}


def test_a_layer_added_is_read_by_what_read_the_one_before() -> None:
    asked = press(EMBEDDED, "add:1:LSTM")
    assert name_nodes(asked) == ["tokens", "embedding", "lstm_1", "lstm", "dense"]
    assert asked.is_chain


def test_the_kind_to_add_may_be_typed() -> None:
    assert press(EMBEDDED, "add:3", n3__add="dropout").nodes[-1].arguments == {"rate": 0.5}


@pytest.mark.parametrize("kind", LAYER_KINDS)
def test_every_kind_is_added_with_all_that_it_requires(kind: str) -> None:
    added = press(EMBEDDED, f"add:3:{kind}").nodes[-1]
    required = {argument.name for argument in KINDS[kind].arguments if argument.required}
    assert added.arguments.keys() == required


def test_a_kernel_of_several_sizes_is_text() -> None:
    convolution = node("Conv2D", "conv2d", "tokens", filters=3, kernel_size=[3, 5])
    (_, card) = write_cards(chain(EMBEDDED.nodes[0], convolution))
    (field,) = [field for field in card.fields if field.argument == "kernel_size"]
    assert (field.widget, field.value) == ("text", "(3, 5)")


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(UnknownLayer, match="LSMT"):
        press(EMBEDDED, "add:3", n3__add="LSMT")


def test_a_layer_added_at_the_end_is_the_output() -> None:
    asked = press(BRANCHED, "add:3:Flatten")
    assert asked.outputs == (Source(node="flatten"), Source(node="memory", output=2))


def test_a_layer_removed_is_bridged() -> None:
    asked = press(EMBEDDED, "remove:1")
    assert name_nodes(asked) == ["tokens", "lstm", "dense"]
    assert asked.is_chain


def test_an_input_that_is_read_cannot_be_removed() -> None:
    with pytest.raises(ArchitectureError, match="tokens"):
        press(EMBEDDED, "remove:0")


@pytest.mark.parametrize("button", ["up:2", "down:1"])
def test_two_layers_change_places_in_the_chain(button: str) -> None:
    asked = press(EMBEDDED, button)
    assert name_nodes(asked) == ["tokens", "lstm", "embedding", "dense"]
    assert asked.is_chain


def test_layers_side_by_side_change_places_and_keep_what_they_read() -> None:
    asked = press(BRANCHED, "down:0")
    assert name_nodes(asked) == ["right", "left", "memory", "both"]
    assert asked.node("both") == BRANCHED.node("both")


def test_nothing_stands_before_the_input_it_reads() -> None:
    with pytest.raises(ArchitectureError, match="tokens"):
        press(EMBEDDED, "up:1")


def test_axes_come_and_go() -> None:
    longer = press(EMBEDDED, "axis:0")
    assert longer.node("tokens").batch_shape == (None, 3, 1)
    assert press(longer, "drop-axis:0").node("tokens").batch_shape == (None, 3)


def test_a_button_of_nobody_is_refused() -> None:
    with pytest.raises(BadRequest, match="explode"):
        press(EMBEDDED, "explode:0")


def test_cards_keep_their_keys_when_a_layer_comes_between() -> None:
    fields = change(fill_in(EMBEDDED), do="add:1:LSTM")
    asked = read_form(fields).architecture
    assert asked is not None
    assert [card.key for card in write_cards(asked, read_keys(fields))] == [0, 1, 4, 2, 3]


def test_what_may_happen_to_a_card() -> None:
    cards = {card.name: card for card in write_cards(EMBEDDED)}
    assert not cards["tokens"].can_leave, "it is read"
    assert not cards["tokens"].can_sink, "the layer after it reads it"
    assert not cards["embedding"].can_rise
    assert cards["lstm"].can_rise and cards["lstm"].can_sink and cards["lstm"].can_leave
    assert not cards["dense"].can_sink


def test_an_argument_without_a_control_is_carried_along() -> None:
    (_, card) = write_cards(
        chain(EMBEDDED.nodes[0], node("LSTM", "lstm", "tokens", units=2, activation=None))
    )
    assert card.rest == '{"activation": null}'
    assert "activation" not in [field.argument for field in card.fields]


def test_a_form_of_more_cards_than_a_page_has_is_refused() -> None:
    with pytest.raises(BadRequest, match="more than 200"):
        read_form([(f"n{key}.kind", "Dense") for key in range(4_000)])


def test_cards_without_a_name_are_named_apart() -> None:
    fields = [("n0.kind", "InputLayer"), *((f"n{key}.kind", "Dense") for key in range(1, 200))]
    assert len(set(read_keys(fields))) == 200
