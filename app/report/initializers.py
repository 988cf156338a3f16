"""check_initializers(): whether weights could be given first values, which a build without weights skips."""

import functools
from typing import Any

import keras

USUAL = "float32"
"""Every initializer of Keras makes this type."""


def check_initializers(layer: Any) -> None:
    """Raises what Keras raises where an initializer cannot make the type of its weight.

    TensorFlow has no orthogonal matrices of bfloat16, so that an LSTM of this type fails in Keras too.
    """
    for weight in layer.weights:
        initializer = weight._initializer
        if weight.dtype != USUAL and isinstance(initializer, keras.initializers.Initializer):
            kind: Any = type(initializer)
            _try_out(kind, weight.dtype, max(2, len(weight.shape)))


@functools.cache
def _try_out(initializer: Any, dtype: str, rank: int) -> None:
    initializer()((2,) * rank, dtype=dtype)
