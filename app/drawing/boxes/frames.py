"""Frames: around the layers of a nested model, and around a block of layers that is repeated."""

from collections.abc import Callable, Iterable, Iterator

from app.architecture import Architecture
from app.drawing.boxes.blocks import Block, add_chip, measure_block
from app.drawing.boxes.chips import Nodes
from app.drawing.boxes.layer_cards import PADDING, Card, Widths, place_card
from app.drawing.boxes.repeats import Repeat
from app.drawing.scene import Arrow, Box, Dot, Group, Mark, Text
from app.drawing.text import text_width
from app.drawing.words import write_count, write_plural
from app.report import LayerReport

MOST_INSIDE = 16
"""A model of more layers is drawn as one card."""

HEAD, FOOT = 56.0, 10.0
"""The height of a repeat's frame above and below the layers inside, in px."""

DOT, REACH = 3.0, 40.0
"""The radius of the dot where data enters, and how far to both sides its wires may branch off."""

Inside = tuple[tuple[Mark, ...], float, float]


def is_open(row: LayerReport, model: Architecture, whole: bool = False) -> bool:
    """Whether the layers of a nested model are drawn: if it builds and is called here first, and is small
    or the picture is `whole`.
    """
    is_drawn = whole or _count_layers(model) <= MOST_INSIDE
    return row.status == "builds" and not row.shares and is_drawn


def list_closed(rows: Iterable[LayerReport], architecture: Architecture) -> Iterator[str]:
    """The nested models that are drawn as one card because they are large."""
    nodes = {node.name: node for node in architecture.nodes}
    for row in rows:
        model = nodes[row.name].model
        if model is not None and is_open(row, model, whole=True) and not is_open(row, model):
            yield row.name


def _count_layers(model: Architecture) -> int:
    return sum(1 + (_count_layers(node.model) if node.model else 0) for node in model.nodes)


def place_frame(row: LayerReport, nodes: Nodes, widths: Widths, inside: Inside) -> Block:
    """The block of a nested model: a frame around its layers, which `inside` places."""
    marks, width, height = inside
    whole = max(measure_block(row, nodes, widths), width + 2 * PADDING)
    header = place_card(row, nodes, whole)
    top = header.box.height + PADDING / 2
    frame = header.box._replace(height=top + height + PADDING, look="frame", radius=12)
    moved = Group(_rename(marks, f"{row.name} › "), x=(whole - width) / 2, y=top)
    return add_chip(row, nodes, whole, Card(frame, (*header.inside, moved)))


def place_repeat(repeat: Repeat, place_inside: Callable[[Block], Inside]) -> Block:
    """The block of repeated layers: the first of them, in a frame that says how often they are repeated.

    `place_inside` places them, given the block of the layer before them; it returns their marks, width and
    height.
    """
    first, last = repeat.rows[0].name, repeat.rows[-1].name
    enters, leaves, within = f"{first}/×in", f"{last}/out", f"{first}/×"
    dot = Dot(REACH, DOT, DOT, "gate", within)
    entry = Block("", 2 * REACH, 2 * DOT, (dot,), True, within, within, 2 * DOT)
    inside, inner_width, inner_height = place_inside(entry)
    title, cost = say_repeat(repeat)
    wide = max(inner_width, text_width(title, "name"), text_width(cost, "kind"))
    width, height = wide + 2 * PADDING + 1, HEAD + inner_height + FOOT
    marks = (
        Box(0, 0, width, height, "frame", 12, enters),
        Box(0, 0, width, height, "port", 12, leaves),
        Text(PADDING, 22, title, "name", full=f"{first} to {last}"),
        Text(PADDING, 41, cost, "kind"),
        Group(inside, x=(width - inner_width) / 2, y=HEAD),
    )
    return Block(first, width, height, marks, True, enters, leaves, width)


def say_repeat(repeat: Repeat) -> tuple[str, str]:
    """What is repeated, and what all of it costs: "× 12 identical blocks", "120 layers · 1,200 params"."""
    one = "layer" if len(repeat.block) == 1 else "block"
    layers = [write_plural(len(repeat.rows), "layer")] if len(repeat.block) > 1 else []
    parameters = sum(row.parameters.total for row in repeat.rows)
    cost = [f"{write_count(parameters)} params"] if parameters else []
    return f"× {repeat.times} identical {one}s", " · ".join([*layers, *cost])


def _rename(marks: tuple[Mark, ...], before: str) -> tuple[Mark, ...]:
    """The marks with a prefix for their ports, as names in a nested model may occur outside too."""
    return tuple(_rename_mark(mark, before) for mark in marks)


def _rename_mark(mark: Mark, before: str) -> Mark:
    if isinstance(mark, Group):
        # Without the layer's name, as the page finds layers of the outer model by name.
        return Group(_rename(mark.marks, before), x=mark.x, y=mark.y)
    if isinstance(mark, Arrow):
        return mark._replace(source=before + mark.source, target=before + mark.target)
    return mark._replace(port=before + mark.port) if isinstance(mark, Box | Dot) and mark.port else mark
