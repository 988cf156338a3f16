"""Two layers of different kinds: what is comparable is compared, also through what wraps a layer."""

import pytest

from app.architecture import Question, read_question
from app.report.build import make_report
from app.report.compare import Pair, compare_reports

MODEL = "from keras import Input, Sequential, layers\nmodel = Sequential([Input((3, 4)), {}])\n"


def compare(left: str, right: str) -> Pair:
    """The last layers of two models, beside each other."""
    reports = [
        make_report(read_question(Question(code=MODEL.format(layer))).architecture) for layer in (left, right)
    ]
    return compare_reports(*reports).pairs[-1]


SEQUENCES = "layers.LSTM(24, return_sequences=True, name='a')"


@pytest.mark.parametrize("wrapper", ["Bidirectional", "TimeDistributed(layers.TimeDistributed"])
def test_the_wrapper_is_what_differs_and_not_the_arguments_inside(wrapper: str) -> None:
    layer = "layers.Dense(24)" if wrapper != "Bidirectional" else SEQUENCES
    wrapped = f"layers.{wrapper}({layer}{')' * wrapper.count('(')})"
    pair = compare(layer, wrapped)
    assert "kind" in pair.differs
    assert "arguments" not in pair.differs
    assert [sentence for sentence in pair.sentences if "not given" in sentence] == []


def test_a_bidirectional_lstm_beside_a_plain_one() -> None:
    pair = compare(SEQUENCES, f"layers.Bidirectional({SEQUENCES}, name='a')")
    assert pair.differs == ("kind", "output", "parameters")
    assert pair.sentences == (
        "Another layer: LSTM in A, Bidirectional(LSTM) in B.",
        "The LSTM itself is given the same in both: what differs is the wrapper.",
        "Gives 3 timesteps of 24 units in A, 3 timesteps of 48 units in B.",
        "Has 2,784 parameters in A, 5,568 in B.",
    )


def test_the_arguments_of_a_wrapped_layer_are_compared_with_those_of_a_plain_one() -> None:
    pair = compare(SEQUENCES, "layers.Bidirectional(layers.LSTM(12, return_sequences=True), name='a')")
    assert pair.sentences[:2] == (
        "Another layer: LSTM in A, Bidirectional(LSTM) in B.",
        "units is 24 in A, 12 in B.",
    )


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (
            "Bidirectional(layers.LSTM(2))",
            "Bidirectional(layers.LSTM(3))",
            "units of the inner LSTM is 2 in A",
        ),
        (
            "RNN(layers.LSTMCell(2))",
            "RNN(layers.LSTMCell(3))",
            "units of the inner LSTMCell is 2 in A, 3 in B",
        ),
        (
            "Bidirectional(layers.LSTM(2))",
            "Bidirectional(layers.GRU(2))",
            "Another layer: Bidirectional(LSTM) in A",
        ),
        ("Bidirectional(layers.LSTM(2))", "Bidirectional(layers.GRU(3))", "units of the wrapped layer is 2"),
        ("LSTM(2)", "GRU(3)", "Gives 2 units in A, 3 in B."),
        (
            "RNN([layers.LSTMCell(2), layers.LSTMCell(2)])",
            "RNN([layers.LSTMCell(2), layers.GRUCell(2)])",
            "is [LSTMCell(units=2), LSTMCell(units=2)] in A, [LSTMCell(units=2), GRUCell(units=2)] in B.",
        ),
        (
            "Bidirectional(layers.LSTM(2), backward_layer=layers.LSTM(2, go_backwards=True))",
            "Bidirectional(layers.LSTM(2), backward_layer=layers.GRU(2, go_backwards=True))",
            "backward_layer is LSTM(units=2, go_backwards=True) in A, GRU(units=2, ",
        ),
        (
            "TimeDistributed(Sequential([layers.Dense(2)]))",
            "TimeDistributed(Sequential([layers.Dense(3)]))",
            "The layers in the inner Sequential are not the same in A and in B.",
        ),
    ],
)
def test_what_is_held_is_compared(left: str, right: str, said: str) -> None:
    named = [f"layers.{layer[:-1]}, name='a')" for layer in (left, right)]
    assert said in " ".join(compare(*named).sentences)


def test_of_kinds_that_have_nothing_to_do_with_each_other_the_kinds_are_said_alone() -> None:
    pair = compare("layers.LSTM(24, seed=1, name='a')", "layers.Dropout(0.5, seed=2, name='a')")
    assert pair.differs == ("kind", "output", "parameters")
    assert pair.sentences[0] == "Another layer: LSTM in A, Dropout in B."
    assert [sentence for sentence in pair.sentences if " is " in sentence] == []
