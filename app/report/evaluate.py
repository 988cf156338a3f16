"""evaluate_layer(): asks Keras about one layer call, without weights and without a model around it.

Keras' answer depends on the layer's kind, its arguments and its inputs, not on its name or the rest of the
model. So the answer is cached by just these.
"""

import functools
import math
import re
import warnings
from collections import defaultdict
from typing import Any

import keras
from keras.src.backend import KerasTensor, compute_output_spec, get_keras_mask, set_keras_mask
from keras.src.backend.common import global_state
from keras.src.backend.common.stateless_scope import in_stateless_scope
from keras.src.layers.rnn.rnn import RNN
from keras.src.utils.dtype_utils import dtype_size

from app.architecture.catalogue import OPERATION, find_kind
from app.architecture.spec import Node
from app.frozen import Shape
from app.problems import AppError
from app.report.asked import PLACEHOLDER, Asked, Evaluation, TensorSpec, write_asked
from app.report.calls import call_layer
from app.report.haste import make_haste
from app.report.initializers import check_initializers
from app.report.layers import make_layer
from app.report.misstated import say_computed
from app.report.model import Weight
from app.report.values import UnfitValue, check_statistics
from app.settings import Settings

LONGEST_MESSAGE = 2_000
MEMOISED_MODELS = 64
"""How many nested models are cached; one can hold thousands of layers."""


def evaluate_layer(node: Node, inputs: tuple[TensorSpec, ...]) -> Evaluation:
    """Ask Keras for the outputs and weights of a layer with weights of its own, called on `inputs`.

    Raises UnknownLayer and what write_asked() raises, but never what Keras raises.
    """
    return evaluate(write_asked(node, inputs))


def evaluate(asked: Asked) -> Evaluation:
    """Ask Keras, or take the cached answer. Raises UnknownLayer, but never what Keras raises."""
    if asked.model:
        return _remember_models(asked)
    return _remember_keras(asked) if asked.is_short else _ask_keras(asked)


def _ask_keras(asked: Asked) -> Evaluation:
    # Keras appends the arguments of inner calls to its messages unless this is turned off, in each thread.
    keras.config.disable_traceback_filtering()
    try:
        with (
            keras.StatelessScope(initialize_variables=False),
            warnings.catch_warnings(record=True) as caught,
        ):
            warnings.simplefilter("always")
            return _call_once(asked, caught)
    except AppError:
        raise
    except UnfitValue as error:
        return Evaluation(error=error.with_traceback(None))
    except Exception as error:
        return Evaluation(error=_simplify(error))
    finally:
        _forget_layers()


def _call_once(asked: Asked, warned: list[warnings.WarningMessage]) -> Evaluation:
    """Make the layer and call it. Raises what Keras raises; its warnings are appended to `warned`."""
    node = asked.node(asked.call, asked.listed)
    if node.kind == "Normalization":
        check_statistics(node.arguments, tuple(spec.shape for spec in asked.inputs))
    if find_kind(node.kind).category == OPERATION:
        tensors = list(map(_make_tensor, asked.inputs))
        outputs = call_layer(None, node, tensors)
        return Evaluation(
            outputs=_describe_outputs(None, node, asked.inputs, outputs),
            computed=say_computed(node, tensors, outputs),
        )
    layer = make_layer(node.kind, node.arguments, node.model, asked.name)
    if asked.first is not None:
        call, listed, inputs = asked.first
        call_layer(layer, asked.node(call, listed), list(map(_make_tensor, inputs)))
        warned.clear()
    tensors = list(map(_make_tensor, asked.inputs))
    outputs = call_layer(layer, node, tensors)
    given_back = any(output is tensor for output in outputs for tensor in tensors)
    if given_back and (cycle := _find_cycle(layer, node, asked)):
        return Evaluation(error=cycle, gives_back=True)
    messages = tuple(str(warning.message) for warning in warned)
    check_initializers(layer)
    weights = _list_weights(layer)
    return Evaluation(
        outputs=_describe_outputs(layer, node, asked.inputs, outputs),
        weights=weights,
        bytes=sum(map(_count_bytes, weights)),
        supports_masking=layer.supports_masking,
        compute_dtype=layer.compute_dtype,
        variable_dtype=layer.variable_dtype,
        trainable=layer.trainable,
        warnings=messages,
    )


