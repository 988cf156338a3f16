"""Layers that are passed as the `activation` of another layer, and the functions that do the same."""

from collections.abc import Mapping

LAYER_FUNCTIONS: Mapping[str, str] = {
    "ELU": "elu",
    "LeakyReLU": "leaky_relu",
    "ReLU": "relu",
    "Softmax": "softmax",
}
"""By kind. Their arguments change values only, no shape."""

LEARNING = frozenset({"PReLU"})
"""Kinds with weights of their own, which no function of Keras has."""
