"""rearrange(): where a layer moves each number: Keras is given 1, 2, 3, … and its output is read."""

import math
from typing import TypeAlias

import keras
import numpy as np
from numpy.typing import NDArray

from app.architecture.spec import Node
from app.report.asked import PLACEHOLDER, TensorSpec
from app.report.evaluate import evaluate_layer
from app.report.layers import make_layer

Numbers: TypeAlias = NDArray[np.int32]

MOST_NUMBERS = 2**20
"""The largest tensor whose numbers are followed."""

PADDING = 0
"""The number for positions that the layer filled itself; the numbers of its input begin with 1."""


def count_up(*sizes: int) -> Numbers:
    """An array of these sizes, with the numbers 1, 2, 3, … in reading order."""
    return np.arange(1, math.prod(sizes) + 1, dtype=np.int32).reshape(sizes)


def rearrange(node: Node, sizes: tuple[int, ...]) -> Numbers | None:
    """The numbers 1, 2, 3, … after a layer that computes nothing; `sizes` are without the batch axis.

    None if Keras raises, or there are more than MOST_NUMBERS numbers before or after.
    """
    evaluation = evaluate_layer(node, (TensorSpec((1, *sizes), "int32"),))
    shapes = [tensor.shape for tensor in evaluation.outputs]
    if not shapes or any(math.prod(size or 1 for size in shape) > MOST_NUMBERS for shape in (sizes, *shapes)):
        return None
    layer = make_layer(node.kind, node.arguments, None, PLACEHOLDER)
    try:
        moved: Numbers = np.asarray(layer(count_up(1, *sizes)))[0]
    except Exception:
        # Keras names a shape for `Reshape("24")`, which never runs.
        return None
    return moved


def pad_sequences(
    sequences: list[list[int]], maxlen: int | None, padding: str, truncating: str = "pre", value: int = 0
) -> Numbers:
    """As `keras.utils.pad_sequences`; `padding` and `truncating` are "pre" or "post"."""
    return np.asarray(
        keras.utils.pad_sequences(
            sequences, maxlen=maxlen, padding=padding, truncating=truncating, value=value
        )
    )
