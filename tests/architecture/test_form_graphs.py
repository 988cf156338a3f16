"""The form of graphs: shared layers, models in models, operations and what is handed over by name."""

import pytest
from submitted_form import fill_in, press, submit
from test_code_graphs import CODES, HEADER
from test_config_graphs import MODELS, read
from test_dicts import CODES as DICTS
from test_keywords import CODES as KEYWORDS

from app.architecture import Architecture
from app.architecture.code import read_code
from app.architecture.form import read_form, write_cards
from app.report.build import make_report


def read_model(code: str) -> Architecture:
    return read_code(HEADER + code).architecture.without_lines()


ARCHITECTURES = {f"read from a configuration: {name}": read(make()) for name, make in MODELS.items()}
ARCHITECTURES |= {f"read from code: {name}": read_model(code) for name, code in CODES.items()}
ARCHITECTURES |= {f"by keyword: {name}": read_model(code) for name, code in KEYWORDS.items()}
ARCHITECTURES |= {f"between dicts: {name}": read_model(code) for name, code in DICTS.items()}

LATER_CALL_FIRST = """
x, y = keras.Input((3,)), keras.Input((3,))
dense = layers.Dense(3)
narrow = dense(x)
model = keras.Model([x, y], layers.Add()([layers.Dense(3)(dense(y)), narrow]))
"""
ARCHITECTURES["a shared layer whose second call is listed first"] = read_model(LATER_CALL_FIRST)

SIAMESE = read_model(CODES["a siamese model"])
SEQ2SEQ = read_model(CODES["an encoder and its decoder"])
NESTED = read_model(CODES["models in a model"])
SUM = read_model("x = keras.Input((6, 4))\nmodel = keras.Model(x, (x * 2.0)[:, -1])")


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_nothing_is_lost_on_the_way_through_the_form(name: str) -> None:
    assert submit(ARCHITECTURES[name]) == ARCHITECTURES[name]


def test_a_shared_layer_has_its_fields_once_and_changes_everywhere() -> None:
    first, again = [card for card in write_cards(SIAMESE) if card.kind == "Embedding"]
    assert first.fields
    assert (again.fields, again.shares) == ((), first.name)
    changed = submit(SIAMESE, **{f"n{first.key}__output_dim": "9"})
    assert [node.arguments["output_dim"] for node in changed.nodes if node.kind == "Embedding"] == [9, 9]


def test_a_shared_layer_that_is_removed_leaves_its_weights_to_its_next_call() -> None:
    first = next(card for card in write_cards(SIAMESE) if card.kind == "Embedding")
    left = press(SIAMESE, f"remove:{first.key}")
    assert [node.shares for node in left.nodes if node.kind == "Embedding"] == [None]


def test_a_tensor_handed_over_by_name_has_a_control_of_its_own() -> None:
    decoder = next(card for card in write_cards(SEQ2SEQ) if card.handed)
    assert [tensor.label for tensor in decoder.handed] == ["initial_state 1", "initial_state 2"]
    assert [
        next(choice.label for choice in tensor.choices if choice.chosen) for tensor in decoder.handed
    ] == [
        "lstm, output 2",
        "lstm, output 3",
    ]


def test_when_the_encoder_goes_what_it_read_is_handed_to_the_decoder() -> None:
    encoder = next(card for card in write_cards(SEQ2SEQ) if card.kind == "LSTM")
    decoder = press(SEQ2SEQ, f"remove:{encoder.key}").node("lstm_1")
    assert decoder.call == {"initial_state": [{"inbound": 1}, {"inbound": 2}]}
    assert [source.node for source in decoder.inbound] == ["input_layer_1", "input_layer", "input_layer"]


def test_the_layers_of_a_model_inside_a_model_can_be_changed() -> None:
    encoder = next(card for card in write_cards(NESTED) if card.inner)
    lstm = next(inner for inner in encoder.inner if inner.kind == "LSTM")
    changed = submit(NESTED, **{f"{lstm.prefix.replace('.', '__')}__units": "7"})
    assert [node.model.node("lstm").arguments for node in changed.nodes if node.name == encoder.name] == [  # type: ignore[union-attr]
        {"units": 7}
    ]
    assert make_report(changed).status == "builds"


def test_the_constants_of_an_operation_are_fields() -> None:
    cards = {card.kind: card for card in write_cards(SUM)}
    assert [(field.argument, field.value) for field in cards["ops.multiply"].fields] == [("x2", "2.0")]
    assert [(field.argument, field.value) for field in cards["ops.get_item"].fields] == [("key", ":, -1")]
    changed = submit(SUM, **{f"{cards['ops.get_item'].prefix}__key": ":, ::2"})
    assert make_report(changed).outputs[0].shape == (None, 3, 4)


@pytest.mark.parametrize(
    ("word", "kind", "shape"),
    [
        ("ops.mean", "ops.mean", ()),
        ("softmax", "Softmax", (None, 4)),  # A layer, where there is one of the name.
        ("get_item", "ops.get_item", (None,)),
        ("ops.add", "ops.add", (None, 4)),
        ("expand_dims", "ops.expand_dims", (None, 4, 1)),
    ],
)
def test_an_operation_is_added_by_its_name(word: str, kind: str, shape: tuple[int | None, ...]) -> None:
    before = read_model("model = keras.Sequential([keras.Input((6,)), layers.Dense(4)])")
    report = make_report(press(before, "add:1", n1__add=word))
    assert report.rows[-1].kind == kind
    assert report.rows[-1].output_shapes == (shape,)


def test_a_second_tensor_takes_the_place_of_a_number() -> None:
    multiply = next(card for card in write_cards(SUM) if card.kind == "ops.multiply")
    fields = [*fill_in(SUM), (f"{multiply.prefix}.inbound", multiply.reads[0].value)]
    both = read_form(fields).architecture
    assert both is not None
    assert both.node(multiply.name).arguments == {}
    assert make_report(both).status == "builds"


def test_a_declared_shape_computes_the_rest() -> None:
    code = "x = keras.Input((6, 4))\nmodel = keras.Model(x, layers.Dense(2)(layers.Lambda(mine)(x)))"
    unknown = read_model(code)
    card = next(card for card in write_cards(unknown) if card.kind == "Opaque")
    declared = submit(unknown, **{f"{card.prefix}__output_shape": "(None, 6, 7)"})
    assert [make_report(model).status for model in (unknown, declared)] == ["fails", "builds"]
    assert make_report(declared).outputs[0].shape == (None, 6, 2)


def test_the_scores_of_attention_can_be_read_by_a_layer() -> None:
    attended = "a, scores = layers.MultiHeadAttention(2, 4)(x, x, return_attention_scores=True)"
    model = read_model(f"x = keras.Input((6, 4))\n{attended}\nmodel = keras.Model(x, layers.Dense(3)(a))")
    choices = [choice.label for choice in write_cards(model)[-1].reads]
    assert choices == ["multi_head_attention", "input_layer", "multi_head_attention, output 2"]
