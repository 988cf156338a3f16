"""Blocks: a layer as a card with name, kind, cost, mask and problem, and the tensors that leave it below."""

from typing import NamedTuple

from app.architecture import Node
from app.drawing.arguments import summarise_arguments
from app.drawing.fold import Hidden
from app.drawing.scene import Box, Glyph, Line, Mark, Span, Text
from app.drawing.state_names import name_outputs
from app.drawing.text import fit_name, fit_text, text_width, wrap_text
from app.drawing.theme import hue_of
from app.drawing.words import has_lost_mask, write_axis, write_count, write_mask, write_plural
from app.frozen import Shape
from app.report import LayerReport

NARROWEST, WIDEST = 220.0, 372.0
PADDING, BETWEEN = 14.0, 18.0
CARD_HEIGHT, INPUT_HEIGHT = 52.0, 34.0
CHIP_HEIGHT, CHIP_PADDING, CHIP_GAP = 26.0, 12.0, 12.0
LINE_HEIGHT, SAID_LINES, TELLING = 17.0, 4, 290.0
GLYPH, GLYPH_GAP = 12.0, 5.0


class Block(NamedTuple):
    """One row of the report on the picture: its card, and the chips of what leaves it below."""

    layer: str
    width: float
    height: float
    marks: tuple[Mark, ...]
    builds: bool


class Chip(NamedTuple):
    """A tensor that leaves a layer; a state has a name."""

    name: str
    axes: tuple[str, ...]
    shape: Shape


def _chips(row: LayerReport, nodes: dict[str, Node]) -> list[Chip]:
    names = name_outputs(nodes[row.name], len(row.output_shapes))
    return list(map(Chip, names, row.axes, row.output_shapes))


def _spell_chip(chip: Chip) -> tuple[Span, ...]:
    spans = [Span(f"{chip.name}  ", "letter")] if chip.name else []
    spans.append(Span("("))
    for place, (name, size) in enumerate(zip(chip.axes, chip.shape, strict=True)):
        spans += [Span(", ")] if place else []
        spans.append(Span(write_axis(name, size), f"{hue_of(name)}-text"))
    return (*spans, Span(")"))


def _describe_kind(row: LayerReport, nodes: dict[str, Node]) -> str:
    summary = summarise_arguments(nodes[row.name])
    return f"{row.kind} · {summary}" if summary else row.kind


def _count(row: LayerReport) -> str:
    if row.kind == "InputLayer":
        return row.output_dtypes[0] if row.output_dtypes else ""
    return f"{write_count(row.parameters.total)} params" if row.parameters.total else ""


def _badge_look(row: LayerReport) -> str:
    return "lost" if has_lost_mask(row) else "masked"


def _measure_badge(row: LayerReport) -> float:
    words = write_mask(row)
    return text_width(words, _badge_look(row)) + GLYPH + GLYPH_GAP if words else 0


def measure_block(row: LayerReport | Hidden[LayerReport], nodes: dict[str, Node]) -> float:
    """How wide the block of a row has to be for its words to fit, in px; long words are cut."""
    if isinstance(row, Hidden):
        return NARROWEST
    title = text_width(row.name[:60], "name") + _measure_gap(text_width(_count(row), "count"))
    kind = text_width(_describe_kind(row, nodes)[:80], "kind") + _measure_gap(_measure_badge(row))
    lines = [title + (text_width("Input", "kind") + 8 if row.kind == "InputLayer" else 0)]
    lines += [kind] if row.kind != "InputLayer" else []
    chips = [text_width(_spell_chip(chip), "chip") + 2 * CHIP_PADDING for chip in _chips(row, nodes)]
    lines += [TELLING] if row.status != "builds" else []
    # One px more, so that what was measured still fits after the sums.
    card = min(max(NARROWEST, *(line + 2 * PADDING + 1 for line in lines)), WIDEST)
    return max(card, *chips) if chips else card


def _measure_gap(right: float) -> float:
    return right + BETWEEN if right else 0


def place_block(row: LayerReport | Hidden[LayerReport], nodes: dict[str, Node], width: float) -> Block:
    """The block of one row, its top left corner at (0, 0)."""
    if isinstance(row, Hidden):
        return _place_hidden(row, width)
    card = _place_input(row, width) if row.kind == "InputLayer" else _place_card(row, nodes, width)
    height = card[0].height
    marks: list[Mark] = [*card]
    chips = _chips(row, nodes)
    for place, chip in enumerate(chips):
        y = height + CHIP_GAP if place == 0 else height + 4
        if place == 0:
            marks.append(Line(((width / 2, height), (width / 2, y)), "wire"))
        marks += _place_chip(chip, width / 2, y, f"{row.name}/out" if place == len(chips) - 1 else "")
        height = y + CHIP_HEIGHT
    return Block(row.name, width, height, tuple(marks), row.status == "builds")


