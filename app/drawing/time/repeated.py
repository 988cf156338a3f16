"""fold_blocks(): of identical blocks, the first is unrolled and stands for all, as in the shapes."""

from collections.abc import Mapping
from itertools import cycle
from typing import NamedTuple

from app.architecture import Architecture
from app.architecture.spec import Inbound
from app.drawing.boxes.repeats import Repeat, fold_layers
from app.drawing.fold import MOST_ROWS, MOST_UNFOLDED
from app.flow import Flow
from app.report import Report

Names = Mapping[str, str]
"""For each layer of a repeated block the layer of the first block that stands for it."""


class Folded(NamedTuple):
    """A report and a flow without the repeated blocks; what read the last block reads the first one."""

    report: Report
    flow: Flow
    repeats: Mapping[str, Repeat]
    """The blocks, by each of their layers that are left."""


def fold_blocks(report: Report, flow: Flow) -> Folded:
    """Leave out the blocks that are like the one before them, in a large model that is not `unfolded`."""
    items = () if flow.unfolded else fold_layers(report.rows, report.architecture)
    repeats = [item for item in items if isinstance(item, Repeat)]
    if not repeats:
        return Folded(report, flow, {})
    names = {
        row.name: first.name
        for repeat in repeats
        for row, first in zip(repeat.rows, cycle(repeat.block), strict=False)
    }
    return Folded(
        _leave_out(report, names),
        flow.model_copy(
            update={
                "lanes": tuple(
                    lane.model_copy(update={"inbound": _rename(lane.inbound, names)})
                    for lane in flow.lanes
                    if _is_left(lane.layer, names)
                )
            }
        ),
        {row.name: repeat for repeat in repeats for row in repeat.block},
    )


def count_most(flow: Flow) -> int:
    """How many lanes are drawn at most."""
    return MOST_UNFOLDED if flow.unfolded else MOST_ROWS


def _leave_out(report: Report, names: Names) -> Report:
    layers = tuple(
        row.model_copy(update={"inbound": _rename(row.inbound, names), "calls": ()})
        for row in report.rows
        if _is_left(row.name, names)
    )
    architecture = report.architecture
    nodes = tuple(
        node.model_copy(update={"inbound": _rename_sources(node.inbound, names)})
        for node in architecture.nodes
        if _is_left(node.name, names)
    )
    # Made anew, as a copy would keep the rows and other cached properties.
    made = Architecture.model_construct(**dict(architecture) | {"nodes": nodes})
    return Report.model_construct(**dict(report) | {"layers": layers, "architecture": made})


def _is_left(layer: str, names: Names) -> bool:
    return names.get(layer, layer) == layer


def _rename(inbound: tuple[str, ...], names: Names) -> tuple[str, ...]:
    return tuple(names.get(name, name) for name in inbound)


def _rename_sources(inbound: Inbound, names: Names) -> Inbound:
    return tuple(
        source.model_copy(update={"node": names.get(source.node, source.node)}) for source in inbound
    )
