"""place_time(): the model unrolled. Time runs left to right, and each layer is a row.

Every arrow is one entry of `Lane.depends`, or one step of a walk that adds up to it. A recurrent lane with
any other dependencies (a softmax of one unit is always 1) is drawn arrow by arrow.
"""

from app.drawing.fold import Hidden, fold_middle, list_shown
from app.drawing.scene import Scene
from app.drawing.time.ends import find_ends, place_ends
from app.drawing.time.lanes import place_bars, place_result
from app.drawing.time.order import order_rows
from app.drawing.time.strip import USUAL_WIDTH, Strip
from app.drawing.time.typed import find_typed_sequence
from app.drawing.time.walks import is_walk, place_two_walks, place_walk
from app.flow import Flow
from app.report import Report

WALKS = {"recurrent": place_walk, "bidirectional": place_two_walks}


def place_time(report: Report, flow: Flow, widest: float = USUAL_WIDTH) -> Scene | None:
    """Place all lanes, folding timesteps beyond a width of `widest` px; None if no layer has timesteps."""
    if not flow.lanes:
        return None
    lanes = order_rows(report, flow.lanes)
    ends = find_ends(report, flow)
    strip = Strip(report, list_shown(lanes), ends, widest, find_typed_sequence(flow), flow.unfolded)
    for lane in fold_middle(lanes):
        if isinstance(lane, Hidden):
            strip.skip(len(lane.rows))
            continue
        still = place_bars if lane.time_out else place_result
        place = WALKS[lane.kind] if is_walk(lane, strip.nodes[lane.layer]) else still
        place(strip, lane, strip.layers[lane.layer])
    place_ends(strip, flow, ends)
    return strip.finish()
