"""FORMATS: every form in which an answer leaves as a file, in one table."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from app.drawing.describe import describe_shapes, describe_time
from app.drawing.markdown import write_markdown
from app.drawing.mermaid import write_mermaid
from app.drawing.plain import write_plain
from app.drawing.scene import Group, Mark, Scene, Text
from app.drawing.shapes import place_shapes
from app.drawing.svg import write_svg_file
from app.drawing.text import wrap_text
from app.drawing.unroll import place_time
from app.flow import Flow
from app.report import Report

MARGIN, TITLE_HEIGHT = 16.0, 34.0
ERROR_WIDTH, ERROR_LINE, ERROR_LINES = 560.0, 18.0, 20


class Answer(Report):
    """A report with its flow."""

    flow: Flow


class Format(NamedTuple):
    """How a report, its flow and the code become a file."""

    media_type: str
    write: Callable[[Report, Flow, str], str]


def draw_svg(report: Report, flow: Flow, code: str) -> str:
    """The shapes and, below them, the timesteps: one file that needs nothing else."""
    scenes = [("Shapes", place_shapes(report)), ("Through time", place_time(report, flow))]
    marks: list[Mark] = []
    y, width = MARGIN, 0.0
    for heading, scene in scenes:
        if scene is not None:
            marks.append(Text(MARGIN + 12, y + 16, heading, "title"))
            marks.append(Group(scene.marks, x=MARGIN, y=y + TITLE_HEIGHT))
            y += TITLE_HEIGHT + scene.height + MARGIN
            width = max(width, scene.width + 2 * MARGIN)
    description = " ".join(filter(None, (describe_shapes(report), describe_time(report, flow))))
    return write_svg_file(Scene(width, y, tuple(marks), report.architecture.name), description)


def draw_error_svg(title: str, detail: str) -> str:
    """Why there is no picture, as a picture; the words are wrapped, and cut after twenty lines."""
    room = ERROR_WIDTH - 2 * MARGIN
    lines = wrap_text(detail, "kind", room, ERROR_LINES)
    heading = wrap_text(title, "title", room, 2)
    marks: list[Mark] = []
    y = MARGIN
    for line in heading:
        y += 20
        marks.append(Text(MARGIN, y, line, "title"))
    y += 8
    for line in lines:
        y += ERROR_LINE
        marks.append(Text(MARGIN, y, line, "kind"))
    return write_svg_file(Scene(ERROR_WIDTH, y + MARGIN, tuple(marks), title), detail)


def write_json(report: Report, flow: Flow, code: str) -> str:
    """The report with its flow, as the API gives them."""
    return Answer.model_construct(**dict(report), flow=flow).model_dump_json(indent=2) + "\n"


def write_code_file(report: Report, flow: Flow, code: str) -> str:
    """The Keras source that the report is about."""
    return code if code.endswith("\n") else f"{code}\n"


FORMATS: Mapping[str, Format] = {
    "svg": Format("image/svg+xml", draw_svg),
    "json": Format("application/json", write_json),
    "md": Format("text/markdown; charset=utf-8", write_markdown),
    "txt": Format("text/plain; charset=utf-8", write_plain),
    "mmd": Format("text/vnd.mermaid; charset=utf-8", write_mermaid),
    "py": Format("text/x-python; charset=utf-8", write_code_file),
}
