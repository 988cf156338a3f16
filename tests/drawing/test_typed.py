"""The strip of a visitor's own sequence: its tokens, its padding, and the state that goes past it."""

import keras
import numpy as np
import pytest
from building import chain, give, layer, wrap
from samples import report_on
from scenes import SEQUENCES, list_marks, masked_flow_of
from test_arrows import list_groups

from app.architecture import Architecture, Question
from app.architecture.sequences import Sequences
from app.drawing.describe import describe_time
from app.drawing.scene import Arrow, Box, Scene, Text
from app.drawing.time.typed import find_typed_sequence
from app.drawing.time.unroll import place_time
from app.pipeline import Examination, examine

POST = Sequences(rows=((5, 9, 2), (1, 2, 3, 4, 6)), padding="post")


def walk_over_padding(kind: str, **arguments: bool) -> Architecture:
    return chain(
        "padding",
        give("tokens", None, dtype="int32"),
        layer("Embedding", "vectors", input_dim=10, output_dim=4, mask_zero=True),
        layer(kind, "walk", units=3, return_sequences=True, **arguments),
    )


def ask(architecture: Architecture, sequences: Sequences = POST) -> Examination:
    return examine(Question(architecture=architecture, sequences=sequences))


def draw(examined: Examination) -> Scene:
    scene = place_time(examined.report, examined.flow)
    assert scene is not None
    return scene


def list_padded(scene: Scene, name: str) -> list[int | None]:
    """The timesteps of a layer that are drawn as padding."""
    groups = [group for group in list_groups(scene.marks) if group.layer == name]
    return sorted(
        {g.step or 0 for g in groups if any(isinstance(m, Box) and m.look == "padding" for m in g.marks)}
    )


def test_typed_tokens_stand_in_the_cells_of_the_input() -> None:
    scene = draw(ask(walk_over_padding("LSTM")))
    (*cells,) = (group for group in list_groups(scene.marks) if group.layer == "tokens" and group.marks)
    read = {g.step: m.text for g in cells for m in g.marks if isinstance(m, Text) and m.look == "count"}
    assert read == {0: "5", 1: "9", 2: "2", 3: "0", 4: "0"}


def test_an_open_axis_is_as_long_as_the_sequences() -> None:
    examined = ask(walk_over_padding("GRU"))
    assert {(lane.timesteps_out, lane.symbolic) for lane in examined.flow.lanes} == {(5, False)}
    ticks = [
        mark.text for mark in list_marks(draw(examined)) if isinstance(mark, Text) and mark.look == "tick"
    ]
    assert ticks == ["t₁", "t₂", "t₃", "t₄", "t₅"]
    said = describe_time(examined.report, examined.flow)
    assert said.startswith("Drawn is the first of the typed sequences: tokens reads 5, 9, 2, 0, 0.")


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("kind", ["LSTM", "GRU", "SimpleRNN"])
def test_a_cell_is_drawn_as_skipped_where_keras_hands_its_output_on_unchanged(
    kind: str, backwards: bool
) -> None:
    scene = draw(ask(walk_over_padding(kind, go_backwards=backwards)))
    tokens = np.array([[5, 9, 2, 0, 0]])
    vectors = keras.layers.Embedding(10, 4, mask_zero=True)(tokens)
    walk = getattr(keras.layers, kind)(3, return_sequences=True, go_backwards=backwards)
    outputs = np.asarray(walk(vectors))[0]
    if backwards:
        outputs = outputs[::-1]
    ahead = -1 if backwards else 1
    before = np.zeros_like(outputs)
    for step in range(5):
        if 0 <= step - ahead < 5:
            before[step] = outputs[step - ahead]
    unchanged = [step for step in range(5) if np.array_equal(outputs[step], before[step])]
    cells = [
        mark for mark in list_marks(scene) if isinstance(mark, Box) and mark.port.startswith("walk cell@")
    ]
    skipped = [int(cell.port.partition("@")[2]) for cell in cells if cell.look == "padding"]
    assert sorted(skipped) == unchanged == [3, 4]
    entered = {
        m.target for m in list_marks(scene) if isinstance(m, Arrow) and m.source.startswith("vectors@")
    }
    assert entered == {f"walk cell@{step}" for step in (0, 1, 2)}


def test_a_bidirectional_layer_skips_on_both_ways() -> None:
    both = layer("Bidirectional", "both", layer=wrap("LSTM", units=2))
    nodes = walk_over_padding("LSTM").nodes[:2]
    scene = draw(ask(chain("both ways", *nodes, both)))
    assert list_padded(scene, "vectors") == list_padded(scene, "both") == [3, 4]
    skipped = [mark for mark in list_marks(scene) if isinstance(mark, Box) and mark.look == "padding"]
    assert len([mark for mark in skipped if mark.port.startswith("both")]) == 4


def test_where_the_mask_is_lost_no_step_is_skipped() -> None:
    report, flow = report_on("lost-mask"), masked_flow_of("lost-mask")
    scene = place_time(report, flow)
    assert scene is not None
    assert list_padded(scene, "embedding") == [3, 4]
    assert list_padded(scene, "conv1d") == list_padded(scene, "lstm") == []


def test_sequences_of_other_lengths_than_the_picture_are_not_in_it() -> None:
    flow = masked_flow_of("masked")
    assert flow.masks is not None
    assert len(SEQUENCES.rows[1]) == flow.masks.inputs[0].length != flow.lanes[0].timesteps_out
    assert find_typed_sequence(flow).tokens == {}
