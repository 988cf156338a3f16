"""A value changed in a layer is changed in the visitor's own code, where it is written, and nowhere else."""

import difflib
from collections.abc import Mapping

import pytest
from pydantic import JsonValue

from app.architecture import Question, Reading, read_question
from app.architecture.code import read_code
from app.architecture.code.rewriting import Rewritten, rewrite_code
from app.architecture.gallery import Example, load_gallery
from app.architecture.hole import HoleValue

LAYERS = """# How many units each of them has.
units = 64  # try 32

model = keras.Sequential([
    keras.Input((3, 50)),           # what enters
    layers.LSTM(units, return_sequences=True),
    layers.Bidirectional(layers.LSTM(units)),
    layers.Dense(1, activation='sigmoid'),  # yes or no
])
"""

FUNCTION = """def block(x, units=32, rate=0.5):
    x = layers.LSTM(units, return_sequences=True)(x)
    return layers.Dropout(rate)(x)

sizes = {"wide": 16, "narrow": 4}
inputs = keras.Input(shape=(None, 8))
x = block(inputs)
x = block(x, units=sizes["wide"])
x = block(x, 8, rate=0.2)
for width in (10_000, 20):
    x = layers.Dense(width // 2)(x)
model = keras.Model(inputs, x)
"""

HOLES = """model = Sequential()
model.add(Embedding(vocab_size + 1, 64, input_length=maxlen))
model.add(LSTM(hidden))
model.add(Dense(n_classes))
"""


def read(code: str, holes: Mapping[str, HoleValue]) -> Reading:
    return read_code(code, holes)


def change(code: str, layer: str, **arguments: JsonValue) -> Rewritten | None:
    """The code after a change of one layer's arguments, as the form has it: without lines."""
    before = read_code(code).architecture
    node = before.node(layer).with_arguments(**arguments)
    return rewrite_code(code, {}, before.replace(layer, node).without_lines(), read)


