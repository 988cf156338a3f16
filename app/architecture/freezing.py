"""freeze_layers(): `trainable=False` on a whole model, written into each of its layers."""

from app.architecture.catalogue import find_kind
from app.architecture.spec import Architecture, Node


def freeze_layers(architecture: Architecture) -> Architecture:
    """The model with `trainable=False` in every layer.

    Keras trains nothing in a model made with `trainable=False`, but ignores the flag of a model that is
    nested in another. So this is for outermost models.
    """
    return architecture.model_copy(update={"nodes": tuple(map(_freeze, architecture.nodes))})


def _freeze(node: Node) -> Node:
    if node.model is not None:
        return node.model_copy(update={"model": freeze_layers(node.model)})
    takes = find_kind(node.kind).argument("trainable") is not None
    return node.with_arguments(trainable=False) if takes else node
