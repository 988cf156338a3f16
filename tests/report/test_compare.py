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
    assert comparison.summary == (
        "Both give (None, 32).",
        "They have 4,352 parameters in A, 4,608 parameters in B.",
    )
    lstm = comparison.pairs[1]
    assert lstm.differs == ("input", "parameters")
    assert lstm.sentences == (
        "lstm reads 3 timesteps of 1 feature in A, 1 timestep of 3 features in B.",
        "In B lstm makes one step from an empty state: nothing is remembered from step to step. "
        "In A it does remember.",
        "lstm has 4,352 parameters in A, 4,608 parameters in B.",
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
        "return_sequences of a is not given in A, True in B.",
        "a gives 2 units in A, 3 timesteps of 2 units in B.",
    )


def test_an_input_says_what_it_gives_and_not_its_argument() -> None:
    left, right = (
        report_on(MODEL.format("layers.LSTM(2)")),
        report_on(MODEL.replace("(3, 4)", "(None, 4)").format("layers.LSTM(2)")),
    )
    pair = compare_reports(left, right).pairs[0]
    assert pair.differs == ("arguments", "output")
    assert pair.sentences == (
        "series gives 3 timesteps of 4 features in A, any number of timesteps of 4 features in B.",
    )


def test_a_layer_that_only_one_has() -> None:
    comparison = compare(
        "layers.LSTM(2, name='a')", "layers.Dropout(0.5, name='b'), layers.LSTM(2, name='a')"
    )
    assert rows_of(comparison) == [("series", "series"), (None, "b"), ("a", "a")]
    assert comparison.pairs[1].sentences == ("b (Dropout) is only in B.",)


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
    assert comparison.pairs[1].sentences[0] == "a / b is LSTM in A, GRU in B."


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
    b, c = compare(BROKEN, WHOLE).pairs[2:]
    assert {"status", "input", "output", "parameters"} <= set(b.differs)
    assert b.sentences[0] == "b does not build in A, builds in B."
    assert "b reads 2 units in A, 3 timesteps of 2 units in B." in b.sentences
    assert c.sentences[0] == "c is never reached in A, builds in B."


def test_more_outputs_than_one_are_all_named() -> None:
    comparison = compare("layers.LSTM(2)", "layers.LSTM(2)")
    two = comparison.left.model_copy(update={"outputs": comparison.left.outputs * 2})
    assert compare_reports(comparison.left, two).summary[0] == (
        "They give (None, 2) in A, (None, 2) and (None, 2) in B."
    )
