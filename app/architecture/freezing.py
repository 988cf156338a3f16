"""freeze_layers(): a model that is not trained as a whole."""

from app.architecture.catalogue import find_kind
from app.architecture.spec import Architecture, Node


def freeze_layers(architecture: Architecture) -> Architecture:
    """The model with `trainable=False` in every layer.

    Keras trains nothing of a model that was made so, and forgets it where the model is a layer of another.
    """
    return architecture.model_copy(update={"nodes": tuple(map(_freeze, architecture.nodes))})


def _freeze(node: Node) -> Node:
    if node.model is not None:
        return node.model_copy(update={"model": freeze_layers(node.model)})
    takes = find_kind(node.kind).argument("trainable") is not None
    return node.with_arguments(trainable=False) if takes else node
