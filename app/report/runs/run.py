"""run_twice(): runs a model on data, and again with other numbers in the padding."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import keras
import numpy as np
from keras.src.backend import get_keras_mask, set_keras_mask

from app.architecture.spec import Architecture, Node
from app.report.calls import call_layer
from app.report.runs.inside import OpenRun, Path
from app.report.runs.running import SEED, Array

TOLERANCE = 1e-6


class Ran(NamedTuple):
    """One layer's output mask (None if it has none), and which numbers differed in the second run."""

    mask: Array | None
    changed: Array


def run_twice(architecture: Architecture, data: Mapping[str, Array]) -> dict[Path, Ran]:
    """The first output of every layer, also inside nested models, for the data of each input.

    In the second run, layers that make a mask have other numbers at their masked timesteps. Raises what Keras
    raises.
    """
    layers: dict[str, Any] = {}
    # One generator for all tensors, as equal noise in two of them would cancel in their difference.
    noise = np.random.default_rng(SEED)

    def call_disturbed(layer: Any, node: Node, read: list[Any]) -> list[Any]:
        given = call_layer(layer, node, read)
        if all(get_keras_mask(tensor) is None for tensor in read):
            return [_disturb(tensor, noise) for tensor in given]
        return given

    first = OpenRun(call_layer)
    once = first.run(architecture, data, layers)
    _forget_states(layers.values())
    again = OpenRun(call_disturbed, once).run(architecture, data, layers)
    return {path: _compare(once[path][0], given[0], first.masks.get(path)) for path, given in again.items()}


def _forget_states(layers: Iterable[Any]) -> None:
    """Reset stateful layers, so that the second run does not begin with the states of the first."""
    for layer in layers:
        if isinstance(layer, keras.layers.RNN | keras.layers.Bidirectional) and layer.stateful:
            layer.reset_state()
        _forget_states(getattr(layer, "layers", ()))


def _disturb(tensor: Any, noise: np.random.Generator) -> Any:
    """The tensor with other numbers where its mask marks padding."""
    mask = get_keras_mask(tensor)
    if mask is None:
        return tensor
    numbers = np.array(tensor)
    more = 1 + np.abs(noise.normal(size=numbers.shape))
    kept = np.array(mask).reshape(mask.shape + (1,) * (numbers.ndim - len(mask.shape)))
    other = keras.ops.convert_to_tensor(np.where(kept, numbers, numbers + more.astype(numbers.dtype)))
    set_keras_mask(other, mask)
    return other


def _compare(once: Any, again: Any, mask: Any) -> Ran:
    changed = np.abs(np.array(once, dtype="float64") - np.array(again, dtype="float64")) > TOLERANCE
    return Ran(None if mask is None else np.array(mask), changed)
