"""Keras without the errands that a build without weights does not need: the same answers, in half the time.

Nothing here knows a rule of Keras. Two kinds of work are left out or remembered:

- TensorFlow notes every attribute of every layer for checkpoints, which are never written here. It has a flag
  for that (`_self_setattr_tracking`), and so it is told not to.
- Keras inspects the signatures of its own constructors and methods anew for every layer. They never change,
  so they are remembered, for Keras' modules only.
"""

import functools
import inspect
from types import FunctionType, MethodType, SimpleNamespace
from typing import Any

import keras
from keras.src.backend.tensorflow.trackable import KerasAutoTrackable

READERS_OF_SIGNATURES = (keras.src.layers.layer, keras.src.ops.operation)


@functools.cache
def _read_function(function: FunctionType) -> inspect.Signature:
    return inspect.signature(function)


@functools.cache
def _read_method(function: FunctionType) -> inspect.Signature:
    return inspect.signature(MethodType(function, object()))


def remember_signature(called: Any) -> inspect.Signature:
    """What inspect.signature says. Only functions that live as long as their module are remembered."""
    called = inspect.unwrap(called, stop=lambda wrapper: hasattr(wrapper, "__signature__"))
    if isinstance(called, MethodType) and _lasts(called.__func__):
        return _read_method(called.__func__)
    if _lasts(called):
        return _read_function(called)
    return inspect.signature(called)


def _lasts(function: Any) -> bool:
    # Whatever closes over more than its own class was made for one layer, and would keep it alive.
    return isinstance(function, FunctionType) and set(function.__code__.co_freevars) <= {"__class__"}


def make_haste() -> None:
    """Leave out the errands in this process, for good."""
    KerasAutoTrackable._self_setattr_tracking = False
    remembering = SimpleNamespace(
        **{
            **vars(inspect),
            "signature": remember_signature,
            "getfullargspec": functools.cache(inspect.getfullargspec),
        }
    )
    for module in READERS_OF_SIGNATURES:
        module.inspect = remembering
