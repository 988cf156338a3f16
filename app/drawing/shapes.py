"""place_shapes(): the model as boxes with the tensors between them, a chain or a graph."""

from collections.abc import Sequence
from typing import NamedTuple

from app.architecture import Architecture
from app.drawing.blocks import Block, list_outputs, measure_block, place_block
from app.drawing.fold import Hidden, fold_middle
from app.drawing.frames import is_open, place_frame
from app.drawing.layout import lay_out
from app.drawing.rows import Edge, Layout
from app.drawing.scene import MARGIN, Arrow, Group, Mark, Point, Scene
from app.drawing.words import is_operation
from app.report import LayerReport, Report
from app.report.model import list_calls

STEM, RIM = 8.0, 8.0

Row = LayerReport | Hidden[LayerReport]


class Graph(NamedTuple):
    """Everything that has a place. An edge that is no arrow joins a layer and one of its several tensors."""

    blocks: list[Block]
    edges: dict[Edge, bool]
    """Whether each is an arrow."""


def place_shapes(report: Report) -> Scene:
    """Draw every layer, its cost and the shape that leaves it; failures where they happen."""
    marks, width, height = _place_model(report.rows, report.architecture)
    return Scene(
        width=width + 2 * MARGIN,
        height=height + 2 * MARGIN,
        marks=(Group(marks, x=MARGIN, y=MARGIN),),
        title=f"Shapes of {report.architecture.name}",
    )


def _place_model(
    rows: Sequence[LayerReport], architecture: Architecture
) -> tuple[tuple[Mark, ...], float, float]:
    graph = _find_graph(fold_middle(rows), architecture)
    edges = list(graph.edges)
    layout = lay_out([(block.width, block.height) for block in graph.blocks], edges)
    marks: list[Mark] = [*_place_arrows(graph, layout), *_place_blocks(graph.blocks, layout)]
    return tuple(marks), layout.width, layout.height


def _find_graph(rows: Sequence[Row], architecture: Architecture) -> Graph:
    nodes = {node.name: node for node in architecture.nodes}
    graph = Graph([], {})
    places: dict[str, int] = {}
    tensors: dict[tuple[str, int], int] = {}
    for row, block in zip(rows, _make_blocks(rows, architecture), strict=True):
        place = len(graph.blocks)
        graph.blocks.append(block)
        for layer in row.rows if isinstance(row, Hidden) else (row,):
            places[layer.name] = place
            for source in nodes[layer.name].inbound:
                read = tensors.get((source.node, source.output), places[source.node])
                graph.edges.update({(read, place): True} if read != place else {})
        for number, output in enumerate(list_outputs(row, nodes)):
            tensors[output.layer, number] = len(graph.blocks)
            graph.edges[place, len(graph.blocks)] = False
            graph.blocks.append(output)
    return graph


def _make_blocks(rows: Sequence[Row], architecture: Architecture) -> list[Block]:
    nodes = {node.name: node for node in architecture.nodes}
    widths = [measure_block(row, nodes) for row in rows]
    widest, is_chain = max(widths), architecture.is_chain
    blocks = []
    for row, width in zip(rows, widths, strict=True):
        model = None if isinstance(row, Hidden) else nodes[row.name].model
        if isinstance(row, Hidden) or model is None or not is_open(row, model):
            is_wide = is_chain and not (isinstance(row, LayerReport) and is_operation(row.kind))
            blocks.append(place_block(row, nodes, widest if is_wide else width))
        else:
            blocks.append(place_frame(row, nodes, *_place_model(list_calls(row.layers), model)))
    return blocks


def _place_blocks(blocks: list[Block], layout: Layout) -> list[Group]:
    return [
        Group(block.marks, "layer", block.layer, x=x, y=y)
        for block, (x, y) in zip(blocks, layout.places, strict=True)
    ]


def _place_arrows(graph: Graph, layout: Layout) -> list[Arrow]:
    arrows = [
        Arrow(
            points=_arrive_within(
                _leave_in_the_middle(route, _find_middle(graph, layout, source)),
                _find_middle(graph, layout, target),
                graph.blocks[target].entry / 2 - RIM,
            ),
            look="wire" if graph.blocks[source].builds else "wire-dashed",
            source=graph.blocks[source].leaves,
            target=graph.blocks[target].enters,
            head=is_arrow,
        )
        for ((source, target), is_arrow), route in zip(graph.edges.items(), layout.routes, strict=True)
    ]
    return sorted(arrows, key=lambda arrow: arrow.look)


def _find_middle(graph: Graph, layout: Layout, place: int) -> float:
    return layout.places[place][0] + graph.blocks[place].width / 2


def _leave_in_the_middle(route: tuple[Point, ...], middle: float) -> tuple[Point, ...]:
    """A chip may be narrower than its card: every way starts from the chip's middle."""
    x, y = route[0]
    if abs(x - middle) < 1:
        return route
    return ((middle, y), (middle, y + STEM), (x, y + STEM), *route[1:])


def _arrive_within(route: tuple[Point, ...], middle: float, reach: float) -> tuple[Point, ...]:
    """A card may be narrower than its chip: every way ends at most `reach` px beside its middle."""
    x, y = route[-1]
    near = min(max(x, middle - reach), middle + reach)
    if near == x:
        return route
    if len(route) > 2 and route[-3][1] == route[-2][1]:
        return (*route[:-2], (near, route[-2][1]), (near, y))
    return (*route[:-1], (x, y - STEM), (near, y - STEM), (near, y))
