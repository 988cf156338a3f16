"""run_twice(): the real model with real weights, run on data, and again with other numbers in its padding."""

import warnings
from collections.abc import Mapping
from typing import Any, NamedTuple

import keras
import numpy as np
from keras.src.backend import get_keras_mask, set_keras_mask
from numpy.typing import NDArray

from app.architecture.spec import Architecture
from app.report.calls import call_layer
from app.report.layers import find_layer

Array = NDArray[Any]

SEED = 1
TOLERANCE = 1e-6


class Ran(NamedTuple):
    """What left one layer: its mask (None: it has none), and which numbers were others the second time."""

    mask: Array | None
    changed: Array


def run_twice(architecture: Architecture, data: Mapping[str, Array]) -> dict[str, Ran]:
    """The first output of every layer, by name, for the data of every input.

    The second time, whatever leaves a layer that makes a mask has other numbers at the masked timesteps.
    Raises what Keras raises.
    """
    layers: dict[str, Any] = {}
    keras.utils.set_random_seed(SEED)
    with warnings.catch_warnings():
        # That a mask is lost is told by the report.
        warnings.simplefilter("ignore")
        once = _run(architecture, data, layers, disturbed=False)
        again = _run(architecture, data, layers, disturbed=True)
    return {name: _compare(once[name][0], again[name][0]) for name in once}


def _run(
    architecture: Architecture, data: Mapping[str, Array], layers: dict[str, Any], disturbed: bool
) -> dict[str, list[Any]]:
    tensors: dict[str, list[Any]] = {}
    for node in architecture.nodes:
        if node.is_input:
            tensors[node.name] = [keras.ops.convert_to_tensor(data[node.name])]
            continue
        read = [tensors[source.node][source.output] for source in node.inbound]
        given = call_layer(find_layer(node, layers), node, read)
        if disturbed and all(get_keras_mask(tensor) is None for tensor in read):
            given = [_disturb(tensor) for tensor in given]
        tensors[node.name] = given
    return tensors


def _disturb(tensor: Any) -> Any:
    """The tensor with other numbers where its own mask marks padding."""
    mask = get_keras_mask(tensor)
    if mask is None:
        return tensor
    numbers = np.array(tensor)
    noise = np.random.default_rng(SEED).normal(size=numbers.shape).astype(numbers.dtype)
    kept = np.array(mask).reshape(mask.shape + (1,) * (numbers.ndim - len(mask.shape)))
    other = keras.ops.convert_to_tensor(np.where(kept, numbers, numbers + 1 + np.abs(noise)))
    set_keras_mask(other, mask)
    return other


def _compare(once: Any, again: Any) -> Ran:
    mask = get_keras_mask(once)
    changed = np.abs(np.array(once, dtype="float64") - np.array(again, dtype="float64")) > TOLERANCE
    return Ran(None if mask is None else np.array(mask), changed)
