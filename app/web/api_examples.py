"""Example questions in the API's documentation, ready to be tried."""

from fastapi.openapi.models import Example

LSTM = """\
from keras import Input, Sequential, layers

model = Sequential([
    Input((None,), name="tokens"),
    layers.Embedding(3, 50),
    layers.LSTM(100),
    layers.Dense(1),
])
"""

STACKED = {
    "name": "stacked",
    "nodes": [
        {"kind": "InputLayer", "name": "series", "arguments": {"batch_shape": [None, 3, 1]}},
        {"kind": "LSTM", "name": "lstm", "arguments": {"units": 32}, "inbound": ["series"]},
        {"kind": "LSTM", "name": "lstm_1", "arguments": {"units": 32}, "inbound": ["lstm"]},
    ],
}

KERAS = {
    "class_name": "Sequential",
    "config": {
        "name": "sequential",
        "layers": [
            {"class_name": "InputLayer", "config": {"batch_shape": [None, 3, 1], "name": "series"}},
            {"class_name": "LSTM", "config": {"name": "lstm", "units": 32}},
        ],
    },
}

QUESTIONS: dict[str, Example] = {
    "code": Example(
        summary="Keras source, drawn over 5 timesteps", value={"code": LSTM, "timesteps": 5, "inputs": {}}
    ),
    "inputs": Example(
        summary="The same with a fixed length", value={"code": LSTM, "inputs": {"tokens": [None, 3]}}
    ),
    "architecture": Example(
        summary="A model that does not build, in Kerascope's own form", value={"architecture": STACKED}
    ),
    "keras": Example(summary="model.to_json()", value={"keras": KERAS}),
}
