"""make_haste(): speeds up Keras by leaving out work that a build without weights does not need.

Nothing here knows a rule of Keras: the answers are the same, in half the time. Work is left out if nobody
here reads its result, or it is cached:

- TensorFlow notes every attribute of every layer for checkpoints, which are never written here.
- Keras asks of every attribute whether it is a variable, a layer, a metric and so on; a number never is. It
  asks of every argument whether it is a tensor of TensorFlow's; one without values never is, nor is a number.
- Keras looks an initializer up by its name and makes a new one for every weight, though without values it
  holds nothing but its arguments; and it derives the default name of every layer from its class anew.
- Keras notes the constructor's arguments of every layer, for layers that do not write their own config.
- A recurrent layer lists every attribute of its cell to see whether there are two.
- Keras inspects the signatures of its own constructors and methods anew for every layer, and Python (until
  3.12) lists the members of a protocol anew whenever it tells tensors from other values. Neither changes.
"""

import functools
import inspect
import typing
from types import FunctionType, MethodType, SimpleNamespace
from typing import Any

import keras
from keras.src.backend import KerasTensor, Variable
from keras.src.backend.common.stateless_scope import in_stateless_scope
from keras.src.backend.tensorflow.trackable import KerasAutoTrackable
from keras.src.metrics.metric import Metric
from keras.src.ops.operation import Operation
from keras.src.random.seed_generator import SeedGenerator
from keras.src.utils.python_utils import is_default
from keras.src.utils.tracking import TrackedDict, TrackedList, TrackedSet, Tracker, is_tracking_enabled

READERS_OF_SIGNATURES = (keras.src.layers.layer, keras.src.ops.operation)
TRACKED = (Variable, Metric, Operation, SeedGenerator, list, tuple, dict, set)
"""Types that a layer tracks, and types that may contain them."""

REMEMBERED_NAMES = 256
"""How many initializers and class names are cached; Keras has fewer, but visitors may ask for any."""

CONTAINERS = {list: TrackedList, dict: TrackedDict, set: TrackedSet}
"""What Keras makes of these when they become an attribute of a layer."""

NEVER_TENSORS = frozenset({KerasTensor, type(None), bool, int, float, str})
"""Types that TensorFlow would inspect for long to find that they are not its tensors."""

_track = Tracker.track
_get_initializer = keras.src.initializers.get
_is_tensor = keras.src.backend.is_tensor
_make_operation = Operation.__new__


def make_haste() -> None:
    """Leave out this work in this process, for good."""
    KerasAutoTrackable.__setattr__ = object.__setattr__
    Tracker.track = track_what_may_be_tracked
    keras.layers.Layer.__setattr__ = set_attribute
    keras.layers.Layer.__dir__ = list_attributes
    Operation.__new__ = make_operation
    keras.src.backend.is_tensor = is_tensor
    keras.src.initializers.get = get_initializer
    keras.src.utils.naming.to_snake_case = functools.lru_cache(REMEMBERED_NAMES)(
        keras.src.utils.naming.to_snake_case
    )
    typing._get_protocol_attrs = functools.cache(typing._get_protocol_attrs)  # type: ignore[attr-defined]
    remembering = SimpleNamespace(
        **{
            **vars(inspect),
            "signature": remember_signature,
            "getfullargspec": functools.cache(inspect.getfullargspec),
        }
    )
    for module in READERS_OF_SIGNATURES:
        module.inspect = remembering


def track_what_may_be_tracked(tracker: Any, value: Any) -> Any:
    """In place of Tracker.track."""
    kind: Any = type(value)
    if not _may_be_tracked(kind):
        return value
    if kind in CONTAINERS:
        return CONTAINERS[kind](value, tracker) if is_tracking_enabled() else value
    return _track(tracker, value)


@functools.cache
def _may_be_tracked(kind: Any) -> bool:
    return issubclass(kind, TRACKED)


def set_attribute(layer: Any, name: str, value: Any) -> None:
    """In place of Layer.__setattr__."""
    kind: Any = type(value)
    if _may_be_tracked(kind) and name != "_tracker":
        if "_tracker" not in vars(layer):
            layer._initialize_tracker()
        value = track_what_may_be_tracked(layer._tracker, value)
    object.__setattr__(layer, name, value)


def is_tensor(value: Any) -> bool:
    """In place of keras.backend.is_tensor."""
    return type(value) not in NEVER_TENSORS and _is_tensor(value)


def get_initializer(identifier: Any) -> Any:
    """In place of keras.initializers.get; without values, the same one each time for the same name.

    With values each needs a seed of its own: weights that shared one would be the same numbers.
    """
    if isinstance(identifier, str) and in_stateless_scope():
        return _get_named(identifier)
    return _get_initializer(identifier)


@functools.lru_cache(REMEMBERED_NAMES)
def _get_named(name: str) -> Any:
    return _get_initializer(name)


def list_attributes(layer: Any) -> list[str]:
    """In place of object.__dir__."""
    kind: Any = type(layer)
    return [*_list_class_attributes(kind), *vars(layer)]


@functools.cache
def _list_class_attributes(kind: Any) -> tuple[str, ...]:
    return tuple(dir(kind))


def make_operation(cls: type, *arguments: Any, **keywords: Any) -> Any:
    """In place of Operation.__new__."""
    if _writes_its_config(cls):
        return object.__new__(cls)
    return _make_operation(cls, *arguments, **keywords)


@functools.cache
def _writes_its_config(cls: Any) -> bool:
    return not is_default(cls.get_config)


def remember_signature(called: Any) -> inspect.Signature:
    """In place of inspect.signature. Only functions that live as long as their module are cached."""
    called = inspect.unwrap(called, stop=lambda wrapper: hasattr(wrapper, "__signature__"))
    if isinstance(called, MethodType) and _lasts(called.__func__):
        return _read_method(called.__func__)
    if _lasts(called):
        return _read_function(called)
    return inspect.signature(called)


def _lasts(function: Any) -> bool:
    # A closure over more than its class was made for one layer, and would keep that alive.
    return isinstance(function, FunctionType) and set(function.__code__.co_freevars) <= {"__class__"}


@functools.cache
def _read_function(function: FunctionType) -> inspect.Signature:
    return inspect.signature(function)


@functools.cache
def _read_method(function: FunctionType) -> inspect.Signature:
    return inspect.signature(MethodType(function, object()))
