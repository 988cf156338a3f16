"""A line that is not understood: reading goes on, and what was understood is shown beside the problem."""

import pytest

from app.architecture import Reading
from app.architecture.code import read_code
from app.problems import CodeError, CodeTooComplex, Problem, UnknownLayer


def faults(reading: Reading) -> list[Problem]:
    """What was not understood, as it is told."""
    return [note for note in reading.notes if note.code in ("code-not-understood", "unknown-layer")]


def names(reading: Reading) -> list[str]:
    """The layers that are shown."""
    return [node.name for node in reading.architecture.nodes]


def test_what_stands_before_an_unknown_layer_is_shown() -> None:
    reading = read_code("""
model = Sequential()
model.add(Input((8, 4)))
model.add(LSTM(32))
model.add(Desne(1))
model.add(Activation("relu"))
""")
    assert names(reading) == ["input_layer", "lstm"]
    (fault,) = faults(reading)
    assert (fault.line, fault.column, fault.severity) == (5, 11, "error")
    assert "Dense" in fault.happened
    assert fault.expected == "The name of a layer of Keras, or of a class in this code."


@pytest.mark.parametrize("layer", ["layers.Droput(0.2)", "Dense(1 // 0)", "'dropout'", "*1", "None"])
def test_what_stands_before_it_in_a_list_of_layers_is_shown_as_well(layer: str) -> None:
    reading = read_code(f"""
model = keras.Sequential([
    Input((10,)),
    Embedding(1000, 16),
    LSTM(32),
    {layer},
    Dense(1),
])
model.compile(loss="mse")
y = model(x)
""")
    assert names(reading) == ["input_layer", "embedding", "lstm"]
    (fault,) = faults(reading)
    assert fault.severity == "error"
    assert fault.line in (2, 6)


def test_of_a_list_in_which_only_the_input_is_understood_there_is_nothing_to_show() -> None:
    with pytest.raises(UnknownLayer):
        read_code("model = Sequential([Input((10,)), Embeding(10, 4), LSTM(3)])")


def test_what_depends_on_a_line_is_lost_with_it_and_not_told_again() -> None:
    reading = read_code("""
inputs = Input((8, 4))
x = LSTM(32)(inputs)
y = x.strange().thing
z = Dense(3)(y)
z = Dense(3)(z)
model = Model(inputs, z)
""")
    assert names(reading) == ["input_layer", "lstm"]
    assert [fault.line for fault in faults(reading)] == [4]
    assert "model-assumed" not in [note.code for note in reading.notes]


def test_a_line_that_no_layer_depends_on_is_a_warning() -> None:
    reading = read_code("""
limit = 1 // 0
model = Sequential([Input((8, 4)), LSTM(32)])
model.get_layer(index=9)
""")
    assert names(reading) == ["input_layer", "lstm"]
    assert [(fault.line, fault.severity) for fault in faults(reading)] == [(2, "warning"), (4, "warning")]


def test_a_layer_that_the_model_does_not_have_is_told_with_the_one_that_may_be_meant() -> None:
    reading = read_code("""
model = Sequential([Input((8, 4)), LSTM(32, name="encoder")])
model.get_layer("encodr")
""")
    assert faults(reading)[0].happened.endswith("no layer 'encodr' in the model. Did you mean 'encoder'?")


def test_a_model_that_leaves_out_an_input_is_shown_with_it() -> None:
    reading = read_code("""
a, b = Input((4,), name="a"), Input((5,), name="b")
model = Model(a, Dense(2)(Concatenate()([a, b])))
""")
    assert sorted(names(reading)) == ["a", "b", "concatenate", "dense"]
    (fault,) = faults(reading)
    assert (fault.line, fault.column, fault.severity) == (3, 9, "error")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("raise ValueError('no such kind')", "the code raises ValueError('no such kind')"),
        ("raise NotImplementedError", "the code raises NotImplementedError"),
        ("assert units == 4, f'{units} units'", "the assertion does not hold, it says '3 units'"),
    ],
)
def test_what_the_code_itself_says_of_its_fault_is_told(line: str, said: str) -> None:
    reading = read_code(f"units = 3\n{line}\nmodel = Sequential([Input((8, 4)), LSTM(units)])")
    assert [fault.happened for fault in faults(reading)] == [f"Python would stop here: {said}."]


def test_reading_goes_on_within_functions_and_loops() -> None:
    reading = read_code("""
def build():
    model = Sequential([Input((8, 4))])
    for units in (8, 16):
        model.add(LSTM(units, return_sequences=True))
        assert units == 8
    return model
model = build()
""")
    assert names(reading) == ["input_layer", "lstm", "lstm_1"]
    assert [fault.line for fault in faults(reading)] == [6]


def test_where_nothing_at_all_is_understood_the_first_reason_is_raised() -> None:
    with pytest.raises(UnknownLayer) as caught:
        read_code("model = keras.layers.Desne(3)\n")
    assert caught.value.line == 1
    with pytest.raises(CodeError, match="ZeroDivisionError"):
        read_code("1 // 0\n{}['a']")


def test_a_budget_that_ran_out_ends_the_reading() -> None:
    with pytest.raises(CodeTooComplex):
        read_code("model = Sequential([Dense(3)])\nwhile True: pass")


BRANCHES = {
    "if os.path.exists(path):\n    history = 1\nelse:\n    model.add(LSTM(5))": ["input_layer", "lstm"],
    "if mode == 'train':\n    raise ValueError(mode)\nelse:\n    model.add(GRU(5))": ["input_layer", "gru"],
    "if mode == 'train':\n    raise ValueError(mode)\nmodel.add(GRU(5))": ["input_layer", "gru"],
    "if bidirectional:\n    model.add(LSTM(5))\nelse:\n    model.add(GRU(5))": ["input_layer", "lstm"],
}


@pytest.mark.parametrize("code", BRANCHES)
def test_of_an_unknown_condition_the_branch_that_makes_layers_is_read(code: str) -> None:
    reading = read_code(f"model = Sequential([Input((8, 4))])\n{code}")
    assert names(reading) == BRANCHES[code]
    assert "not-followed" in [note.code for note in reading.notes]


def test_a_function_that_nobody_calls_is_called_and_its_parameters_are_holes() -> None:
    reading = read_code("""
def helper(x):
    return x + 1

def build_model(vocab_size, maxlen, units=32):
    inputs = Input((maxlen,))
    x = Embedding(vocab_size, 16)(inputs)
    return Model(inputs, LSTM(units)(x))
""")
    assert names(reading) == ["input_layer", "embedding", "lstm"]
    assert [hole.name for hole in reading.holes] == ["maxlen", "vocab_size"]
    (note,) = [note for note in reading.notes if note.code == "model-assumed"]
    assert "`model = build_model(vocab_size, maxlen)`" in note.fix
