"""What goes on behind the last timestep is drawn as what leaves: the picture ends where the model does."""

from building import chain, give, layer
from samples import flow_of, report_on
from scenes import list_arrows

from app.drawing.describe import describe_time
from app.drawing.time.ends import MOST_ENDS, find_ends
from app.drawing.time.unroll import place_time
from app.flow import trace_flow
from app.report.build import make_report


def test_a_dense_layer_behind_an_lstm_ends_the_picture() -> None:
    report, flow = report_on("embedding-to-lstm"), flow_of("embedding-to-lstm")
    assert [row.name for row in find_ends(report, flow)] == ["dense"]
    scene = place_time(report, flow)
    assert scene
    assert [arrow.source for arrow in list_arrows(scene) if arrow.target == "dense@0"] == ["lstm@0"]
    assert describe_time(report, flow).endswith("Of that dense (Dense) gives 1 unit.")


def test_behind_a_sequence_there_is_no_end() -> None:
    report = make_report(chain("all", give("x", 4, 2), layer("LSTM", "lstm", units=3, return_sequences=True)))
    assert find_ends(report, trace_flow(report, 8)) == ()


def test_a_layer_that_reads_something_else_as_well_is_none() -> None:
    report = report_on("branches")
    assert all(len(row.inbound) == 1 for row in find_ends(report, flow_of("branches")))


def test_of_a_long_tail_the_beginning_is_drawn_and_the_rest_counted() -> None:
    tail = [layer("Dense", f"dense_{place}", units=3) for place in range(MOST_ENDS + 3)]
    report = make_report(chain("tail", give("x", 4, 2), layer("GRU", "gru", units=3), *tail))
    assert "then come 3 more layers" in describe_time(report, trace_flow(report, 8))
