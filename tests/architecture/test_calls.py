"""Calls by whatever names Keras has: the same model, in code and in files."""

import json
from typing import Any

import pytest

from app.architecture.code import read_code, write_code
from app.architecture.config import read_config
from app.report.build import make_report

CODE = """
import keras
from keras import layers, ops

x = keras.Input((4, 3))
state = keras.Input((8,))
steps = keras.Input((4,), dtype="bool")
pairs = keras.Input((4, 4), dtype="bool")
model = keras.Model([x, state, steps, pairs], {})
"""

CALLS = [
    "layers.Add()(inputs=[x, x])",
    "layers.Add()(list(ops.fft((x, x))))",
    "layers.Bidirectional(layers.LSTM(3))(sequences=x)",
    "layers.GRU(8)(mask=steps, initial_state=state, sequences=x)",
    "layers.LSTM(8)(initial_state=[state, state], sequences=x)",
    "layers.MultiHeadAttention(2, 4)(query=x, value=x, attention_mask=pairs)",
    "layers.MultiHeadAttention(2, 4)(x, x, key_mask=steps, query_mask=steps)",
    "layers.RMSNormalization()(x=x)",
    "ops.unique(state, return_counts=True, return_inverse=True)[1]",
    "ops.concatenate(ops.meshgrid(state, state, state))",
]


@pytest.mark.parametrize("call", CALLS)
def test_a_call_is_the_same_in_code_and_in_files(call: str) -> None:
    code = CODE.format(call)
    names: dict[str, Any] = {}
    exec(code, names)
    model = names["model"]
    read = read_code(code).architecture
    for architecture in (
        read,
        read_code(write_code(read)).architecture,
        read_config(json.loads(model.to_json())),
    ):
        report = make_report(architecture)
        assert [tensor.shape for tensor in report.outputs] == [tuple(out.shape) for out in model.outputs]
        assert report.totals.parameters == model.count_params()
