"""Keras without its errands: what is remembered of a signature is what inspect says of it."""

import gc
import inspect
import weakref
from typing import Any

import keras
import pytest
from asking import evaluate_layer
from keras.src.backend.tensorflow.trackable import KerasAutoTrackable
from keras.src.utils.tracking import Tracker
from tensorflow.python.trackable.autotrackable import AutoTrackable

from app.architecture.catalogue import KINDS
from app.report import evaluate
from app.report.asked import TensorSpec
from app.report.haste import _track as track_everything
from app.report.haste import remember_signature

CLASSES = [getattr(keras.layers, kind) for kind in KINDS]


@pytest.mark.parametrize("layer", CLASSES, ids=lambda layer: layer.__name__)
@pytest.mark.parametrize("method", ["__init__", "build", "call", "compute_output_shape"])
def test_signatures_of_keras_own_methods_are_inspects(layer: type, method: str) -> None:
    function = getattr(layer, method)
    assert remember_signature(function) == inspect.signature(function)
    assert remember_signature(function) is remember_signature(function)


def test_signatures_of_bound_and_wrapped_methods_are_inspects() -> None:
    layer = keras.layers.LSTM(2)
    for method in (layer.call, layer.build, layer.quantize):
        assert remember_signature(method) == inspect.signature(method)


def test_a_function_made_for_one_layer_is_not_kept() -> None:
    class Holder:
        """Something that must go when its user goes."""

    def make() -> tuple[Any, weakref.ref[Holder]]:
        holder = Holder()
        return (lambda number: (holder, number)), weakref.ref(holder)

    function, held = make()
    assert remember_signature(function) == inspect.signature(function)
    del function
    gc.collect()
    assert held() is None


def test_what_is_left_out_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    keras.backend.clear_session()  # as in a builder, where nobody else makes layers
    asked = ("Bidirectional", {"layer": {"kind": "LSTM", "arguments": {"units": 7919}}})
    inputs = (TensorSpec((None, 5, 3), "float32"),)
    hasty = evaluate_layer(*asked, inputs)
    monkeypatch.setattr(KerasAutoTrackable, "__setattr__", AutoTrackable.__setattr__)
    monkeypatch.setattr(Tracker, "track", track_everything)
    evaluate._remember_keras.cache_clear()
    assert evaluate_layer(*asked, inputs) == hasty
    assert len(hasty.weights) == 6


def test_weights_that_are_made_have_numbers_of_their_own_and_a_seed_tells_them_again() -> None:
    evaluate_layer("Dense", {"units": 3}, (TensorSpec((None, 2), "float32"),))
    first, second, again = (_make_kernel(seed) for seed in (1, None, 1))
    assert first.tolist() != second.tolist()
    assert first.tolist() == again.tolist()


def _make_kernel(seed: int | None) -> Any:
    if seed is not None:
        keras.utils.set_random_seed(seed)
    layer = keras.layers.Dense(3)
    layer.build((None, 2))
    return layer.kernel.numpy()
