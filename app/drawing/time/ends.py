"""Ends: the layers after the last lane, which have no timesteps: the Dense after an LSTM.

They are no lanes, but without them the picture would end before the model does.
"""

from collections.abc import Iterator, Mapping

from app.architecture import Node
from app.drawing.boxes.kinds import name_kind
from app.drawing.measures import measure_step
from app.drawing.scene import Arrow, Group
from app.drawing.time.lanes import leave_chip, put_chip
from app.drawing.time.sources import Place
from app.drawing.time.strip import Strip, name_port
from app.drawing.words import write_plural
from app.flow import Flow
from app.report import LayerReport, Report

MOST_ENDS = 6
"""Of a longer chain only the first layers are drawn."""


def find_ends(report: Report, flow: Flow) -> tuple[LayerReport, ...]:
    """The chain of layers after the last lane, each reading nothing but the one before it."""
    if not flow.lanes or flow.lanes[-1].time_out:
        return ()
    return tuple(_follow(report, flow.lanes[-1].layer))


def _follow(report: Report, name: str) -> Iterator[LayerReport]:
    while True:
        readers = [row for row in report.rows if name in row.inbound]
        if len(readers) != 1 or len(readers[0].inbound) != 1 or readers[0].status != "builds":
            return
        yield readers[0]
        name = readers[0].name


def place_ends(strip: Strip, flow: Flow, rows: tuple[LayerReport, ...]) -> None:
    """A chip for each, below the one that it reads."""
    for row in rows[:MOST_ENDS]:
        measure = measure_step(row.axes[0], row.output_shapes[0], None)
        y = strip.open_row(measure.height)
        strip.name_row(y, row.name, name_kind(strip.nodes[row.name]))
        strip.measure_row(y, flow.lanes[-1], row, measure, changed=False)
        (source,) = strip.exits[row.inbound[0]].places.values()
        end = Place((strip.chip_x, y - measure.height / 2), name_port(row.name, 0))
        arrow = Arrow((source.point, end.point), "wire", source.port, end.port)
        strip.put(Group((arrow, put_chip(strip, measure, y, end.port)), "result", row.name))
        strip.exits[row.name] = leave_chip(strip, measure, y, end.port)
    if len(rows) > MOST_ENDS:
        strip.skip(len(rows) - MOST_ENDS)


def say_ends(rows: tuple[LayerReport, ...], nodes: Mapping[str, Node]) -> str:
    """Where the output of the last lane goes; empty if it is an output of the model."""
    if not rows:
        return ""
    said = [
        f"{row.name} ({name_kind(nodes[row.name])}) gives "
        f"{measure_step(row.axes[0], row.output_shapes[0], None).words}"
        for row in rows[:MOST_ENDS]
    ]
    more = f", then come {write_plural(len(rows) - MOST_ENDS, 'more layer')}" if len(rows) > MOST_ENDS else ""
    return f"Of that {', of that '.join(said)}{more}."
