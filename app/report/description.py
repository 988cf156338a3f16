"""describe_layer(): the row of a layer that builds.

Cached, as most layers stay as they are between questions.
"""

import json
from functools import lru_cache
from typing import NamedTuple

from app.architecture.spec import OPAQUE, Node, Source
from app.report.asked import PLACEHOLDER, Asked, Evaluation
from app.report.axes import name_axes
from app.report.evaluate import evaluate
from app.report.explain.opaque import explain_opaque
from app.report.masks import describe_mask, warn_of_mask
from app.report.misstated import warn_of_shape
from app.report.model import LayerReport, Parameters
from app.report.parameters import count_parameters
from app.report.row import Axes, Inputs, Row, list_drawn, write_report
from app.report.work.measure import measure_row

REMEMBERED_ROWS = 4_096
"""How many rows are cached; a row takes some kilobytes."""


class Place(NamedTuple):
    """What a layer's row depends on besides what Keras is asked: its name, line, inputs and shared layer."""

    name: str
    line: int | None
    inbound: tuple[Source, ...]
    shares: str | None


def describe_layer(asked: Asked, place: Place, axes: tuple[Axes, ...], timesteps: int) -> Row:
    """The row of a layer that builds and is no nested model.

    `axes` are those of its inputs, or an input's own. `timesteps` replace sizes that are not known before run
    time.
    """
    return (_remember if asked.is_short else _describe)(asked, place, axes, timesteps)


def _describe(asked: Asked, place: Place, axes: tuple[Axes, ...], timesteps: int) -> Row:
    node = Node.model_construct(
        kind=asked.kind, arguments=json.loads(asked.arguments), call=json.loads(asked.call), **place._asdict()
    )
    evaluation = evaluate(asked)
    if node.is_input:
        return write_row(node, Inputs((), ()), _draw(evaluation, timesteps), axes, timesteps)
    named = name_axes(node, axes, tuple(tensor.shape for tensor in evaluation.outputs))
    return write_row(node, Inputs(asked.inputs, axes), evaluation, named, timesteps)


_remember = lru_cache(REMEMBERED_ROWS)(_describe)


def _draw(evaluation: Evaluation, timesteps: int) -> Evaluation:
    """An input's evaluation, with `timesteps` for each unknown size but the batch."""
    outputs = tuple(
        tensor._replace(
            drawn=(*tensor.shape[:1], *(timesteps if size is None else size for size in tensor.shape[1:]))
        )
        if None in tensor.shape[1:]
        else tensor
        for tensor in evaluation.outputs
    )
    return evaluation._replace(outputs=outputs)


def write_row(
    node: Node,
    inputs: Inputs,
    evaluation: Evaluation,
    axes: tuple[Axes, ...],
    timesteps: int,
    layers: tuple[LayerReport, ...] = (),
) -> Row:
    """The row for what Keras answered about a layer; `axes` are those of its outputs."""
    shapes = tuple(tensor.shape for tensor in inputs.tensors)
    mask = describe_mask(node, inputs.tensors, evaluation)
    words = next(iter(evaluation.warnings), "").replace(PLACEHOLDER, node.shares or node.name)
    report = write_report(
        node,
        inputs,
        output_shapes=tuple(tensor.shape for tensor in evaluation.outputs),
        drawn_output_shapes=list_drawn(evaluation.outputs),
        output_dtypes=tuple(tensor.dtype for tensor in evaluation.outputs),
        axes=tuple(tuple(axis.name for axis in output) for output in axes),
        origins=tuple(axis.origin for axis in axes[0]) if axes else (),
        mask=mask,
        parameters=Parameters() if node.shares else count_parameters(node, shapes, evaluation.weights),
        weights=() if node.shares else evaluation.weights,
        bytes=0 if node.shares else evaluation.bytes,
        compute_dtype=evaluation.compute_dtype,
        variable_dtype=evaluation.variable_dtype,
        trainable=evaluation.trainable,
        layers=layers,
        problem=explain_opaque(node)
        if node.kind == OPAQUE
        else warn_of_shape(node, evaluation) or warn_of_mask(node, inputs.tensors, mask, words or None),
    )
    return Row(measure_row(report, node, timesteps), evaluation.outputs, axes)
