"""place_values(): the numbers in a run of the model, as strips: timesteps across, units down."""

from collections.abc import Iterator
from typing import NamedTuple

from app.drawing.fold import Hidden
from app.drawing.numbers.rulers import FOLD, Ruler, make_ruler, name_place
from app.drawing.numbers.value_words import (
    find_range,
    name_layer,
    name_strip,
    say_range,
    say_source,
    write_value,
)
from app.drawing.scene import MARGIN, Box, Group, Mark, Scene, Sign, Span, Text
from app.drawing.text import fit_name, fit_text, text_width
from app.drawing.theme import FURTHEST
from app.drawing.words import write_kind
from app.flow.valued import INNER, Strip, ValuedLayer, ValueTrace
from app.report import Report

NARROWEST, WIDEST, LOWEST, TOKEN = 34.0, 64.0, 22.0, 22.0
UNIT, UNIT_GAP = 10.0, 1.0
MOST_STEPS, FIRST_STEPS, LAST_STEPS = 16, 8, 6
MOST_UNITS, FIRST_UNITS, LAST_UNITS = 10, 5, 3
MOST_LAYERS, FIRST_LAYERS, LAST_LAYERS = 12, 8, 3
LABEL_GAP, RANGE_GAP, WIDEST_LABEL, WIDEST_CODE = 16.0, 14.0, 190.0, 640.0
CODE, TICKS, HEAD, BETWEEN, APART = 18.0, 20.0, 24.0, 8.0, 16.0
SWATCH = 12.0

SCALE = (
    "Each strip has a scale of its own: beside it is the range of what is drawn.",
    "An output of a sigmoid, softmax or tanh has the whole scale of that activation.",
    "The middle is 0; of a gate it is what its activation gives for 0: a sigmoid, 0.5.",
)
WALKED_INSIDE = "inner: the units at all timesteps of the walk inside of that timestep, one after the other"
SKIPPED = "a timestep that the mask has the cell skip: its state is carried over"


class Sheet(NamedTuple):
    """What the strips share: their positions, the timesteps and their width, the number of the sequence."""

    left: float
    steps: Ruler
    cell: float
    ranges: float
    sequence: int


def place_values(report: Report, trace: ValueTrace, sequence: int) -> Scene:
    """The strips of every layer for one sequence, counted from 0; of many layers, the first and last."""
    sheet = _open_sheet(trace, sequence)
    marks: list[Mark] = []
    y = 0.0
    for line in say_source(trace):
        marks.append(Text(0, y + 12, fit_text(line, "code", WIDEST_CODE), "code"))
        y += CODE
    y += BETWEEN
    for step, x in sheet.steps.listed:
        marks.append(
            Text(sheet.left + x + sheet.cell / 2, y + 10, name_place("timesteps", step), "tick", "middle")
        )
    y += TICKS
    for layer in _fold_layers(trace.layers):
        if isinstance(layer, Hidden):
            marks.append(Text(0, y + 12, f"… {len(layer.rows)} more layers …", "kind"))
            y += HEAD + APART
            continue
        placed, height = _place_layer(sheet, layer)
        marks.append(Group(placed, y=y))
        y += height + APART
    y -= APART
    width = max(_find_right(tuple(marks)), sheet.ranges)
    whole = (Group(tuple(marks), x=MARGIN, y=MARGIN),)
    title = f"The values of {report.architecture.name}"
    return Scene(width + 2 * MARGIN, y + 2 * MARGIN, whole, title, tuple(_list_signs(trace, sequence)))


def _open_sheet(trace: ValueTrace, sequence: int) -> Sheet:
    strips = [strip for layer in trace.layers for strip in layer.strips]
    labels = max(text_width(name_strip(strip), "small") for strip in strips) + 12
    left = min(labels, WIDEST_LABEL) + LABEL_GAP
    timesteps = max((len(strip.values[sequence]) for strip in strips if strip.has_timesteps), default=1)
    listed = _fold(timesteps, MOST_STEPS, FIRST_STEPS, LAST_STEPS)
    cell = _find_cell_width(strips, sequence)
    steps = make_ruler(listed, cell)
    return Sheet(left, steps, cell, left + steps.length + RANGE_GAP, sequence)


