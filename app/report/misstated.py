"""Operations for which Keras states another shape than it computes; the report shows both."""

from collections.abc import Sequence
from typing import Any

import keras
from keras.src.backend import compute_output_spec

from app.architecture.spec import Node
from app.frozen import Shape
from app.problems import Problem
from app.report.asked import Evaluation
from app.report.calls import call_layer
from app.report.explain.words import join_words, tidy_message, write_shape

MISSTATED = {
    "ops.adaptive_average_pool": 1,
    "ops.adaptive_max_pool": 1,
    "ops.corrcoef": 1,
    "ops.slogdet": 1,
    "ops.where": 1,
}
"""The operations that are computed to see their shapes, which is slow, and how many tensors they are called
on. A test looks for others."""


def say_computed(node: Node, tensors: list[Any], stated: Sequence[Any]) -> str | None:
    """The computed shapes, in words, if they differ from those that Keras states; else None."""
    if len(tensors) != MISSTATED.get(node.kind):
        return None
    try:
        computed = compute_output_spec(lambda *given: call_layer(None, node, list(given)), *tensors)
    except Exception as error:
        return f"cannot compute it ({tidy_message(error)})"
    shapes = [tuple(tensor.shape) for tensor in keras.tree.flatten(computed)]
    if fits([tuple(tensor.shape) for tensor in stated], shapes):
        return None
    return f"computes {join_words(list(map(write_shape, shapes)))}"


def fits(stated: Sequence[Shape], computed: Sequence[Shape]) -> bool:
    """Whether both have the same number of axes, and the same sizes where both are known."""
    if list(map(len, stated)) != list(map(len, computed)):
        return False
    pairs = [pair for both in zip(stated, computed, strict=True) for pair in zip(*both, strict=True)]
    return all(None in pair or pair[0] == pair[1] for pair in pairs)


def warn_of_shape(node: Node, evaluation: Evaluation) -> Problem | None:
    """A warning if Keras computes another shape than it states; else None."""
    if evaluation.computed is None:
        return None
    stated = join_words([write_shape(tensor.shape) for tensor in evaluation.outputs])
    return Problem(
        code="shape-misstated",
        severity="warning",
        layer=node.name,
        line=node.line,
        happened=f"Keras states that {node.name} gives {stated}, and {evaluation.computed}.",
        expected="One shape, before the model is run and while it is.",
        fix="Write it another way, such as with the layer AdaptiveAveragePooling2D or with three arguments "
        "of ops.where. The layers after this one are computed on what Keras states.",
    )
