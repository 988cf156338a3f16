"""check_initializers(): whether initializers can fill the weights, which a weightless build never tries."""

import functools
from typing import Any

import keras

USUAL = "float32"
"""A dtype that every initializer of Keras can make."""


def check_initializers(layer: Any) -> None:
    """Raises what Keras raises if an initializer cannot make numbers of its weight's dtype.

    For example, TensorFlow has no orthogonal matrices of bfloat16, so an LSTM of that dtype fails in Keras.
    """
    for weight in layer.weights:
        initializer = weight._initializer
        if weight.dtype != USUAL and isinstance(initializer, keras.initializers.Initializer):
            kind: Any = type(initializer)
            _try_out(kind, weight.dtype, max(2, len(weight.shape)))


@functools.cache
def _try_out(initializer: Any, dtype: str, rank: int) -> None:
    initializer()((2,) * rank, dtype=dtype)
