"""place_shapes(): the model as boxes with the tensors between them, a chain or a graph."""

from app.drawing.blocks import Block, measure_block, place_block
from app.drawing.fold import Hidden, fold_middle
from app.drawing.layout import lay_out
from app.drawing.rows import Layout
from app.drawing.scene import MARGIN, Arrow, Group, Mark, Point, Scene
from app.report import LayerReport, Report

STEM = 8.0


def place_shapes(report: Report) -> Scene:
    """Draw every layer, its cost and the shape that leaves it; failures where they happen."""
    rows = fold_middle(report.rows)
    nodes = {node.name: node for node in report.architecture.nodes}
    chain = report.architecture.is_chain
    widths = [measure_block(row, nodes) for row in rows]
    widest = max(widths)
    blocks = [
        place_block(row, nodes, widest if chain else width) for row, width in zip(rows, widths, strict=True)
    ]
    edges = _find_edges(rows)
    layout = lay_out([(block.width, block.height) for block in blocks], edges)
    marks: list[Mark] = [*_place_arrows(blocks, edges, layout), *_place_blocks(blocks, layout)]
    return Scene(
        width=layout.width + 2 * MARGIN,
        height=layout.height + 2 * MARGIN,
        marks=(Group(tuple(marks), x=MARGIN, y=MARGIN),),
        title=f"Shapes of {report.architecture.name}",
    )


def _find_edges(rows: tuple[LayerReport | Hidden[LayerReport], ...]) -> list[tuple[int, int]]:
    places: dict[str, int] = {}
    for index, row in enumerate(rows):
        places.update((layer.name, index) for layer in (row.rows if isinstance(row, Hidden) else (row,)))
    edges: dict[tuple[int, int], None] = {}
    for index, row in enumerate(rows):
        for layer in row.rows if isinstance(row, Hidden) else (row,):
            edges.update({(places[name], index): None for name in layer.inbound if places[name] != index})
    return list(edges)


def _place_blocks(blocks: list[Block], layout: Layout) -> list[Group]:
    return [
        Group(block.marks, "layer", block.layer, x=x, y=y)
        for block, (x, y) in zip(blocks, layout.places, strict=True)
    ]


def _place_arrows(blocks: list[Block], edges: list[tuple[int, int]], layout: Layout) -> list[Arrow]:
    arrows = [
        Arrow(
            points=_leave_in_the_middle(route, layout.places[source][0] + blocks[source].width / 2),
            look="wire" if blocks[source].builds else "wire-dashed",
            source=f"{blocks[source].layer}/out",
            target=f"{blocks[target].layer}/in",
        )
        for (source, target), route in zip(edges, layout.routes, strict=True)
    ]
    return sorted(arrows, key=lambda arrow: arrow.look)


def _leave_in_the_middle(route: tuple[Point, ...], middle: float) -> tuple[Point, ...]:
    """A chip may be narrower than its card: every way starts from the chip's middle."""
    x, y = route[0]
    if abs(x - middle) < 1:
        return route
    return ((middle, y), (middle, y + STEM), (x, y + STEM), *route[1:])
