"""place_shapes(): the model as boxes with the tensors between them."""

from collections.abc import Sequence
from typing import NamedTuple

from app.architecture import Architecture
from app.drawing.boxes.blocks import Block, list_outputs, measure_block, place_block, place_hidden
from app.drawing.boxes.chips import Nodes
from app.drawing.boxes.frames import Inside, is_open, place_frame, place_repeat
from app.drawing.boxes.layer_cards import USUAL, Widths
from app.drawing.boxes.layout import lay_out
from app.drawing.boxes.repeats import Item, Repeat, fold_layers
from app.drawing.boxes.rows import Edge, Layout
from app.drawing.fold import Hidden
from app.drawing.scene import MARGIN, Arrow, Group, Mark, Point, Scene
from app.drawing.words import is_operation
from app.report import LayerReport, Report
from app.report.model import list_calls

STEM, RIM = 8.0, 8.0
UPRIGHT = 8.0


class Manner(NamedTuple):
    """How wide cards are, and whether (`whole`) large nested models are drawn with their layers."""

    widths: Widths
    whole: bool


class Graph(NamedTuple):
    """The blocks and the edges between them.

    An edge without an arrow joins a layer and one of its outputs.
    """

    blocks: list[Block]
    edges: dict[Edge, bool]
    """Each edge, and whether it is an arrow."""


def place_shapes(report: Report, whole: bool = False, widths: Widths = USUAL) -> Scene:
    """Place every layer with its cost and the shapes of its outputs; failures are shown at their layer.

    In a large model, identical blocks are drawn once, and a large nested model is one card, unless `whole` is
    set.
    """
    items = fold_layers(report.rows, report.architecture, whole)
    marks, width, height = _place_model(items, report.architecture, Manner(widths, whole))
    return Scene(
        width=width + 2 * MARGIN,
        height=height + 2 * MARGIN,
        marks=(Group(marks, x=MARGIN, y=MARGIN),),
        title=f"Shapes of {report.architecture.name}",
    )


def _place_model(
    items: Sequence[Item], architecture: Architecture, manner: Manner, entry: Block | None = None
) -> Inside:
    """Marks, width and height. Layers that read a layer which is not among the items read `entry`."""
    graph = _find_graph(items, architecture, manner, entry)
    edges = list(graph.edges)
    layout = lay_out([(block.width, block.height) for block in graph.blocks], edges, manner.widths.room)
    marks: list[Mark] = [*_place_arrows(graph, layout), *_place_blocks(graph.blocks, layout)]
    return tuple(marks), layout.width, layout.height


def _find_graph(
    items: Sequence[Item], architecture: Architecture, manner: Manner, entry: Block | None
) -> Graph:
    nodes = {node.name: node for node in architecture.nodes}
    graph = Graph([entry] if entry else [], {})
    places: dict[str, int] = {}
    tensors: dict[tuple[str, int], int] = {}
    for item, block in zip(items, _make_blocks(items, architecture, manner), strict=True):
        place = len(graph.blocks)
        graph.blocks.append(block)
        for layer in (item,) if isinstance(item, LayerReport) else item.rows:
            places[layer.name] = place
            for source in nodes[layer.name].inbound:
                read = tensors.get((source.node, source.output), places.get(source.node, 0))
                graph.edges.update({(read, place): True} if read != place else {})
        outputs = list_outputs(item, nodes, manner.widths) if isinstance(item, LayerReport) else ()
        for number, output in enumerate(outputs):
            tensors[output.layer, number] = len(graph.blocks)
            graph.edges[place, len(graph.blocks)] = False
            graph.blocks.append(output)
    return graph


def _make_blocks(items: Sequence[Item], architecture: Architecture, manner: Manner) -> list[Block]:
    nodes = {node.name: node for node in architecture.nodes}
    own = [0 if isinstance(item, Repeat) else measure_block(item, nodes, manner.widths) for item in items]
    least = max(own, default=0) if architecture.is_chain else 0
    return [
        _make_block(item, architecture, nodes, manner, width, least)
        for item, width in zip(items, own, strict=True)
    ]


def _make_block(
    item: Item, architecture: Architecture, nodes: Nodes, manner: Manner, own: float, least: float
) -> Block:
    """The block of one item, which needs `own` px and is at least `least` px wide, unless it is an
    operation.
    """
    if isinstance(item, Repeat):
        return place_repeat(item, lambda entry: _place_model(item.block, architecture, manner, entry))
    width = max(own, least)
    if isinstance(item, Hidden):
        return place_hidden(item, width)
    model = nodes[item.name].model
    if model is not None and is_open(item, model, manner.whole):
        inside = _place_model(list_calls(item.layers), model, manner)
        return place_frame(item, nodes, manner.widths, inside)
    return place_block(item, nodes, own if is_operation(item.kind) else width)


def _place_blocks(blocks: list[Block], layout: Layout) -> list[Group]:
    return [
        Group(block.marks, "layer", block.layer, x=x, y=y)
        for block, (x, y) in zip(blocks, layout.places, strict=True)
    ]


def _place_arrows(graph: Graph, layout: Layout) -> list[Arrow]:
    arrows = [
        Arrow(
            points=_arrive_within(
                _straighten(_leave_in_the_middle(route, _find_middle(graph, layout, source))),
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
    """The route, starting in the middle of the chip, which may be narrower than its card."""
    x, y = route[0]
    if abs(x - middle) < 1:
        return route
    return ((middle, y), (middle, y + STEM), (x, y + STEM), *route[1:])


def _straighten(route: tuple[Point, ...]) -> tuple[Point, ...]:
    """The route, straight down if it is almost vertical: slight bends look like mistakes."""
    xs = [x for x, _ in route]
    if max(xs) - min(xs) > UPRIGHT:
        return route
    (x, top), (_, bottom) = route[0], route[-1]
    return ((x, top), (x, bottom))


def _arrive_within(route: tuple[Point, ...], middle: float, reach: float) -> tuple[Point, ...]:
    """The route, ending at most `reach` px beside the middle of the card, which may be narrower than its
    chip.
    """
    x, y = route[-1]
    near = min(max(x, middle - reach), middle + reach)
    if near == x:
        return route
    if len(route) > 2 and route[-3][1] == route[-2][1]:
        return (*route[:-2], (near, route[-2][1]), (near, y))
    return (*route[:-1], (x, y - STEM), (near, y - STEM), (near, y))
