"""Which call of a model a file means: Keras 3 counts them otherwise among the outputs than elsewhere."""

import json
from collections.abc import Callable
from typing import Any

import keras
import pytest
from keras import layers

from app.architecture.config import read_config


def make_functional() -> Any:
    x = keras.Input((4,))
    return keras.Model(x, layers.Dense(3)(x), name="inner")


def make_chain() -> Any:
    return keras.Sequential([keras.Input((4,)), layers.Dense(3)], name="inner")


@pytest.mark.parametrize("make", [make_functional, make_chain])
@pytest.mark.parametrize(("given", "read"), [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_the_call_that_is_given_and_the_call_that_is_read(
    make: Callable[[], Any], given: int, read: int
) -> None:
    inner, x, z = make(), keras.Input((4,), name="x"), keras.Input((4,), name="z")
    called = [inner(x), inner(z)]
    model = keras.Model([x, z], [called[given], layers.Dense(2, name="last")(called[read]), *called])
    architecture = read_config(json.loads(model.to_json()))
    calls = ["inner", "inner@2"]
    assert [source.node for source in architecture.ends] == [calls[given], "last", *calls]
    assert [source.node for source in architecture.node("last").inbound] == [calls[read]]


def test_a_model_that_is_called_once() -> None:
    inner, x = make_functional(), keras.Input((4,), name="x")
    called = inner(x)
    architecture = read_config(
        json.loads(keras.Model(x, [called, layers.Dense(2, name="last")(called)]).to_json())
    )
    assert [source.node for source in architecture.ends] == ["inner", "last"]
    assert [source.node for source in architecture.node("last").inbound] == ["inner"]
