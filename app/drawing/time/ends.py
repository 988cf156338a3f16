"""Ends: the layers after the last lane, which have no timesteps: the Dense after an LSTM.

They are no lanes, but without them the picture would end before the model does.
"""

from collections.abc import Mapping

from app.architecture import Node
from app.drawing.boxes.kinds import name_kind
from app.drawing.measures import measure_step
from app.drawing.scene import Arrow, Group
from app.drawing.time.labels import name_end
from app.drawing.time.lanes import leave_chip, put_chip
from app.drawing.time.sources import Place
from app.drawing.time.strip import Strip, name_port
from app.drawing.words import write_plural
from app.flow import Flow
from app.report import LayerReport, Report

MOST_ENDS = 6
"""Of more layers only the first are drawn."""


def find_ends(report: Report, flow: Flow) -> tuple[LayerReport, ...]:
    """The layers that read what leaves the lanes without timesteps, in the order of the calls.

    Layers that lead into another lane are left out: the row of that lane says what it reads.
    """
    known = {lane.layer for lane in flow.lanes if not lane.time_out}
    sequences = {lane.layer for lane in flow.lanes if lane.time_out}
    ends: list[LayerReport] = []
    for row in report.rows:
        read = set(row.inbound)
        if (
            row.status == "builds"
            and read & known
            and not read & sequences
            and row.name not in known | sequences
        ):
            known.add(row.name)
            ends.append(row)
    before = _list_before(report, flow)
    return tuple(row for row in ends if row.name not in before)


def _list_before(report: Report, flow: Flow) -> set[str]:
    """All that some lane depends on."""
    before: set[str] = set()
    lanes = {lane.layer for lane in flow.lanes}
    for row in reversed(report.rows):
        if row.name in lanes | before:
            before.update(row.inbound)
    return before


def place_ends(strip: Strip, flow: Flow, rows: tuple[LayerReport, ...]) -> None:
    """A chip for each, below those that it reads."""
    for row in rows[:MOST_ENDS]:
        measure = measure_step(row.axes[0], row.output_shapes[0], None)
        y = strip.open_row(measure.height)
        strip.name_row(y, row.name, name_end(row, strip.nodes[row.name], strip.exits))
        strip.measure_row(y, flow.lanes[-1], row, measure, changed=False)
        end = Place((strip.chip_x, y - measure.height / 2), name_port(row.name, 0))
        sources = [strip.exits[name].places[0] for name in dict.fromkeys(row.inbound) if name in strip.exits]
        arrows = (
            Arrow(strip.rails.route(source.point, end.point), "wire", source.port, end.port)
            for source in sources
        )
        strip.put(Group((*arrows, put_chip(strip, measure, y, end.port)), "result", row.name))
        strip.exits[row.name] = leave_chip(strip, measure, y, end.port)
    if len(rows) > MOST_ENDS:
        strip.skip(len(rows) - MOST_ENDS)


def say_ends(rows: tuple[LayerReport, ...], nodes: Mapping[str, Node], last: str) -> str:
    """Where the outputs of the lanes go, of which `last` is the last; empty if they are the model's."""
    if not rows:
        return ""
    said = []
    for row in rows[:MOST_ENDS]:
        read = "that" if set(row.inbound) == {last} else " and ".join(dict.fromkeys(row.inbound))
        holds = measure_step(row.axes[0], row.output_shapes[0], None).words
        said.append(f"of {read} {row.name} ({name_kind(nodes[row.name])}) gives {holds}")
        last = row.name
    more = f", then come {write_plural(len(rows) - MOST_ENDS, 'more layer')}" if len(rows) > MOST_ENDS else ""
    return f"O{', '.join(said)[1:]}{more}."
