"""The numbers of a model: those that anybody gets who runs the code that is shown."""

from typing import Any

import keras
import numpy as np
import pytest

from app.architecture import Question, read_question
from app.architecture.sequences import Sequences
from app.flow import trace_flow
from app.flow import values as limits
from app.flow.valued import Strip, ValueTrace
from app.flow.values import MOST_TIMESTEPS, MOST_VALUES, trace_values
from app.problems import RunStopped
from app.report.build import make_report

START = "keras.Input((None,), dtype='int32', name='tokens'), layers.Embedding(10, 4, mask_zero=True)"
SERIES = "keras.Input((5, 2), name='series')"
SEQUENCES = Sequences(rows=((5, 9, 2), (3,)), padding="post")


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine runs a model slowly, and to the same numbers."""
    monkeypatch.setattr(limits, "MOST_SECONDS", 600.0)


def trace(layers: str, sequences: Sequences | None = None, timesteps: int = 8) -> ValueTrace:
    report = make_report(read_question(Question(code=f"model = keras.Sequential([{layers}])")).architecture)
    return trace_values(report, trace_flow(report, timesteps).lanes, sequences, timesteps)


def find(traced: ValueTrace, layer: str, name: str = "out") -> Strip:
    (strips,) = (valued.strips for valued in traced.layers if valued.layer == layer)
    return next(strip for strip in strips if strip.name == name)


@pytest.mark.parametrize(
    ("layers", "sequences"),
    [
        (f"{START}, layers.LSTM(3), layers.Dense(2, name='last')", None),
        (f"{START}, layers.LSTM(3), layers.Dense(2, name='last')", SEQUENCES),
        (f"{SERIES}, layers.Conv1D(4, 2), layers.GRU(3), layers.Dense(2, name='last')", None),
        (
            f"{SERIES}, layers.Bidirectional(layers.GRU(3), name='last')",
            SEQUENCES.model_copy(update={"maxlen": 5}),
        ),
    ],
)
def test_the_code_that_is_shown_gives_the_numbers_that_are_shown(
    layers: str, sequences: Sequences | None
) -> None:
    traced = trace(layers, sequences)
    names: dict[str, Any] = {"keras": keras, "layers": keras.layers, "np": np}
    names |= {"pad_sequences": keras.utils.pad_sequences, "sequences": [[5, 9, 2], [3]]}
    exec(f"{traced.weights}\nmodel = keras.Sequential([{layers}])\ndata = {traced.fed[0].code}", names)
    shown = np.array(find(traced, "last").values)[:, 0]
    assert shown == pytest.approx(np.array(names["model"](names["data"])), abs=1e-5)


def test_a_layer_has_its_gates_then_its_states() -> None:
    traced = trace(f"{START}, layers.LSTM(3, name='lstm')")
    (strips,) = (layer.strips for layer in traced.layers if layer.layer == "lstm")
    assert [strip.name for strip in strips] == ["i", "f", "c̃", "o", "h", "c"]
    assert strips[1].role == "forget gate"


def test_what_leaves_is_shown_where_it_is_no_state() -> None:
    traced = trace(f"{SERIES}, layers.Bidirectional(layers.GRU(3, return_sequences=True), name='both')")
    (strips,) = (layer.strips for layer in traced.layers if layer.layer == "both")
    assert [strip.way for strip in strips if strip.name == "h"] == ["forward", "backward"]
    forward, backward = (np.array(strip.values) for strip in strips if strip.name == "h")
    assert np.array(find(traced, "both").values) == pytest.approx(
        np.concatenate([forward, backward], axis=-1)
    )


def test_masked_timesteps_equal_the_one_before_and_have_no_gates() -> None:
    traced = trace(f"{START}, layers.GRU(3, name='gru')", SEQUENCES)
    state, gate = find(traced, "gru", "h"), find(traced, "gru", "z")
    assert state.skipped == ((False, False, False), (False, True, True))
    assert state.values[1][0] == state.values[1][1] == state.values[1][2]
    assert gate.values[1][1] == (None, None, None)


def test_cells_that_stand_on_one_another_are_told_apart() -> None:
    traced = trace(f"{SERIES}, layers.RNN([layers.LSTMCell(2), layers.GRUCell(3)], name='stack')")
    (strips,) = (layer.strips for layer in traced.layers if layer.layer == "stack")
    assert [(strip.way, strip.name) for strip in strips if strip.role.endswith("state")] == [
        ("cell 1", "h"),
        ("cell 1", "c"),
        ("cell 2", "h"),
    ]


def test_random_tokens_are_some_that_the_embedding_knows_and_no_padding() -> None:
    tokens = np.array(find(trace(f"{START}, layers.LSTM(2)", timesteps=64), "tokens").values)
    assert tokens.shape == (1, 64, 1)
    assert tokens.min() >= 1 and tokens.max() <= 9


@pytest.mark.parametrize(
    ("layers", "why"),
    [
        ("keras.Input((8,)), layers.Dense(2)", "No input of this model has timesteps."),
        (f"{START}, layers.LSTM(2), layers.LSTM(2)", "does not build"),
        (f"{START}, layers.LSTM(2000)", "5,000,000 parameters"),
        ("keras.Input((1000, 1)), layers.LSTM(2)", f"1,000 timesteps: at most {MOST_TIMESTEPS} are run"),
        ("keras.Input((200, 1)), layers.LSTM(400)", f"{MOST_VALUES:,} numbers"),
    ],
)
def test_what_is_too_large_is_refused_with_its_limit(layers: str, why: str) -> None:
    traced = trace(layers)
    assert why in traced.refused
    assert traced.layers == ()


def test_a_run_that_takes_too_long_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_SECONDS", 0.0)
    with pytest.raises(RunStopped, match="more than 0 seconds"):
        trace(f"{START}, layers.LSTM(2)")
    monkeypatch.setattr(limits, "MOST_SECONDS", 600.0)
    assert trace(f"{START}, layers.LSTM(2)").samples == 1


def test_a_token_that_the_embedding_does_not_know_is_named() -> None:
    traced = trace("keras.Input((None,), dtype='int32'), layers.Embedding(4, 2)", SEQUENCES)
    assert "9 are no tokens of embedding, which knows 4" in traced.refused


def test_tokens_are_whole_where_the_input_does_not_say_so() -> None:
    strip = find(trace("keras.Input((8,), name='tokens'), layers.Embedding(50, 8), layers.LSTM(4)"), "tokens")
    assert strip.whole
    assert all(number in range(1, 50) for (number,) in strip.values[0])


def test_a_stateful_layer_is_run_in_the_batch_that_it_knows() -> None:
    traced = trace("keras.Input(batch_shape=(2, 5, 3)), layers.GRU(4, stateful=True, name='gru')")
    assert np.array(find(traced, "gru", "h").values).shape == (2, 5, 4)


def test_the_scale_of_an_output_is_that_of_its_activation() -> None:
    traced = trace(
        f"{SERIES}, layers.LSTM(3), layers.Dense(4, activation='softmax'), layers.Dense(2, name='open'),"
        "layers.Dense(1, activation='sigmoid', name='last')"
    )
    scales = {
        name: (find(traced, name).centre, find(traced, name).reach) for name in ("dense", "open", "last")
    }
    assert scales == {"dense": (0, 1), "open": (0, None), "last": (0.5, 0.5)}
