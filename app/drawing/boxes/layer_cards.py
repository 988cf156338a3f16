"""Cards: a layer's box, with its name, kind, cost, mask and problem."""

from math import inf
from typing import NamedTuple

from app.architecture.spec import OPAQUE
from app.drawing.boxes.chips import Nodes
from app.drawing.boxes.kinds import join_kind
from app.drawing.scene import Box, Glyph, Mark, Text
from app.drawing.text import fit_name, fit_text, text_width, wrap_text
from app.drawing.words import has_lost_mask, is_operation, write_count, write_mask, write_name
from app.report import LayerReport

PADDING, BETWEEN = 14.0, 18.0
CARD_HEIGHT, INPUT_HEIGHT = 52.0, 34.0
NARROWEST_OPERATION, SMALL_HEIGHT = 64.0, 30.0
LINE_HEIGHT, KIND_LINES, SAID_LINES, TELLING = 17.0, 3, 12, 290.0
GLYPH, GLYPH_GAP = 12.0, 5.0


class Widths(NamedTuple):
    """The least and greatest width of cards, the width from which chips are folded, and that of the picture
    which is better not exceeded, in px.
    """

    narrowest: float
    widest: float
    tensor: float
    room: float


USUAL = Widths(220, 372, inf, inf)

SLENDER = Widths(184, 204, 160, 465)
"""For telephones, where two branches fit side by side."""

LOOKS = {"builds": "card", "fails": "failed", "blocked": "blocked"}


class Card(NamedTuple):
    """A layer's box and what is in it."""

    box: Box
    inside: tuple[Mark, ...]


def measure_card(row: LayerReport, nodes: Nodes, widths: Widths) -> float:
    """The width at which the card's words fit side by side, in px, within the limits."""
    if _is_small(row):
        return min(_measure_small(row, nodes), widths.widest)
    title = text_width(write_name(row.name)[:60], "name") + _measure_gap(text_width(_count(row), "count"))
    kind = text_width(_describe_kind(row, nodes)[:80], "kind") + _measure_gap(_measure_badge(row))
    lines = [title + (text_width("Input", "kind") + 8 if row.kind == "InputLayer" else 0)]
    lines += [kind] if row.kind != "InputLayer" else []
    lines += [TELLING] if row.status != "builds" else []
    # One px more, for rounding.
    return min(max(widths.narrowest, *(line + 2 * PADDING + 1 for line in lines)), widths.widest)


def place_own(row: LayerReport, nodes: Nodes, width: float) -> Card:
    """The card of any layer; inputs and operations have smaller ones."""
    if row.kind == "InputLayer":
        return _place_input(row, width)
    return _place_small(row, nodes, width) if _is_small(row) else place_card(row, nodes, width)


def place_card(row: LayerReport, nodes: Nodes, width: float) -> Card:
    """The full card of a layer, its box first: name and kind, cost, mask, and problem."""
    right, inner = width - PADDING, width - 2 * PADDING
    sign = GLYPH + GLYPH_GAP if row.status == "fails" else 0
    marks: list[Mark] = [Glyph(PADDING, 11, "failed", "error-sign")] if sign else []
    name, kind = write_name(row.name), _describe_kind(row, nodes)
    count, badge = _count(row), _measure_badge(row)
    marks.append(_place_text(PADDING + sign, 22, name, "name", inner - sign))
    lines = wrap_text(kind, "kind", inner, KIND_LINES)
    last = y = 41.0 + LINE_HEIGHT * (len(lines) - 1)
    for place, line in enumerate(lines):
        full = kind if line == lines[-1] and line not in kind else ""
        marks.append(Text(PADDING, 41 + LINE_HEIGHT * place, line, "kind", full=full))
    if count:
        look = "kind" if row.shares else "count"
        if _has_room(name, "name", text_width(count, look), inner - sign):
            marks.append(Text(right, 22, count, look, "end"))
        else:
            y += LINE_HEIGHT
            marks.append(Text(PADDING, y, count, look))
    if badge:
        if _has_room(lines[-1], "kind", badge, inner):
            marks += _place_badge(row, right, last)
        else:
            y += LINE_HEIGHT
            marks += _place_badge(row, PADDING + badge, y)
    said = _say_problem(row, width)
    for place, line in enumerate(said):
        look = "said" if row.status == "fails" else "kind"
        marks.append(Text(PADDING, y + (place + 1) * LINE_HEIGHT + 2, line, look))
    height = CARD_HEIGHT + y - 41 + (len(said) * LINE_HEIGHT + 4 if said else 0)
    look = "opaque" if row.kind == OPAQUE and row.status == "builds" else LOOKS[row.status]
    return Card(Box(0, 0, width, height, look, 8, f"{row.name}/in"), tuple(marks))


