"""What real Keras does with time: layers with random weights, run on random sequences, and differentiated."""

from typing import Any

import keras
import numpy as np
import tensorflow as tf

Blocks = tuple[tuple[int, ...], ...]
"""For each output step, the input steps whose block of the Jacobian is not zero."""

SAMPLES = 16
"""A ReLU or a maximum is blind to some of its input: one random sample would hide some blocks."""

NOISE = 1e-11
"""Derivatives are computed in float64; one that ought to be zero is smaller than this."""


def make_layer(kind: str, arguments: dict[str, Any]) -> Any:
    made = {name: make_value(value) for name, value in arguments.items()}
    return getattr(keras.layers, kind)(**{"dtype": "float64", **made})


def make_value(value: Any) -> Any:
    if isinstance(value, dict):
        return make_layer(value["kind"], value.get("arguments", {}))
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [make_value(part) for part in value]
    return value


def randomise_weights(layer: Any) -> None:
    """Generic weights: none is zero, none is like another. Variances stay positive."""
    random = np.random.default_rng(0)
    for weight in layer.weights:
        if not np.issubdtype(weight.dtype, np.floating):
            continue
        sizes = random.uniform(0.2, 1.0, weight.shape)
        signs = random.choice([-1, 1], weight.shape)
        weight.assign(sizes if "variance" in weight.name else sizes * signs)


def first_output(layer: Any, tensors: list[Any], **call: Any) -> Any:
    queries = (keras.layers.MultiHeadAttention, keras.layers.GroupQueryAttention)
    called_on = tensors if isinstance(layer, queries) or len(tensors) == 1 else [tensors]
    outputs = layer(*called_on, training=False, **call)
    return outputs[0] if isinstance(outputs, list | tuple) else outputs


def find_blocks(
    layer: Any,
    shapes: tuple[tuple[int, ...], ...],
    axis_in: int | None,
    axis_out: int | None,
    reads: tuple[int, ...] | None = None,
    **call: Any,
) -> Blocks:
    """The non-zero blocks of the Jacobian of the first output by the first input, at inference.

    An axis that is None makes one step of the whole tensor. `reads` tells which of the tensors the layer
    is called on, in order; it may read one twice. `call` is what it is called with besides.
    """
    random = np.random.default_rng(1)
    tensors = [tf.constant(random.normal(size=(SAMPLES, *shape))) for shape in shapes]
    called_on = [tensors[place] for place in reads or range(len(tensors))]
    first_output(layer, called_on, **call)
    randomise_weights(layer)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(tensors[0])
        output = tf.cast(first_output(layer, called_on, **call), tf.float64)
        # Samples hardly ever touch each other, and no number cancels another that is weighed at random:
        # one derivative of a weighted sum holds those of everything in a step, of all samples.
        others = [axis for axis in range(output.ndim) if axis != axis_out]
        weights = random.uniform(
            0.5, 1.0, [output.shape[axis] if axis in others else 1 for axis in range(output.ndim)]
        )
        steps = tf.reduce_sum(output * weights, others)
    jacobian = tape.jacobian(
        steps, tensors[0], unconnected_gradients="zero", experimental_use_pfor=False
    ).numpy()
    steps_out = None if axis_out is None else 0
    steps_in = None if axis_in is None else steps.ndim + axis_in
    return list_steps(measure_blocks(jacobian, steps_out, steps_in) > NOISE)


def measure_blocks(jacobian: np.ndarray, steps_out: int | None, steps_in: int | None) -> np.ndarray:
    """The largest entry of each block: a matrix, output steps by input steps, along these axes."""
    others = tuple(axis for axis in range(jacobian.ndim) if axis not in (steps_out, steps_in))
    shape = [1 if axis is None else jacobian.shape[axis] for axis in (steps_out, steps_in)]
    return np.abs(jacobian).max(axis=others, initial=0).reshape(shape)


def find_changes(layer: Any, timesteps: int, axis_out: int, vocabulary: int) -> Blocks:
    """Which output steps change when one token of a sequence is exchanged for another."""
    tokens = np.arange(timesteps) % (vocabulary - 1)
    before = layer(tokens[None]).numpy()
    changes = []
    for step in range(timesteps):
        exchanged = tokens.copy()
        exchanged[step] = vocabulary - 1
        after = layer(exchanged[None]).numpy()
        others = tuple(axis for axis in range(after.ndim) if axis != axis_out)
        changes.append((after != before).any(axis=others))
    return list_steps(np.array(changes).T)


def list_steps(blocks: np.ndarray) -> Blocks:
    return tuple(tuple(int(step) for step in np.flatnonzero(row)) for row in blocks)
