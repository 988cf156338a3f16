"""A layer that is used in a nested model and outside of it: its weights are counted twice, and it is said."""

import pytest

from app.architecture.code import read_code

HEADER = "import keras\nfrom keras import layers\n"
NESTED = """
a = keras.Input((4,))
inner = keras.Model(a, layer(a))
b = keras.Input((4,))
model = keras.Model(b, {outer}(inner(b)))
"""


def list_notes(made: str, outer: str) -> list[str]:
    return [note.code for note in read_code(HEADER + made + NESTED.format(outer=outer)).notes]


def test_it_is_said() -> None:
    assert list_notes("layer = layers.Dense(4)", "layer") == ["weights-counted-again"]


@pytest.mark.parametrize(
    ("made", "outer"),
    [
        ("layer = layers.Dense(4)", "layers.Dense(4)"),
        ("layer = layers.Dropout(0.5)", "layer"),
    ],
)
def test_it_is_not_said_of_equal_layers_or_of_those_without_weights(made: str, outer: str) -> None:
    assert list_notes(made, outer) == []


def test_a_layer_that_is_called_twice_in_one_model_is_counted_once() -> None:
    code = "d = layers.Dense(4)\na = keras.Input((4,))\nmodel = keras.Model(a, d(d(a)))"
    assert read_code(HEADER + code).notes == ()


def test_a_model_that_is_called_twice_shares_itself_and_no_layer() -> None:
    code = "inner = keras.Sequential([keras.Input((4,)), layers.Dense(4)])\na = keras.Input((4,))\n"
    assert read_code(f"{HEADER}{code}model = keras.Model(a, inner(inner(a)))").notes == ()
