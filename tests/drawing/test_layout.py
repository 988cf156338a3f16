"""Boxes and routes: branches that meet are tidy, anything else still has room, and nothing takes long."""

from itertools import combinations, pairwise

import pytest

from app.drawing.boxes.layout import lay_out
from app.drawing.boxes.rows import LANE_GAP, Edge, Layout, find_rows, is_tidy, lay_out_rows

SIZE = (200.0, 80.0)

DIAMOND = [(0, 1), (0, 2), (1, 3), (2, 3)]
TWO_BRANCHES = [(0, 2), (1, 3), (2, 4), (3, 4), (4, 5)]
SKIPS = [*pairwise(range(12)), *((place, place + 3) for place in range(0, 9, 3))]
ALL_TO_ALL = list(combinations(range(40), 2))
STAR = [(0, place) for place in range(1, 70)]

GRAPHS = {"diamond": DIAMOND, "two": TWO_BRANCHES, "skips": SKIPS, "all to all": ALL_TO_ALL, "star": STAR}


def place(edges: list[Edge]) -> Layout:
    return lay_out([SIZE] * (1 + max(target for _, target in edges)), edges)


@pytest.mark.parametrize("edges", GRAPHS.values(), ids=GRAPHS)
def test_boxes_have_room_and_stay_inside(edges: list[Edge]) -> None:
    layout = place(edges)
    for (x, y), (u, v) in combinations(layout.places, 2):
        assert abs(x - u) >= SIZE[0] or abs(y - v) >= SIZE[1]
    for x, y in layout.places:
        assert -0.5 <= x <= layout.width - SIZE[0] + 0.5
        assert -0.5 <= y <= layout.height - SIZE[1] + 0.5


@pytest.mark.parametrize("edges", GRAPHS.values(), ids=GRAPHS)
def test_routes_run_from_border_to_border_downwards(edges: list[Edge]) -> None:
    layout = place(edges)
    for (source, target), route in zip(edges, layout.routes, strict=True):
        (x, y), (u, v) = layout.places[source], layout.places[target]
        assert x <= route[0][0] <= x + SIZE[0]
        assert route[0][1] == pytest.approx(y + SIZE[1], abs=0.6)
        assert u <= route[-1][0] <= u + SIZE[0]
        assert route[-1][1] == pytest.approx(v, abs=0.6)


def test_a_join_stands_in_the_middle_of_its_branches() -> None:
    places = place(TWO_BRANCHES).places
    assert places[4][0] == pytest.approx((places[2][0] + places[3][0]) / 2)
    assert places[0][0] == places[2][0]
    assert places[0][0] < places[1][0]


def test_an_input_stands_just_above_what_it_feeds() -> None:
    assert find_rows(5, [(0, 1), (1, 2), (2, 4), (3, 4)]) == [[0], [1], [2, 3], [4]]


def test_where_there_is_no_room_all_inputs_begin_together() -> None:
    # One box feeds three; two of them are read beside another input.
    edges = [(0, 2), (0, 3), (0, 4), (1, 5), (3, 5), (4, 5)]
    assert find_rows(6, edges) == [[0], [1, 2, 3, 4], [5]]
    assert find_rows(6, edges, inputs_first=True) == [[0, 1], [2, 3, 4], [5]]
    wide = place(edges)
    assert lay_out([SIZE] * 6, edges, room=wide.width) == wide
    assert lay_out([SIZE] * 6, edges, room=wide.width - 1).width < wide.width


def test_edges_that_skip_or_cross_are_not_tidy() -> None:
    assert is_tidy(find_rows(4, DIAMOND), DIAMOND)
    skipping = [*DIAMOND, (0, 3)]
    assert not is_tidy(find_rows(4, skipping), skipping)
    crossing = [(0, 3), (1, 2)]
    assert not is_tidy([[0, 1], [2, 3]], crossing)


def test_the_same_graph_is_laid_out_the_same() -> None:
    assert place(SKIPS) == place(SKIPS)


def test_long_edges_that_follow_each_other_share_a_lane() -> None:
    edges = [*pairwise(range(9)), (0, 3), (3, 6), (6, 8)]
    beside = [(0, 3), (1, 4)]
    sizes = [SIZE] * 9
    one, two = (
        lay_out_rows(sizes, graph, find_rows(9, graph)).width for graph in (edges, [*edges[:8], *beside])
    )
    assert (one, two) == (SIZE[0] + LANE_GAP, SIZE[0] + 2 * LANE_GAP)


def test_a_branch_goes_on_straight_down_where_its_boxes_differ_in_width() -> None:
    widths = [240, 240, 150, 150, 200, 200]
    layout = lay_out([(width, 80.0) for width in widths], TWO_BRANCHES)
    centres = [x + width / 2 for (x, _), width in zip(layout.places, widths, strict=True)]
    assert centres[0] == centres[2] and centres[1] == centres[3]
    assert len(layout.routes[0]) == len(layout.routes[1]) == 2


def test_no_way_leads_through_a_box_that_is_higher_than_those_beside_it() -> None:
    sizes = [(100.0, 40.0), (100.0, 30.0), (100.0, 60.0), (100.0, 30.0)]
    layout = lay_out(sizes, [(0, 1), (0, 2), (0, 3)])
    highest = min(y for _, y in layout.places[1:])
    for route in layout.routes:
        turns = [y for (x, y), (u, v) in pairwise(route) if y == v and x != u]
        assert all(y < highest for y in turns)
