"""Asking Keras about one layer, without a model around it."""

from typing import Any

from app.architecture.spec import Node, Source
from app.report import evaluate
from app.report.asked import Evaluation, TensorSpec


def evaluate_layer(kind: str, arguments: dict[str, Any], inputs: tuple[TensorSpec, ...]) -> Evaluation:
    """What Keras makes of a layer of this kind, called on these tensors."""
    inbound = tuple(Source(node="source") for _ in inputs)
    # Not validated: what no Architecture would hold is asked about as well.
    node = Node.model_construct(
        kind=kind, name="layer", arguments=arguments, inbound=inbound, call={}, shares=None, model=None
    )
    return evaluate.evaluate_layer(node, inputs)
