"""Layers called on arrays, as Keras documents them: without a model, the arrays are read as inputs."""

from typing import Any

import pytest

from app.architecture.code import read_code
from app.report.build import make_report

IMPORTS = "import keras\nimport numpy as np\nfrom keras import layers\n"

SNIPPETS = {
    "a layer": "data = np.random.random((32, 10, 8))\nlstm = layers.LSTM(4)\noutput = lstm(data)",
    "several outputs": """
data = np.random.random((32, 10, 8))
lstm = layers.LSTM(4, return_sequences=True, return_state=True)
output, memory, carry = lstm(data)""",
    "one layer after the other": """
data = np.ones((2, 10, 8))
hidden = layers.Dense(3)(data)
output = layers.LSTM(5)(hidden)""",
    "in one line": "output = layers.Conv1D(32, 3, activation='relu')(np.ones((4, 10, 128)))",
    "a list of arrays": """
x1 = np.arange(20).reshape(2, 2, 5)
x2 = np.arange(20, 30).reshape(2, 1, 5)
output = layers.Concatenate(axis=1)([x1, x2])""",
    "two arguments": """
query = np.ones((64, 5, 16))
value = np.ones((64, 7, 16))
output = layers.MultiHeadAttention(2, 8)(query, value)""",
    "tokens": "output = layers.Embedding(1000, 5)(np.array([[1, 2, 3], [4, 5, 6]]))",
    "the result looked at": """
hidden = layers.GRU(6, return_sequences=True)(np.ones((2, 3, 4)))
print(np.array(hidden).shape)
output = layers.Flatten()(hidden)""",
    "a class of the visitor's own": """
class Twice(layers.Layer):
    def __init__(self):
        super().__init__()
        self.inner = layers.Dense(7)
    def call(self, inputs):
        return self.inner(inputs) * 2
data = np.ones((2, 3))
output = Twice()(data)""",
}


@pytest.mark.parametrize("name", SNIPPETS)
def test_what_they_give_is_as_keras_gives_it_but_for_the_batch(name: str) -> None:
    names: dict[str, Any] = {}
    exec(IMPORTS + SNIPPETS[name], names)
    report = make_report(read_code(IMPORTS + SNIPPETS[name]).architecture)
    assert report.outputs[0].shape == (None, *names["output"].shape[1:])


def test_it_is_said() -> None:
    reading = read_code(IMPORTS + SNIPPETS["a layer"])
    fixes = {note.code: note.fix for note in reading.notes}
    assert list(fixes) == ["model-assumed", "data-read-as-input"]
    assert "`data = keras.Input((10, 8))`" in fixes["data-read-as-input"]


def test_layers_that_are_called_on_the_same_array_have_one_input() -> None:
    code = "x = np.zeros((4, 10, 8))\na = layers.LSTM(3)(x)\nb = layers.GRU(3)(x)\nprint(a + b)"
    nodes = read_code(IMPORTS + code).architecture.nodes
    assert [node.kind for node in nodes] == ["InputLayer", "LSTM", "GRU", "ops.add"]


def test_data_beside_a_model_stays_data() -> None:
    code = """
images = np.zeros((5, 16, 16, 3))
rescaled = layers.Rescaling(1 / 255)(images)
print(rescaled.numpy().max())
model = keras.Sequential([keras.Input((16, 16, 3)), layers.Flatten()])
model.fit(images)
"""
    reading = read_code(IMPORTS + code)
    assert [node.kind for node in reading.architecture.nodes] == ["InputLayer", "Flatten"]
    assert reading.notes == ()
