"""Nested models: their inputs, and what the rows of their own layers say about them."""

from collections.abc import Mapping

from app.architecture.calls import say_call
from app.architecture.spec import Architecture, Node
from app.problems import Problem
from app.report.asked import TensorSpec
from app.report.listing import explain_missing_outputs
from app.report.row import Axes, Inputs, Row, list_drawn, write_report
from app.report.work.measure import measure_row


def gather_entering(node: Node, inputs: Inputs) -> Inputs:
    """The tensors for a nested model's inputs, without those that are passed by keyword."""
    kept = [place for place in range(len(node.inbound)) if place not in node.handed_by_name]
    return Inputs(
        tensors=tuple(inputs.tensors[place] for place in kept),
        axes=tuple(inputs.axes[place] for place in kept),
    )


def enter_input(node: Node, tensor: TensorSpec, axes: Axes, timesteps: int) -> Row:
    """The row of a nested model's input, which has the tensor passed from outside."""
    report = write_report(
        node,
        output_shapes=(tensor.shape,),
        drawn_output_shapes=list_drawn((tensor,)),
        output_dtypes=(tensor.dtype,),
        axes=(tuple(axis.name for axis in axes),),
        origins=tuple(axis.origin for axis in axes),
    )
    return Row(measure_row(report, node, timesteps), (tensor,), (axes,))


def explain_inside(node: Node, rows: Mapping[str, Row]) -> Problem | None:
    """The first problem of a layer or output inside, as a problem of the model; None if all build."""
    problems = [row.report.problem for row in rows.values() if row.report.status == "fails"]
    if node.model is not None:
        problems += explain_missing_outputs(node.model, rows)
    problem = next(filter(None, problems), None)
    if problem is None:
        return None
    happened = f"Inside {say_call(node.name)}: {problem.happened}"
    return problem.model_copy(update={"layer": node.name, "happened": happened})


def name_from_inside(
    model: Architecture, inside: Mapping[str, Row], axes: tuple[Axes, ...]
) -> tuple[Axes, ...]:
    """The axes of a model's outputs as named by its own layers, if these give the same shapes."""
    ends = [inside[source.node].axes[source.output :][:1] for source in model.ends]
    named = tuple(end[0] if end else () for end in ends)
    sizes = [tuple(axis.size for axis in end) for end in named]
    return named if sizes == [tuple(axis.size for axis in end) for end in axes] else axes
