"""write_mermaid(): the model as a Mermaid flowchart."""

from collections.abc import Iterator, Sequence

from app.architecture import Architecture, Node, Source
from app.drawing.boxes.frames import is_open
from app.drawing.boxes.kinds import join_kind
from app.drawing.state_names import name_outputs
from app.drawing.words import clean_text, is_operation, write_axes
from app.flow import Flow
from app.report import LayerReport, Report
from app.report.model import list_calls

CLASSES = (
    "classDef fails stroke:#d1242f,stroke-width:2px",
    "classDef blocked stroke-dasharray:5 4",
)


def write_mermaid(report: Report, flow: Flow, code: str) -> str:
    """A box per layer, and on each arrow the tensor that is read; labels are escaped, so that they stay
    text.
    """
    shapes = {row.name: _write_shapes(row, report.architecture.node(row.name)) for row in report.rows}
    ids = {row.name: f"n{place}" for place, row in enumerate(report.rows)}
    lines = ["flowchart TD", *_write_rows(report.rows, report.architecture, "n", "  ")]
    for source in dict.fromkeys(report.architecture.ends):
        if said := _find_shape(shapes, source):
            at = f"out{source.output or ''}"
            lines.append(f'  {ids[source.node]} --> {ids[source.node]}{at}(["{said}"])')
    lines += [f"  {line}" for line in CLASSES]
    return "\n".join(lines) + "\n"


def escape_mermaid(text: str) -> str:
    """The text with everything but letters, digits, spaces and harmless signs as Mermaid's character
    codes.
    """
    return "".join(
        sign if sign.isalnum() or sign in " ,.:=→×_()-" else f"#{ord(sign)};" for sign in clean_text(text)
    )


def _write_rows(
    rows: Sequence[LayerReport], architecture: Architecture, prefix: str, indent: str
) -> Iterator[str]:
    """The boxes of a model, then its arrows; a small nested model is a frame around its own."""
    nodes = {node.name: node for node in architecture.nodes}
    ids = {row.name: f"{prefix}{place}" for place, row in enumerate(rows)}
    shapes = {row.name: _write_shapes(row, nodes[row.name]) for row in rows}
    for row in rows:
        id, node = ids[row.name], nodes[row.name]
        label = _write_label(row, node)
        if node.model is not None and is_open(row, node.model):
            yield f'{indent}subgraph {id}["{label}"]'
            yield from _write_rows(list_calls(row.layers), node.model, f"{id}_", f"{indent}  ")
            yield f"{indent}end"
        else:
            mark = f":::{row.status}" if row.status != "builds" else ""
            yield f'{indent}{id}["{label}"]{mark}'
    for row in rows:
        for source in dict.fromkeys(nodes[row.name].inbound):
            said = _find_shape(shapes, source)
            yield (
                f"{indent}{ids[source.node]} " + (f'-->|"{said}"|' if said else "-.->") + f" {ids[row.name]}"
            )


def _write_label(row: LayerReport, node: Node) -> str:
    name = "" if is_operation(row.kind) and row.status == "builds" else row.name
    problem = row.problem.happened if row.status == "fails" and row.problem else ""
    parts = (name, join_kind(node, ", "), problem)
    return "<br/>".join(escape_mermaid(part) for part in parts if part)


def _write_shapes(row: LayerReport, node: Node) -> list[str]:
    """Each output of a layer, with its name if it has one."""
    names = name_outputs(node, len(row.output_shapes))
    tensors = zip(names, row.axes, row.output_shapes, strict=True)
    return [escape_mermaid(f"{name} {write_axes(axes, shape)}".strip()) for name, axes, shape in tensors]


def _find_shape(shapes: dict[str, list[str]], source: Source) -> str:
    return next(iter(shapes[source.node][source.output :]), "")
