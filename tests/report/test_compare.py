"""Two models side by side: which rows belong together, and what differs, in words that teach."""

from functools import cache

import pytest

from app.architecture import Question, read_question
from app.architecture.gallery import find_example
from app.report import Report
from app.report.build import make_report
from app.report.compare import Comparison, compare_reports

MODEL = (
    "from keras import Input, Sequential, layers\nmodel = Sequential([Input((3, 4), name='series'), {}])\n"
)


@cache
def report_on(code: str) -> Report:
    return make_report(read_question(Question(code=code)).architecture)


def compare(left: str, right: str) -> Comparison:
    return compare_reports(report_on(MODEL.format(left)), report_on(MODEL.format(right)))


def rows_of(comparison: Comparison) -> list[tuple[str | None, str | None]]:
    return [(pair.left and pair.left.name, pair.right and pair.right.name) for pair in comparison.pairs]


def differences(comparison: Comparison) -> dict[str, tuple[str, ...]]:
    return {(pair.right or pair.left).name: pair.differs for pair in comparison.pairs if pair.differs}


def test_the_same_data_read_in_two_ways() -> None:
    examples = [
        find_example(slug) for slug in ("three-timesteps-of-one-feature", "one-timestep-of-three-features")
    ]
    left, right = (report_on(example.code) for example in examples if example)
    comparison = compare_reports(left, right)
    assert comparison.summary == ("Both give (None, 32).",)
    series, lstm = comparison.pairs
    assert series.sentences == ()
    assert lstm.differs == ("input", "parameters")
    assert lstm.sentences == (
        "Reads 3 timesteps of 1 feature in A, 1 timestep of 3 features in B.",
        "In B it makes one step from an empty state: nothing is remembered from step to step. "
        "In A it does remember.",
        "Has 4,352 parameters in A, 4,608 in B.",
    )


def test_a_model_beside_itself() -> None:
    comparison = compare("layers.LSTM(2)", "layers.LSTM(2)")
    assert differences(comparison) == {}
    assert [pair.sentences for pair in comparison.pairs] == [(), ()]
    assert comparison.summary == ("Both give (None, 2).", "Both have 56 parameters.")


def test_one_argument_and_all_that_follows_from_it() -> None:
    comparison = compare("layers.LSTM(2, name='a')", "layers.LSTM(2, name='a', return_sequences=True)")
    assert differences(comparison) == {"a": ("arguments", "output")}
    assert comparison.pairs[1].sentences == (
        "return_sequences is False in A, True in B.",
        "Gives 2 units in A, 3 timesteps of 2 units in B.",
    )
    # The output of the whole is that of its only layer that differs.
    assert comparison.summary == ("Both have 56 parameters.",)


def test_what_a_layer_only_reads_from_another_is_said_by_the_other_one() -> None:
    comparison = compare("layers.LSTM(64), layers.Dense(1)", "layers.LSTM(32), layers.Dense(1)")
    _, lstm, dense = comparison.pairs
    assert lstm.differs == ("arguments", "output", "parameters")
    assert lstm.sentences == ("Gives 64 units in A, 32 in B.", "Has 17,664 parameters in A, 4,736 in B.")
    assert dense.sentences == ("Has 65 parameters in A, 33 in B.",)
    assert comparison.summary == ("Both give (None, 1).", "A has 17,729 parameters, B 4,769.")


def test_a_layer_reads_what_another_one_than_beside_it_gives() -> None:
    comparison = compare(
        "layers.LSTM(8), layers.Dense(1, name='end')",
        "layers.LSTM(8), layers.Dense(2), layers.Dense(1, name='end')",
    )
    assert comparison.pairs[-1].sentences == (
        "Reads 8 units in A, 2 in B.",
        "Has 9 parameters in A, 3 in B.",
    )


def test_an_argument_that_is_given_as_keras_has_it_is_no_difference() -> None:
    comparison = compare("layers.LSTM(2)", "layers.LSTM(2, activation='tanh')")
    assert differences(comparison) == {}


def test_what_enters_is_said_once_by_the_layer_that_reads_it() -> None:
    left, right = (
        report_on(MODEL.format("layers.LSTM(2)")),
        report_on(MODEL.replace("(3, 4)", "(None, 4)").format("layers.LSTM(2)")),
    )
    series, lstm = compare_reports(left, right).pairs
    assert series.differs == ("arguments", "output")
    assert series.sentences == ()
    assert lstm.sentences == (
        "Reads 3 timesteps of 4 features in A, any number of timesteps of 4 features in B.",
    )


def test_a_layer_that_only_one_has() -> None:
    comparison = compare(
        "layers.LSTM(2, name='a')", "layers.Dropout(0.5, name='b'), layers.LSTM(2, name='a')"
    )
    assert rows_of(comparison) == [("series", "series"), (None, "b"), ("a", "a")]
    assert comparison.pairs[1].title == "b"
    assert comparison.pairs[1].sentences == ("Dropout, only in B.",)


def test_layers_of_other_names_are_paired_by_kind() -> None:
    comparison = compare(
        "layers.LSTM(2, name='a'), layers.Dense(1, name='b')",
        "layers.Dropout(0.5, name='c'), layers.LSTM(2, name='d'), layers.Dense(1, name='e')",
    )
    assert rows_of(comparison) == [("series", "series"), (None, "c"), ("a", "d"), ("b", "e")]


def test_layers_of_another_kind_are_paired_by_place() -> None:
    comparison = compare("layers.LSTM(2, name='a')", "layers.GRU(2, name='b')")
    assert rows_of(comparison) == [("series", "series"), ("a", "b")]
    assert comparison.pairs[1].differs == ("kind", "parameters")
    assert comparison.pairs[1].title == "a in A, b in B"
    assert comparison.pairs[1].sentences[0] == "Another layer: LSTM in A, GRU in B."


BROKEN = "layers.LSTM(2, name='a'), layers.LSTM(2, name='b'), layers.Dense(1, name='c')"
WHOLE = BROKEN.replace("name='a'", "name='a', return_sequences=True")


@pytest.mark.parametrize(
    ("left", "right", "summary"),
    [
        (BROKEN, WHOLE, "B builds, A does not."),
        (WHOLE, BROKEN, "A builds, B does not."),
        (BROKEN, BROKEN, "Neither builds."),
    ],
    ids=["left", "right", "both"],
)
def test_a_model_that_does_not_build(left: str, right: str, summary: str) -> None:
    assert compare(left, right).summary == (summary,)


def test_a_layer_that_does_not_build_beside_one_that_does() -> None:
    a, b, c = compare(BROKEN, WHOLE).pairs[1:]
    assert a.sentences[1] == "Gives 2 units in A, 3 timesteps of 2 units in B."
    assert {"status", "input", "output", "parameters"} <= set(b.differs)
    assert b.sentences == ("Does not build in A, builds in B.",)
    assert c.sentences == ("Is never reached in A, builds in B.",)


def test_more_outputs_than_one_are_all_named() -> None:
    comparison = compare("layers.LSTM(2)", "layers.LSTM(2)")
    two = comparison.left.model_copy(update={"outputs": comparison.left.outputs * 2})
    assert compare_reports(comparison.left, two).summary[0] == (
        "A gives (None, 2), B (None, 2) and (None, 2)."
    )
