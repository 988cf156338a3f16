"""evaluate_layer(): one layer, called once, by Keras itself, without weights and without a model around it.

What Keras answers depends on the layer's kind, its arguments and what it is called on; not on its name,
nor on the rest of the model. So the answer is remembered by just these.
"""

import functools
import json
import math
import re
import warnings
from collections import defaultdict
from typing import Any, NamedTuple

import keras
from keras.src.backend import KerasTensor, compute_output_spec, get_keras_mask, set_keras_mask
from keras.src.backend.common import global_state
from keras.src.layers.rnn.rnn import RNN
from keras.src.utils.dtype_utils import dtype_size

from app.architecture.catalogue import CELL, Kind, find_kind
from app.frozen import JsonObject, Shape
from app.problems import AppError
from app.report.haste import make_haste
from app.report.model import Weight
from app.report.values import (
    UnfitValue,
    check_batch_shape,
    check_statistics,
    check_value,
    is_layer,
    is_layers,
)
from app.settings import Settings

PLACEHOLDER = "the_layer_that_is_asked_about"
"""Layers are built under this name, which messages are searched for afterwards."""

DEEPEST_WRAPPING = 8
LONGEST_KEY = 4_000
"""Longer arguments (in characters of JSON) are not remembered: they would fill the memory."""
LONGEST_MESSAGE = 2_000


class TensorSpec(NamedTuple):
    """A tensor as Keras knows it before run time. `mask` is the mask's shape, None where there is no mask."""

    shape: Shape
    dtype: str
    mask: Shape | None = None


class Evaluation(NamedTuple):
    """What Keras made of one layer call. Where it raised, `error` is what it said, and the rest is empty."""

    outputs: tuple[TensorSpec, ...] = ()
    weights: tuple[Weight, ...] = ()
    bytes: int = 0
    supports_masking: bool = False
    warnings: tuple[str, ...] = ()
    error: Exception | None = None


def evaluate_layer(
    kind: str, arguments: JsonObject, inputs: tuple[TensorSpec, ...], name: str = PLACEHOLDER
) -> Evaluation:
    """Ask Keras for the outputs and weights of a layer. Raises UnknownLayer, but never what Keras raises.

    `name` is only given where Keras may have something to say about it.
    """
    try:
        key = json.dumps(arguments, sort_keys=True)
    except (ValueError, RecursionError) as error:
        return Evaluation(error=_simplify(error))
    if len(key) > LONGEST_KEY:
        return _ask_keras(kind, key, inputs, name)
    return _remember_keras(kind, key, inputs, name)