def _has_room(text: str, look: str, beside: float, room: float) -> bool:
    """Whether `beside` px fit on the line of the text; else they get a line of their own."""
    return text_width(text, look) + _measure_gap(beside) <= room


def _place_small(row: LayerReport, nodes: Nodes, width: float) -> Card:
    own, badge = min(_measure_small(row, nodes), width), _measure_badge(row)
    left = (width - own) / 2
    box = Box(left, 0, own, SMALL_HEIGHT, "operation", 6, f"{row.name}/in")
    words = _describe_kind(row, nodes)
    if not badge:
        fitted = fit_text(words, "operator", own - 2 * PADDING)
        full = "" if fitted == words else words
        return Card(box, (Text(width / 2, 19.5, fitted, "operator", "middle", full),))
    text = _place_text(left + PADDING, 19.5, words, "operator", own - 2 * PADDING - _measure_gap(badge))
    return Card(box, (text, *_place_badge(row, left + own - PADDING, 19.5)))


def _place_badge(row: LayerReport, right: float, y: float) -> tuple[Mark, ...]:
    look, badge = _badge_look(row), _measure_badge(row)
    sign = ("warning", "warning-sign") if look == "lost" else ("mask", "mask-sign")
    return (Glyph(right - badge, y - 10, *sign), Text(right, y, write_mask(row), look, "end"))


def _say_problem(row: LayerReport, width: float) -> list[str]:
    if row.status == "blocked":
        return wrap_text("not reached: a layer before it fails", "kind", width - 2 * PADDING, SAID_LINES)
    if row.status == "fails" and row.problem:
        first_sentence = row.problem.happened.split(". ")[0]
        return wrap_text(first_sentence, "said", width - 2 * PADDING, SAID_LINES)
    return []


def _place_input(row: LayerReport, width: float) -> Card:
    dtype, inner = _count(row), width - 2 * PADDING
    kind = text_width("Input", "kind") + 8
    is_beside = _has_room(row.name, "name", text_width(dtype, "kind"), inner - kind)
    name = _place_text(PADDING, 22, row.name, "name", inner)
    x, y = (PADDING + text_width(name.text, "name") + 8, 22) if is_beside else (PADDING, 41)
    marks = (name, Text(x, y, "Input", "kind"), Text(width - PADDING, y, dtype, "kind", "end"))
    height = INPUT_HEIGHT if is_beside else CARD_HEIGHT
    return Card(Box(0, 0, width, height, "card", INPUT_HEIGHT / 2), marks)


def _place_text(x: float, y: float, text: str, look: str, room: float) -> Text:
    fit = fit_name if look == "name" else fit_text
    fitted = fit(text, look, room)
    return Text(x, y, fitted, look, full="" if fitted == text else text)


def _describe_kind(row: LayerReport, nodes: Nodes) -> str:
    node = nodes[row.name]
    # A further call is marked where other layers have their parameters.
    return join_kind(node.model_copy(update={"shares": None}) if node.shares else node, " · ")


def _count(row: LayerReport) -> str:
    if row.shares and row.status == "builds":
        # The name says which layer it is: "lstm, call 2".
        return "same weights"
    if row.kind == "InputLayer":
        return row.output_dtypes[0] if row.output_dtypes else ""
    return f"{write_count(row.parameters.total)} params" if row.parameters.total else ""


def _badge_look(row: LayerReport) -> str:
    return "lost" if has_lost_mask(row) else "masked"


def _measure_badge(row: LayerReport) -> float:
    words = write_mask(row)
    return text_width(words, _badge_look(row)) + GLYPH + GLYPH_GAP if words else 0


def _measure_gap(right: float) -> float:
    return right + BETWEEN if right else 0


def _is_small(row: LayerReport) -> bool:
    """Whether it is an operation that builds; these are drawn small, so that layers stand out."""
    return is_operation(row.kind) and row.status == "builds"


def _measure_small(row: LayerReport, nodes: Nodes) -> float:
    words = text_width(_describe_kind(row, nodes), "operator") + _measure_gap(_measure_badge(row))
    return max(NARROWEST_OPERATION, words + 2 * PADDING + 1)
