"""Holes: what the code needs and does not say is asked for under its own name."""

import pytest

from app.architecture import Question, Reading, read_question
from app.architecture.code import read_code
from app.architecture.hole import Hole, HoleValue
from app.frozen import JsonObject

TYPICAL = """
model = Sequential()
model.add(Embedding(vocab_size, 100, weights=[embedding_matrix], input_length=maxlen))
model.add(Bidirectional(LSTM(units, return_sequences=True)))
model.add(LSTM(units * 2))
model.add(Dense(y_train.shape[1], activation="softmax"))
"""


def list_holes(reading: Reading) -> dict[str, HoleValue]:
    """Each hole and what it was read as."""
    return {hole.name: hole.value for hole in reading.holes}


def arguments(reading: Reading, name: str) -> JsonObject:
    """The arguments of one layer."""
    return reading.architecture.node(name).arguments


def test_nothing_is_refused_for_missing_what_can_be_asked_for() -> None:
    assert list_holes(read_code(TYPICAL)) == {
        "maxlen": 20,
        "vocab_size": 10_000,
        "units": 32,
        "y_train.shape[1]": 10,
    }


def test_a_hole_knows_its_line_its_default_and_the_layers_that_take_it() -> None:
    (units,) = [hole for hole in read_code(TYPICAL, {"units": 7}).holes if hole.name == "units"]
    assert units == Hole(name="units", value=7, default=32, line=4, used_by=("bidirectional", "lstm_1"))


def test_a_value_for_a_hole_reaches_every_layer_that_takes_it_and_every_sum_it_is_in() -> None:
    reading = read_code(TYPICAL, {"units": 7, "vocab_size": 500})
    assert arguments(reading, "lstm_1") == {"units": 14}
    assert arguments(reading, "embedding")["input_dim"] == 500


def test_values_travel_in_the_question() -> None:
    reading = read_question(Question(code=TYPICAL, holes={"maxlen": 12}))
    assert arguments(reading, "input_layer")["batch_shape"] == [None, 12]


SUMS = {
    "n + 1": 33,
    "2 * n": 64,
    "int(n / 2)": 16,
    "n // 3": 10,
    "max(n, 100)": 100,
    "-(-n)": 32,
    "min(n, n * 2) + 1": 33,
}


@pytest.mark.parametrize(("expression", "value"), SUMS.items())
def test_sums_of_holes_are_worked_out(expression: str, value: int) -> None:
    reading = read_code(f"model = Sequential([Input((3,)), Dense({expression})])", {"n": 32})
    assert arguments(reading, "dense")["units"] == value
    assert list(list_holes(reading)) == ["n"]


NAMES = {
    "vocab_size = len(tokenizer.word_index) + 1\nDense(vocab_size)": "vocab_size",
    "units = hidden * 2\nDense(units)": "hidden",
    "config = load()\nDense(config['units'])": "config['units']",
    "def dense(size): return Dense(size)\ndense(width)": "width",
    "import settings\nDense(settings.UNITS)": "settings.UNITS",
    "(x, y), (a, b) = cifar10.load_data()\nDense(y.shape[1])": "y.shape[1]",
}


@pytest.mark.parametrize(("code", "name"), NAMES.items())
def test_a_hole_is_called_by_the_name_that_its_author_would_look_for(code: str, name: str) -> None:
    assert list(list_holes(read_code(code))) == [name]


OPEN_SHAPES = {
    "Sequential([LSTM(3, input_shape=x_train.shape[1:])])": (8, 16),
    "Sequential([Dense(3, input_shape=x_train.shape[1:])])": (8,),
    "Sequential([Conv2D(3, 3, input_shape=x_train.shape[1:])])": (64, 64, 3),
    "Sequential([Input(x_train.shape[1:]), GRU(3)])": (8, 16),
    "Model(i := Input(x_train.shape[1:]), Conv2D(3, 3)(i))": (64, 64, 3),
}


@pytest.mark.parametrize(("code", "sizes"), OPEN_SHAPES.items())
def test_a_shape_that_is_not_known_has_as_many_axes_as_its_layer_takes(
    code: str, sizes: tuple[int, ...]
) -> None:
    reading = read_code(code)
    assert list(list_holes(reading)) == ["x_train.shape[1:]"]
    assert reading.architecture.nodes[0].batch_shape == (None, *sizes)


def test_the_axes_of_a_shape_that_is_not_known_are_the_visitors_to_say() -> None:
    code = "model = Sequential([Input(x.shape[1:]), LSTM(3)])"
    node = read_code(code, {"x.shape[1:]": (None, 5)}).architecture.nodes[0]
    assert node.batch_shape == (None, None, 5)


def test_only_the_holes_of_the_model_that_is_shown_are_asked_for() -> None:
    code = "a = Sequential([Input((2,)), Dense(first)])\nb = Sequential([Input((2,)), Dense(second)])"
    assert list(list_holes(read_code(code))) == ["second"]


def test_what_a_loop_depends_on_is_a_hole_as_well() -> None:
    code = "model = Sequential([Input((2,))])\nfor i in range(n_layers): model.add(Dense(4))"
    assert [len(read_code(code, {"n_layers": n}).architecture.nodes) for n in (1, 3)] == [2, 4]
    assert list(list_holes(read_code(code))) == ["n_layers"]


def test_known_sizes_of_unknown_data_stay_known() -> None:
    code = """
X = pd.read_csv("data.csv").values
X = X.reshape(X.shape[0], 1, X.shape[1])
model = Sequential([LSTM(32, input_shape=(X.shape[1], X.shape[2]))])
"""
    assert read_code(code).architecture.nodes[0].batch_shape == (None, 1, 16)


def test_a_tensor_from_nowhere_is_an_input_with_the_axes_that_its_layer_takes() -> None:
    reading = read_code("x = LSTM(3, return_sequences=True)(inputs)\nmodel = Model(inputs, GRU(2)(x))")
    assert [node.name for node in reading.architecture.nodes] == ["inputs", "lstm", "gru"]
    assert list_holes(reading) == {"inputs.shape": (8, 16)}
    (note,) = [note for note in reading.notes if note.code == "name-assumed"]
    assert "`inputs = keras.Input((8, 16))`" in note.fix


def test_how_many_different_characters_unknown_texts_have_is_asked_for() -> None:
    code = """
characters = set()
for line in open("lines.txt"):
    for character in line:
        characters.add(character)
characters = sorted(list(characters))
token_count = len(characters)
model = Sequential([Input((None, token_count)), LSTM(8)])
"""
    (hole,) = read_code(code).holes
    assert hole.name == "token_count"


def test_the_length_of_data_is_asked_for_by_its_name() -> None:
    code = """
prices = pd.read_csv("prices.csv", usecols=["close"])
model = Sequential([Input((1,)), Dense(len(prices))])
"""
    (hole,) = read_code(code).holes
    assert hole.name == "len(prices)"
