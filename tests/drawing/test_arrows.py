"""Arrows never lie: what can be reached along them is `depends`, and all of `depends` can be reached."""

import pytest
from building import give, layer, model
from samples import SAMPLES, flow_of, report_on
from scenes import list_groups

from app.drawing.fold import list_shown
from app.drawing.scene import Arrow, Box, Scene
from app.drawing.time.order import order_rows
from app.drawing.time.repeated import fold_blocks
from app.drawing.time.unroll import place_time
from app.flow import Lane, trace_flow
from app.report.build import make_report

FOLD = "…"


def split_port(port: str) -> tuple[str, int | str]:
    row, _, step = port.rpartition("@")
    return row, FOLD if step == FOLD else int(step)


class DrawnLane:
    """One lane as it is on the picture: its own boxes, and the arrows that end at one of them."""

    def __init__(self, scene: Scene, lane: Lane) -> None:
        groups = [group for group in list_groups(scene.marks) if group.layer == lane.layer]
        marks = [mark for group in groups for mark in group.marks]
        ports = [mark.port for mark in marks if isinstance(mark, Box) and mark.port]
        self.own = {port for port in ports if not split_port(port)[0].endswith(" read")}
        self.arrows = [mark for mark in marks if isinstance(mark, Arrow) and mark.target in self.own]
        rows = [f"{lane.layer} out", lane.layer, f"{lane.layer} cell"]
        row = next(row for row in rows if any(split_port(port)[0] == row for port in self.own))
        self.outputs = {port for port in self.own if split_port(port)[0] == row}

    def reads(self, output: str) -> dict[str, set[int | str]]:
        """Every row above from which arrows lead to an output, with the steps that they lead from."""
        seen, ahead = {output}, [output]
        found: dict[str, set[int | str]] = {}
        while ahead:
            here = ahead.pop()
            for arrow in self.arrows:
                if arrow.target == here and arrow.source not in seen:
                    seen.add(arrow.source)
                    if arrow.source in self.own:
                        ahead.append(arrow.source)
                    else:
                        row, step = split_port(arrow.source)
                        found.setdefault(row.split(" ")[0], set()).add(step)
        return found


CASES = [
    pytest.param(slug, lane.layer, id=f"{slug}: {lane.layer[:20]!r}")
    for slug in SAMPLES
    for lane in list_shown(fold_blocks(report_on(slug), flow_of(slug)).flow.lanes)
]


@pytest.mark.parametrize(("timesteps", "unfolded"), [(8, False), (16, False), (16, True)])
@pytest.mark.parametrize(("slug", "name"), CASES)
def test_arrows_say_exactly_what_depends_says(slug: str, name: str, timesteps: int, unfolded: bool) -> None:
    report, flow = report_on(slug), flow_of(slug, timesteps).model_copy(update={"unfolded": unfolded})
    scene = place_time(report, flow)
    assert scene is not None
    report, flow, _ = fold_blocks(report, flow)
    lane = next(lane for lane in flow.lanes if lane.layer == name)
    drawn = DrawnLane(scene, lane)
    layer = report.layer(name)
    depends = dict(zip(lane.steps_out, lane.depends, strict=True))
    if not layer.inbound:
        assert drawn.arrows == []
        return
    shown = {split_port(arrow.source)[1] for arrow in drawn.arrows if arrow.source not in drawn.own}
    for output in drawn.outputs:
        step = split_port(output)[1]
        if step == FOLD:
            continue
        reads = drawn.reads(output)
        first = reads.get(layer.inbound[0].split(" ")[0], reads.get(name.split(" ")[0], set()))
        expected = set(depends[int(step)])
        assert first - {FOLD} == {step for step in expected if step in shown}
        if expected - shown:
            assert FOLD in first
    # Every step of the input that is on the picture and matters to somebody has an arrow.
    visible = {step for step in shown if step != FOLD}
    wanted = {step for reads in lane.depends for step in reads}
    if lane.timesteps_in <= 4:
        assert wanted <= visible


@pytest.mark.parametrize("slug", ["concatenate-with-mask", "branches", "join-in-time"])
def test_every_branch_of_a_join_has_its_arrows(slug: str) -> None:
    report, flow = report_on(slug), flow_of(slug)
    scene = place_time(report, flow)
    lane = next(lane for lane in flow.lanes if lane.kind == "joined")
    assert scene is not None
    drawn = DrawnLane(scene, lane)
    rows = {row for output in drawn.outputs for row in drawn.reads(output)}
    assert rows == set(report.layer(lane.layer).inbound)


def test_sequences_joined_along_time_keep_their_order() -> None:
    scene = place_time(report_on("join-in-time"), flow_of("join-in-time"))
    lane = next(lane for lane in flow_of("join-in-time").lanes if lane.kind == "joined")
    assert scene is not None
    drawn = DrawnLane(scene, lane)
    reads = {split_port(output)[1]: drawn.reads(output) for output in drawn.outputs}
    assert reads == {
        0: {"first": {0}},
        1: {"first": {1}},
        2: {"first": {2}},
        3: {"second": {0}},
        4: {"second": {1}},
    }


