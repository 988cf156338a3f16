"""Code, and the configuration that Keras writes of its model: each is read as Keras makes it."""

import json
import math

import pytest
from plain_model import IMPORTS, compare, run

from app.architecture.code import read_code
from app.architecture.config import read_config
from app.report.build import make_report

CODES = {
    "the states of several cells": """
x = keras.Input((5, 4))
last, (h, c), s = layers.RNN([layers.LSTMCell(3), layers.GRUCell(2)], return_state=True)(x)
again = layers.RNN([layers.LSTMCell(3), layers.GRUCell(2)])(x, initial_state=[[h, c], s])
model = keras.Model(x, [last, again])
""",
    "the states of cells in a stack": """
x = keras.Input((5, 4))
cells = layers.StackedRNNCells([layers.GRUCell(3), layers.GRUCell(2)])
sequence, first, second = layers.RNN(cells, return_state=True, return_sequences=True)(x)
model = keras.Model(x, [second, first, sequence])
""",
    "what is handed over by name, in whatever order": """
x, h, c = keras.Input((7, 4)), keras.Input((5,)), keras.Input((6,))
mask = keras.Input((7,), dtype="bool")
states = [layers.Dense(3)(h), layers.Dense(3)(c)]
model = keras.Model([x, h, c, mask], layers.LSTM(3)(x, mask=mask, initial_state=states))
""",
    "weights of a few bits": """
x = keras.Input((5, 3))
y = layers.Dense(4, dtype="float8_from_mixed_bfloat16")(layers.Dense(4, dtype="int8_from_float32")(x))
model = keras.Model(x, y)
""",
    "a chain in a chain, which is told what enters it": """
head = keras.Sequential([layers.Flatten(), layers.Dense(3)])
chain = keras.Sequential([layers.Conv2D(4, 3), head, layers.Dense(2)])
x = keras.Input((8, 8, 1))
model = keras.Model(x, chain(x))
""",
    "a chain in a chain in a model": """
inner = keras.Sequential([layers.Dense(3)])
middle = keras.Sequential([inner, layers.Dense(4)])
x = keras.Input((7,))
model = keras.Model(x, middle(x))
""",
}
"""Models that are made of the code, and of nothing else."""

FROZEN = {
    "a chain": "model = keras.Sequential([keras.Input((4,)), layers.Dense(3)], trainable=False)",
    "a graph": """
x = keras.Input((4,))
model = keras.Model(x, layers.Dense(3)(x), trainable=False)
""",
    "a layer that is thawed in a frozen model": """
model = keras.Sequential([keras.Input((4,)), layers.Dense(3), layers.Dense(2)])
model.trainable = False
model.layers[-1].trainable = True
""",
    "a frozen model as a layer of another, which forgets it": """
inner = keras.Sequential([keras.Input((4,)), layers.Dense(3)], trainable=False)
model = keras.Sequential([keras.Input((4,)), inner, layers.Dense(2)])
""",
}


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_a_model_is_what_keras_makes_of_its_code(code: str) -> None:
    compare(code)


@pytest.mark.parametrize("code", FROZEN.values(), ids=FROZEN)
def test_as_much_is_trained_as_keras_trains(code: str) -> None:
    model = run(code)
    trained = sum(math.prod(weight.shape) for weight in model.trainable_weights)
    read = read_code(IMPORTS + code).architecture, read_config(json.loads(model.to_json()))
    assert [make_report(architecture).totals.trainable for architecture in read] == [trained, trained]
