"""Rows: boxes in layers, each centred over the boxes that it feeds. Simple and always fast.

Suits most models, which have a few branches that merge; `is_tidy` says for which graphs. Other graphs are
laid out correctly too, with their long edges in lanes at the right.
"""

from collections.abc import Sequence
from itertools import combinations
from math import inf
from statistics import median
from typing import NamedTuple

from app.drawing.scene import Point

Size = tuple[float, float]
Edge = tuple[int, int]
Rows = list[list[int]]

LAYER_GAP, NODE_GAP, LANE_GAP = 30.0, 32.0, 10.0
SWEEPS = 3
MOST_COMPARED = 60


class Layout(NamedTuple):
    """The top left corners of the boxes, and the routes of the edges, in the order given."""

    width: float
    height: float
    places: tuple[Point, ...]
    routes: tuple[tuple[Point, ...], ...]


def find_rows(count: int, edges: Sequence[Edge], inputs_first: bool = False) -> Rows:
    """The boxes in rows, each as near above the boxes it feeds as possible; edges go to higher indices.

    With `inputs_first` the boxes that nothing feeds are all in the first row.
    """
    ranks = [0] * count
    for source, target in sorted(edges, key=lambda edge: edge[1]):
        ranks[target] = max(ranks[target], ranks[source] + 1)
    feeds: dict[int, list[int]] = {}
    for source, target in edges:
        feeds.setdefault(source, []).append(target)
    fed = {target for _, target in edges}
    for index in reversed(range(count)):
        if index in feeds and (index in fed or not inputs_first):
            ranks[index] = min(ranks[target] for target in feeds[index]) - 1
    rows: Rows = [[] for _ in range(max(ranks) + 1)]
    for index, rank in enumerate(ranks):
        rows[rank].append(index)
    return rows


def is_tidy(rows: Rows, edges: Sequence[Edge]) -> bool:
    """Whether every edge goes to the next row and no two cross."""
    if len(edges) > MOST_COMPARED:
        return False
    where = {index: (rank, place) for rank, row in enumerate(rows) for place, index in enumerate(row)}
    ends = [(where[source], where[target]) for source, target in edges]
    if any(low != high + 1 for (high, _), (low, _) in ends):
        return False
    return not any(
        a[0] == b[0] and (a[1] - b[1]) * (c[1] - d[1]) < 0 for (a, c), (b, d) in combinations(ends, 2)
    )


def lay_out_rows(sizes: Sequence[Size], edges: Sequence[Edge], rows: Rows) -> Layout:
    """Place the rows and route the edges: straight down, or through a lane at the right if long."""
    centres = _align(sizes, edges, rows)
    left = min(centre - sizes[index][0] / 2 for index, centre in enumerate(centres))
    width = max(centre + sizes[index][0] / 2 for index, centre in enumerate(centres)) - left
    tops, bottoms = [0.0] * len(sizes), [0.0] * len(sizes)
    y = 0.0
    above: list[float] = []
    for row in rows:
        above.append(y - LAYER_GAP / 2)
        height = max(sizes[index][1] for index in row)
        for index in row:
            tops[index], bottoms[index] = y + height - sizes[index][1], y + height
        y += height + LAYER_GAP
    ranks = {index: rank for rank, row in enumerate(rows) for index in row}
    lanes: list[int] = []
    routes: list[tuple[Point, ...]] = []
    for source, target in edges:
        start, end = (centres[source] - left, bottoms[source]), (centres[target] - left, tops[target])
        leave, arrive = start[1] + LAYER_GAP / 3, above[ranks[target]]
        turns: tuple[Point, ...] = ((start[0], arrive), (end[0], arrive))
        if ranks[target] - ranks[source] > 1:
            lane = width + LANE_GAP * (1 + _take_lane(lanes, ranks[source], ranks[target]))
            turns = ((start[0], leave), (lane, leave), (lane, arrive), (end[0], arrive))
        elif abs(start[0] - end[0]) < 0.5:
            turns = ()
        routes.append((start, *turns, end))
    return Layout(
        width=width + len(lanes) * LANE_GAP,
        height=y - LAYER_GAP,
        places=tuple(
            (centre - left - sizes[index][0] / 2, tops[index]) for index, centre in enumerate(centres)
        ),
        routes=tuple(routes),
    )


def _take_lane(lanes: list[int], first: int, last: int) -> int:
    """The first lane that is free between two rows; `lanes` has the row to which each is taken."""
    for lane, taken in enumerate(lanes):
        if taken <= first:
            lanes[lane] = last
            return lane
    lanes.append(last)
    return len(lanes) - 1


def _align(sizes: Sequence[Size], edges: Sequence[Edge], rows: Rows) -> list[float]:
    """The centres of the boxes: each between its neighbours in the rows above and below, if there is room."""
    centres = [0.0] * len(sizes)
    if len(rows) == len(sizes):
        return centres
    above: dict[int, list[int]] = {}
    below: dict[int, list[int]] = {}
    for source, target in edges:
        above.setdefault(target, []).append(source)
        below.setdefault(source, []).append(target)
    for _ in range(SWEEPS):
        for row in rows:
            _settle(row, centres, sizes, above)
        for row in reversed(rows):
            _settle(row, centres, sizes, below)
    for row in rows:
        for place, index in enumerate(row):
            source = above.get(index, [index])[0]
            if above.get(index) == [source] and below[source] == [index]:
                _straighten(place, row, centres, sizes, centres[source])
            elif above.get(index) == [source] and index not in below:
                _draw_near(place, row, centres, sizes, centres[source])
    return centres


def _straighten(
    place: int, row: list[int], centres: list[float], sizes: Sequence[Size], wanted: float
) -> None:
    """Move one box to the wanted position, if it keeps its distance from the two beside it."""
    index = row[place]
    beside = ((other, -1) for other in row[max(place - 1, 0) : place])
    after = ((other, 1) for other in row[place + 1 : place + 2])
    if all(
        (centres[other] - wanted) * side >= (sizes[index][0] + sizes[other][0]) / 2 + NODE_GAP
        for other, side in (*beside, *after)
    ):
        centres[index] = wanted


def _draw_near(
    place: int, row: list[int], centres: list[float], sizes: Sequence[Size], wanted: float
) -> None:
    """Move a box that nothing reads towards the wanted position, as far as the two beside it let it."""
    index = row[place]

    def measure_distance(other: int) -> float:
        return (sizes[index][0] + sizes[other][0]) / 2 + NODE_GAP

    least = max((centres[other] + measure_distance(other) for other in row[:place][-1:]), default=-inf)
    most = min((centres[other] - measure_distance(other) for other in row[place + 1 :][:1]), default=inf)
    if least <= most:
        centres[index] = min(max(wanted, least), most)


def _settle(row: list[int], centres: list[float], sizes: Sequence[Size], near: dict[int, list[int]]) -> None:
    wanted = [median([centres[other] for other in near.get(index, [index])]) for index in row]
    given: list[float] = []
    for place, index in enumerate(row):
        gap = (sizes[index][0] + sizes[row[place - 1]][0]) / 2 + NODE_GAP
        given.append(max(wanted[place], given[-1] + gap) if place else wanted[place])
    shift = median(want - got for want, got in zip(wanted, given, strict=True))
    for index, centre in zip(row, given, strict=True):
        centres[index] = centre + shift
