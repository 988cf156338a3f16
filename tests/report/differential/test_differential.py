"""Random models, right and wrong: every row is what plain Keras answers, and what fails fails there too."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plain import Answer, Finished, Whole, list_layers
from plain_process import AS_USUAL, PlainKeras
from random_models import Trial, ask_plain_keras, trials

from app.architecture import Architecture
from app.architecture.code import read_code, write_code
from app.architecture.config import read_config
from app.report import evaluate
from app.report.build import make_report
from app.report.model import Report
from app.report.repairing import find_output_shapes
from app.report.rows import Row, build_rows

CASES = json.loads(Path(__file__).with_name("cases.json").read_text())
"""Models on which Kerascope and Keras once disagreed, made as small as they go."""


@pytest.fixture(scope="module")
def plain() -> Iterator[PlainKeras]:
    keras = PlainKeras()
    yield keras
    keras.close()


@settings(max_examples=max(200, settings.default.max_examples), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_random_model_is_what_plain_keras_makes_of_it(data: st.DataObject, plain: PlainKeras) -> None:
    compare(data.draw(trials(plain)), plain)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_a_disagreement_that_was_found_stays_settled(case: dict[str, Any], plain: PlainKeras) -> None:
    architecture = Architecture.model_validate({"nodes": case["nodes"]})
    compare(ask_plain_keras(architecture, plain), plain)


def compare(trial: Trial, plain: PlainKeras) -> None:
    """Raises AssertionError where a row says anything else than plain Keras."""
    architecture = trial.architecture
    if trial.policy == AS_USUAL.policy:
        compare_rows(trial)
    if trial.builds:
        finished = plain.finish(architecture)
        assert isinstance(finished, Finished), finished
        for source, read in read_again(trial, finished.config):
            report = make_report(read)
            assert (source, summarise(report)) == (source, finished.whole)
            assert (source, describe_by_name(report)) == (source, name_answers(trial))


def compare_rows(trial: Trial) -> None:
    """Each row with the answer, as it is asked of Keras and as it is remembered."""
    architecture = trial.architecture
    rows = build_rows(architecture)
    forget()
    assert build_rows(architecture) == rows, "what is remembered is what is asked anew"
    assert [describe_row(row) for row in rows.values()] == list(map(describe_answer, trial.answers))


def read_again(trial: Trial, config: str | None) -> Iterator[tuple[str, Architecture]]:
    """The model of the trial as it is, written as code and read, and read from Keras' own configuration."""
    policy = f"import keras\nkeras.config.set_dtype_policy({trial.policy!r})\n"
    if trial.policy == AS_USUAL.policy:
        yield "architecture", trial.architecture
    code = policy + write_code(trial.architecture)
    yield "code", read_code(code, measure=find_output_shapes).architecture
    if config is not None:
        yield "configuration", read_config(json.loads(config))


def forget() -> None:
    """Have every layer asked of Keras again."""
    evaluate._remember_keras.cache_clear()
    evaluate._remember_models.cache_clear()


def describe_row(row: Row) -> tuple[object, ...]:
    """What one layer came to."""
    report = row.report
    weights = tuple((w.name.split("/")[-1], w.shape, w.dtype, w.trainable) for w in report.weights)
    tensors = tuple((t.shape, t.dtype, t.mask) for t in row.tensors)
    return report.status, tensors, weights, report.parameters.total


def describe_answer(answer: Answer | None) -> tuple[object, ...]:
    """The same, of plain Keras. None is a layer that reads one that failed."""
    status = "blocked" if answer is None else "fails" if answer.error else "builds"
    outputs, weights, parameters, _ = answer or Answer()
    return status, tuple(map(tuple, outputs)), weights, parameters


def describe_by_name(report: Report) -> dict[str, tuple[object, ...]]:
    """Shapes and types of what each layer gives, operations and further calls left out."""
    return {
        row.name: (row.output_shapes, row.output_dtypes, row.parameters.total)
        for row in report.layers
        if not row.kind.startswith("ops.")
    }


def name_answers(trial: Trial) -> dict[str, tuple[object, ...]]:
    """The same, of plain Keras."""
    return {
        node.name: (
            tuple(tensor.shape for tensor in answer.outputs),
            tuple(tensor.dtype for tensor in answer.outputs),
            answer.parameters,
        )
        for node, answer in zip(trial.architecture.nodes, trial.answers, strict=True)
        if answer and not node.kind.startswith("ops.") and not node.shares
    }


def summarise(report: Report) -> Whole:
    """The whole model. Keras lists no operations among a model's layers."""
    return Whole(
        layers=list_layers(
            report.architecture, [row.name for row in report.layers if not row.kind.startswith("ops.")]
        ),
        parameters=report.totals.parameters,
        trainable=report.totals.trainable,
        outputs=tuple(tensor.shape for tensor in report.outputs),
    )
