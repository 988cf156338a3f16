"""write_mermaid(): the model as a Mermaid flowchart, for documents that draw those."""

from app.drawing.arguments import summarise_arguments
from app.drawing.words import clean_text, write_output
from app.flow import Flow
from app.report import LayerReport, Report

CLASSES = (
    "classDef fails stroke:#d1242f,stroke-width:2px",
    "classDef blocked stroke-dasharray:5 4",
)


def write_mermaid(report: Report, flow: Flow, code: str) -> str:
    """One box a layer, with its shape on each arrow; labels are escaped, so that they stay text."""
    nodes = {node.name: node for node in report.architecture.nodes}
    ids = {row.name: f"n{place}" for place, row in enumerate(report.rows)}
    lines = ["flowchart TD"]
    for row in report.rows:
        kind = ", ".join(filter(None, (row.kind, summarise_arguments(nodes[row.name]))))
        problem = row.problem.happened if row.status == "fails" and row.problem else ""
        label = "<br/>".join(escape_mermaid(part) for part in (row.name, kind, problem) if part)
        mark = f":::{row.status}" if row.status != "builds" else ""
        lines.append(f'  {ids[row.name]}["{label}"]{mark}')
    shapes = {row.name: _write_shapes(row) for row in report.rows}
    for row in report.rows:
        for name in row.inbound:
            on = f'-->|"{shapes[name]}"|' if shapes[name] else "-.->"
            lines.append(f"  {ids[name]} {on} {ids[row.name]}")
    for output in dict.fromkeys(output.name for output in report.outputs):
        lines.append(f'  {ids[output]} --> {ids[output]}out(["{shapes[output]}"])')
    lines += [f"  {line}" for line in CLASSES]
    return "\n".join(lines) + "\n"


def escape_mermaid(text: str) -> str:
    """Everything but letters, digits, spaces and harmless signs as Mermaid's character codes."""
    return "".join(
        sign if sign.isalnum() or sign in " ,.:=→×_()-" else f"#{ord(sign)};" for sign in clean_text(text)
    )


def _write_shapes(row: LayerReport) -> str:
    return escape_mermaid(write_output(row))
