"""A layer added, taken out, moved or turned into another changes only its own lines of the code."""

from typing import Any

import pytest
from test_rewriting import differ, read

from app.architecture import Architecture, Source
from app.architecture.code import read_code
from app.architecture.code.rewriting import rewrite_code
from app.architecture.form.actions import press_button

LIST = """from keras.layers import LSTM, Dense

model = keras.Sequential([
    keras.Input((3, 50)),             # what enters
    LSTM(64, return_sequences=True),  # the first
    LSTM(32),                         # the second
    Dense(1, activation='sigmoid')    # yes or no
])
"""

ADDED = """model = Sequential()
model.add(layers.Embedding(1000, 64))  # words
model.add(layers.LSTM(64))             # remember
model.add(layers.Dense(1))
"""

FUNCTIONAL = """inputs = keras.Input((10, 4))
x = keras.layers.Dense(8)(inputs)  # each timestep
x = keras.layers.LSTM(16)(x)       # all of them
x = keras.layers.Dropout(0.5)(x)
outputs = keras.layers.Dense(1)(x)
model = keras.Model(inputs, outputs)
"""

BRANCHES = """a = Input((10,), name="a")
b = Input((10,), name="b")
first = Embedding(100, 8)(a)
second = Embedding(100, 4)(b)
both = Concatenate()([first, second])
h = LSTM(8)(both)
model = Model([a, b], h)
"""

ONE_LINE = "model = Sequential([Input((3,)), layers.Dense(3), layers.Dropout(0.1), layers.Dense(4)])\n"


def press(code: str, verb: str, layer: str, word: str = "") -> list[str]:
    """The lines that differ after a button of a layer's card was pressed."""
    before = read_code(code).architecture.without_lines()
    after = press_button(before, f"{verb}:0:{word}", {"0": layer})
    return follow(code, after)


def follow(code: str, after: Architecture) -> list[str]:
    rewritten = rewrite_code(code, {}, after, read)
    assert rewritten is not None
    assert not rewritten.shared
    return differ(code, rewritten.code)


@pytest.mark.parametrize(
    ("code", "verb", "layer", "lines"),
    [
        (LIST, "remove", "lstm_1", ["-    LSTM(32),                         # the second"]),
        (LIST, "remove", "dense", ["-    Dense(1, activation='sigmoid')    # yes or no"]),
        (ADDED, "remove", "lstm", ["-model.add(layers.LSTM(64))             # remember"]),
        (FUNCTIONAL, "remove", "lstm", ["-x = keras.layers.LSTM(16)(x)       # all of them"]),
        (
            FUNCTIONAL,
            "remove",
            "dense_1",
            ["-outputs = keras.layers.Dense(1)(x)", "+outputs = x"],
        ),
        (
            ONE_LINE,
            "remove",
            "dropout",
            [f"-{ONE_LINE[:-1]}", f"+{ONE_LINE[:-1].replace(' layers.Dropout(0.1),', '')}"],
        ),
    ],
)
def test_a_layer_goes_with_its_line(code: str, verb: str, layer: str, lines: list[str]) -> None:
    assert press(code, verb, layer) == lines


@pytest.mark.parametrize(
    ("code", "layer", "kind", "lines"),
    [
        (ADDED, "lstm", "Dropout", ["+model.add(layers.Dropout(0.5))"]),
        (ADDED, "lstm", "Dense", ["+model.add(layers.Dense(32))"]),
        (FUNCTIONAL, "lstm", "Dense", ["+x = keras.layers.Dense(32)(x)"]),
        (
            LIST,
            "lstm",
            "Dropout",
            [
                "-from keras.layers import LSTM, Dense",
                "+from keras.layers import LSTM, Dense, Dropout",
                "+    Dropout(0.5),",
            ],
        ),
        (
            LIST,
            "dense",
            "Dense",
            [
                "-    Dense(1, activation='sigmoid')    # yes or no",
                "+    Dense(1, activation='sigmoid'),   # yes or no",
                "+    Dense(32),",
            ],
        ),
        (
            FUNCTIONAL,
            "input_layer",
            "Dropout",
            [
                "-x = keras.layers.Dense(8)(inputs)  # each timestep",
                "+dropout_1 = keras.layers.Dropout(0.5)(inputs)",
                "+x = keras.layers.Dense(8)(dropout_1)  # each timestep",
            ],
        ),
        (BRANCHES, "embedding_1", "LSTM", ["+second = LSTM(32)(second)"]),
    ],
)
def test_a_layer_comes_on_a_line_of_its_own(code: str, layer: str, kind: str, lines: list[str]) -> None:
    assert press(code, "add", layer, kind) == lines


