"""A layer that Keras does not take is explained, with names and sizes, and with changes that do build."""

from pathlib import Path
from typing import Any

import pytest
from explaining import explain, read, repairs, words

from app.architecture import Architecture, Node, Source
from app.problems import Problem
from app.report.build import make_report
from app.report.explain.failure import find_failure
from app.report.explain.rules import RULES
from app.report.explain.words import tidy_message

PAGES = Path(__file__).parents[2] / "templates" / "problems"


CASES = {
    # Timesteps that are not there.
    "Input((8, 16)), LSTM(32), LSTM(32)": (
        "missing-return-sequences",
        "lstm_1 received (None, 32) from lstm: there is no timesteps axis.",
    ),
    "Input((8, 16)), GRU(4), Dropout(0.5), Dense(5), LSTM(3)": (
        "missing-return-sequences",
        "lstm received (None, 5) from dense: there is no timesteps axis. Without return_sequences gru gives",
    ),
    "Input((8, 16)), Bidirectional(LSTM(32)), LSTM(3)": (
        "missing-return-sequences",
        "Give the layer inside bidirectional return_sequences=True",
    ),
    "Input((8, 16)), LSTM(32), TimeDistributed(Dense(3))": ("missing-return-sequences", "from lstm"),
    "Input((8, 16)), LSTM(32), GlobalMaxPooling1D()": ("missing-return-sequences", "from lstm"),
    "Input((50,)), LSTM(3)": ("missing-timesteps", "(None, 50) from input"),
    "Input((None,)), GRU(3)": ("missing-timesteps", "Input((None, 1))"),
    "Input((50,), dtype='int32'), LSTM(3)": ("missing-timesteps", "put an Embedding behind it"),
    "Input((8, 16)), Flatten(), LSTM(3)": ("missing-timesteps", "flatten (Flatten) took it away"),
    "Input((8, 16)), GlobalAveragePooling1D(), LSTM(3)": ("missing-timesteps", "took it away"),
    "Input((8,)), Dense(4), Conv1D(2, 1)": ("missing-timesteps", "Put Reshape((1, 4)) before conv1d"),
    # Other numbers of axes.
    "Input((53394, 3, 1)), LSTM(32)": ("wrong-ndim", "Leave the number of samples out"),
    "Input((8, 16)), RepeatVector(3)": ("wrong-ndim", "3 axes, not 2"),
    "Input((8, 16)), LSTM(4, return_sequences=True), RepeatVector(3)": ("wrong-ndim", "away from lstm"),
    "Input((5, 6)), TimeDistributed(LSTM(3))": ("wrong-ndim", "one timestep of it, (None, 6)"),
    "Input((5,)), Permute((2, 1))": ("wrong-ndim", "Name every axis but the batch in dims"),
    "Input(()), Dense(3)": ("wrong-ndim", "1 axis, not 2 or more"),
    # Sizes.
    "Input((None,), dtype='int32'), Embedding(9, 4), Flatten(), Dense(3)": (
        "undefined-last-dimension",
        "dense received (None, None) from flatten: the last size is not known. flatten made it out of "
        "(None, None, 4)",
    ),
    "Input((5, None)), LSTM(3)": ("undefined-last-dimension", "axis 2 is not known"),
    "Input((None, None)), BatchNormalization()": ("undefined-last-dimension", "axis 2 is not known"),
    "Input((5, None)), Conv1D(3, 2)": ("undefined-last-dimension", "axis 2 is not known"),
    "Input((28,)), Reshape((5, 7))": ("reshape-size", "this one holds 5 · 7 = 35"),
    "Input((21,)), Reshape((4, -1))": ("reshape-size", "product divides 21, not 4"),
    "Input((5, 3)), Conv1D(8, 9)": (
        "output-size-negative",
        "window of 9 is longer than the sequence, 5 timesteps",
    ),
    "Input((5, 3)), Conv1D(8, 3, dilation_rate=3)": (
        "output-size-negative",
        "window of 7 (kernel_size 3 with dilation_rate 3)",
    ),
    "Input((5, 3)), MaxPooling1D(6)": ("output-size-negative", "At least 6 timesteps"),
    "Input((5, 3)), Cropping1D(3)": ("output-size-negative", "it cuts 3 + 3 of 5 timesteps"),
    "Input((5, 3)), LSTM(3, stateful=True)": ("stateful-without-batch-size", "batch_size=32"),
    # Arguments.
    "Input((5, 3)), LSTM(3, return_sequence=True)": (
        "unknown-argument",
        "Did you mean return_sequences or return_state by return_sequence?",
    ),
    "Input((5, 3)), LSTM(hidden_size=3)": ("unknown-argument", "Did you mean units by hidden_size?"),
    "Input((5, 3)), LSTM(0)": ("invalid-argument", "units is a positive integer"),
    "Input((5, 3)), LSTM(2.5)": ("invalid-argument", "Did you mean units=2?"),
    "Input((5, 3)), Dense('3')": ("invalid-argument", "Did you mean units=3?"),
    "Input((5, 3)), Dense(3, activation='rleu')": ("invalid-argument", "activation='relu'"),
    "Input((5, 3)), Bidirectional(LSTM(3, activation='thanh'))": (
        "invalid-argument",
        "the LSTM inside bidirectional was given activation='thanh'",
    ),
    "Input((5, 3)), Bidirectional(LSTM(3), merge_mode='max')": (
        "invalid-argument",
        "sum, mul, concat or ave",
    ),
    "Input((5, 3)), Bidirectional(Dense(3))": (
        "invalid-argument",
        "a recurrent layer such as LSTM, not Dense",
    ),
    "Input((5, 3)), Dropout(50)": ("invalid-argument", "Did you mean rate=0.5?"),
    "Input((5, 3)), Permute((0, 2, 1))": ("invalid-argument", "the batch is axis 0"),
    "Input((5, 3)), Reshape((-1, -1))": ("invalid-argument", "at most one that Keras works out"),
    "Input((5, 4)), Conv1D(6, 3, groups=3)": ("invalid-argument", "divides the 4 channels"),
    "Input((5, 4)), Conv1D(8, 3, groups=3)": ("invalid-argument", "divides filters=8"),
    "Input((5, 4)), Conv1D(8, 2, strides=2, dilation_rate=2)": (
        "invalid-argument",
        "1 where the dilation_rate",
    ),
    "Input((5, 4)), LayerNormalization(axis=3)": ("invalid-argument", "from -3 to 2"),
    "Input((5, 3)), Dense()": ("missing-argument", "dense was given no units"),
    "Input((5,)), Embedding(100)": ("missing-argument", "no output_dim"),
    "Input((5,)), Dense(3, lora_rank=-1)": (
        "keras-error",
        "Keras says: Cannot convert '(5, -1)' to a shape.",
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_what_happened_is_told_with_names_and_sizes(code: str) -> None:
    expected_code, expected_words = CASES[code]
    problem = explain(code)
    assert problem.code == expected_code
    assert expected_words in words(problem)
    assert (PAGES / f"{problem.code}.md").exists()


NAMED_BY_KERAS = ("rleu", "thanh", "max", "lora")
"""Where the words that Keras knows are not all listed, its message has to name the wrong one."""


@pytest.mark.parametrize("code", [code for code in CASES if not any(name in code for name in NAMED_BY_KERAS)])
def test_keras_may_put_it_in_other_words(code: str) -> None:
    architecture = read(code)
    report = make_report(architecture)
    rows = {row.name: row for row in report.layers}
    failure = find_failure(report.problems[0], architecture, rows)
    assert failure is not None
    reworded = failure._replace(message="Nothing that Keras says today.")
    problem = next(filter(None, (rule(reworded) for rule in RULES)))
    assert problem.code == CASES[code][0]
    assert problem.happened == report.problems[0].happened


# Merges.


@pytest.mark.parametrize(
    ("first", "second", "layer", "code", "expected"),
    [
        (
            (5, 3),
            (6, 3),
            "Concatenate(axis=2)",
            "shapes-do-not-concatenate",
            "on axis 1 (timesteps) they have 5 and 6",
        ),
        ((5, 3), (6, 3), "Concatenate(axis=2)", "shapes-do-not-concatenate", "Concatenate(axis=1)"),
        ((5, 3), (6,), "Concatenate()", "shapes-do-not-concatenate", "they have 3 and 2 axes"),
        (
            (33, 33, 8),
            (32, 32, 8),
            "Concatenate()",
            "shapes-do-not-concatenate",
            "axis 2 (width) they have 33 and 32",
        ),
        ((5, 3), (5, 3), "Concatenate(axis=4)", "invalid-argument", "axis is a number from -3 to 2"),
        ((5, 3), (6, 3), "Add()", "shapes-do-not-merge", "on axis 1 (timesteps) they have 5 and 6"),
        ((5, 3), (5, 4), "Multiply()", "shapes-do-not-merge", "on axis 2 (features) they have 3 and 4"),
        ((5,), (6, 3), "Average()", "shapes-do-not-merge", "cannot be brought to one shape"),
        ((5,), (6,), "Dense(2)", "too-many-inputs", "(None, 5) from a and (None, 6) from b: that is 2"),
    ],
)
def test_two_tensors_that_do_not_fit(first: Any, second: Any, layer: str, code: str, expected: str) -> None:
    inputs = f"a = Input({first}, name='a')\nb = Input({second}, name='b')\n"
    problem = explain(f"{inputs}Model([a, b], {layer}([a, b]))")
    assert problem.code == code
    assert expected in words(problem)


def test_a_subtract_takes_two() -> None:
    problem = explain("a = Input((5,), name='a')\nModel(a, Subtract()([a, a, a]))")
    assert problem.code == "too-many-inputs"
    assert problem.repairs[0].output_shapes == ((None, 5),)


def explain_node(kind: str, **arguments: Any) -> Problem:
    """The one problem of a layer that is not written as code."""
    nodes = (
        Node(kind="InputLayer", name="x", arguments={"batch_shape": [None, 5, 3]}),
        Node(kind=kind, name=kind.lower(), arguments=arguments, inbound=(Source(node="x"),)),
    )
    (problem,) = make_report(Architecture(nodes=nodes)).problems
    return problem


def test_names_of_an_earlier_keras_are_known() -> None:
    problem = explain_node("Conv1D", nb_filter=8, filter_length=3, border_mode="same")
    assert problem.happened == (
        "conv1d was given nb_filter, filter_length and border_mode, which Conv1D does not take."
    )
    assert problem.repairs[0].output_shapes == ((None, 5, 8),)


def test_an_argument_that_moved_elsewhere_says_where_to() -> None:
    problem = explain_node("LSTM", units=3, batch_input_shape=[None, 5, 3])
    assert problem.fix == (
        "The shape of the data belongs to an Input layer: Input(batch_shape=…). "
        "Otherwise leave batch_input_shape out."
    )
    assert repairs(problem) == ["Leave batch_input_shape out"]


def test_keras_own_words_are_beside_ours_where_it_was_asked() -> None:
    assert explain("Input((50,)), LSTM(3)").keras_message == (
        "Input 0 of layer 'lstm' is incompatible with the layer: expected ndim=3, found ndim=2. "
        "Full shape received: (None, 50)"
    )
    assert explain("Input((50,)), Dense('3')").keras_message == (
        "Received an invalid value for `units`, expected a positive integer. Received: units=3"
    )
    assert explain("Input((50,)), StringLookup(vocabulary='/etc/hostname')").keras_message is None


def test_an_output_that_is_not_there() -> None:
    nodes = (
        Node(kind="InputLayer", name="x", arguments={"batch_shape": [None, 4]}),
        Node(kind="Dense", name="dense", arguments={"units": 1}, inbound=(Source(node="x", output=1),)),
    )
    (problem,) = make_report(Architecture(nodes=nodes)).problems
    assert problem.code == "no-such-output"
    assert "dense reads output 1 of x, which has 1" in problem.happened


@pytest.mark.parametrize(
    ("message", "tidy"),
    [
        ("Input 0 with name 'None' of layer 'lstm' is wrong", "Input 0 of layer 'lstm' is wrong"),
        (
            "Exception encountered when calling Reshape.call().\n\n"
            "\x1b[1mThe total size\n must be unchanged.\x1b[0m\n\n"
            "Arguments received by Reshape.call():\n  • args=('<KerasTensor>',)",
            "The total size must be unchanged.",
        ),
        ("config={…}.\n\nException encountered: Unrecognized keyword", "Unrecognized keyword"),
        ("", "ValueError"),
        ("x" * 700, "x" * 600 + "…"),
    ],
)
def test_keras_words_are_tidied(message: str, tidy: str) -> None:
    assert tidy_message(ValueError(message)) == tidy


def test_a_size_that_is_left_open_is_none_and_not_minus_one() -> None:
    problem = explain("Input((-1, 4)), LSTM(3)")
    assert problem.code == "invalid-argument"
    assert "None, not −1" in problem.expected
    assert problem.repairs[0].output_shapes == ((None, 3),)
    assert explain("Input((3, -4)), LSTM(3)").fix == "Did you mean batch_shape=[None, 3, 4]?"
