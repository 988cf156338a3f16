"""build_rows(): Keras is asked for one layer after the other, each on what the layers before it gave."""

from collections.abc import Mapping

from app.architecture.question import DRAWN_TIMESTEPS
from app.architecture.spec import OPAQUE, Architecture, Node
from app.report.axes import name_axes, name_input_axes
from app.report.evaluate import PLACEHOLDER, Evaluation, FirstCall, evaluate_layer
from app.report.explain import explain_failure
from app.report.explain.opaque import explain_opaque, is_declared
from app.report.listing import list_layers
from app.report.masks import describe_mask, warn_of_mask
from app.report.model import Parameters
from app.report.nested import enter_input, explain_inside, gather_entering, name_from_inside
from app.report.parameters import count_parameters
from app.report.row import Axes, Inputs, Row, list_drawn, write_report
from app.report.values import UnfitValue


def build_rows(
    architecture: Architecture, timesteps: int = DRAWN_TIMESTEPS, entering: Inputs | None = None
) -> dict[str, Row]:
    """A row for every node, by name. One that fails blocks what depends on it, and nothing else.

    `timesteps` are drawn where a size is not known before run time. `entering` is what a model is called on
    that is used as a layer, one of each for its inputs.
    """
    rows: dict[str, Row] = {}
    if entering is not None:
        inputs = [node for node in architecture.nodes if node.is_input]
        for node, tensor, axes in zip(inputs, *entering, strict=False):
            rows[node.name] = enter_input(node, tensor, axes)
    for node in architecture.nodes:
        if node.name not in rows:
            rows[node.name] = _build_row(node, architecture, rows)
        if node.is_input and entering is None:
            rows[node.name] = _draw_input(rows[node.name], timesteps)
    return rows


def _draw_input(row: Row, timesteps: int) -> Row:
    """The row with a size for each that its shape leaves open, but for the batch."""
    tensors = tuple(
        tensor._replace(
            drawn=(*tensor.shape[:1], *(timesteps if size is None else size for size in tensor.shape[1:]))
        )
        if None in tensor.shape[1:]
        else tensor
        for tensor in row.tensors
    )
    report = row.report.model_copy(update={"drawn_output_shapes": list_drawn(tensors)})
    return Row(report, tensors, row.axes)


def _build_row(node: Node, architecture: Architecture, rows: Mapping[str, Row]) -> Row:
    if any(rows[source.node].report.status != "builds" for source in node.inbound):
        return Row(write_report(node, status="blocked"))
    try:
        inputs = _gather_inputs(node, rows)
    except IndexError as error:
        return _fail(node, Inputs((), ()), error, rows)
    if node.kind == OPAQUE and not is_declared(node):
        return Row(write_report(node, inputs, status="fails", problem=explain_opaque(node)))
    if node.model is not None and (inside := explain_inside(node, build_rows(node.model))):
        return Row(write_report(node, inputs, status="fails", problem=inside))
    evaluation = evaluate_layer(
        node, inputs.tensors, _choose_name(node), _find_first_call(node, architecture, rows)
    )
    if evaluation.error is not None:
        return _fail(node, inputs, evaluation.error, rows)
    return _fit(node, architecture, inputs, evaluation)


def _choose_name(node: Node) -> str:
    # Keras refuses names with this sign, and takes every other one.
    return node.name if "/" in node.name and node.shares is None else PLACEHOLDER


def _find_first_call(node: Node, architecture: Architecture, rows: Mapping[str, Row]) -> FirstCall | None:
    if node.shares is None or node.shares not in rows:
        return None
    first = architecture.node(node.shares)
    return FirstCall(first, _gather_inputs(first, rows).tensors)


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
    inside = build_rows(node.model, entering=gather_entering(node, inputs)) if node.model is not None else {}
    if inside and node.model is not None:
        axes = name_from_inside(node.model, inside, axes)
    mask = describe_mask(node, inputs.tensors, evaluation)
    words = next(iter(evaluation.warnings), "").replace(PLACEHOLDER, node.name)
    report = write_report(
        node,
        inputs,
        output_shapes=output_shapes,
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
        layers=list_layers(node.model, inside) if node.model is not None else (),
        problem=explain_opaque(node)
        if node.kind == OPAQUE
        else warn_of_mask(node, inputs.tensors, mask, words or None),
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
    return Row(write_report(node, inputs, status="fails", problem=problem))
