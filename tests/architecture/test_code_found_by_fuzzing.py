"""What `make fuzz` has found: code that the reader could not answer. Each is answered now."""

import pytest

from app.architecture.code import read_code
from app.problems import CodeError

HEADER = "import keras\nfrom keras import layers\n"

FOUND = {
    "the shape of a model that has no call": (
        "class Net(keras.Model):\n    def train(self):\n        pass\nNet().build((None, 4))",
        "has no `call`",
    ),
    "the output of a model without layers": ("x = keras.Sequential().output", "no layers yet"),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_is_refused_in_words(name: str) -> None:
    code, words = FOUND[name]
    with pytest.raises(CodeError, match=words):
        read_code(HEADER + code)


def test_a_chain_of_ones_own_class_has_an_end() -> None:
    code = """
class Chain(keras.Sequential):
    def __init__(self):
        super().__init__([keras.Input((3,)), layers.Dense(4)])
chain = Chain()
model = keras.Model(chain.input, layers.Dense(2)(chain.output))
"""
    kinds = [node.kind for node in read_code(HEADER + code).architecture.nodes]
    assert kinds == ["InputLayer", "Dense", "Dense"]


def test_a_function_that_leaves_a_loop_it_does_not_have_is_refused_where_it_is_called() -> None:
    code = """
def make(x):
    x = layers.Dense(2)(x)
    break
for _ in range(2):
    model = keras.Sequential([keras.Input((3,)), layers.Dense(4)])
    make(model.output)
"""
    reading = read_code(HEADER + code)
    assert [node.kind for node in reading.architecture.nodes] == ["InputLayer", "Dense"]
    words = "Python would stop here: `break` stands outside its loop."
    assert words in [note.happened for note in reading.notes]
