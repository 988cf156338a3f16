"""can_mark_padding(): whether a merging layer's output mask can ever mark a timestep as padding."""

import functools
import json

import keras

from app.architecture.spec import Node
from app.report.asked import PLACEHOLDER, TensorSpec

Inputs = tuple[TensorSpec, ...]

FEW = 2
"""The longest axis of the tensors that Keras is asked with."""


def can_mark_padding(node: Node, inputs: Inputs) -> bool:
    """Asks Keras to merge masks that mark every timestep as padding, and looks whether any still is.

    `node` is a merging layer that builds and returns a mask although some of its `inputs` have none.
    """
    shrunk = tuple(
        TensorSpec(_shrink(spec.shape), spec.dtype, spec.mask and _shrink(spec.mask)) for spec in inputs
    )
    return _ask_keras(node.kind, json.dumps(node.arguments, sort_keys=True), shrunk)


@functools.lru_cache(maxsize=256)
def _ask_keras(kind: str, arguments: str, inputs: Inputs) -> bool:
    layer = getattr(keras.layers, kind)(**{**json.loads(arguments), "name": PLACEHOLDER})
    tensors = [keras.ops.zeros(spec.shape, spec.dtype) for spec in inputs]
    masks = [None if spec.mask is None else keras.ops.zeros(spec.mask, "bool") for spec in inputs]
    joined = layer.compute_mask(tensors, masks)
    return not bool(keras.ops.all(joined))


def _shrink(shape: tuple[int | None, ...]) -> tuple[int, ...]:
    # Equal sizes stay equal, and a size of 1, which is broadcast, stays 1.
    return tuple(FEW if size is None else min(size, FEW) for size in shape)
