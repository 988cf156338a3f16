"""Models as they are read: Sequential and functional, several outputs, one of several, none at all."""

import re

import pytest

from app.architecture import Source
from app.architecture.code import read_code
from app.architecture.question import Reading
from app.problems import CodeError, NoModelFound, Problem

HEADER = "import keras\nfrom keras import *\nfrom keras.layers import *\n"


def read(code: str) -> Reading:
    return read_code(HEADER + code)


def chain(reading: Reading) -> list[str]:
    return [node.kind for node in reading.architecture.nodes]


def test_a_sequential_grows_and_shrinks() -> None:
    code = """
model = Sequential([Input((4,))], name="grown")
for units in (8, 4, 2):
    model.add(Dense(units))
model.pop()
model.add(Activation("relu"))
"""
    architecture = read(code).architecture
    assert [node.name for node in architecture.nodes] == ["input_layer", "dense", "dense_1", "activation"]
    assert architecture.name == "grown"
    assert architecture.is_chain
    assert architecture.outputs == ()


def test_a_functional_model_has_keras_order_and_only_what_its_outputs_need() -> None:
    code = """
b = Input((4,), name="b")
a = Input((4,), name="a")
unused = Input((2,), name="unused")
dead_end = Dense(9)(a)
deep = Dense(4)(Dense(4)(a))
joined = add([deep, b])
model = Model(inputs=[a, b, unused], outputs=joined)
"""
    nodes = read(code).architecture.nodes
    assert [node.name for node in nodes] == ["a", "dense_2", "dense_1", "b", "unused", "add"]
    assert nodes[-1].inbound == (Source(node="dense_1"), Source(node="b"))


def test_states_are_further_outputs_of_the_same_layer() -> None:
    code = """
x = Input((10, 3))
sequence, h, c = LSTM(4, return_sequences=True, return_state=True)(x)
both, *states = Bidirectional(GRU(2, return_state=True))(sequence)
model = Model(x, [both, concatenate([h, c]), states[1]])
"""
    architecture = read(code).architecture
    assert architecture.node("concatenate").inbound == (
        Source(node="lstm", output=1),
        Source(node="lstm", output=2),
    )
    assert architecture.outputs == (
        Source(node="bidirectional"),
        Source(node="concatenate"),
        Source(node="bidirectional", output=2),
    )


def test_helper_functions_build_parts_of_a_model() -> None:
    code = """
def block(x, units, *, repeat=2, **options):
    for index in range(repeat):
        x = Dense(units, name=f"dense_{units}_{index}", **options)(x)
    return x

def build(shape=(8,)):
    inputs = Input(shape)
    return Model(inputs, block(block(inputs, 16), 4, repeat=1, activation="relu"))

if __name__ == "__main__":
    model = build()
"""
    nodes = read(code).architecture.nodes
    assert [node.name for node in nodes[1:]] == ["dense_16_0", "dense_16_1", "dense_4_0"]
    assert nodes[-1].arguments == {"units": 4, "activation": "relu"}


def test_keras_1_spelled_the_functional_way_differently() -> None:
    code = """
a, b = Input((4,)), Input((3,))
model = Model(input=[a, b], output=merge([a, b], mode="concat", concat_axis=1))
"""
    reading = read(code)
    assert chain(reading) == ["InputLayer", "InputLayer", "Concatenate"]
    assert reading.architecture.nodes[-1].arguments == {"axis": 1}
    assert {note.code for note in reading.notes} == {"old-spelling"}


def test_of_several_models_the_last_complete_one_is_read() -> None:
    code = """
encoder = Sequential([Input((8,)), Dense(2)])
decoder = Sequential([Input((2,)), Dense(8)], name="decoder")
empty = Sequential()
"""
    reading = read(code)
    assert reading.architecture.name == "decoder"
    (note,) = reading.notes
    assert note.code == "several-models"
    assert "2 models: `encoder` (line 5) and `decoder` (line 6). Shown is `decoder`" in note.happened


def test_layers_without_a_model_are_read_in_their_order() -> None:
    reading = read("LSTM(32, input_shape=(3, 1))\nDense(1)")
    assert chain(reading) == ["InputLayer", "LSTM", "Dense"]
    assert "model-assumed" in [note.code for note in reading.notes]


def test_tensors_without_a_model_are_read_from_the_inputs_to_the_loose_ends() -> None:
    reading = read("x = Input((4,))\ny = Dense(3)(x)\nz = Dense(2)(y)\nw = Dense(1)(y)")
    assert chain(reading) == ["InputLayer", "Dense", "Dense", "Dense"]
    assert [note.code for note in reading.notes] == ["model-assumed"]


def test_add_to_a_model_that_the_code_does_not_make_begins_one() -> None:
    reading = read("net.add(Dense(3, input_dim=2))\nnet.add(Dense(1))")
    assert chain(reading) == ["InputLayer", "Dense", "Dense"]
    assert [note.line for note in reading.notes if note.code == "model-assumed"] == [4]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("x = 1", "Nothing in this code is a Keras model"),
        ("model = Sequential()", "no layers yet"),
        ("", "Nothing in this code is a Keras model"),
    ],
)
def test_where_there_is_no_model_the_reason_is_told(code: str, words: str) -> None:
    with pytest.raises(NoModelFound, match=words):
        read(code)


REFUSED = {
    "two layers of one name": (
        "model = Sequential([Dense(1, name='a'), Dense(1, name='a')])",
        "must be unique",
    ),
    "a name that Keras gives as well": (
        "x = Input((4,))\nmodel = Model(x, Dense(1)(Dense(2, name='dense')(x)))",
        "must be unique",
    ),
    "an input that the model does not have": (
        "x, y = Input((4,)), Input((4,))\nmodel = Model(x, add([x, y]))",
        "not among its inputs",
    ),
    "a layer on a layer": ("Dense(1)(Dense(2))", "a layer that was not called"),
    "a function on a tensor": (
        "import tensorflow as tf\ntf.map_fn(print, Input((4,)))",
        "`tensorflow.map_fn`",
    ),
    "several tensors outside a list": ("x = Input((4,))\nConcatenate()(x, x)", "take one list"),
    "no shape": ("Input()", "needs a `shape`"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_understood_is_named(name: str) -> None:
    code, words = REFUSED[name]
    try:
        fault: CodeError | Problem = next(note for note in read(code).notes if note.severity == "error")
        told = fault.happened
    except CodeError as error:
        fault, told = error, error.detail
    assert re.search(words, told)
    assert fault.line is not None


def test_layers_taken_from_another_model_are_entered_by_what_entered_them_there() -> None:
    code = """
base = Sequential([Input((6,)), Dense(4), Dense(2)])
model = Sequential()
for layer in base.layers[:-1]:
    model.add(layer)
model.add(Dense(3))
"""
    reading = read(code)
    assert reading.architecture.nodes[0].batch_shape == (None, 6)
    assert chain(reading) == ["InputLayer", "Dense", "Dense"]
