"""Walks that do not begin with zeros: each state leads from what makes it into the first cell."""

import pytest
from building import give, layer, model
from pairs import begin_with
from samples import flow_of, report_on
from scenes import list_marks

from app.architecture.spec import Source
from app.drawing.scene import Arrow, Scene
from app.drawing.time.unroll import place_time
from app.flow import trace_flow
from app.report.build import make_report

BEGINNINGS = {
    "states-handed-over": {
        ("encoder cell@3", "decoder cell@0", "state-h"),
        ("encoder cell@3", "decoder cell@0", "state-c"),
    },
    "states-of-both-ways": {
        ("encoder forward cell@3", "state_h state 0@0", "state-h"),
        ("encoder backward cell@0", "state_h state 0@0", "state-h"),
        ("encoder forward cell@3", "state_c state 0@0", "state-c"),
        ("encoder backward cell@0", "state_c state 0@0", "state-c"),
        ("state_h state 0@0", "decoder cell@0", "state-h"),
        ("state_c state 0@0", "decoder cell@0", "state-c"),
    },
    "state-of-a-picture": {("seen state 0@0", "writer cell@0", "state-h")},
    "both-ways-begun": {
        ("reader forward cell@2", "reader_1 forward cell@0", "state-h"),
        ("reader backward cell@0", "reader_1 backward cell@3", "state-h"),
    },
    "begun-backwards": {
        ("back cell@0", "back_1 cell@3", "state-h"),
        ("back cell@0", "back_1 cell@3", "state-c"),
        ("back cell@0", "forth cell@0", "state-h"),
        ("back cell@0", "forth cell@0", "state-c"),
    },
}


def list_beginnings(scene: Scene | None) -> set[tuple[str, str, str]]:
    """The arrows of states from one row to another."""
    assert scene is not None
    states = [m for m in list_marks(scene) if isinstance(m, Arrow) and m.look.startswith("state-")]
    return {
        (m.source, m.target, m.look)
        for m in states
        if m.source.partition("@")[0] != m.target.partition("@")[0]
    }


@pytest.mark.parametrize("slug", BEGINNINGS)
def test_states_lead_from_where_they_are_made_to_where_the_walk_begins(slug: str) -> None:
    assert list_beginnings(place_time(report_on(slug), flow_of(slug))) == BEGINNINGS[slug]


def test_an_output_that_is_the_last_state_leads_on_as_one() -> None:
    """A GRU without return_sequences gives h: it may be handed over as it is."""
    decoder = layer("GRU", "decoder", "target", units=6, return_sequences=True)
    report = make_report(
        model(
            "output as state",
            give("source", 4, 3),
            give("target", 5, 3),
            layer("GRU", "encoder", "source", units=6),
            begin_with(decoder, Source(node="encoder")),
        )
    )
    drawn = list_beginnings(place_time(report, trace_flow(report, 8)))
    assert drawn == {("encoder@0", "decoder cell@0", "state-h")}
