"""FORMATS: every file format in which an answer can be downloaded."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from app.architecture.code import write_code
from app.architecture.code.notes import DOES_NOT_RUN
from app.drawing.formats.card import draw_card
from app.drawing.formats.markdown import write_markdown
from app.drawing.formats.mermaid import write_mermaid
from app.drawing.formats.plain import write_plain
from app.drawing.formats.png import PNG
from app.drawing.formats.sheet import (
    draw_cells,
    draw_data,
    draw_masks,
    draw_shapes,
    draw_svg,
    draw_time,
    draw_units,
    draw_values,
)
from app.flow import Flow, TracedReport
from app.report import Report


class Format(NamedTuple):
    """How a report, its flow and the code become a file. A PNG is rendered from the SVG."""

    media_type: str
    write: Callable[[Report, Flow, str], str]
    needs_values: bool = False
    """Whether the model has to be run for it, so that `Flow.values` is set."""


def write_json(report: Report, flow: Flow, code: str) -> str:
    """The report with its flow, as the API returns them."""
    return TracedReport.model_construct(**dict(report), flow=flow).model_dump_json(indent=2) + "\n"


def write_code_file(report: Report, flow: Flow, code: str) -> str:
    """The source of the model; written anew if the pasted text would not run as it is."""
    if any(problem.code in DOES_NOT_RUN for problem in report.problems):
        code = write_code(report.architecture)
    return code if code.endswith("\n") else f"{code}\n"


SVG = "image/svg+xml"

PICTURES = {
    "svg": Format(SVG, draw_svg),
    "shapes.svg": Format(SVG, draw_shapes),
    "time.svg": Format(SVG, draw_time),
    "data.svg": Format(SVG, draw_data),
    "masks.svg": Format(SVG, draw_masks),
    "values.svg": Format(SVG, draw_values, needs_values=True),
    "cells.svg": Format(SVG, draw_cells),
    "units.svg": Format(SVG, draw_units),
    "card.svg": Format(SVG, draw_card),
}

FORMATS: Mapping[str, Format] = {
    **PICTURES,
    **{name.replace("svg", "png"): picture._replace(media_type=PNG) for name, picture in PICTURES.items()},
    "json": Format("application/json", write_json),
    "md": Format("text/markdown; charset=utf-8", write_markdown),
    "txt": Format("text/plain; charset=utf-8", write_plain),
    "mmd": Format("text/vnd.mermaid; charset=utf-8", write_mermaid),
    "py": Format("text/x-python; charset=utf-8", write_code_file),
}
