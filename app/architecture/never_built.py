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

NEVER_CALLED: Mapping[str, str] = {
    **dict.fromkeys(("AssociativeScan", "Cond", "ForiLoop", "JVP", "Map"), "is given a function"),
    **dict.fromkeys(("Scan", "Switch", "VectorizedMap", "WhileLoop"), "is given a function"),
    **dict.fromkeys(("Arange", "Geomspace", "Linspace", "Logspace"), "makes numbers between two tensors"),
    **dict.fromkeys(("Array", "Full"), "makes a tensor of what it is given"),
    **dict.fromkeys(("Ndim", "Size"), "gives a number, not a tensor, in eager code"),
    "Select": "chooses between lists of tensors",
}
"""Operations of keras.ops that are in no list of those that are called here, each with the reason.

In a saved model they are opaque layers, whose output shapes are those that their readers were saved with.
"""
