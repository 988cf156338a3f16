"""place_time(): the model unrolled. Time runs left to right, and each layer is a row.

Every arrow is one entry of `Lane.depends`, or one step of a walk that adds up to it. A recurrent lane with
any other dependencies (a softmax of one unit is always 1) is drawn arrow by arrow. Identical blocks are drawn
once, in a frame.
"""

from collections.abc import Mapping
from itertools import groupby

from app.drawing.boxes.repeats import Repeat
from app.drawing.fold import Hidden, fold_middle
from app.drawing.scene import Scene
from app.drawing.time.ends import find_ends, place_ends
from app.drawing.time.lanes import place_bars, place_result
from app.drawing.time.order import order_rows
from app.drawing.time.repeated import count_most, fold_blocks
from app.drawing.time.strip import USUAL_WIDTH, Strip
from app.drawing.time.typed import find_typed_sequence
from app.drawing.time.walks import is_walk, place_two_walks, place_walk
from app.flow import Flow, Lane
from app.report import Report

WALKS = {"recurrent": place_walk, "bidirectional": place_two_walks}


def place_time(report: Report, flow: Flow, widest: float = USUAL_WIDTH) -> Scene | None:
    """Place all lanes, folding timesteps beyond a width of `widest` px; None if no layer has timesteps."""
    if not flow.lanes:
        return None
    report, flow, repeats = fold_blocks(report, flow)
    rows = fold_middle(order_rows(report, flow.lanes), count_most(flow))
    lanes = tuple(row for row in rows if not isinstance(row, Hidden))
    ends = find_ends(report, flow)
    parts = [(repeat, [*part]) for repeat, part in groupby(rows, lambda row: _find_repeat(row, repeats))]
    framed = tuple(repeat for repeat, _ in parts if repeat)
    strip = Strip(report, lanes, ends, widest, find_typed_sequence(flow), flow.unfolded, framed)
    for repeat, part in parts:
        if repeat:
            strip.open_frame(repeat)
        for row in part:
            _place_row(strip, row)
        if repeat:
            strip.close_frame()
    place_ends(strip, flow, ends)
    return strip.finish()


def _find_repeat(row: Lane | Hidden[Lane], repeats: Mapping[str, Repeat]) -> Repeat | None:
    return None if isinstance(row, Hidden) else repeats.get(row.layer)


def _place_row(strip: Strip, lane: Lane | Hidden[Lane]) -> None:
    if isinstance(lane, Hidden):
        strip.skip(len(lane.rows))
        return
    still = place_bars if lane.time_out else place_result
    place = WALKS[lane.kind] if is_walk(lane, strip.nodes[lane.layer]) else still
    place(strip, lane, strip.layers[lane.layer])