def _find_cell_width(strips: list[Strip], sequence: int) -> float:
    """As wide as the longest token that is drawn, within limits."""
    tokens = [step[0] for strip in strips if _has_tokens(strip, sequence) for step in strip.values[sequence]]
    widths = (text_width(write_token(token), "count") + 6 for token in tokens)
    return min(max([NARROWEST, *widths]), WIDEST)


def _has_tokens(strip: Strip, sequence: int) -> bool:
    return strip.whole and len(strip.values[sequence][0]) == 1


def _fold(count: int, most: int, first: int, last: int) -> tuple[int, ...]:
    return tuple(range(count)) if count <= most else (*range(first), *range(count - last, count))


def _fold_layers(layers: tuple[ValuedLayer, ...]) -> tuple[ValuedLayer | Hidden[ValuedLayer], ...]:
    if len(layers) <= MOST_LAYERS:
        return layers
    hidden = Hidden(layers[FIRST_LAYERS:-LAST_LAYERS])
    return (*layers[:FIRST_LAYERS], hidden, *layers[-LAST_LAYERS:])


def _find_right(marks: tuple[Mark, ...]) -> float:
    rights = [0.0]
    for mark in marks:
        if isinstance(mark, Group):
            rights.append(mark.x + _find_right(mark.marks))
        elif isinstance(mark, Text) and mark.anchor == "start":
            rights.append(mark.x + text_width(mark.text, mark.look))
    return max(rights)


def _place_layer(sheet: Sheet, layer: ValuedLayer) -> tuple[tuple[Mark, ...], float]:
    name = name_layer(layer)
    fitted = fit_name(name, "row", WIDEST_LABEL)
    marks: list[Mark] = [
        Text(0, 12, fitted, "row", full="" if fitted == name else name),
        Text(text_width(fitted, "row") + 8, 12, write_kind(layer.kind), "small"),
    ]
    y = HEAD
    for strip in layer.strips:
        placed, height = _place_strip(sheet, strip)
        marks.append(Group(placed, y=y))
        y += height + BETWEEN
    return tuple(marks), y - BETWEEN


def _place_strip(sheet: Sheet, strip: Strip) -> tuple[tuple[Mark, ...], float]:
    steps = strip.values[sheet.sequence]
    is_tokens = _has_tokens(strip, sheet.sequence)
    units = make_units(len(steps[0]))
    height = TOKEN if is_tokens else units.length
    middle = height / 2 + 4
    marks: list[Mark] = [_label_strip(sheet, strip, middle)]
    drawn = tuple(
        tuple(steps[step][unit] for unit, _ in units.listed) for step, _ in _list_columns(sheet, strip)
    )
    reach = strip.reach or max(abs(end - strip.centre) for end in find_range(drawn))
    for step, x in _list_columns(sheet, strip):
        if is_tokens:
            column = _place_token(sheet, steps[step][0], sheet.left + x)
        else:
            column = _place_column(sheet, strip, step, sheet.left + x, units, reach)
        # A single output belongs to no particular timestep.
        marks += [Group(tuple(column), "step", step=step)] if strip.has_timesteps else column
    for place, x in zip(sheet.steps.places, sheet.steps.starts, strict=True):
        if place is None and strip.has_timesteps:
            marks.append(Text(sheet.left + x + FOLD / 2, middle, "…", "fold-text", "middle"))
    if not is_tokens:
        marks.append(Text(sheet.ranges, middle, say_range(drawn), "small"))
    return tuple(marks), height