def _ask_keras(kind: str, arguments: str, inputs: tuple[TensorSpec, ...], name: str) -> Evaluation:
    # Keras appends the arguments of every inner call to its messages unless told so, in each thread.
    keras.config.disable_traceback_filtering()
    try:
        with (
            keras.StatelessScope(initialize_variables=False),
            warnings.catch_warnings(record=True) as caught,
        ):
            warnings.simplefilter("always")
            values = json.loads(arguments)
            if kind == "Normalization":
                check_statistics(values, tuple(spec.shape for spec in inputs))
            layer = _make_layer(kind, values, name)
            outputs = _call_layer(layer, find_kind(kind), inputs)
            weights = _list_weights(layer)
            return Evaluation(
                outputs=tuple(map(_describe_tensor, outputs)),
                weights=weights,
                bytes=sum(math.prod(w.shape) * dtype_size(w.dtype) // 8 for w in weights),  # type: ignore[arg-type]
                supports_masking=layer.supports_masking,
                warnings=tuple(str(warning.message) for warning in caught),
            )
    except AppError:
        raise
    except UnfitValue as error:
        return Evaluation(error=error.with_traceback(None))
    except Exception as error:
        return Evaluation(error=_simplify(error))
    finally:
        _forget_layers()


_remember_keras = functools.lru_cache(maxsize=Settings().memoised_layers)(_ask_keras)


def _make_layer(name: str, arguments: JsonObject, layer_name: str | None, depth: int = 0) -> Any:
    """Instantiate a layer of the catalogue, and nothing else, from plain JSON values."""
    kind = find_kind(name)
    if kind.category == CELL and not depth:
        raise UnfitValue(f"{kind.name} is one step of a recurrent layer: it belongs inside an RNN.")
    if kind.inputs == "none":
        check_batch_shape(arguments)
    passed: dict[str, Any] = {}
    for key, value in arguments.items():
        argument = kind.argument(key)
        if argument is not None and argument.type == "ignored":
            continue
        if argument is not None and argument.type == "layer" and is_layer(value):
            passed[key] = _make_inner(value, depth + 1)
        elif argument is not None and argument.type == "layer" and is_layers(value):
            passed[key] = [_make_inner(part, depth + 1) for part in value]
        else:
            # An unknown argument goes to Keras all the same: what Keras says of it is the answer.
            passed[key] = check_value(key, argument.type if argument else "unknown", value)
    if layer_name is not None:
        passed["name"] = layer_name
    return getattr(keras.layers, kind.name)(**passed)


def _make_inner(layer: dict[str, Any], depth: int) -> Any:
    if depth > DEEPEST_WRAPPING:
        raise UnfitValue(f"Layers are wrapped in each other more than {DEEPEST_WRAPPING} times.")
    return _make_layer(layer["kind"], layer.get("arguments", {}), None, depth)


def _call_layer(layer: Any, kind: Kind, inputs: tuple[TensorSpec, ...]) -> list[Any]:
    if kind.inputs == "none":
        return [layer.output]
    tensors = [_make_tensor(spec) for spec in inputs]
    alone = kind.inputs == "one" and len(tensors) == 1
    called_on = tensors if alone or kind.call == "positional" else [tensors]
    return keras.tree.flatten(layer(*called_on))  # type: ignore[no-any-return]


def _make_tensor(spec: TensorSpec) -> Any:
    tensor = KerasTensor(spec.shape, dtype=spec.dtype)
    if spec.mask is not None:
        set_keras_mask(tensor, KerasTensor(spec.mask, dtype="bool"))
    return tensor


def _describe_tensor(tensor: Any) -> TensorSpec:
    mask = get_keras_mask(tensor)
    return TensorSpec(tuple(tensor.shape), tensor.dtype, None if mask is None else tuple(mask.shape))


def _list_weights(layer: Any) -> tuple[Weight, ...]:
    """The weights in Keras' order; where two share a name, the path inside the layer tells them apart."""
    names = [weight.name for weight in layer.weights]
    trainable = {id(weight) for weight in layer.trainable_weights}
    return tuple(
        Weight(
            name=name if names.count(name) == 1 else weight.path.removeprefix(f"{PLACEHOLDER}/"),
            shape=tuple(weight.shape),
            dtype=weight.dtype,
            trainable=id(weight) in trainable,
        )
        for name, weight in zip(names, layer.weights, strict=True)
    )


_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def _simplify(error: Exception) -> Exception:
    """The same error with tidy words, as the nearest built-in exception, holding no frames and no tensors."""
    builtin: type[Exception] = next(base for base in type(error).__mro__ if base.__module__ == "builtins")
    message = _ANSI.sub("", str(error)).strip()
    if len(message) > LONGEST_MESSAGE:
        message = message[:LONGEST_MESSAGE] + "…"
    try:
        return builtin(message)
    except TypeError:
        return ValueError(message)


def _forget_layers() -> None:
    # Keras keeps every weight without a value in a list until told otherwise, and counts names;
    # with the count started anew, the layers inside a wrapper are named alike each time.
    global_state.set_global_attribute("uninitialized_variables", [])
    global_state.set_global_attribute("object_name_uids", defaultdict(int))


def _create_state_shapes(rnn: Any, batch: int) -> None:
    rnn.states = compute_output_spec(rnn.get_initial_state, batch)


# Keras starts the state of a stateful layer from concrete zeros, which a scope without values refuses,
# and which could fill the memory. Only their shapes matter here.
RNN._create_state_variables = keras.src.utils.tracking.no_automatic_dependency_tracking(_create_state_shapes)

make_haste()
