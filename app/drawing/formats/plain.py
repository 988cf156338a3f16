"""write_plain(): the report as plain text, for terminals of 80 to 100 columns."""

from textwrap import wrap

from app.drawing.boxes.kinds import tell_kind
from app.drawing.describe import describe_time
from app.drawing.formats.nesting import Nested, list_nested
from app.drawing.formats.work_words import HEADINGS, describe_work, list_work
from app.drawing.words import clean_text, write_bytes, write_count, write_mask, write_shape, write_uncounted
from app.flow import Flow
from app.problems import Problem
from app.report import Report

WIDTH = 98
NAME, KIND, SHAPE, COUNT = 24, 28, 24, 16
TYPES, FIGURES = 21, (14, 14, 14)


def write_plain(report: Report, flow: Flow, code: str) -> str:
    """A table of layers, the problems, and how the data moves through time."""
    totals = report.totals
    lines = [
        clean_text(f"{report.architecture.name}: {report.status} on Keras {report.keras}"),
        "",
        _write_columns("Layer", "Kind", "Output shape", "Parameters"),
        "-" * WIDTH,
        *(line for row in list_nested(report.rows, report.architecture) for line in _write_row(row)),
        "-" * WIDTH,
        _write_columns("Total", write_bytes(totals.bytes), "", write_count(totals.parameters)),
        *_wrap(write_uncounted(totals), "    "),
    ]
    for problem in report.problems:
        lines += ["", *_write_problem(problem)]
    if works := [*list_work(report)]:
        lines += ["", "Memory and work", *_wrap(describe_work(report), "  ")]
        lines += [_write_work(row) for row in (HEADINGS, *works)]
    if flow.lanes:
        lines += ["", "Through time", *_wrap(describe_time(report, flow), "  ")]
    return "\n".join(lines) + "\n"


def _write_columns(name: str, kind: str, shape: str, count: str) -> str:
    cells = f"{_cut(name, NAME)}  {_cut(kind, KIND)}  {_cut(shape, SHAPE)}  {clean_text(count):>{COUNT}}"
    return cells.rstrip()


def _cut(text: str, width: int) -> str:
    text = clean_text(text)
    return f"{text[: width - 1]}…" if len(text) > width else f"{text:<{width}}"


def _write_row(nested: Nested) -> list[str]:
    row, (kind, more) = nested.row, tell_kind(nested.node)
    shapes = [write_shape(shape) for shape in row.output_shapes] or [row.status]
    notes = [more if row.shares else "", write_mask(row)]
    kind = kind if row.shares else f"{kind} {more}".strip()
    count = "" if row.shares else write_count(row.parameters.total)
    first = _write_columns(nested.name, kind, shapes[0], count)
    return [
        first,
        *(_write_columns("", "", shape, "") for shape in shapes[1:]),
        *(f"    {note}" for note in notes if note),
    ]


def _write_work(cells: tuple[str, ...]) -> str:
    name, types, *numbers = cells
    first = f"  {_cut(name, NAME)}  {_cut(types, TYPES)}"
    return "  ".join((first, *(f"{text:>{width}}" for text, width in zip(numbers, FIGURES, strict=True))))


def _write_problem(problem: Problem) -> list[str]:
    """An error under headings; a note just in its own words, as not every one is a mistake to be mended."""
    where = f" in {problem.layer}" if problem.layer else ""
    line = f", line {problem.line}" if problem.line else ""
    first = clean_text(f"{problem.severity}{where}{line}: {problem.code}")
    if problem.severity == "warning":
        return [first, *_wrap(f"{problem.happened} {problem.fix}", "  ")]
    return [
        first,
        *_wrap(problem.happened, "  "),
        *_wrap(f"Expected: {problem.expected}", "  "),
        *_wrap(f"To fix it: {problem.fix}", "  "),
        *(line for repair in problem.repairs for line in _wrap(f"Rebuilt and works: {repair.title}", "  ")),
    ]


def _wrap(text: str, indent: str) -> list[str]:
    return wrap(clean_text(text), WIDTH, initial_indent=indent, subsequent_indent=indent)