@pytest.mark.parametrize(
    ("code", "layer", "moved"),
    [(LIST, "lstm", "LSTM(32)"), (ADDED, "lstm", "Dense(1)"), (FUNCTIONAL, "lstm", "Dropout(0.5)")],
)
def test_two_layers_change_places_with_their_lines(code: str, layer: str, moved: str) -> None:
    gone, came = sorted(press(code, "down", layer))[::-1]
    assert gone[1:] == came[1:]
    assert moved in gone


def test_where_lines_cannot_change_places_what_is_in_them_does() -> None:
    assert press(FUNCTIONAL, "down", "dense") == [
        "-x = keras.layers.Dense(8)(inputs)  # each timestep",
        "-x = keras.layers.LSTM(16)(x)       # all of them",
        "+x = keras.layers.LSTM(16)(inputs)  # each timestep",
        "+x = keras.layers.Dense(8)(x)       # all of them",
    ]


def exchange(code: str, layer: str, **changed: Any) -> Architecture:
    """The layers of the code with one of them changed, and whatever reads it."""
    architecture = read_code(code).architecture.without_lines()
    moved = {Source(node=layer): Source(node=changed.get("name", layer))}
    nodes = (
        node.model_copy(update={"inbound": tuple(moved.get(source, source) for source in node.inbound)})
        for node in architecture.nodes
    )
    return Architecture(
        nodes=tuple(node.model_copy(update=changed) if node.name == layer else node for node in nodes)
    )


def test_a_layer_becomes_one_of_another_kind_with_what_both_take() -> None:
    after = exchange(LIST, "lstm", kind="GRU", name="gru")
    assert follow(LIST, after)[-1] == "+    GRU(64, return_sequences=True),  # the first"


def test_a_layer_is_wrapped_and_taken_out_of_its_wrapper() -> None:
    inner = {"kind": "LSTM", "arguments": {"units": 64, "return_sequences": True}}
    wrapper = {"kind": "Bidirectional", "arguments": {"layer": inner}, "name": "bidirectional"}
    wrapped = LIST.replace(
        "LSTM(64, return_sequences=True)", "Bidirectional(LSTM(64, return_sequences=True))"
    )
    assert follow(LIST, exchange(LIST, "lstm", **wrapper))[-1] == differ(LIST, wrapped)[-1]
    after = exchange(wrapped, "bidirectional", **inner, name="lstm_2")
    assert follow(wrapped, after) == differ(wrapped, LIST)


@pytest.mark.parametrize(
    ("verb", "layer", "word", "renamed"),
    [
        ("remove", "dense", "", (("dense_1", "dense"),)),
        ("add", "input_layer", "Dense", (("dense", "dense_1"), ("dense_1", "dense_2"))),
        ("add", "dense_1", "Dense", ()),
        ("add", "dense", "LSTM", ()),
    ],
)
def test_names_that_keras_counts_anew_are_noted(
    verb: str, layer: str, word: str, renamed: tuple[tuple[str, str], ...]
) -> None:
    after = press_button(read_code(ONE_LINE).architecture.without_lines(), f"{verb}:0:{word}", {"0": layer})
    rewritten = rewrite_code(ONE_LINE, {}, after, read)
    assert rewritten is not None
    assert rewritten.renamed == renamed


def test_a_layer_is_given_a_name() -> None:
    after = exchange(ADDED, "lstm", name="memory")
    assert follow(ADDED, after)[-1] == '+model.add(layers.LSTM(64, name="memory"))  # remember'


def test_a_layer_reads_its_tensors_in_another_order() -> None:
    architecture = read_code(BRANCHES).architecture.without_lines()
    joined = architecture.node("concatenate")
    turned = joined.model_copy(update={"inbound": joined.inbound[::-1]})
    assert (
        follow(BRANCHES, architecture.replace("concatenate", turned))[-1]
        == "+both = Concatenate()([second, first])"
    )


def test_what_said_the_shape_that_enters_leaves_an_input_in_its_place() -> None:
    code = "model = Sequential()\nmodel.add(LSTM(8, input_shape=(3, 1)))  # mine\nmodel.add(Dense(1))\n"
    assert press(code, "remove", "lstm")[-1] == "+model.add(Input((3, 1)))  # mine"


def test_a_layer_in_the_middle_of_a_loop_cannot_be_taken_out() -> None:
    code = "model = Sequential([Input((3,))])\nfor n in range(9):\n    model.add(Dense(n + 1))\n"
    before = read_code(code).architecture.without_lines()
    assert rewrite_code(code, {}, press_button(before, "remove:0", {"0": "dense_4"}), read) is None


def test_a_line_is_not_moved_above_what_it_reads() -> None:
    code = """model = Sequential([Input((5, 3))])
model.add(LSTM(8, return_sequences=True))
units = 4
model.add(GRU(units, return_sequences=True))
"""
    before = read_code(code).architecture.without_lines()
    after = press_button(before, "up:0:", {"0": "gru"})
    rewritten = rewrite_code(code, {}, after, read)
    assert rewritten is None or not rewritten.reading.holes
