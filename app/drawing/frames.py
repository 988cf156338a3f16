"""Frames: a model that is used as a layer, drawn around the picture of its own layers."""

from app.architecture import Architecture
from app.drawing.blocks import PADDING, Block, Card, Nodes, add_chip, measure_block, place_card
from app.drawing.scene import Arrow, Box, Dot, Group, Mark
from app.report import LayerReport

MOST_INSIDE = 8
"""A model of more layers is drawn as one card."""


def is_open(row: LayerReport, model: Architecture) -> bool:
    """Whether the layers inside are drawn: of a small model that builds, where it is called first."""
    return row.status == "builds" and not row.shares and _count_layers(model) <= MOST_INSIDE


def _count_layers(model: Architecture) -> int:
    return sum(1 + (_count_layers(node.model) if node.model else 0) for node in model.nodes)


def place_frame(
    row: LayerReport, nodes: Nodes, inside: tuple[Mark, ...], width: float, height: float
) -> Block:
    """The block of a model, around the marks of its own layers, which take this width and height."""
    whole = max(measure_block(row, nodes), width + 2 * PADDING)
    header = place_card(row, nodes, whole)
    top = header.box.height + PADDING / 2
    frame = header.box._replace(height=top + height + PADDING, look="frame", radius=12)
    moved = Group(_rename(inside, f"{row.name} › "), x=(whole - width) / 2, y=top)
    return add_chip(row, nodes, whole, Card(frame, (*header.inside, moved)))


def _rename(marks: tuple[Mark, ...], before: str) -> tuple[Mark, ...]:
    """The marks with other ports, since names inside a model may be names around it too."""
    return tuple(_rename_mark(mark, before) for mark in marks)


def _rename_mark(mark: Mark, before: str) -> Mark:
    if isinstance(mark, Group):
        # Without its name: the page looks for the layers around.
        return Group(_rename(mark.marks, before), x=mark.x, y=mark.y)
    if isinstance(mark, Arrow):
        return mark._replace(source=before + mark.source, target=before + mark.target)
    return mark._replace(port=before + mark.port) if isinstance(mark, Box | Dot) and mark.port else mark
