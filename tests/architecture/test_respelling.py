"""A misspelt name is offered as it is meant, in the visitor's own code, once that was read and built."""

import pytest

from app.architecture import Question
from app.architecture.catalogue import find_kind
from app.architecture.code.spelling import is_slip
from app.architecture.read import read_question
from app.pipeline import examine
from app.problems import AppError, Repair, UnknownLayer


def offer(code: str) -> list[Repair]:
    """The repairs of the first name that nothing has."""
    try:
        problems = examine(Question(code=code)).report.problems
    except UnknownLayer as error:
        return list(error.repairs)
    return list(next(problem.repairs for problem in problems if problem.code == "unknown-layer"))


OWN = """from keras.layers import Embeding, LSTM  # mine
words = 'Embeding'
model = Sequential([Input((10,)), {}(10, 4), LSTM(3)])  # Embeding
"""


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("model = Sequential([Input((10,)), Embeding(10, 4)])", "Embedding"),
        ("model = Sequential([Input((10, 2)), layers.LSMT(4)])", "LSTM"),
        ("model = Sequential([Input((10, 2)), Bidirectional(LSTMM(4))])", "LSTM"),
        ("model = Sequential([Inputt((10, 2)), LSTM(4)])", "Input"),
        ("model = keras.Sequental([Input((10, 2)), LSTM(4)])", "Sequential"),
        ("i = Input((10, 2))\nmodel = keras.Modle(i, LSTM(4)(i))", "Model"),
        ("i = Input((10, 2))\nmodel = Model(i, Desne(4)(i))", "Dense"),
        ("Embeding(10, 4)\nLSTM(3)", "Embedding"),
        ("model = Sequential([Input((10, 2))])\nmodel.add(Dens(4))", "Dense"),
        ("model = Sequential([Input((10, 2)), layers.gru(4)])", "GRU"),
        ("model = Sequential([Input((10, 2)), lstm(4)])", "LSTM"),
        ("model = keras.sequential([Input((10, 2)), LSTM(4)])", "Sequential"),
    ],
)
def test_a_misspelt_name_is_offered_as_it_is_meant(code: str, meant: str) -> None:
    first = offer(code)[0]
    assert first.title.startswith(f"Write {meant} instead of ") and first.keeps_code
    assert first.code is not None
    report = examine(Question(code=first.code)).report
    assert report.status == "builds"
    assert tuple(tensor.shape for tensor in report.outputs) == first.output_shapes


SUGGESTED = {
    "Droput": "Dropout",
    "LSMT": "LSTM",
    "LSTMM": "LSTM",
    "Dropuot": "Dropout",
    "SimpelRNN": "SimpleRNN",
    "MaxPooling": "MaxPooling3D or MaxPooling2D or MaxPooling1D",
}


@pytest.mark.parametrize("word", SUGGESTED)
def test_names_that_are_much_further_than_the_nearest_are_not_suggested(word: str) -> None:
    with pytest.raises(UnknownLayer) as caught:
        find_kind(word)
    assert caught.value.detail.endswith(f"Did you mean {SUGGESTED[word]}?")


def test_only_the_name_is_changed_wherever_it_is_one() -> None:
    (repair,) = offer(OWN.format("Embeding"))
    assert repair.code == OWN.format("Embedding").replace("import Embeding", "import Embedding")


def test_several_misspelt_names_are_put_right_together() -> None:
    (repair,) = offer("model = Sequential([Input((10,))])\nmodel.add(Embeding(9, 4))\nmodel.add(LSTMM(4))")
    assert repair.title == "Write Embedding instead of Embeding and LSTM instead of LSTMM"
    assert repair.output_shapes == ((None, 4),)


def test_what_does_not_fit_with_the_name_that_is_meant_is_mended_with_it() -> None:
    code = "model = Sequential([Input((10,)), {}(10, 4), LSTM(4{}), LSTM(4)])  # mine"
    first = offer(code.format("Embeding", ""))[0]
    assert first.title.startswith("Write Embedding instead of Embeding. ") and first.keeps_code
    assert first.code == code.format("Embedding", ", return_sequences=True")
    assert first.output_shapes == ((None, 4),)


def test_what_does_not_build_with_the_name_that_is_meant_is_not_offered() -> None:
    assert offer("model = Sequential([Input((10,)), LSMT(4, unit=3)])") == []
    assert offer("i = Input((10, 2))\nx = LSMT(4)(i)\nmodel = Model(i, tf.map_fn(f, x))") == []


def test_of_several_names_that_are_near_each_is_offered_that_builds() -> None:
    repairs = offer("model = Sequential([Input((10, 2)), Conv9D(4, 3)])")
    assert [repair.title for repair in repairs] == ["Write Conv1D instead of Conv9D"]


def test_a_misspelt_name_is_never_passed_over() -> None:
    with pytest.raises(UnknownLayer, match=r"Did you mean Sequential\?"):
        read_question(Question(code="model = Sequental()\nmodel.add(LSTM(4))"))


@pytest.mark.parametrize("name", ["CNN", "Encoder", "Layer", "Adam", "Tokenizer", "StandardScaler", "MyLSTM"])
def test_a_name_of_somebody_elses_is_left_alone(name: str) -> None:
    try:
        reading = read_question(Question(code=f"thing = {name}(3)\nmodel = Sequential([Dense(3)])"))
    except AppError:
        pytest.fail("The call has nothing to do with the model.")
    assert reading.misspelt is None


@pytest.mark.parametrize("code", ["model.add(layers.\n    Desne(3))", "model.add(layers .lstm (3))"])
def test_the_place_of_the_fault_is_that_of_the_name(code: str) -> None:
    code = f"model = Sequential([Input((4, 2))])\n{code}"
    (note,) = [note for note in read_question(Question(code=code)).notes if note.code == "unknown-layer"]
    assert note.line is not None and note.column is not None
    line = code.splitlines()[note.line - 1]
    assert line[note.column - 1 :].startswith(("Desne", "lstm"))


def test_a_slip_is_one_letter_or_two_exchanged() -> None:
    assert all(is_slip("dense", meant) for meant in ("dens", "densee", "desne", "donse", "dense"))
    assert not any(is_slip("dense", meant) for meant in ("den", "sedne", "lstm", ""))
