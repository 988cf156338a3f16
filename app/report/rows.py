"""build_rows(): asks Keras about one layer after the other, each on the outputs of the layers before it."""

from collections.abc import Mapping

from app.architecture.order import order_calls
from app.architecture.question import DRAWN_TIMESTEPS
from app.architecture.spec import OPAQUE, Architecture, Node, Source
from app.report.asked import PLACEHOLDER, Evaluation, FirstCall, write_asked
from app.report.axes import name_axes, name_input_axes
from app.report.description import Place, describe_layer, write_row
from app.report.evaluate import evaluate
from app.report.explain import explain_failure
from app.report.explain.opaque import explain_opaque, is_declared
from app.report.listing import list_layers
from app.report.nested import enter_input, explain_inside, gather_entering, name_from_inside
from app.report.row import Inputs, Row, write_report
from app.report.values import UnfitValue


def build_rows(
    architecture: Architecture, timesteps: int = DRAWN_TIMESTEPS, entering: Inputs | None = None
) -> dict[str, Row]:
    """A row for every node, by name. A layer that fails blocks those that depend on it, and no others.

    `timesteps` replace sizes that are not known before run time. `entering` are the tensors that a nested
    model is called on, one for each input.
    """
    rows: dict[str, Row] = {}
    if entering is not None:
        inputs = [node for node in architecture.nodes if node.is_input]
        for node, tensor, axes in zip(inputs, *entering, strict=False):
            rows[node.name] = enter_input(node, tensor, axes, timesteps)
    for node in order_calls(architecture):
        if node.name not in rows:
            rows[node.name] = _build_row(node, architecture, rows, timesteps)
    return {node.name: rows[node.name] for node in architecture.nodes}


def _build_row(node: Node, architecture: Architecture, rows: Mapping[str, Row], timesteps: int) -> Row:
    if any(rows[source.node].report.status != "builds" for source in node.inbound):
        return Row(write_report(node, status="blocked"))
    try:
        inputs = _gather_inputs(node, rows)
    except IndexError as error:
        return _fail(node, Inputs((), ()), error, rows)
    if node.kind == OPAQUE and not is_declared(node):
        return Row(write_report(node, inputs, status="fails", problem=explain_opaque(node)))
    try:
        first = _find_first_call(node, architecture, rows)
        asked = write_asked(node, inputs.tensors, _choose_name(node), first)
    except (ValueError, RecursionError) as error:
        return _fail(node, inputs, error, rows)
    evaluation = evaluate(asked)
    if evaluation.gives_back and _passes_on(node, architecture):
        asked = asked._replace(passes_on=True)
        evaluation = evaluate(asked)
    if evaluation.error is not None:
        if node.model is not None and (inside := explain_inside(node, build_rows(node.model))):
            return Row(write_report(node, inputs, status="fails", problem=inside))
        return _fail(node, inputs, evaluation.error, rows)
    if node.model is not None:
        return _describe_model(node, inputs, evaluation, timesteps)
    place = Place(node.name, node.line, node.inbound, node.shares)
    axes = (name_input_axes(node, architecture),) if node.is_input else inputs.axes
    return describe_layer(asked, place, axes, timesteps)


def _passes_on(node: Node, architecture: Architecture) -> bool:
    # Consecutive layers that return their input all return the input of the first.
    read = node
    while read.kind == node.kind:
        read = architecture.node(read.inbound[0].node)
    return read.is_input and Source(node=node.name) not in architecture.ends


def _choose_name(node: Node) -> str:
    # Keras refuses names with this sign only.
    return node.name if "/" in node.name and node.shares is None else PLACEHOLDER


def _find_first_call(node: Node, architecture: Architecture, rows: Mapping[str, Row]) -> FirstCall | None:
    if node.shares is None:
        return None
    # A blocked call makes no weights.
    reports = (row.report for row in rows.values() if row.report.status != "blocked")
    made = next((each.name for each in reports if node.shares in (each.name, each.shares)), None)
    if made is None:
        return None
    first = architecture.node(made)
    return FirstCall(first, _gather_inputs(first, rows).tensors)


def _gather_inputs(node: Node, rows: Mapping[str, Row]) -> Inputs:
    """Raises IndexError if a source has no such output."""
    for source in node.inbound:
        count = len(rows[source.node].tensors)
        if source.output >= count:
            raise IndexError(f"{source.node!r} has {count} output(s); there is no output {source.output}.")
    return Inputs(
        tensors=tuple(rows[source.node].tensors[source.output] for source in node.inbound),
        axes=tuple(rows[source.node].axes[source.output] for source in node.inbound),
    )


def _describe_model(node: Node, inputs: Inputs, evaluation: Evaluation, timesteps: int) -> Row:
    """The row of a nested model, with the rows of its layers."""
    assert node.model is not None
    inside = build_rows(node.model, timesteps, gather_entering(node, inputs))
    axes = name_axes(node, inputs.axes, tuple(tensor.shape for tensor in evaluation.outputs))
    return write_row(
        node,
        inputs,
        evaluation,
        name_from_inside(node.model, inside, axes),
        timesteps,
        layers=list_layers(node.model, inside),
    )


def _fail(node: Node, inputs: Inputs, error: Exception, rows: Mapping[str, Row]) -> Row:
    renamed = type(error)(str(error).replace(PLACEHOLDER, node.shares or node.name))
    shapes = tuple(tensor.shape for tensor in inputs.tensors)
    before = {name: row.report for name, row in rows.items()}
    sources = tuple(before[source.node] for source in node.inbound)
    problem = explain_failure(node, sources, renamed, shapes, before)
    if isinstance(error, UnfitValue):
        unknown = problem.code == "keras-error"
        ours = {"code": "invalid-argument", "happened": str(error)} if unknown else {}
        problem = problem.model_copy(update={"keras_message": None, **ours})
    return Row(write_report(node, inputs, status="fails", problem=problem))