def make_units(count: int) -> Ruler:
    """The units that are drawn, from top to bottom; the fewer, the higher."""
    size = max(UNIT, (LOWEST + UNIT_GAP) / count - UNIT_GAP)
    places: list[int | None] = list(_fold(count, MOST_UNITS, FIRST_UNITS, LAST_UNITS))
    if count > MOST_UNITS:
        places.insert(FIRST_UNITS, None)
    starts, end = [], 0.0
    for place in places:
        starts.append(end)
        end += (size if place is not None else FOLD) + UNIT_GAP
    return Ruler(tuple(places), tuple(starts), end - UNIT_GAP)


def _label_strip(sheet: Sheet, strip: Strip, middle: float) -> Text:
    words = name_strip(strip)
    fitting = fit_text(words, "small", sheet.left - LABEL_GAP)
    if strip.name == "out" or fitting != words:
        return Text(0, middle, fitting, "small", full="" if fitting == words else words)
    return Text(0, middle, (Span(words.removesuffix(strip.name)), Span(strip.name, "letter")), "small")


def _list_columns(sheet: Sheet, strip: Strip) -> Iterator[tuple[int, float]]:
    """The listed timesteps of a strip with their positions; an output without timesteps is at the end."""
    if not strip.has_timesteps:
        yield 0, sheet.steps.listed[-1][1]
        return
    for step, x in sheet.steps.listed:
        if step < len(strip.values[sheet.sequence]):
            yield step, x


def _place_token(sheet: Sheet, token: float | None, x: float) -> Iterator[Mark]:
    yield Box(x, 0, sheet.cell, TOKEN, "shade-1", 3)
    text = fit_text(write_token(token), "count", sheet.cell - 4)
    yield Text(x + sheet.cell / 2, 15.5, text, "count", "middle")


def write_token(token: float | None) -> str:
    """A whole number, with a real minus."""
    return f"{token or 0:.0f}".replace("-", "−")


def _place_column(
    sheet: Sheet, strip: Strip, step: int, x: float, units: Ruler, reach: float
) -> Iterator[Mark]:
    numbers = strip.values[sheet.sequence][step]
    skipped = strip.skipped is not None and strip.skipped[sheet.sequence][step]
    at = f"{name_place('timesteps', step)}, " if strip.has_timesteps else ""
    if skipped:
        yield Box(x, 0, sheet.cell, units.length, "padding", 0)
    inset = 4.0 if skipped else 0.0
    ends = (*units.starts[1:], units.length + UNIT_GAP)
    for (unit, start), end in zip(zip(units.places, units.starts, strict=True), ends, strict=True):
        if unit is None:
            yield Text(x + sheet.cell / 2, start + FOLD / 2 + 4, "⋮", "kind", "middle")
        elif (number := numbers[unit]) is not None:
            full = f"{name_strip(strip)}, {at}unit {unit + 1}: {write_value(number)}"
            look = choose_look(number - strip.centre, reach)
            yield Box(x + inset, start, sheet.cell - 2 * inset, end - UNIT_GAP - start, look, 0, full=full)


def choose_look(distance: float, reach: float) -> str:
    """The colour of a number at a `distance` from the middle of a scale that goes to `reach`."""
    far = round(FURTHEST * distance / reach) if reach else 0
    return f"above-{far}" if far > 0 else f"below-{-far}" if far else "value-0"


def _list_signs(trace: ValueTrace, sequence: int) -> Iterator[Sign]:
    looks = [f"below-{far}" for far in range(FURTHEST, 0, -1)]
    looks += ["value-0", *(f"above-{far}" for far in range(1, FURTHEST + 1))]
    scale = tuple(Box(SWATCH * place, -6.5, SWATCH, 13, look, 0) for place, look in enumerate(looks))
    yield Sign("blue: below the middle; orange: above it", scale, SWATCH * len(looks))
    yield from map(Sign, SCALE)
    strips = [strip for layer in trace.layers for strip in layer.strips]
    if any(strip.way.startswith(INNER) for strip in strips):
        yield Sign(WALKED_INSIDE)
    if any(strip.skipped is not None and any(strip.skipped[sequence]) for strip in strips):
        yield Sign(SKIPPED, (Box(2, -6.5, 20, 13, "padding", 0),))
