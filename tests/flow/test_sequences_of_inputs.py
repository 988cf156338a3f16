"""Models of several inputs: each reads its own sequences, and the real model says what comes of them."""

from typing import Any

import keras
import numpy as np
import pytest
from questions import find_masked, report_code

from app.architecture.sequences import Sequences
from app.flow import trace_flow
from app.flow.masked import MaskTrace
from app.flow.masks import trace_masks
from app.flow.values import trace_values

JOINED = """
story = keras.Input(({0},), dtype="int32", name="story")
question = keras.Input(({1},), dtype="int32", name="question")
read = [layers.Embedding(20, 3, mask_zero=True, name=name)(tokens)
        for name, tokens in (("told", story), ("asked", question))]
model = keras.Model([story, question], layers.{2}(read))
"""
STORY, ASKED = ((5, 9, 2), (3,)), ((7,), (8, 1))


def trace(code: str, **typed: Any) -> MaskTrace:
    return trace_masks(report_code(code), Sequences(padding="post", **typed))


BESIDE = JOINED.format(None, None, "Concatenate(axis=2)")
BEHIND = JOINED.format(4, 2, "Concatenate(axis=1)")


def test_each_input_reads_its_own() -> None:
    traced = trace(BESIDE, by_input={"story": STORY, "question": ASKED})
    assert [(one.input, one.tokens) for one in traced.inputs] == [
        ("story", ((5, 9, 2), (3, 0, 0))),
        ("question", ((7, 0, 0), (8, 1, 0))),
    ]
    assert find_masked(traced, "told").mask == ((True, True, True), (True, False, False))
    assert find_masked(traced, "asked").mask == ((True, False, False), (True, True, False))
    # Concatenate counts a timestep in which either does.
    assert traced.layers[-1].mask == ((True, True, True), (True, True, False))


def test_the_real_model_has_the_masks_that_are_told() -> None:
    traced = trace(BEHIND, by_input={"story": STORY, "question": ASKED})
    names: dict[str, Any] = {"keras": keras, "layers": keras.layers}
    exec(BEHIND, names)
    data = [np.array(one.tokens) for one in traced.inputs]
    assert [numbers.shape for numbers in data] == [(2, 4), (2, 2)]
    mask = names["model"](data)._keras_mask
    assert traced.layers[-1].mask == tuple(map(tuple, np.array(mask).tolist()))


@pytest.mark.parametrize("code", [BESIDE, BEHIND])
def test_the_code_of_each_input_gives_what_it_reads(code: str) -> None:
    typed = {"story": STORY, "question": ASKED}
    names = {
        "pad_sequences": keras.utils.pad_sequences,
        "sequences": {name: [list(row) for row in rows] for name, rows in typed.items()},
    }
    for one in trace(code, by_input=typed).inputs:
        assert eval(one.code, names).tolist() == [list(row) for row in one.tokens]


def test_rows_are_for_the_inputs_that_are_not_named() -> None:
    traced = trace(BESIDE, rows=STORY, by_input={"question": ASKED})
    assert [one.code for one in traced.inputs] == [
        'pad_sequences(sequences, padding="post")',
        'pad_sequences(sequences["question"], maxlen=3, padding="post")',
    ]
    assert trace(BESIDE, rows=STORY).inputs[1].tokens == traced.inputs[0].tokens


def test_without_rows_the_others_read_those_of_the_first_that_is_named() -> None:
    traced = trace(BESIDE, by_input={"question": ASKED})
    assert [one.tokens for one in traced.inputs] == [((7, 0), (8, 1))] * 2
    assert {one.code for one in traced.inputs} == {'pad_sequences(sequences["question"], padding="post")'}


def test_values_read_the_same() -> None:
    report = report_code(BESIDE)
    typed = Sequences(by_input={"story": STORY, "question": ASKED}, padding="post")
    traced = trace_values(report, trace_flow(report, 8).lanes, typed, 8)
    read = {layer.layer: np.array(layer.strips[0].values)[..., 0].tolist() for layer in traced.layers}
    assert read["story"] == [[5, 9, 2], [3, 0, 0]]
    assert read["question"] == [[7, 0, 0], [8, 1, 0]]


def refuse(**typed: Any) -> str:
    """Why neither masks nor values are shown, which is the same sentence."""
    report, sequences = report_code(BESIDE), Sequences(**typed)
    refused = trace_masks(report, sequences).refused
    assert trace_values(report, trace_flow(report, 8).lanes, sequences, 8).refused == refused
    return refused


def test_a_batch_has_as_many_sequences_of_each_input() -> None:
    assert refuse(by_input={"story": STORY, "question": ((7,),)}) == (
        "story has 2 sequences, question has 1. Each sample of a batch is one sequence for every input: "
        "type as many for question as for story."
    )


def test_what_is_no_input_is_named_with_the_inputs() -> None:
    assert refuse(rows=STORY, by_input={"stry": STORY}) == (
        "There are sequences for stry, which is no input of this model that has timesteps. "
        "Name one of its own: story, question."
    )


def test_a_large_input_is_counted_before_it_is_made() -> None:
    code = f"model = keras.Sequential([keras.Input((5, {10**9})), layers.GlobalAveragePooling1D()])"
    report = report_code(code)
    lanes = trace_flow(report, 8).lanes
    assert "numbers leave a layer" in trace_values(report, lanes, None, 8).refused
