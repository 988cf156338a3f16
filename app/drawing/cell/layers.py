"""list_layers(): the layers in which to look for cells, in nested models too; a shared layer comes once."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.architecture import Architecture, Node
from app.drawing.fold import list_shown
from app.report import LayerReport, Report
from app.report.model import list_calls

BETWEEN = " › "
"""Between the name of a nested model and that of a layer in it."""


class Placed(NamedTuple):
    """A layer; `around` are the names of the models that it is in."""

    around: tuple[str, ...]
    row: LayerReport
    node: Node

    def name(self, layer: str) -> str:
        """The name of a layer in the same model, for reading: "encoder › lstm"."""
        return BETWEEN.join((*self.around, layer))


def list_layers(report: Report) -> Iterator[Placed]:
    """The layers that are drawn; a nested model is followed by its own."""
    return _list_layers(report.rows, report.architecture, ())


def _list_layers(
    rows: Sequence[LayerReport], model: Architecture, around: tuple[str, ...]
) -> Iterator[Placed]:
    nodes = {node.name: node for node in model.nodes}
    for row in list_shown(rows):
        if row.shares:
            continue
        node = nodes[row.name]
        yield Placed(around, row, node)
        if node.model is not None:
            yield from _list_layers(list_calls(row.layers), node.model, (*around, row.name))
