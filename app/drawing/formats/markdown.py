"""write_markdown(): the report as Markdown: a table of layers, the problems, and the pictures in words."""

import re

from app.drawing.boxes.kinds import join_kind
from app.drawing.describe import describe_shapes, describe_time
from app.drawing.formats.nesting import Nested, list_nested
from app.drawing.formats.work_words import HEADINGS, describe_work, list_work
from app.drawing.numbers.data_words import describe_data
from app.drawing.words import (
    clean_text,
    count_layers,
    write_bytes,
    write_count,
    write_mask,
    write_output,
    write_shape,
    write_uncounted,
)
from app.flow import Flow
from app.problems import Problem
from app.report import Report

HEADER = "| Layer | Kind | Output shape | Meaning | Parameters | Where the numbers come from | Mask |"
RULE = "|---|---|---|---|--:|---|---|"
SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$])")


def write_markdown(report: Report, flow: Flow, code: str) -> str:
    """A complete document; names are escaped, so that they stay text."""
    totals = report.totals
    uncounted = escape_markdown(f", {words}") if (words := write_uncounted(totals)) else ""
    parts = [
        f"# {escape_markdown(report.architecture.name)}",
        f"{count_layers(report)}, {write_count(totals.parameters)} parameters "
        f"({write_bytes(totals.bytes)}){uncounted}. "
        f"Keras {report.keras} says that the model {report.status}.",
        "\n".join([HEADER, RULE, *map(_write_row, list_nested(report.rows, report.architecture))]),
    ]
    if works := [*list_work(report)]:
        rows = (HEADINGS, ("---", "---", "--:", "--:", "--:"), *(map(escape_markdown, row) for row in works))
        table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
        parts += ["## Memory and work", escape_markdown(describe_work(report)), table]
    if report.problems:
        parts += ["## Problems and notes", "\n".join(map(_write_problem, report.problems))]
    parts += ["## Shapes in words", escape_markdown(describe_shapes(report))]
    if flow.lanes:
        parts += ["## Through time in words", escape_markdown(describe_time(report, flow))]
    for moved in flow.data:
        heading = f"## The numbers of {escape_markdown(moved.layer)} in words"
        parts += [heading, escape_markdown(describe_data(moved))]
    return "\n\n".join(parts) + "\n"


def escape_markdown(text: str) -> str:
    """Markdown that shows exactly this text, on one line."""
    return SPECIAL.sub(r"\\\1", clean_text(text))


def _write_row(nested: Nested) -> str:
    row = nested.row
    shapes = " and ".join(map(write_shape, row.output_shapes))
    cells = (
        nested.name,
        join_kind(nested.node, ", "),
        shapes or row.status,
        write_output(row),
        "" if row.shares else write_count(row.parameters.total),
        "; ".join(row.origins),
        write_mask(row),
    )
    return f"| {' | '.join(map(escape_markdown, cells))} |"


def _write_problem(problem: Problem) -> str:
    """An error under headings; a note just in its own words, as not every one is a mistake to be mended."""
    where = f"{problem.layer}: " if problem.layer else ""
    line = f" (line {problem.line})" if problem.line else ""
    is_note = problem.severity == "warning"
    advice = problem.fix if is_note else f"Expected: {problem.expected} To fix it: {problem.fix}"
    said = f"{where}{problem.happened} {advice}"
    repairs = "".join(f"\n  - {escape_markdown(repair.title)}" for repair in problem.repairs)
    return f"- **{problem.severity}** {escape_markdown(said + line)}{repairs}"
