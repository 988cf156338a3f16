"""place_masks(): typed sequences timestep by timestep, and what each layer makes of their padding."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from app.drawing.boxes.kinds import name_kind
from app.drawing.numbers.masked_rows import MaskedRow, list_masked_rows
from app.drawing.numbers.masked_words import LOOKS, MEASURED, has_padding, is_leaked, list_codes, say_effect
from app.drawing.numbers.rulers import FOLD, Ruler, make_ruler, name_place
from app.drawing.scene import MARGIN, Arrow, Box, Glyph, Group, Line, Mark, Point, Scene, Sign, Text
from app.drawing.text import fit_name, fit_text, text_width, wrap_text
from app.drawing.words import has_lost_mask, write_mask, write_name
from app.flow.masked import MaskedLayer, MaskTrace
from app.flow.rules.recurrent import find_direction
from app.flow.skipping import skips_padding
from app.report import LayerReport, Report

CELL_WIDTH, CELL_HEIGHT, BETWEEN = 32.0, 24.0, 14.0
# A token may be longer than its cell, which then goes into the room between two.
WIDEST_CELL = CELL_WIDTH + BETWEEN - 2
ROW, HEAD, TICKS, CODE, BELOW = 46.0, 22.0, 20.0, 18.0, 10.0
LABEL_GAP, WORDS_GAP, WIDEST_LABEL = 16.0, 18.0, 190.0
APART = 24.0
MOST_STEPS, FIRST, LAST = 16, 8, 6
SIGN, ASIDE, WIDEST_WORDS, WIDEST_CODE = 17.0, 5.0, 400.0, 640.0
INDENT, LABELS = 14.0, 30.0
SAID, MOST_LINES, MOST_BESIDE = 16.0, 3, 2

TELEPHONE = 341.0
"""The width of words on a telephone, in px."""


class Sheet(NamedTuple):
    """What the strips of a picture share: their positions, the timesteps, and the words about layers.

    `tokens` are what each input reads, sequence by sequence.
    """

    left: float
    steps: Ruler
    words: float
    rows: tuple[MaskedRow, ...]
    tokens: dict[str, tuple[tuple[int, ...], ...]]
    padded: tuple[bool, ...]
    """For each sequence, whether a mask marks any of its timesteps."""
    room: float | None
    """The width of words below their rows, in px; None if they are beside them."""


class Said(NamedTuple):
    """A line of words about a layer, with the looks of its text and of the sign before it."""

    text: str
    look: str
    sign: tuple[str, str] | None = None


def place_masks(report: Report, trace: MaskTrace, room: float | None = None) -> Scene:
    """A strip for each sequence: its numbers, and below them which timesteps count in each layer.

    The words about a layer are beside it, or, if `room` is given, below it on lines of that width in px.
    """
    sheet = _open_sheet(report, trace, room)
    marks: list[Mark] = []
    y = 0.0
    for code in list_codes(trace):
        for line in _wrap(code, "code", room) if room else [fit_text(code, "code", WIDEST_CODE)]:
            marks.append(Text(0, y + 12, line, "code"))
            y += CODE
    y += BELOW
    for sequence in range(len(trace.tokens)):
        marks.append(Group(tuple(_place_sequence(sheet, sequence)), y=y))
        y += HEAD + TICKS + sum(_measure_row(sheet, row, sequence) for row in sheet.rows) + APART
    y -= APART
    width = max(sheet.words - WORDS_GAP, *_list_rights(tuple(marks)))
    whole = (Group(tuple(marks), x=MARGIN, y=MARGIN),)
    title = f"The masks of {report.architecture.name}"
    return Scene(width + 2 * MARGIN, y + 2 * MARGIN, whole, title, tuple(_list_signs(sheet)))


def _list_signs(sheet: Sheet) -> Iterator[Sign]:
    is_measured = any(row.is_behind for row in sheet.rows)
    is_drawn = {"cell": any(find_direction(row.node) for row in sheet.rows), "leaked": is_measured}
    for look, words in LOOKS:
        if is_drawn.get(look, True):
            yield Sign(words, (Box(2, -6.5, 20, 13, look, 3),))
    if is_measured:
        yield Sign(MEASURED)


def _open_sheet(report: Report, trace: MaskTrace, room: float | None) -> Sheet:
    rows = list_masked_rows(report, trace)
    names = max(_indent(row) + text_width(write_name(row.report.name)[:40], "row") for row in rows)
    kinds = max(_indent(row) + text_width(name_kind(row.node)[:40], "small") for row in rows)
    left = min(max(names, kinds), WIDEST_LABEL) + LABEL_GAP
    timesteps = max(len(one.tokens[0]) for one in trace.inputs)
    listed = tuple(range(timesteps))
    if timesteps > MOST_STEPS:
        listed = (*range(FIRST), *range(timesteps - LAST, timesteps))
    steps = make_ruler(listed, CELL_WIDTH + BETWEEN)
    return Sheet(
        left=left,
        steps=steps,
        words=left + steps.length + WORDS_GAP,
        rows=rows,
        tokens={one.input: one.tokens for one in trace.inputs},
        padded=tuple(has_padding(rows, sequence) for sequence in range(len(trace.tokens))),
        room=room,
    )


def _wrap(words: str, look: str, room: float) -> list[str]:
    return wrap_text(words, look, room, MOST_LINES)


def _list_rights(marks: tuple[Mark, ...]) -> Iterator[float]:
    for mark in marks:
        if isinstance(mark, Group):
            yield from _list_rights(mark.marks)
        elif isinstance(mark, Text) and mark.anchor == "start":
            yield mark.x + text_width(mark.text, mark.look)


def _place_sequence(sheet: Sheet, sequence: int) -> Iterator[Mark]:
    yield Text(0, 14, f"Sequence {sequence + 1}", "name")
    for step, x in sheet.steps.listed:
        centre = sheet.left + x + CELL_WIDTH / 2
        yield Text(centre, HEAD + 10, name_place("timesteps", step), "tick", "middle")
    y = HEAD + TICKS
    for row in sheet.rows:
        marks = (
            *_name_row(sheet, row, sequence),
            *_place_steps(sheet, row, sequence),
            *_say_row(sheet, row, sequence),
        )
        yield Group(marks, "layer", row.name, y=y)
        y += _measure_row(sheet, row, sequence)


def _measure_row(sheet: Sheet, row: MaskedRow, sequence: int) -> float:
    return ROW + (SAID * len(_list_said(sheet, row, sequence)) if sheet.room else 0)


def _name_row(sheet: Sheet, row: MaskedRow, sequence: int) -> Iterator[Mark]:
    """The name; layers of a nested model are indented beside a line."""
    left = _indent(row)
    for depth in range(len(row.around)):
        x = INDENT * depth + INDENT / 2
        yield Line(((x, LABELS - ROW), (x, LABELS - ROW + _measure_row(sheet, row, sequence))), "rule")
    room = sheet.left - LABEL_GAP - left
    name = write_name(row.report.name)
    fitted = fit_name(name, "row", room)
    yield Text(left, CELL_HEIGHT / 2 - 1, fitted, "row", full="" if fitted == name else name)
    yield Text(left, CELL_HEIGHT / 2 + 14, fit_text(name_kind(row.node), "small", room), "small")


def _indent(row: MaskedRow) -> float:
    return INDENT * len(row.around)


def _place_steps(sheet: Sheet, row: MaskedRow, sequence: int) -> Iterator[Mark]:
    layer = row.layer
    if find_direction(row.node):
        yield from _place_walk(sheet, row, sequence)
        return
    if not layer.has_timesteps:
        look = "leaked" if layer.changed[sequence][0] else "batch"
        x = sheet.left + sheet.steps.listed[-1][1]
        yield Box(x, 0, CELL_WIDTH, CELL_HEIGHT, look, 3)
        return
    tokens = _list_tokens(sheet, row, sequence)
    width = min(max([CELL_WIDTH, *(text_width(token, "count") + 6 for token in tokens)]), WIDEST_CELL)
    for step, x in sheet.steps.listed:
        if step >= len(layer.changed[sequence]):
            break
        centre = sheet.left + x + CELL_WIDTH / 2
        look = _find_look(layer, sequence, step)
        marks: list[Mark] = [Box(centre - width / 2, 0, width, CELL_HEIGHT, look, 3)]
        if tokens:
            marks.append(Text(centre, 16.5, fit_text(tokens[step], "count", width - 2), "count", "middle"))
        yield Group(tuple(marks), "step", step=step)
    yield from _place_folds(sheet)


def _find_look(layer: MaskedLayer, sequence: int, step: int) -> str:
    if layer.mask is not None and not layer.mask[sequence][step]:
        return "padding"
    return "leaked" if is_leaked(layer, sequence, step) else "shade-2"


def _place_folds(sheet: Sheet) -> Iterator[Mark]:
    for place, x in zip(sheet.steps.places, sheet.steps.starts, strict=True):
        if place is None:
            yield Text(sheet.left + x + FOLD / 2, CELL_HEIGHT / 2 + 4, "…", "fold-text", "middle")


def _list_tokens(sheet: Sheet, row: MaskedRow, sequence: int) -> list[str]:
    """What an input reads at each timestep, in digits; nothing where the row is no input."""
    if row.path[0] not in sheet.tokens or not row.node.is_input:
        return []
    return [str(token) for token in sheet.tokens[row.name][sequence]]


def _place_walk(sheet: Sheet, row: MaskedRow, sequence: int) -> Iterator[Mark]:
    """The cells of a recurrent layer; at a masked timestep the state passes unchanged."""
    assert row.entering is not None
    read = row.entering
    mask = read.mask[sequence] if read.mask and skips_padding(row.report, row.node) else None
    walked = [(step, x) for step, x in sheet.steps.listed if step < len(read.changed[sequence])]
    direction = find_direction(row.node)
    heights = (
        (CELL_HEIGHT / 2 - ASIDE, CELL_HEIGHT / 2 + ASIDE) if direction == "both" else (CELL_HEIGHT / 2,)
    )
    for step, x in walked:
        left, skipped = sheet.left + x, mask is not None and not mask[step]
        look = "padding" if skipped else "cell"
        carried = [Line(((left, y), (left + CELL_WIDTH, y)), "state-h") for y in heights if skipped]
        cell = Box(left, 0, CELL_WIDTH, CELL_HEIGHT, look, 5, f"{row.name}@{sequence}.{step}")
        yield Group((cell, *carried), "step", step=step)
    for (before, x), (after, next_x) in pairwise(walked):
        if after > before + 1:
            continue
        ports = [f"{row.name}@{sequence}.{step}" for step in (before, after)]
        start, end = sheet.left + x + CELL_WIDTH, sheet.left + next_x
        for place, y in enumerate(heights):
            points: tuple[Point, Point] = ((start, y), (end, y))
            backward = direction == "backward" or place == 1
            turned = (points[::-1], ports[::-1]) if backward else (points, ports)
            yield Arrow(turned[0], "state-h", turned[1][0], turned[1][1])
    yield from _place_folds(sheet)


def _say_row(sheet: Sheet, row: MaskedRow, sequence: int) -> Iterator[Mark]:
    said = _list_said(sheet, row, sequence)
    x = _indent(row) if sheet.room else sheet.words
    y = LABELS + SAID - 2 if sheet.room else CELL_HEIGHT / 2 + 4 - SAID / 2 * (len(said) - 1)
    for line, look, sign in said:
        if sign:
            yield Glyph(x, y - 10, *sign)
        yield Text(x + SIGN, y, line, look)
        y += SAID


def _list_said(sheet: Sheet, row: MaskedRow, sequence: int) -> list[Said]:
    """The words about a row."""
    said: list[Said] = []
    if mask := _write_mask(row.report):
        lost = has_lost_mask(row.report)
        sign = ("warning", "warning-sign") if lost else ("mask", "mask-sign")
        said.append(Said(mask, "lost" if lost else "masked", sign))
    if row.is_behind and sheet.padded[sequence]:
        effect = say_effect(row.layer, sequence)
        said.append(Said(effect, "masked" if effect.endswith("nothing") else "lost"))
    room, most = WIDEST_WORDS, MOST_BESIDE
    if sheet.room is not None:
        room, most = sheet.room - SIGN - _indent(row), MOST_LINES
    return [
        Said(line, words.look, words.sign if place == 0 else None)
        for words in said
        for place, line in enumerate(wrap_text(words.text, words.look, room, most))
    ]


def _write_mask(row: LayerReport) -> str:
    """What the layer does with the mask, and why it loses it if it does."""
    words = write_mask(row)
    why = (
        row.problem.happened.partition(":")[0].partition(". ")[0]
        if has_lost_mask(row) and row.problem
        else ""
    )
    return f"{words}: {why}" if why else words
