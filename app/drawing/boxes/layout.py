"""lay_out(): the positions of the boxes of a graph, and the routes of its edges, from top to bottom.

Simple graphs are laid out in rows (`rows.py`), others by graphlay. Graphs on which graphlay would be slow
(the limits were measured on hostile graphs) are laid out in rows as well, which is always fast and seldom
pretty.
"""

from collections.abc import Sequence
from math import inf
from typing import Any

import graphlay

from app.drawing.boxes.rows import LAYER_GAP, NODE_GAP, Edge, Layout, Size, find_rows, is_tidy, lay_out_rows

MAX_EDGES, MAX_DEGREE, MAX_DUMMIES = 220, 40, 800

OPTIONS: dict[str, Any] = {
    "direction": "topbottom",
    "spacing": {"layer_gap": LAYER_GAP, "node_gap": NODE_GAP, "dummy_gap": 18.0, "port_gap": 14.0},
    "routing": {"port_sides": "facing_only", "centre_ports": "round", "merge_edges": "forks"},
    "limits": {"max_dummies": MAX_DUMMIES},
}


def lay_out(sizes: Sequence[Size], edges: Sequence[Edge], room: float = inf) -> Layout:
    """Place boxes of these sizes. Edges go from a lower index to a higher one. Deterministic.

    Wider than `room`, they are in rows that begin with all inputs, if that is narrower.
    """
    layout = _lay_out(sizes, edges)
    if layout.width <= room:
        return layout
    inputs_first = lay_out_rows(sizes, edges, find_rows(len(sizes), edges, inputs_first=True))
    return min(layout, inputs_first, key=lambda found: found.width)


def _lay_out(sizes: Sequence[Size], edges: Sequence[Edge]) -> Layout:
    rows = find_rows(len(sizes), edges)
    is_chain = len(rows) == len(sizes) == len(edges) + 1
    if is_chain or is_tidy(rows, edges) or not _suits_graphlay(len(sizes), edges):
        return lay_out_rows(sizes, edges, rows)
    try:
        return _ask_graphlay(sizes, edges)
    except graphlay.GraphlayError:
        return lay_out_rows(sizes, edges, rows)


def _suits_graphlay(count: int, edges: Sequence[Edge]) -> bool:
    degrees = [0] * count
    for source, target in edges:
        degrees[source] += 1
        degrees[target] += 1
    return len(edges) <= MAX_EDGES and max(degrees) <= MAX_DEGREE


def _ask_graphlay(sizes: Sequence[Size], edges: Sequence[Edge]) -> Layout:
    graph = {
        "nodes": [{"size": {"width": width, "height": height}, "shape": "box"} for width, height in sizes],
        "edges": [{"source": source, "target": target, "weight": 1.0} for source, target in edges],
    }
    answer = graphlay.layout(graph, options=OPTIONS)
    left, top = answer.bounds["min"]["x"], answer.bounds["min"]["y"]
    centres = [(node["center"]["x"] - left, node["center"]["y"] - top) for node in answer.nodes]
    return Layout(
        width=answer.bounds["max"]["x"] - left,
        height=answer.bounds["max"]["y"] - top,
        places=tuple((x - w / 2, y - h / 2) for (x, y), (w, h) in zip(centres, sizes, strict=True)),
        routes=tuple(tuple((p["x"] - left, p["y"] - top) for p in edge["points"]) for edge in answer.edges),
    )
