"""Blocks: a layer's card with its output tensors below it, as one piece that arrows lead to and from.

If a layer has several outputs and one of them is read, each output is a block of its own.
"""

from typing import NamedTuple

from app.drawing.boxes.chips import Chip, Nodes, list_chips, measure_chip, place_chip
from app.drawing.boxes.layer_cards import CARD_HEIGHT, Card, Widths, measure_card, place_own
from app.drawing.fold import Hidden
from app.drawing.scene import Box, Line, Mark, Text
from app.drawing.words import write_count, write_plural
from app.report import LayerReport

CHIP_GAP, STACK_GAP = 12.0, 4.0


class Block(NamedTuple):
    """Something that is placed by itself: a layer with its output, or one of several outputs.

    `enters` and `leaves` are the ports for arrows; the port for arrows that arrive is `entry` px wide.
    """

    layer: str
    width: float
    height: float
    marks: tuple[Mark, ...]
    builds: bool
    enters: str
    leaves: str
    entry: float


def measure_block(row: LayerReport | Hidden[LayerReport], nodes: Nodes, widths: Widths) -> float:
    """How wide the block of a row is if its words fit, in px; very long words are cut."""
    if isinstance(row, Hidden):
        return widths.narrowest
    chips = [] if is_apart(row, nodes) else list_chips(row, nodes)
    return max(measure_card(row, nodes, widths), *(measure_chip(chip, widths.tensor)[0] for chip in chips), 0)


def place_block(row: LayerReport, nodes: Nodes, width: float) -> Block:
    """The block of one row, with its top left corner at (0, 0)."""
    return add_chip(row, nodes, width, place_own(row, nodes, width))


def add_chip(row: LayerReport, nodes: Nodes, width: float, card: Card) -> Block:
    """A card as a block, with a chip below it for every output that has no block of its own."""
    chips = [] if is_apart(row, nodes) else list_chips(row, nodes)
    enters, leaves = f"{row.name}/in", f"{row.name}/out"
    marks: list[Mark] = [card.box, *card.inside]
    height = card.box.height
    for place, chip in enumerate(chips):
        y = height + (STACK_GAP if place else CHIP_GAP)
        marks += [] if place else [Line(((width / 2, height), (width / 2, y)), "wire")]
        marks += place_chip(chip, width / 2, y, leaves if place == len(chips) - 1 else "", width)
        height = y + measure_chip(chip, width)[1]
    if not chips:
        marks.append(card.box._replace(look="port", port=leaves))
    return Block(
        row.name, width, height, tuple(marks), row.status == "builds", enters, leaves, card.box.width
    )


def is_apart(row: LayerReport, nodes: Nodes) -> bool:
    """Whether a layer has several outputs, and some layer reads one of them."""
    return len(row.output_shapes) > 1 and any(
        source.node == row.name for node in nodes.values() for source in node.inbound
    )


def list_outputs(row: LayerReport, nodes: Nodes, widths: Widths) -> list[Block]:
    """A block for each output of a layer, if arrows have to leave one of several."""
    if not is_apart(row, nodes):
        return []
    chips = enumerate(list_chips(row, nodes))
    return [_place_output(row.name, place, chip, widths.tensor) for place, chip in chips]


def _place_output(layer: str, place: int, chip: Chip, room: float) -> Block:
    (width, height), port = measure_chip(chip, room), f"{layer}/out/{place}"
    marks = place_chip(chip, width / 2, 0, port, room)
    return Block(layer, width, height, marks, True, port, port, width)


def place_hidden(hidden: Hidden[LayerReport], width: float) -> Block:
    """The block that stands for folded rows."""
    parameters = sum(row.parameters.total for row in hidden.rows)
    said = f"… {write_plural(len(hidden.rows), 'more layer')} …"
    marks = (
        Box(0, 0, width, CARD_HEIGHT, "fold", 8, "…/in"),
        Box(0, 0, width, CARD_HEIGHT, "port", 8, "…/out"),
        Text(width / 2, 22, said, "name", "middle"),
        Text(width / 2, 40, f"{write_count(parameters)} params", "kind", "middle"),
    )
    builds = all(row.status == "builds" for row in hidden.rows)
    return Block("…", width, CARD_HEIGHT, marks, builds, "…/in", "…/out", width)
