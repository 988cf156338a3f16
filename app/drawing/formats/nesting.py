"""list_nested(): the rows of a table, with those of a nested model after the model's own."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.architecture import Architecture, Node
from app.report import LayerReport
from app.report.model import list_calls

INSIDE = "↳ "
"""Put before the name of a nested layer, once for every model around it."""


class Nested(NamedTuple):
    """A row with its depth: the number of models around it."""

    depth: int
    row: LayerReport
    node: Node

    @property
    def name(self) -> str:
        """The layer's name, with a mark if it is inside a nested model."""
        return INSIDE * self.depth + self.row.name


def list_nested(rows: Sequence[LayerReport], architecture: Architecture, depth: int = 0) -> Iterator[Nested]:
    """Every row; the layers of a nested model follow its first call."""
    nodes = {node.name: node for node in architecture.nodes}
    for row in rows:
        node = nodes[row.name]
        yield Nested(depth, row, node)
        if node.model is not None and not row.shares:
            yield from list_nested(list_calls(row.layers), node.model, depth + 1)
