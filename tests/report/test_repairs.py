"""Repairs: each has been rebuilt, and says what the model gives then."""

import pytest
from explaining import explain, read, repairs

from app.report.build import make_report


def test_a_stack_is_repaired_in_one_step() -> None:
    problem = explain("Input((8, 16)), LSTM(32), LSTM(32), LSTM(32), Dense(10)")
    assert repairs(problem) == ["Give lstm and lstm_1 return_sequences=True"]
    assert problem.repairs[0].output_shapes == ((None, 10),)


def test_a_repair_names_only_what_it_changes_and_is_offered_once() -> None:
    problem = explain("Input((8, 16)), LSTM(32), LSTM(32, return_sequences=True), LSTM(32), Dense(10)")
    assert repairs(problem) == [
        "Give lstm return_sequences=True",
        "Repeat the last step of lstm with RepeatVector(8)",
    ]
    assert len({repair.code for repair in problem.repairs}) == 2


def test_return_sequences_goes_into_the_wrapped_layer() -> None:
    problem = explain("Input((8, 16)), Bidirectional(LSTM(32)), LSTM(3)")
    assert repairs(problem)[0] == "Give the LSTM inside bidirectional return_sequences=True"


def test_the_document_with_two_embeddings_has_exactly_two_repairs() -> None:
    problem = explain(
        "a = Input((None,), dtype='int32', name='a')\n"
        "b = Input((None,), dtype='int32', name='b')\n"
        "both = concatenate([Embedding(1000, 64)(a), Embedding(500, 64)(b)], axis=2)\n"
        "Model([a, b], Dense(1)(Dense(128)(Flatten()(both))))"
    )
    assert problem.code == "undefined-last-dimension"
    assert repairs(problem) == [
        "Give a and b a fixed sequence length, for example 8",
        "Use GlobalAveragePooling1D instead of flatten",
    ]


def test_attention_by_repeat_vector_has_as_many_units_as_both_directions() -> None:
    problem = explain(
        "x = Input((8, 16))\n"
        "both = Bidirectional(LSTM(32, return_sequences=True))(x)\n"
        "weights = Permute((2, 1))(RepeatVector(32)(Flatten()(Dense(1)(both))))\n"
        "Model(x, Multiply()([both, weights]))"
    )
    assert problem.code == "shapes-do-not-merge"
    assert 'Give bidirectional merge_mode="sum", so that it has as many units as its layer' in repairs(
        problem
    )
    assert "Give repeat_vector n=64" in repairs(problem)


def test_sequences_of_other_timesteps_and_features_are_made_equal_in_both() -> None:
    problem = explain(
        "a = Input((10, 16), name='a')\nb = Input((12, 32), name='b')\nModel([a, b], Add()([a, b]))"
    )
    assert problem.code == "shapes-do-not-merge"
    assert [(repair.title, repair.output_shapes) for repair in problem.repairs] == [
        (
            "Cut the longer sequences to 10 timesteps with Cropping1D, and put Dense(16) behind b",
            ((None, 10, 16),),
        ),
        ("Pool each sequence to a vector first, and put Dense(16) behind b", ((None, 16),)),
    ]


def test_two_branches_that_fail_are_repaired_together() -> None:
    report = make_report(
        read(
            "a = Input((5,), name='a')\n"
            "b = Input((6, 7), name='b')\n"
            "Model([a, b], [LSTM(3)(a), Dense(2)(LSTM(4)(LSTM(3)(b)))])"
        )
    )
    left, right = report.problems
    assert {left.code, right.code} == {"missing-timesteps", "missing-return-sequences"}
    for problem in (left, right):
        assert "return_sequences=True" in problem.repairs[0].title
        assert "Read a as timesteps of one feature" in problem.repairs[0].title


REPAIRED = {
    "Input((50,)), LSTM(3)": "Read input_layer as timesteps of one feature: Input((50, 1))",
    "Input((8, 16)), Flatten(), LSTM(3)": "Leave flatten out",
    "Input((53394, 3, 1)), LSTM(32)": "Leave the number of samples out: Input((3, 1))",
    "Input((5, 6)), TimeDistributed(LSTM(3))": "Use the LSTM without TimeDistributed",
    "Input((8, 16)), LSTM(4, return_sequences=True), RepeatVector(3)": "Take return_sequences away from lstm",
    "Input((28,)), Reshape((5, 7))": "Use Reshape((-1, 7))",
    "Input((21,)), Reshape((100, 7, 3))": "Use Reshape((7, 3))",
    "Input((5, 3)), Conv1D(8, 9)": 'Write padding="same"',
    "Input((5, 3)), LSTM(3, return_sequence=True)": "Write return_sequences instead of return_sequence",
    "Input((5, 3)), Dense(3, activation='rleu')": "Write activation='relu'",
    "Input((5, 3)), Bidirectional(LSTM(0))": "Write units=1",
    "Input((5, 3)), Dense()": "Give dense units=32, for example",
    "Input((5, 3)), LSTM(3, stateful=True)": "Give the inputs a batch size, for example 32",
    "Input((5, None)), LSTM(3)": "Give input_layer a fixed number of features, for example 8",
}


@pytest.mark.parametrize("code", REPAIRED)
def test_the_likeliest_repair_comes_first(code: str) -> None:
    assert repairs(explain(code))[0] == REPAIRED[code]
