"""The form of layers that hold a list of layers: each has fields, one can be added, and any left out."""

import pytest
from submitted_form import chain, node, press, submit

from app.architecture import Architecture
from app.architecture.form import write_cards
from app.report.build import make_report

SEQUENCE = node("InputLayer", "x", batch_shape=[None, 6, 4])
STACKED = chain(
    SEQUENCE,
    node(
        "RNN",
        "stack",
        "x",
        cell={
            "kind": "StackedRNNCells",
            "arguments": {
                "cells": [
                    {"kind": "LSTMCell", "arguments": {"units": 3}},
                    {"kind": "GRUCell", "arguments": {"units": 5}},
                ]
            },
        },
    ),
)
PIPELINE = chain(
    SEQUENCE,
    node(
        "Pipeline",
        "steps",
        "x",
        layers=[
            {"kind": "Dense", "arguments": {"units": 3}},
            {"kind": "Dropout", "arguments": {"rate": 0.5}},
        ],
    ),
)


def find_width(architecture: Architecture) -> int | None:
    """How wide the last layer's output is."""
    return make_report(architecture).layers[-1].output_shapes[0][-1]


@pytest.mark.parametrize("architecture", [STACKED, PIPELINE], ids=["cells", "a pipeline"])
def test_untouched_it_stays_as_it_was(architecture: Architecture) -> None:
    assert submit(architecture) == architecture


def test_each_cell_has_fields_of_its_own_under_its_place() -> None:
    (stack,) = write_cards(STACKED)[1].groups
    assert [(cell.label, cell.kind) for cell in stack.groups] == [
        ("cells 1", "LSTMCell"),
        ("cells 2", "GRUCell"),
        ("cells 3", ""),
    ]
    assert find_width(STACKED) == 5
    assert find_width(submit(STACKED, n1__cell__cells__1__units="7")) == 7


def test_a_cell_is_added_and_another_left_out() -> None:
    three = submit(STACKED, n1__cell__cells__2__kind="SimpleRNNCell")
    assert find_width(three) == 32
    assert find_width(submit(three, n1__cell__cells__2__kind="", n1__cell__cells__1__kind="")) == 3


def test_a_step_of_a_pipeline_is_changed_into_another() -> None:
    assert find_width(PIPELINE) == 3
    changed = submit(PIPELINE, n1__layers__0__kind="LSTM")
    assert [row.output_shapes for row in make_report(changed).layers[1:]] == [((None, 3),)]


@pytest.mark.parametrize("kind", ["Pipeline", "RNN"])
def test_a_new_one_begins_with_something_that_builds(kind: str) -> None:
    added = press(chain(SEQUENCE), f"add:0:{kind}")
    assert make_report(added).status == "builds"
