"""Beside an initial state Keras gives a layer no mask: its padding is read, and drawn as read."""

import pytest
from scenes import list_marks

from app.architecture import Question
from app.architecture.sequences import Sequences
from app.drawing.describe import describe_time
from app.drawing.numbers.masks import place_masks
from app.drawing.scene import Box, Scene
from app.drawing.time.unroll import place_time
from app.pipeline import Examination, examine

DECODER = """
import keras
from keras import layers
tokens = keras.Input((5,), dtype="int32")
vectors = layers.Embedding(10, 4, mask_zero=True)(tokens)
begin = keras.Input((3,))
outputs = {walk}(vectors{states})
model = keras.Model([tokens, begin], outputs)
"""
WALKS = {
    "layers.LSTM(3, return_sequences=True)": 2,
    "layers.GRU(3)": 1,
    "layers.SimpleRNN(3, return_sequences=True)": 1,
    "layers.RNN(layers.GRUCell(3), return_sequences=True)": 1,
    "layers.Bidirectional(layers.LSTM(3, return_sequences=True))": 4,
}


def ask(walk: str, states: int) -> Examination:
    handed = f", initial_state=[{', '.join(['begin'] * states)}]" if states else ""
    code = DECODER.format(walk=walk, states=handed)
    if not states:
        code = code.replace("[tokens, begin]", "tokens").replace("begin = keras.Input((3,))\n", "")
    return examine(Question(code=code, sequences=Sequences(rows=((5, 9, 2),))))


def list_scenes(examined: Examination) -> tuple[Scene, Scene]:
    strip = place_time(examined.report, examined.flow)
    assert strip is not None and examined.flow.masks is not None
    return strip, place_masks(examined.report, examined.flow.masks)


def count_skipped(scene: Scene, layer: str) -> int:
    boxes = [mark for mark in list_marks(scene) if isinstance(mark, Box) and mark.port.startswith(layer)]
    return sum(box.look == "padding" for box in boxes if " out@" not in box.port)


@pytest.mark.parametrize("walk", WALKS)
def test_with_an_initial_state_no_timestep_is_skipped(walk: str) -> None:
    examined = ask(walk, WALKS[walk])
    assert examined.flow.masks is not None
    traced = examined.flow.masks.layers[-1]
    assert all(step for step in traced.changed[0]), "Keras lets the padding change the output"
    assert [count_skipped(scene, traced.layer) for scene in list_scenes(examined)] == [0, 0]
    assert "padding is read like data" in describe_time(examined.report, examined.flow)


@pytest.mark.parametrize("walk", WALKS)
def test_without_one_both_pictures_skip_the_padding(walk: str) -> None:
    examined = ask(walk, 0)
    assert examined.flow.masks is not None
    traced = examined.flow.masks.layers[-1]
    assert not any(step for step in traced.changed[0])
    strip, masks = (count_skipped(scene, traced.layer) for scene in list_scenes(examined))
    assert strip == (4 if "Bidirectional" in walk else 2)
    assert masks == 2
    assert "It skips the timesteps that the mask marks as padding" in describe_time(
        examined.report, examined.flow
    )


def test_a_mask_given_by_name_is_followed_and_not_made() -> None:
    code = """
import keras
from keras import layers
x = keras.Input((4, 3))
keep = keras.Input((4,), dtype="bool")
y = layers.LSTM(5, return_sequences=True)(x, mask=keep)
model = keras.Model([x, keep], y)
"""
    examined = examine(Question(code=code))
    said = describe_time(examined.report, examined.flow)
    assert "the mask passed to it by keyword marks as padding, and hands that mask on." in said
    assert "makes a mask" not in said
