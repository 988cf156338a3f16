"""Models that are not run: of text, and of terms that nobody has learnt yet; and what to do instead."""

from typing import Any

import numpy as np
import pytest
from questions import report_code

from app.architecture.sequences import Sequences
from app.flow import trace_flow
from app.flow.masks import trace_masks
from app.flow.valued import ValueTrace
from app.flow.values import trace_values
from app.report import Report

BEHIND = "model = keras.Model(x, layers.LSTM(2)(layers.Embedding(50, 4)(tokens)))"


def run(report: Report, sequences: Sequences | None = None) -> ValueTrace:
    return trace_values(report, trace_flow(report, 8).lanes, sequences, 8)


def refuse(code: str) -> str:
    """Why neither values nor masks are shown, which is the same sentence, whatever is typed."""
    report, typed = report_code(code), Sequences(rows=((5, 9),))
    refused = run(report).refused
    assert run(report, typed).refused == trace_masks(report, typed).refused == refused
    return refused


def read_with(layer: str, start: str = 'keras.Input((1,), dtype="string", name="text")') -> str:
    return f"x = {start}\ntokens = layers.{layer}(x)\n{BEHIND}"


@pytest.mark.parametrize(
    "layer",
    [
        'TextVectorization(vocabulary=["a", "b"], output_sequence_length=6, name="look_up")',
        'StringLookup(vocabulary=["a", "b"], name="look_up")',
    ],
)
def test_text_is_not_run(layer: str) -> None:
    assert refuse(read_with(layer)) == (
        "text reads text, and models are run on numbers here. Begin with the tokens, "
        'keras.Input((None,), dtype="int64"), in the place of look_up.'
    )


@pytest.mark.parametrize(
    ("kind", "dtype"),
    [("TextVectorization", "string"), ("StringLookup", "string"), ("IntegerLookup", "int64")],
)
def test_terms_that_are_not_known_yet_are_not_looked_up(kind: str, dtype: str) -> None:
    start = f'keras.Input((None,), dtype="{dtype}", name="words")'
    assert refuse(read_with(f'{kind}(max_tokens=50, name="look_up")', start)) == (
        "look_up has no vocabulary before `adapt` reads one from data, which is not done here. "
        f"Write some terms into the {kind}, vocabulary=[…], and the model is run."
    )


def test_what_is_advised_is_run() -> None:
    lookup = read_with("IntegerLookup(vocabulary=[5, 9])", 'keras.Input((None,), dtype="int64")')
    tokens = f'x = tokens = keras.Input((None,), dtype="int64")\n{BEHIND}'
    for code in (lookup, tokens):
        assert run(report_code(code)).refused == ""


def test_a_layer_inside_a_model_or_a_wrapper_is_found() -> None:
    pool = "layers.AdaptiveMaxPooling1D(1, name='pool')"
    inside = f"inner = keras.Sequential([keras.Input((5, 2)), {pool}], name='inner')"
    around = "model = keras.Sequential([keras.Input((5, 2)), inner, layers.LSTM(2)])"
    assert refuse(f"{inside}\n{around}").startswith("inner › pool picks the maximum of everything")
    wrapped = f"layers.TimeDistributed({pool}, name='each')"
    code = f"model = keras.Sequential([keras.Input((3, 5, 2)), {wrapped}])"
    assert refuse(code).startswith("each picks the maximum of everything")


def test_a_mask_that_is_an_input_counts_everything() -> None:
    code = """
x, mask = keras.Input((5, 3), name="x"), keras.Input((5,), dtype="bool", name="mask")
model = keras.Model([x, mask], layers.LSTM(2)(x, mask=mask))
"""
    fed: dict[str, Any] = {one.input: one.code for one in run(report_code(code)).fed}
    assert eval(fed["mask"], {"np": np}).tolist() == [[True] * 5]
