"""Slips of the pen: what is plainly meant is read, the rest is said together with how it is mended."""

import pytest

from app.architecture.code import read_code
from app.problems import CodeError, CodeSyntaxError, Problem

REPAIRED = "source-repaired"


def find_notes(code: str, of: str) -> list[Problem]:
    return [note for note in read_code(code).notes if note.code == of]


def test_a_comma_that_is_missing_at_the_end_of_a_line_is_set() -> None:
    reading = read_code("""
model = keras.Sequential([
    Input((10, 3)),
    LSTM(8)  # one vector
    Dense(4),
    Dropout(0.5)
    Dense(1),
])
""")
    assert [node.kind for node in reading.architecture.nodes] == [
        *("InputLayer", "LSTM", "Dense", "Dropout", "Dense")
    ]
    said = " ".join(note.happened for note in reading.notes)
    assert "line 4" in said
    assert "line 6" in said


def test_where_a_comma_does_not_help_python_is_quoted() -> None:
    with pytest.raises(CodeSyntaxError, match=r"Perhaps you forgot a comma\?$"):
        read_code("model = keras.Sequential([Input((10, 3)) LSTM(8)])")


@pytest.mark.parametrize("argument", ["return_sequences==True", "return_sequences=true"])
def test_an_argument_is_read_as_it_is_meant(argument: str) -> None:
    code = f"model = keras.Sequential([Input((10, 3)), LSTM(8, {argument})])"
    assert read_code(code).architecture.nodes[1].arguments == {"units": 8, "return_sequences": True}
    assert len(find_notes(code, REPAIRED)) == 1


def test_a_comparison_with_a_name_of_the_code_stays_one() -> None:
    code = """
return_sequences = "all"
model = keras.Sequential([Input((10, 3)), LSTM(8, return_sequences=return_sequences == "all")])
"""
    assert read_code(code).architecture.nodes[1].arguments["return_sequences"] is True
    assert not find_notes(code, REPAIRED)


def test_an_activation_without_quotes_is_the_function_of_that_name() -> None:
    code = "model = keras.Sequential([Input((3,)), Dense(8, activation=relu)])"
    assert read_code(code).architecture.nodes[1].arguments["activation"] == "relu"
    assert "`relu`" in find_notes(code, "import-assumed")[0].happened


SAID = {
    "model = keras.Sequential()\nmodel.Add(Dense(3))": "Did you mean `.add`?",
    "model = keras.Sequential([[Input((3,)), Dense(2)], [Dense(1)]])": "in one list",
    "model = keras.Sequential(Input((3,)), Dense(2), Dense(1), Dense(1))": "in one list",
    "x = Input((3,))\ny = Concatenate([x, x])": "a second pair of brackets",
}


@pytest.mark.parametrize("code", SAID)
def test_the_way_to_mend_a_slip_is_named(code: str) -> None:
    with pytest.raises(CodeError) as caught:
        read_code(code)
    assert SAID[code] in caught.value.detail


LOST = {
    "model = keras.Sequential([Input((3,)), Dense(2), Flatten])": "`Flatten(…)`, with brackets",
    "model = keras.Sequential()\nmodel = model.add(Dense(3))\nmodel.add(Dense(1))": "without `model =`",
    "x = Input((3,))\ny = Dense(2)(x)\nz = Dense(1)\nmodel = keras.Model(x, z)": "`Dense(…)(x)` calls it",
    "x = Input((3,))\ny = Dense(2)(x)\nmodel = keras.Sequential()\nmodel.add(y)": "Add the layer itself",
}


@pytest.mark.parametrize("code", LOST)
def test_what_was_understood_is_shown_beside_it(code: str) -> None:
    (fault,) = find_notes(code, "code-not-understood")
    assert fault.line == code.count("\n") + 1
    assert LOST[code] in fault.happened
