"""What goes on behind the last timestep is drawn as what leaves: the picture ends where the model does."""

from building import chain, give, layer
from samples import flow_of, report_on
from scenes import list_arrows, list_marks

from app.architecture import Question
from app.drawing.describe import describe_time
from app.drawing.scene import Text
from app.drawing.time.ends import MOST_ENDS, find_ends
from app.drawing.time.unroll import place_time
from app.flow import Flow, trace_flow
from app.pipeline import examine
from app.report import Report
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


def read(code: str) -> tuple[Report, Flow]:
    examined = examine(Question(code=f"import keras\nfrom keras import layers, ops\n{code}"))
    return examined.report, examined.flow


MEETING = """
series = keras.Input((4, 2))
walked = layers.LSTM(3, return_sequences=True)(series)
joined = layers.Concatenate()([ops.mean(walked, axis=1), walked[:, 0]])
model = keras.Model(series, layers.Dense(2)(ops.relu(joined)))
"""


def test_where_single_outputs_meet_the_picture_goes_on() -> None:
    report, flow = read(MEETING)
    assert [row.name for row in find_ends(report, flow)] == ["concatenate", "relu", "dense"]
    scene = place_time(report, flow)
    assert scene
    arrows = [arrow for arrow in list_arrows(scene) if arrow.target == "concatenate@0"]
    beside, straight = arrows
    assert [beside.source, straight.source] == ["mean@0", "get_item@0"]
    assert len({x for x, _ in straight.points}) == 1 < len({x for x, _ in beside.points})
    said = "Of mean and get_item concatenate (Concatenate) gives 6 units, of that relu (relu) gives 6 units"
    assert said in describe_time(report, flow)


def test_what_is_read_beside_the_timesteps_is_named() -> None:
    report, flow = read("""
series, place = keras.Input((4, 2)), keras.Input((3,), name="place")
joined = layers.Concatenate()([layers.GRU(3)(series), place])
model = keras.Model([series, place], [layers.Dense(2)(joined), layers.Dense(1)(joined)])
""")
    assert [row.name for row in find_ends(report, flow)] == ["concatenate", "dense", "dense_1"]
    scene = place_time(report, flow)
    assert scene
    assert "Concatenate, with place" in {mark.text for mark in list_marks(scene) if isinstance(mark, Text)}


def test_what_leads_into_timesteps_again_is_no_end() -> None:
    report, flow = read("""
model = keras.Sequential([keras.Input((4, 2)), layers.LSTM(3), layers.Dense(2), layers.RepeatVector(5),
                          layers.LSTM(3), layers.Dense(1)])
""")
    assert [row.name for row in find_ends(report, flow)] == ["dense_1"]


def test_an_input_is_above_the_timesteps_that_it_is_cut_into() -> None:
    layers = [layer("Reshape", "reshape", target_shape=[1, 6]), layer("LSTM", "lstm", units=2)]
    report = make_report(chain("one timestep", give("x", 6), *layers))
    scene = place_time(report, trace_flow(report, 8))
    assert scene
    (arrow,) = [arrow for arrow in list_arrows(scene) if arrow.target == "reshape@0"]
    assert len({x for x, _ in arrow.points}) == 1
    words = [mark.text for mark in list_marks(scene) if isinstance(mark, Text)]
    assert "Input" in words
    assert words.count("t₁") == 1


def test_of_a_long_tail_the_beginning_is_drawn_and_the_rest_counted() -> None:
    tail = [layer("Dense", f"dense_{place}", units=3) for place in range(MOST_ENDS + 3)]
    report = make_report(chain("tail", give("x", 4, 2), layer("GRU", "gru", units=3), *tail))
    assert "then come 3 more layers" in describe_time(report, trace_flow(report, 8))
