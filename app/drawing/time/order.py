"""order_rows(): the lanes in the order of their rows."""

from collections.abc import Iterator

from app.architecture.spec import INPUT
from app.flow import Lane
from app.report import Report


def order_rows(report: Report, lanes: tuple[Lane, ...]) -> tuple[Lane, ...]:
    """Each input right above the first layer that reads it, so that its arrows do not pass other rows."""
    layers = {layer.name: layer for layer in report.rows}
    read = {name for lane in lanes for name in lane.inbound}
    waiting = {lane.layer: lane for lane in lanes if layers[lane.layer].kind == INPUT and lane.layer in read}

    def walk() -> Iterator[Lane]:
        for lane in lanes:
            if lane.layer in waiting:
                continue
            yield from (waiting.pop(name) for name in lane.inbound if name in waiting)
            yield lane

    return tuple(walk())
