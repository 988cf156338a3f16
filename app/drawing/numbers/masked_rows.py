"""list_masked_rows(): the layers of a model that was run on sequences, including those of nested models."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.architecture import Architecture, Node
from app.drawing.words import write_name
from app.flow.masked import MaskedLayer, MaskTrace
from app.report import LayerReport, Report
from app.report.model import list_calls


class MaskedRow(NamedTuple):
    """A layer; `around` are the names of the models that it is in, `entering` is the layer it reads first."""

    around: tuple[str, ...]
    report: LayerReport
    node: Node
    layer: MaskedLayer
    entering: MaskedLayer | None
    is_behind: bool
    """Whether it depends on the input of a layer that makes a mask."""

    @property
    def path(self) -> tuple[str, ...]:
        """Its name, preceded by those of the models around it."""
        return (*self.around, self.report.name)

    @property
    def name(self) -> str:
        """The same for reading: "encoder › lstm"."""
        return " › ".join(map(write_name, self.path))


def list_masked_rows(report: Report, trace: MaskTrace) -> tuple[MaskedRow, ...]:
    """Every layer; a nested model with masks is followed by its own layers, except its inputs."""
    return tuple(_list_rows(report.architecture, report.rows, trace.layers, (), False))


def _list_rows(
    model: Architecture,
    reports: Iterable[LayerReport],
    layers: tuple[MaskedLayer, ...],
    around: tuple[str, ...],
    entering: bool,
) -> Iterator[MaskedRow]:
    """`entering` says whether the data that enters the model was made of something masked."""
    nodes = {node.name: node for node in model.nodes}
    traced = {layer.layer: layer for layer in layers}
    behind: set[str] = set()
    for report in reports:
        node, layer = nodes[report.name], traced[report.name]
        first = traced[report.inbound[0]] if report.inbound else None
        is_behind = report.mask.in_ or bool(behind & set(report.inbound)) or (entering and node.is_input)
        inside: tuple[MaskedRow, ...] = ()
        if node.model is not None and layer.layers:
            rows = _list_rows(
                node.model, list_calls(report.layers), layer.layers, (*around, report.name), is_behind
            )
            inside = tuple(rows)
        is_behind = is_behind or any(row.is_behind for row in inside)
        if is_behind:
            behind.add(report.name)
        if not (around and node.is_input):
            yield MaskedRow(around, report, node, layer, first, is_behind)
        if any(row.is_behind or row.layer.mask is not None for row in inside):
            yield from inside
