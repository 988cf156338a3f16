"""rearrange(): where a layer moves each number: Keras is given 1, 2, 3, … and its output is read."""

import math
from typing import TypeAlias

import keras
import numpy as np
from numpy.typing import NDArray

from app.architecture.catalogue import OPERATION, find_kind
from app.architecture.spec import Node
from app.report.asked import PLACEHOLDER, TensorSpec
from app.report.calls import call_layer
from app.report.evaluate import evaluate_layer
from app.report.layers import make_layer

Numbers: TypeAlias = NDArray[np.int32]

MOST_NUMBERS = 2**20
"""The largest tensor whose numbers are followed."""

SAMPLES = 2
"""How many samples Keras is given, to see whether it moves numbers between them."""

PADDING = 0
"""The number for positions that the layer filled itself; the numbers of its input begin with 1."""


def count_up(*sizes: int) -> Numbers:
    """An array of these sizes, with the numbers 1, 2, 3, … in reading order."""
    return np.arange(1, math.prod(sizes) + 1, dtype=np.int32).reshape(sizes)


def rearrange(node: Node, sizes: tuple[int, ...]) -> Numbers | None:
    """The numbers 1, 2, 3, … after what computes nothing; `sizes` are without the batch axis.

    None if Keras raises, if numbers leave their sample, or if there are more than MOST_NUMBERS numbers in a
    sample before or after.
    """
    evaluation = evaluate_layer(node, (TensorSpec((1, *sizes), "int32"),))
    shapes = [tensor.shape for tensor in evaluation.outputs]
    if not shapes or any(math.prod(size or 1 for size in shape) > MOST_NUMBERS for shape in (sizes, *shapes)):
        return None
    is_function = find_kind(node.kind).category == OPERATION
    layer = None if is_function else make_layer(node.kind, node.arguments, None, PLACEHOLDER)
    given = count_up(SAMPLES, *sizes)
    try:
        moved: Numbers = np.asarray(call_layer(layer, node, [keras.ops.convert_to_tensor(given)])[0])
    except Exception:
        # Keras names a shape for `Reshape("24")`, which never runs.
        return None
    if len(moved) != SAMPLES:
        return None
    first, second = moved
    other = np.where(first > PADDING, first + math.prod(sizes), PADDING)
    return first if np.array_equal(second, other) else None


def pad_sequences(
    sequences: list[list[int]], maxlen: int | None, padding: str, truncating: str = "pre", value: int = 0
) -> Numbers:
    """As `keras.utils.pad_sequences`; `padding` and `truncating` are "pre" or "post"."""
    return np.asarray(
        keras.utils.pad_sequences(
            sequences, maxlen=maxlen, padding=padding, truncating=truncating, value=value
        )
    )
