"""build_rows(): Keras is asked for one layer after the other, each on what the layers before it gave."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.architecture.spec import Architecture, Node
from app.report.axes import name_axes, name_input_axes
from app.report.evaluate import PLACEHOLDER, Evaluation, TensorSpec, evaluate_layer
from app.report.explain import explain_failure
from app.report.masks import describe_mask, warn_of_mask
from app.report.model import Axis, LayerReport
from app.report.parameters import count_parameters
from app.report.values import UnfitValue

Axes = tuple[Axis, ...]


class Row(NamedTuple):
    """A layer's report, and what the layers after it need of it: a tensor and its axes for each output."""

    report: LayerReport
    tensors: tuple[TensorSpec, ...] = ()
    axes: tuple[Axes, ...] = ()


class Inputs(NamedTuple):
    """What a layer is called on, one of each for every tensor."""

    tensors: tuple[TensorSpec, ...]
    axes: tuple[Axes, ...]


def build_rows(architecture: Architecture) -> dict[str, Row]:
    """A row for every layer, by name. One that fails blocks what depends on it, and nothing else."""
    rows: dict[str, Row] = {}
    for node in architecture.nodes:
        rows[node.name] = _build_row(node, architecture, rows)
    return rows


def _build_row(node: Node, architecture: Architecture, rows: Mapping[str, Row]) -> Row:
    if any(rows[source.node].report.status != "builds" for source in node.inbound):
        return Row(_report(node, status="blocked"))
    try:
        inputs = _gather_inputs(node, rows)
    except IndexError as error:
        return _fail(node, Inputs((), ()), error, rows)
    # Keras refuses names with this sign, and takes every other one.
    name = node.name if "/" in node.name else PLACEHOLDER
    evaluation = evaluate_layer(node.kind, node.arguments, inputs.tensors, name)
    if evaluation.error is not None:
        return _fail(node, inputs, evaluation.error, rows)
    return _fit(node, architecture, inputs, evaluation)


def _gather_inputs(node: Node, rows: Mapping[str, Row]) -> Inputs:
    """Raises IndexError where a source has no such output."""
    for source in node.inbound:
        count = len(rows[source.node].tensors)
        if source.output >= count:
            raise IndexError(f"{source.node!r} has {count} output(s); there is no output {source.output}.")
    return Inputs(
        tensors=tuple(rows[source.node].tensors[source.output] for source in node.inbound),
        axes=tuple(rows[source.node].axes[source.output] for source in node.inbound),
    )


def _fit(node: Node, architecture: Architecture, inputs: Inputs, evaluation: Evaluation) -> Row:
    shapes = tuple(tensor.shape for tensor in inputs.tensors)
    output_shapes = tuple(tensor.shape for tensor in evaluation.outputs)
    if node.is_input:
        axes: tuple[Axes, ...] = (name_input_axes(node, architecture),)
    else:
        axes = name_axes(node, inputs.axes, output_shapes)
    mask = describe_mask(node, inputs.tensors, evaluation)
    words = next(iter(evaluation.warnings), "").replace(PLACEHOLDER, node.name)
    report = _report(
        node,
        inputs,
        output_shapes=output_shapes,
        output_dtypes=tuple(tensor.dtype for tensor in evaluation.outputs),
        axes=tuple(tuple(axis.name for axis in output) for output in axes),
        origins=tuple(axis.origin for axis in axes[0]) if axes else (),
        mask=mask,
        parameters=count_parameters(node, shapes, evaluation.weights),
        weights=evaluation.weights,
        bytes=evaluation.bytes,
        problem=warn_of_mask(node, inputs.tensors, mask, words or None),
    )
    return Row(report, evaluation.outputs, axes)


def _fail(node: Node, inputs: Inputs, error: Exception, rows: Mapping[str, Row]) -> Row:
    renamed = type(error)(str(error).replace(PLACEHOLDER, node.name))
    shapes = tuple(tensor.shape for tensor in inputs.tensors)
    before = {name: row.report for name, row in rows.items()}
    sources = tuple(before[source.node] for source in node.inbound)
    problem = explain_failure(node, sources, renamed, shapes, before)
    if isinstance(error, UnfitValue):
        unknown = problem.code == "keras-error"
        ours = {"code": "invalid-argument", "happened": str(error)} if unknown else {}
        problem = problem.model_copy(update={"keras_message": None, **ours})
    return Row(_report(node, inputs, status="fails", problem=problem))


def _report(node: Node, inputs: Inputs | None = None, **facts: Any) -> LayerReport:
    # Not validated again: all of it is made here, and validation would take longer than a remembered layer.
    return LayerReport.model_construct(
        name=node.name,
        kind=node.kind,
        line=node.line,
        inbound=tuple(source.node for source in node.inbound),
        input_shapes=tuple(tensor.shape for tensor in inputs.tensors) if inputs else (),
        input_axes=tuple(tuple(axis.name for axis in axes) for axes in inputs.axes) if inputs else (),
        **{"status": "builds", **facts},
    )
