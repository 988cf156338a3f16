"""The rows of a whole model in the order of `model.layers`, and its outputs."""

from collections.abc import Iterator, Mapping

from app.architecture.order import order_nodes
from app.architecture.spec import Architecture
from app.problems import Problem
from app.report.model import LayerReport, Tensor
from app.report.row import Row


def list_layers(architecture: Architecture, rows: Mapping[str, Row]) -> tuple[LayerReport, ...]:
    """The rows in the order of `model.layers`, including inputs; further calls of a layer are in its row."""
    calls: dict[str, list[LayerReport]] = {}
    for node in architecture.nodes:
        if node.shares is not None:
            calls.setdefault(node.shares, []).append(rows[node.name].report)
    return tuple(
        rows[name].report.model_copy(update={"calls": tuple(calls[name])})
        if name in calls
        else rows[name].report
        for name in _order_layers(architecture)
    )


def _order_layers(architecture: Architecture) -> tuple[str, ...]:
    """The names in the order of `model.layers`; layers that lead to no output come last."""
    nodes = {node.name: node for node in architecture.nodes}
    inputs = [node.name for node in architecture.nodes if node.is_input]
    listed = [node.shares or node.name for node in order_nodes(nodes, inputs, architecture.ends)]
    rest = [node.name for node in architecture.nodes if node.shares is None]
    return tuple(dict.fromkeys([*listed, *rest]))


def builds(rows: Mapping[str, Row]) -> bool:
    """Whether every layer builds."""
    return all(row.report.status == "builds" for row in rows.values())


def list_outputs(architecture: Architecture, rows: Mapping[str, Row]) -> Iterator[Tensor]:
    """The model's outputs that are known, named after their layers."""
    for source in architecture.ends:
        for tensor in rows[source.node].tensors[source.output : source.output + 1]:
            yield Tensor(name=source.node, shape=tensor.shape, dtype=tensor.dtype)


def explain_missing_outputs(architecture: Architecture, rows: Mapping[str, Row]) -> Iterator[Problem]:
    """A problem for each model output that its layer builds without."""
    for source in architecture.ends:
        row = rows[source.node]
        count = len(row.tensors)
        if row.report.status == "builds" and source.output >= count:
            yield Problem(
                code="no-such-output",
                layer=source.node,
                line=row.report.line,
                happened=f"The model gives output {source.output} of {source.node}, which has {count}, "
                "counted from 0.",
                expected="An output that the layer gives.",
                fix=f"Let the model give output 0 of {source.node}, or give it return_state=True if its "
                "states are meant.",
            )
