"""Row: one layer's report, with the tensors and axes that the layers after it need."""

from typing import Any, NamedTuple

from app.architecture.spec import Node
from app.frozen import Shape
from app.report.asked import TensorSpec
from app.report.model import Axis, LayerReport

Axes = tuple[Axis, ...]


class Row(NamedTuple):
    """A layer's report, and for each of its outputs a tensor and its axes."""

    report: LayerReport
    tensors: tuple[TensorSpec, ...] = ()
    axes: tuple[Axes, ...] = ()


class Inputs(NamedTuple):
    """The tensors that a layer is called on, with the name, shape and axes of each."""

    tensors: tuple[TensorSpec, ...]
    axes: tuple[Axes, ...]


def write_report(node: Node, inputs: Inputs | None = None, **facts: Any) -> LayerReport:
    """The report of a layer called on these inputs; `facts` are its other fields."""
    return LayerReport(
        name=node.name,
        kind=node.kind,
        line=node.line,
        inbound=tuple(source.node for source in node.inbound),
        shares=node.shares,
        input_shapes=tuple(tensor.shape for tensor in inputs.tensors) if inputs else (),
        drawn_input_shapes=list_drawn(inputs.tensors) if inputs else (),
        input_axes=tuple(tuple(axis.name for axis in axes) for axes in inputs.axes) if inputs else (),
        **{"status": "builds", **facts},
    )


def list_drawn(tensors: tuple[TensorSpec, ...]) -> tuple[Shape, ...]:
    """The drawn shapes; empty if only the batch size is unknown."""
    if not any(tensor.drawn for tensor in tensors):
        return ()
    return tuple(tensor.drawn or tensor.shape for tensor in tensors)
