"""Keras classes that are never built here, each with the reason."""

from collections.abc import Mapping

NEVER_BUILT: Mapping[str, str] = {
    "FlaxLayer": "holds a module of Flax",
    "JaxLayer": "holds functions of JAX",
    "Lambda": "holds a function of somebody's own",
    "Layer": "is the base of all layers, and computes nothing itself",
    "TFSMLayer": "loads a saved model from a file",
    "TorchModuleWrapper": "holds a module of PyTorch",
    "Wrapper": "is the base of layers that wrap another one, and computes nothing itself",
}
"""By class. Models may contain them as opaque layers, which declare their output shapes."""