def _place_hidden(hidden: Hidden[LayerReport], width: float) -> Block:
    parameters = sum(row.parameters.total for row in hidden.rows)
    said = f"… {write_plural(len(hidden.rows), 'more layer')} …"
    marks = (
        Box(0, 0, width, CARD_HEIGHT, "fold", 8, "…/in"),
        Box(0, 0, width, CARD_HEIGHT, "port", 8, "…/out"),
        Text(width / 2, 22, said, "name", "middle"),
        Text(width / 2, 40, f"{write_count(parameters)} params", "kind", "middle"),
    )
    return Block("…", width, CARD_HEIGHT, marks, all(row.status == "builds" for row in hidden.rows))


CARD_LOOKS = {"builds": "card", "fails": "failed", "blocked": "blocked"}


def _place_card(row: LayerReport, nodes: dict[str, Node], width: float) -> tuple[Box, *tuple[Mark, ...]]:
    said = _say_problem(row, width)
    height = CARD_HEIGHT + (len(said) * LINE_HEIGHT + 4 if said else 0)
    right, inner = width - PADDING, width - 2 * PADDING
    sign = GLYPH + GLYPH_GAP if row.status == "fails" else 0
    marks: list[Mark] = [Glyph(PADDING, 11, "failed", "error-sign")] if sign else []
    count, badge = _count(row), _measure_badge(row)
    marks.append(
        _place_text(
            PADDING + sign, 22, row.name, "name", inner - sign - _measure_gap(text_width(count, "count"))
        )
    )
    marks.append(_place_text(PADDING, 41, _describe_kind(row, nodes), "kind", inner - _measure_gap(badge)))
    if count:
        marks.append(Text(right, 22, count, "count", "end"))
    if badge:
        look = _badge_look(row)
        sign_look = ("warning", "warning-sign") if look == "lost" else ("mask", "mask-sign")
        marks.append(Glyph(right - badge, 31, *sign_look))
        marks.append(Text(right, 41, write_mask(row), look, "end"))
    for place, line in enumerate(said):
        look = "said" if row.status == "fails" else "kind"
        marks.append(Text(PADDING, 41 + (place + 1) * LINE_HEIGHT + 2, line, look))
    if not row.output_shapes:
        marks.append(Box(0, 0, width, height, "port", 8, f"{row.name}/out"))
    return (Box(0, 0, width, height, CARD_LOOKS[row.status], 8, f"{row.name}/in"), *marks)


def _say_problem(row: LayerReport, width: float) -> list[str]:
    if row.status == "blocked":
        return ["not reached: a layer before it fails"]
    if row.status == "fails" and row.problem:
        first_sentence = row.problem.happened.split(". ")[0]
        return wrap_text(first_sentence, "said", width - 2 * PADDING, SAID_LINES)
    return []


def _place_input(row: LayerReport, width: float) -> tuple[Box, *tuple[Mark, ...]]:
    dtype = _count(row)
    beside = text_width("Input", "kind") + 8
    room = width - 2 * PADDING - beside - _measure_gap(text_width(dtype, "count"))
    name = _place_text(PADDING, 22, row.name, "name", room)
    kind = Text(PADDING + text_width(name.text, "name") + 8, 22, "Input", "kind")
    marks: tuple[Mark, ...] = (name, kind, Text(width - PADDING, 22, dtype, "kind", "end"))
    return (Box(0, 0, width, INPUT_HEIGHT, "card", INPUT_HEIGHT / 2), *marks)


def _place_text(x: float, y: float, text: str, look: str, room: float) -> Text:
    fit = fit_name if look == "name" else fit_text
    fitted = fit(text, look, room)
    return Text(x, y, fitted, look, full="" if fitted == text else text)


def _place_chip(chip: Chip, centre: float, y: float, port: str) -> tuple[Mark, ...]:
    spans = _spell_chip(chip)
    width = text_width(spans, "chip") + 2 * CHIP_PADDING
    return (
        Box(centre - width / 2, y, width, CHIP_HEIGHT, "chip-box", CHIP_HEIGHT / 2, port),
        Text(centre, y + 17.5, spans, "chip", "middle"),
    )