_remember_keras = functools.lru_cache(maxsize=Settings().memoised_layers)(_ask_keras)
_remember_models = functools.lru_cache(maxsize=MEMOISED_MODELS)(_ask_keras)


def _make_tensor(spec: TensorSpec) -> Any:
    tensor = KerasTensor(spec.shape, dtype=spec.dtype)
    if spec.mask is not None:
        set_keras_mask(tensor, KerasTensor(spec.mask, dtype="bool"))
    return tensor


def _find_cycle(layer: Any, node: Node, asked: Asked) -> Exception | None:
    # For Keras, a layer that gives back the very tensor it was given reads from itself, unless the tensor
    # enters the model there and does not leave it at once. It only says so where a model is made.
    entering = [keras.Input(batch_shape=spec.shape, dtype=spec.dtype) for spec in asked.inputs]
    leaving = call_layer(layer, node, entering)
    try:
        keras.Model(
            entering, [keras.layers.Identity()(each) for each in leaving] if asked.passes_on else leaving
        )
    except ValueError as error:
        return _simplify(error)
    return None


def _describe_outputs(
    layer: Any, node: Node, inputs: tuple[TensorSpec, ...], outputs: list[Any]
) -> tuple[TensorSpec, ...]:
    """The outputs of a layer; if its inputs have drawn shapes, it is called once more, on these."""
    described = tuple(map(_describe_tensor, outputs))
    if not any(spec.drawn for spec in inputs):
        return described
    tensors = [KerasTensor(spec.drawn or spec.shape, dtype=spec.dtype) for spec in inputs]
    try:
        shapes = [tuple(tensor.shape) for tensor in call_layer(layer, node, tensors)]
    except Exception:
        # The layer cannot run on this number of timesteps, though on others.
        return described
    return tuple(
        spec if shape == spec.shape else spec._replace(drawn=shape)
        for spec, shape in zip(described, shapes, strict=True)
    )


def _describe_tensor(tensor: Any) -> TensorSpec:
    mask = get_keras_mask(tensor)
    return TensorSpec(_read_shape(tensor), tensor.dtype, None if mask is None else _read_shape(mask))


def _read_shape(tensor: Any) -> Shape:
    # Keras keeps True where it takes it for 1.
    return tuple(size if size is None else int(size) for size in tensor.shape)


def _list_weights(layer: Any) -> tuple[Weight, ...]:
    """The weights in Keras' order; if two have the same name, their path inside the layer is added.

    `trainable` is read from the weight, as trainable=False is not passed on to every inner layer.
    """
    names = [weight.name for weight in layer.weights]
    return tuple(
        Weight(
            name=name if names.count(name) == 1 else weight.path.removeprefix(f"{PLACEHOLDER}/"),
            shape=_read_shape(weight),
            dtype=weight.dtype,
            trainable=weight.trainable,
        )
        for name, weight in zip(names, layer.weights, strict=True)
    )


def _count_bytes(weight: Weight) -> int:
    return math.prod(size or 0 for size in weight.shape) * int(dtype_size(weight.dtype)) // 8


_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def _simplify(error: Exception) -> Exception:
    """The error with a tidied message, as the nearest built-in exception, without frames and tensors."""
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


_create_state_variables = RNN._create_state_variables


def _create_states(rnn: Any, batch: int) -> None:
    if in_stateless_scope():
        rnn.states = compute_output_spec(rnn.get_initial_state, batch)
    else:
        # It is running on data.
        _create_state_variables(rnn, batch)


# Keras starts the state of a stateful layer from concrete zeros, which a scope without values refuses,
# and which could fill the memory. Only their shapes matter there.
RNN._create_state_variables = keras.src.utils.tracking.no_automatic_dependency_tracking(_create_states)

make_haste()
