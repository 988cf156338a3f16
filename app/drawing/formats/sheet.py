"""Sheets: several pictures of one model below each other, as a standalone SVG file."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.drawing.boxes.shapes import place_shapes
from app.drawing.cell.cells import describe_cell, list_cells_drawn, place_cell
from app.drawing.cell.gates import Cell
from app.drawing.cell.stacks import describe_units, find_stacks
from app.drawing.cell.units import place_units
from app.drawing.describe import describe_shapes, describe_time
from app.drawing.fold import list_shown
from app.drawing.headline import summarise_model
from app.drawing.legend import add_legend
from app.drawing.numbers.data import place_data
from app.drawing.numbers.data_words import describe_data
from app.drawing.numbers.masked_words import describe_masks
from app.drawing.numbers.masks import place_masks
from app.drawing.numbers.value_words import describe_values
from app.drawing.numbers.values import place_values
from app.drawing.scene import Group, Mark, Scene, Text
from app.drawing.svg import write_svg_file
from app.drawing.text import text_width, wrap_text
from app.drawing.time.unroll import place_time
from app.drawing.words import clean_text
from app.flow import Flow
from app.flow.valued import ValueTrace
from app.report import Report

MARGIN, TITLE_HEIGHT = 16.0, 34.0
NOTICE_WIDTH, NOTICE_LINE, NOTICE_LINES = 560.0, 18.0, 20
LONGEST_HEADING = 80

NO_SEQUENCES = (
    "Masks are drawn of sequences that the model is run on, and this link has none: type some under "
    "“Masks with your data”, or send them as “sequences” with the question."
)


class Section(NamedTuple):
    """A picture with its heading and its description in words."""

    heading: str
    scene: Scene
    description: str


def draw_svg(report: Report, flow: Flow, code: str) -> str:
    """The shapes and, below them, the timesteps."""
    return _write(report, [*_list_shapes(report), *_list_time(report, flow)], "")


def draw_shapes(report: Report, flow: Flow, code: str) -> str:
    """Only the shapes."""
    return _write(report, _list_shapes(report), "")


def draw_time(report: Report, flow: Flow, code: str) -> str:
    """Only the timesteps."""
    return _write(report, _list_time(report, flow), "No layer of this model has a timesteps axis.")


def draw_data(report: Report, flow: Flow, code: str) -> str:
    """How rows of data become timesteps, and where each number goes."""
    return _write(
        report,
        _list_data(flow),
        "Drawn are inputs of tokens or of timesteps × features, and layers that only move numbers. "
        "This model has none that can be drawn.",
    )


def draw_masks(report: Report, flow: Flow, code: str) -> str:
    """The sequences of the question, and what every layer makes of their padding."""
    refused = flow.masks.refused if flow.masks else NO_SEQUENCES
    return _write(report, _list_masks(report, flow), refused)


def draw_values(report: Report, flow: Flow, code: str) -> str:
    """The numbers in a run of the model, sequence by sequence."""
    trace = flow.values or ValueTrace(
        refused="The model was not run: its numbers are there where they are asked for."
    )
    return _write(report, _list_values(report, trace), trace.refused)


def draw_cells(report: Report, flow: Flow, code: str) -> str:
    """The inside of every recurrent layer; equal layers share a picture."""
    return _write(report, _list_cells(report), "No recurrent layer of this model has a cell to look into.")


def draw_units(report: Report, flow: Flow, code: str) -> str:
    """The recurrent layers, unit by unit."""
    return _write(
        report,
        _list_units(report),
        "Unit by unit are drawn LSTM, GRU and SimpleRNN layers. This model has none.",
    )


def draw_error_svg(title: str, detail: str) -> str:
    """A picture that says why there is no picture; at most twenty lines."""
    room = NOTICE_WIDTH - 2 * MARGIN
    marks: list[Mark] = []
    y = MARGIN
    for line in wrap_text(title, "title", room, 2):
        y += 20
        marks.append(Text(MARGIN, y, line, "title"))
    y += 8
    for line in wrap_text(detail, "kind", room, NOTICE_LINES):
        y += NOTICE_LINE
        marks.append(Text(MARGIN, y, line, "kind"))
    return write_svg_file(Scene(NOTICE_WIDTH, y + MARGIN, tuple(marks), title), detail)


def _write(report: Report, sections: Iterable[Section], otherwise: str) -> str:
    """The sections from top to bottom; if there are none, the words `otherwise`."""
    title = summarise_model(report)
    marks: list[Mark] = []
    said: list[str] = []
    y, width = MARGIN, 0.0
    for heading, picture, description in sections:
        scene = add_legend(picture)
        marks.append(Text(MARGIN + 12, y + 16, heading, "title"))
        marks.append(Group(scene.marks, x=MARGIN, y=y + TITLE_HEIGHT))
        y += TITLE_HEIGHT + scene.height + MARGIN
        width = max(width, scene.width + 2 * MARGIN, text_width(heading, "title") + 2 * MARGIN + 12)
        said.append(description)
    if not said:
        return draw_error_svg(title, otherwise)
    return write_svg_file(Scene(width, y, tuple(marks), title), " ".join(said))


def _list_shapes(report: Report) -> Iterator[Section]:
    yield Section("Shapes", place_shapes(report), describe_shapes(report))


def _list_time(report: Report, flow: Flow) -> Iterator[Section]:
    scene = place_time(report, flow)
    if scene:
        yield Section("Through time", scene, describe_time(report, flow))


def _list_data(flow: Flow) -> Iterator[Section]:
    for moved in flow.data:
        yield Section(_cut(f"The numbers of {moved.layer}"), place_data(moved), describe_data(moved))


def _list_masks(report: Report, flow: Flow) -> Iterator[Section]:
    if flow.masks and not flow.masks.refused:
        scene = place_masks(report, flow.masks)
        yield Section("Masks", scene, describe_masks(report, flow.masks))


def _list_values(report: Report, trace: ValueTrace) -> Iterator[Section]:
    for sequence in range(trace.samples):
        heading = f"Values of sequence {sequence + 1}" if trace.samples > 1 else "Values"
        yield Section(heading, place_values(report, trace, sequence), describe_values(trace, sequence))


def _list_cells(report: Report) -> Iterator[Section]:
    alike: dict[tuple[Cell, str], list[str]] = {}
    for name, cell, kind in list_cells_drawn(report):
        alike.setdefault((cell, kind), []).append(name)
    for (cell, kind), names in list_shown(tuple(alike.items())):
        description = " ".join(describe_cell(name, cell, kind) for name in names)
        yield Section(_head("Inside", names), place_cell(cell, kind), description)


def _head(word: str, names: Iterable[str]) -> str:
    return _cut(f"{word} {', '.join(names)}")


def _cut(heading: str) -> str:
    heading = clean_text(heading)
    return heading if len(heading) <= LONGEST_HEADING else f"{heading[:LONGEST_HEADING]}…"


def _list_units(report: Report) -> Iterator[Section]:
    for stack in list_shown(find_stacks(report)):
        yield Section(_head("The units of", [stack.title]), place_units(stack), describe_units(stack))