def differ(before: str, after: str) -> list[str]:
    """The lines that are gone, and those that came."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


def rewrite_line(code: str, layer: str, **arguments: JsonValue) -> list[str]:
    rewritten = change(code, layer, **arguments)
    assert rewritten is not None
    return [line[1:].strip() for line in differ(code, rewritten.code) if line[0] == "+"]


@pytest.mark.parametrize(
    ("layer", "arguments", "line"),
    [
        ("dense", {"units": 2}, "layers.Dense(2, activation='sigmoid'),  # yes or no"),
        ("dense", {"activation": "relu"}, "layers.Dense(1, activation='relu'),  # yes or no"),
        ("dense", {"activation": None}, "layers.Dense(1, activation=None),  # yes or no"),
        ("lstm", {"return_sequences": None}, "layers.LSTM(units, return_sequences=False),"),
        (
            "bidirectional",
            {"merge_mode": "sum"},
            'layers.Bidirectional(layers.LSTM(units), merge_mode="sum"),',
        ),
        ("input_layer", {"batch_shape": [None, 4, 50]}, "keras.Input((4, 50)),           # what enters"),
        (
            "input_layer",
            {"batch_shape": [None, None, 50]},
            "keras.Input((None, 50)),        # what enters",
        ),
        (
            "input_layer",
            {"batch_shape": [8, 3, 50]},
            "keras.Input((3, 50), batch_size=8),  # what enters",
        ),
        (
            "input_layer",
            {"batch_shape": [None, 3, 50, 1]},
            "keras.Input((3, 50, 1)),        # what enters",
        ),
    ],
)
def test_a_literal_is_changed_where_it_stands(layer: str, arguments: dict[str, JsonValue], line: str) -> None:
    assert rewrite_line(LAYERS, layer, **arguments) == [line]


@pytest.mark.parametrize(
    ("layer", "arguments", "line"),
    [
        ("lstm", {"units": 33}, "def block(x, units=33, rate=0.5):"),
        ("lstm_1", {"units": 33}, 'sizes = {"wide": 33, "narrow": 4}'),
        ("lstm_2", {"units": 33}, "x = block(x, 33, rate=0.2)"),
        ("dropout_2", {"rate": 0.3}, "x = block(x, 8, rate=0.3)"),
        ("dense", {"units": 6000}, "for width in (12_000, 20):"),
    ],
    ids=["a default", "a table", "an argument without a name", "an argument", "a loop over halves"],
)
def test_a_value_is_followed_to_where_it_is_set(
    layer: str, arguments: dict[str, JsonValue], line: str
) -> None:
    assert rewrite_line(FUNCTION, layer, **arguments) == [line]


def test_a_name_that_two_layers_read_changes_both_and_says_so() -> None:
    rewritten = change(LAYERS, "lstm", units=65)
    assert rewritten is not None
    assert differ(LAYERS, rewritten.code) == ["-units = 64  # try 32", "+units = 65  # try 32"]
    (shared,) = rewritten.shared
    assert (shared.line, shared.written, shared.layer) == (2, "units = 65", "lstm")
    assert [(other.layer, other.argument) for other in shared.others] == [("bidirectional", "units")]


def test_a_line_that_makes_two_layers_changes_both_and_says_so() -> None:
    rewritten = change(FUNCTION, "dropout", rate=0.1)
    assert rewritten is not None
    assert [other.layer for shared in rewritten.shared for other in shared.others] == ["dropout_1"]


@pytest.mark.parametrize(
    ("layer", "arguments", "holes"),
    [
        ("lstm", {"units": 7}, {"hidden": 7}),
        ("embedding", {"input_dim": 200}, {"vocab_size": 199}),
        ("input_layer", {"batch_shape": [None, 5]}, {"maxlen": 5}),
    ],
)
def test_what_the_code_does_not_say_is_chosen_otherwise(
    layer: str, arguments: dict[str, JsonValue], holes: dict[str, HoleValue]
) -> None:
    rewritten = change(HOLES, layer, **arguments)
    assert rewritten is not None
    assert rewritten.code == HOLES
    assert rewritten.holes == holes


@pytest.mark.parametrize(
    "code",
    [
        ">>> model = Sequential([Input((3,)),\n...     Dense({})])",
        "What is wrong with it, I ask you?\n\n```python\nmodel = Sequential([Dense({})])\n```\n",
        "    größe = {}\n    model = Sequential([Input((3,)), Dense(größe)])",
        "model = Sequential([Input((3,)), Dense(output_dim={})])",
        "from keras.layers import Dense as D\nmodel = Sequential([Input((3,)), D({})])",
        "x = 3\nmodel = Sequential([Input((x,), name=f'ä{{x}}'), Dense({})])",
    ],
    ids=["prompts", "a page", "an indented piece", "an old name", "a name of one's own", "an f-string"],
)
def test_code_as_it_is_pasted(code: str) -> None:
    rewritten = change(code.format(4), "dense", units=5)
    assert rewritten is not None
    assert rewritten.code == code.format(5)


def test_what_no_sum_gives_is_written_in_its_place() -> None:
    code = "n = 2\nmodel = Sequential([Input((3,)), Dense(n * 2)])"
    assert rewrite_line(code, "dense", units=6) == ["n = 3"]
    assert rewrite_line(code, "dense", units=5) == ["model = Sequential([Input((3,)), Dense(5)])"]


def test_an_input_that_was_assumed_is_written_down() -> None:
    code = "model = Sequential([\n    layers.LSTM(8),  # mine\n])"
    assert rewrite_line(code, "input_layer", batch_shape=[None, 3, 7]) == ["layers.Input((3, 7)),"]


def test_code_waits_where_a_layer_is_without_what_it_requires() -> None:
    rewritten = change(LAYERS, "lstm", units=None)
    assert rewritten is not None
    assert (rewritten.code, rewritten.waits) == (LAYERS, True)


def test_without_a_change_nothing_is_written() -> None:
    rewritten = change(LAYERS, "dense")
    assert rewritten is not None
    assert rewritten.code == LAYERS


@pytest.mark.parametrize("example", load_gallery(), ids=lambda example: example.slug)
def test_every_number_of_every_example_is_changed_in_its_code(example: Example) -> None:
    architecture = read_code(example.code).architecture
    for node in architecture.nodes:
        for name, value in node.arguments.items():
            if type(value) is int and node.shares is None:
                rewritten = change(example.code, node.name, **{name: value + 1})
                assert rewritten is not None
                assert len(differ(example.code, rewritten.code)) == 2
                assert rewritten.reading.architecture.node(node.name).arguments[name] == value + 1


def test_a_question_keeps_its_own_code() -> None:
    after = read_code(LAYERS.replace("Dense(1", "Dense(2")).architecture
    reading = read_question(Question(architecture=after, own_code=LAYERS))
    assert reading.rewritten == Question(code=LAYERS.replace("Dense(1", "Dense(2"))
    assert reading.code == reading.rewritten.code


def test_how_a_model_is_looked_at_stays_when_its_code_changes() -> None:
    looked_at = {"timesteps": 3, "stride": 2, "sequences": {"rows": [[1, 2, 3]]}}
    after = read_code(LAYERS.replace("Dense(1", "Dense(2")).architecture
    asked = Question.model_validate({"architecture": after, "own_code": LAYERS, **looked_at})
    expected = Question.model_validate({"code": LAYERS.replace("Dense(1", "Dense(2"), **looked_at})
    assert read_question(asked).rewritten == expected


def test_a_change_that_the_code_cannot_follow_is_told_and_its_code_written_anew() -> None:
    after = read_code("model = Sequential([Input((3,)), Dense(2), Dropout(0.1), Dense(3)])").architecture
    code = "model = Sequential([Input((3,))])  # mine\nfor n in range(9):\n    model.add(Dense(n + 1))\n"
    reading = read_question(Question(architecture=after, own_code=code))
    assert reading.rewritten is None
    assert [note.code for note in reading.notes] == ["code-written-anew"]
    assert read_code(reading.code).architecture.without_lines() == after.without_lines()


def test_own_code_is_of_an_architecture() -> None:
    with pytest.raises(ValueError, match="own_code"):
        Question(code=LAYERS, own_code=LAYERS)


COLUMN = """model = Sequential([
    Input((3, 50)),                   # what enters
    LSTM(units=8, name="a   # b"),    # walks
    Dense(1, activation="sigmoid"),   # yes or no
])
"""


@pytest.mark.parametrize(
    ("layer", "arguments", "line"),
    [
        ("a   # b", {"units": 16}, '    LSTM(units=16, name="a   # b"),   # walks'),
        ("dense", {"units": 10}, '    Dense(10, activation="sigmoid"),  # yes or no'),
        ("dense", {"activation": "relu"}, '    Dense(1, activation="relu"),      # yes or no'),
        ("dense", {"units": 10**9}, '    Dense(1000000000, activation="sigmoid"),  # yes or no'),
    ],
)
def test_a_comment_stays_in_its_column_while_there_is_room(
    layer: str, arguments: dict[str, JsonValue], line: str
) -> None:
    rewritten = change(COLUMN, layer, **arguments)
    assert rewritten is not None
    assert line in rewritten.code.splitlines()
