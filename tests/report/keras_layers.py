"""Real Keras layers for the tests of the report: one layer, called on symbolic tensors, without weights."""

from typing import Any, NamedTuple

import keras
from eager import call_layer as call_tensors
from eager import make_layer

from app.architecture.spec import Node, Source
from app.report.model import Weight

Shape = tuple[int | None, ...]


class Called(NamedTuple):
    """What Keras made of one layer: shapes and weights, or the error it raised."""

    node: Node
    input_shapes: tuple[Shape, ...]
    output_shapes: tuple[Shape, ...] = ()
    weights: tuple[Weight, ...] = ()
    error: Exception | None = None


def make_node(kind: str, name: str = "", **arguments: Any) -> Node:
    inbound = (Source(node="before"),)
    return Node(kind=kind, name=name or kind.lower(), arguments=arguments, inbound=inbound)


def call_layer(node: Node, *shapes: Shape, dtype: str = "float32") -> Called:
    """Make the layer of `node` and call it on tensors of these shapes, whatever comes of it."""
    try:
        layer = make_layer(node.kind, node.arguments, node.name)
        tensors = [keras.KerasTensor(shape, dtype) for shape in shapes]
        with keras.StatelessScope(initialize_variables=False):
            outputs = call_tensors(layer, tensors)
    except Exception as error:
        return Called(node, shapes, error=error)
    weights = tuple(
        Weight(
            name=weight.name, shape=tuple(weight.shape), dtype=str(weight.dtype), trainable=weight.trainable
        )
        for weight in layer.weights
    )
    return Called(node, shapes, tuple(tuple(output.shape) for output in outputs), weights)