def test_attention_has_arrows_from_every_step_that_is_looked_at() -> None:
    scene = place_time(report_on("attention"), flow_of("attention"))
    lane = next(lane for lane in flow_of("attention").lanes if lane.layer == "attention")
    assert scene is not None
    drawn = DrawnLane(scene, lane)
    reads = {split_port(output)[1]: drawn.reads(output) for output in drawn.outputs}
    assert reads == {step: {"query": {step}, "memory": set(range(5))} for step in range(3)}


def test_what_all_steps_read_alike_is_one_bundle_where_arrows_would_be_too_many() -> None:
    scene = place_time(report_on("self-attention"), flow_of("self-attention"), widest=1000)
    lane = next(lane for lane in flow_of("self-attention").lanes if lane.layer == "attention")
    assert scene is not None
    drawn = DrawnLane(scene, lane)
    assert len(drawn.arrows) == 7 + 7
    reads = {split_port(output)[1]: drawn.reads(output) for output in drawn.outputs}
    assert reads == {step: {"series": set(range(7))} for step in range(7)}


def test_under_a_causal_mask_no_step_has_an_arrow_from_a_later_one() -> None:
    scene = place_time(report_on("causal-memory"), flow_of("causal-memory"))
    lane = next(lane for lane in flow_of("causal-memory").lanes if lane.layer == "attention")
    assert scene is not None
    drawn = DrawnLane(scene, lane)
    reads = {split_port(output)[1]: drawn.reads(output) for output in drawn.outputs}
    assert {step: read["memory"] for step, read in reads.items()} == {
        0: {0},
        1: {0, 1},
        2: {0, 1, 2},
        3: {0, 1, 2, 3},
    }


def test_what_grows_from_step_to_step_is_one_line_where_arrows_would_be_too_many() -> None:
    scene = place_time(report_on("causal-attention"), flow_of("causal-attention"), widest=1000)
    (_, lane) = flow_of("causal-attention").lanes
    assert scene is not None
    drawn = DrawnLane(scene, lane)
    assert len(drawn.arrows) == 8 + 7 + 8
    reads = {split_port(output)[1]: drawn.reads(output) for output in drawn.outputs}
    assert reads == {step: {"series": set(range(step + 1))} for step in range(8)}


def test_the_state_runs_in_the_direction_of_the_walk() -> None:
    scene = place_time(report_on("backward"), flow_of("backward"))
    assert scene is not None
    states = [
        mark
        for group in list_groups(scene.marks)
        for mark in group.marks
        if isinstance(mark, Arrow) and mark.look == "state-h"
    ]
    assert [(split_port(a.source)[1], split_port(a.target)[1]) for a in states] == [
        (4, 3),
        (3, 2),
        (2, 1),
        (1, 0),
    ]


def test_states_that_are_handed_over_lead_from_the_last_cell_to_the_first() -> None:
    scene = place_time(report_on("states-handed-over"), flow_of("states-handed-over"))
    assert scene is not None
    marks = [mark for group in list_groups(scene.marks) for mark in group.marks]
    handed = [mark for mark in marks if isinstance(mark, Arrow) and mark.source == "encoder cell@3"]
    assert [(arrow.look, arrow.target) for arrow in handed if arrow.target != "encoder@0"] == [
        ("state-h", "decoder cell@0"),
        ("state-c", "decoder cell@0"),
    ]


def test_an_input_stands_above_the_layer_that_reads_it() -> None:
    report, flow = report_on("states-handed-over"), flow_of("states-handed-over")
    rows = [lane.layer for lane in order_rows(report, flow.lanes)]
    assert rows == ["source", "encoder", "target", "decoder", "dense"]


def test_a_product_reads_all_steps_that_it_sums_over() -> None:
    report = make_report(
        model(
            "a sum of steps by their weights",
            give("weights", 3, 3),
            give("values", 3, 5),
            layer("ops.matmul", "matmul", "weights", "values"),
        )
    )
    flow = trace_flow(report, 8)
    scene = place_time(report, flow)
    assert scene is not None
    drawn = DrawnLane(scene, flow.lanes[-1])
    reads = {split_port(output)[1]: drawn.reads(output) for output in drawn.outputs}
    assert reads == {step: {"weights": {step}, "values": {0, 1, 2}} for step in range(3)}


def test_a_step_of_the_picture_can_be_found_by_layer_and_number() -> None:
    scene = place_time(report_on("stacked-lstm"), flow_of("stacked-lstm"))
    assert scene is not None
    steps = {(group.layer, group.step) for group in list_groups(scene.marks) if group.kind == "step"}
    assert steps == {(name, t) for name in ("series", "lstm", "lstm_1", "lstm_2") for t in range(8)}


def test_the_row_after_the_folded_ones_shows_what_it_reads() -> None:
    scene = place_time(report_on("deep"), flow_of("deep"))
    assert scene is not None
    reads = [group for group in list_groups(scene.marks) if group.layer == "rnn_51"]
    ports = {mark.port for group in reads for mark in group.marks if isinstance(mark, Box)}
    assert {"rnn_51 read@0", "rnn_51 cell@0"} <= ports
