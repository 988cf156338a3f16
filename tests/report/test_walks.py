"""What a cell is said to hold at each timestep is what the layer gives for a sequence that ends there."""

from typing import Any

import keras
import numpy as np
import pytest

from app.architecture import Question, read_question
from app.report.runs.record import Recorded, record_run
from app.report.runs.running import SEED
from app.report.runs.walks import OutOfTime, Walk

SERIES = np.random.default_rng(0).normal(size=(2, 5, 3)).astype("float32")
MASKED = np.array([[5, 9, 2, 4, 1], [3, 7, 0, 0, 0]])
EMBEDDED = "keras.Input((None,), dtype='int32'), layers.Embedding(10, 3, mask_zero=True)"


def record(layers: str, data: np.ndarray, seconds: float = 60) -> tuple[Any, Recorded]:
    """The model of these layers as Keras makes it after the seed, and what is recorded of its last layer."""
    code = f"model = keras.Sequential([{layers}])"
    keras.utils.set_random_seed(SEED)
    names = {"keras": keras, "layers": keras.layers}
    exec(code, names)
    architecture = read_question(Question(code=code)).architecture
    recorded = record_run(architecture, {architecture.nodes[0].name: data}, seconds)
    return names["model"], recorded[architecture.nodes[-1].name,]


def find_gate(walk: Walk, name: str) -> np.ndarray:
    return next(gate.values for gate in walk.gates if gate.name == name)


def shift(states: np.ndarray) -> np.ndarray:
    """The states before each timestep: nothing before the first."""
    return np.concatenate([np.zeros_like(states[:, :1]), states[:, :-1]], axis=1)


@pytest.mark.parametrize(
    "layer",
    [
        "layers.LSTM(4)",
        "layers.LSTM(4, go_backwards=True)",
        "layers.LSTM(4, recurrent_activation='hard_sigmoid', use_bias=False)",
        "layers.GRU(4)",
        "layers.GRU(4, reset_after=False)",
        "layers.SimpleRNN(4)",
        "layers.RNN([layers.LSTMCell(2), layers.GRUCell(4)])",
        "layers.Bidirectional(layers.GRU(4))",
    ],
)
def test_the_same_seed_gives_keras_own_numbers(layer: str) -> None:
    model, recorded = record(f"keras.Input((5, 3)), {layer}", SERIES)
    assert recorded.output == pytest.approx(np.array(model(SERIES)), abs=1e-6)
    last = [walk.states[0][:, 0 if walk.backwards else -1] for walk in recorded.walks]
    ends = last if "Bidirectional" in layer else last[-1:]
    assert np.concatenate(ends, axis=-1) == pytest.approx(recorded.output, abs=1e-6)


@pytest.mark.parametrize("kind", ["LSTM", "GRU", "SimpleRNN"])
def test_the_states_are_those_of_every_timestep(kind: str) -> None:
    model, recorded = record(f"keras.Input((5, 3)), layers.{kind}(4, return_sequences=True)", SERIES)
    assert recorded.walks[0].states[0] == pytest.approx(np.array(model(SERIES)), abs=1e-6)


def test_the_gates_of_an_lstm_give_its_states() -> None:
    _, recorded = record("keras.Input((5, 3)), layers.LSTM(4)", SERIES)
    (walk,) = recorded.walks
    hidden, carry = walk.states
    i, f, candidate, o = (find_gate(walk, name) for name in ("i", "f", "c̃", "o"))
    assert f * shift(carry) + i * candidate == pytest.approx(carry, abs=1e-6)
    assert o * np.tanh(carry) == pytest.approx(hidden, abs=1e-6)
    assert [gate.centre for gate in walk.gates] == [0.5, 0.5, 0, 0.5]


@pytest.mark.parametrize("reset_after", [True, False])
def test_the_gates_of_a_gru_give_its_state(reset_after: bool) -> None:
    model, recorded = record(f"keras.Input((5, 3)), layers.GRU(4, reset_after={reset_after})", SERIES)
    (walk,) = recorded.walks
    (hidden,) = walk.states
    before = shift(hidden)
    z, r, candidate = (find_gate(walk, name) for name in ("z", "r", "h̃"))
    assert z * before + (1 - z) * candidate == pytest.approx(hidden, abs=1e-6)
    kernel, recurrent, bias = model.layers[0].get_weights()
    into, back = (bias[0], bias[1]) if reset_after else (bias, np.zeros_like(bias))
    from_input, from_state = SERIES @ kernel + into, before @ recurrent + back
    reset = 1 / (1 + np.exp(-(from_input + from_state)[..., 4:8]))
    assert reset == pytest.approx(r, abs=1e-6)


def test_a_convolving_cell_has_the_gates_of_an_lstm() -> None:
    frames = np.random.default_rng(0).normal(size=(1, 3, 4, 4, 1)).astype("float32")
    layers = "keras.Input((3, 4, 4, 1)), layers.ConvLSTM2D(2, 2, return_sequences=True)"
    model, recorded = record(layers, frames)
    (walk,) = recorded.walks
    assert walk.states[0] == pytest.approx(np.array(model(frames)), abs=1e-6)
    assert [gate.name for gate in walk.gates] == ["i", "f", "c̃", "o"]


@pytest.mark.parametrize("kind", ["LSTM", "GRU", "SimpleRNN"])
def test_a_masked_timestep_carries_the_states_over(kind: str) -> None:
    model, recorded = record(f"{EMBEDDED}, layers.{kind}(4, return_sequences=True)", MASKED)
    (walk,) = recorded.walks
    assert walk.skipped.tolist() == (MASKED == 0).tolist()
    assert walk.states[0] == pytest.approx(np.array(model(MASKED)), abs=1e-6)
    for state in walk.states:
        assert (state[1, 2:] == state[1, 1]).all()
    for gate in walk.gates:
        assert np.isnan(gate.values[1, 2:]).all()
        assert np.isfinite(gate.values[0]).all()


def test_a_state_that_is_handed_over_is_where_the_walk_begins() -> None:
    code = (
        "a = keras.Input((5, 3)); _, h = layers.GRU(4, return_state=True)(a); "
        "y = layers.GRU(4, name='second')(a, initial_state=h); model = keras.Model(a, y)"
    )
    architecture = read_question(Question(code=code)).architecture
    (walk,) = record_run(architecture, {architecture.nodes[0].name: SERIES}, 60)["second",].walks
    keras.utils.set_random_seed(SEED)
    names = {"keras": keras, "layers": keras.layers}
    exec(code, names)
    assert walk.states[0][:, -1] == pytest.approx(np.array(names["model"](SERIES)), abs=1e-6)  # type: ignore[operator]


def test_a_run_can_be_repeated() -> None:
    question = Question(
        code="model = keras.Sequential([keras.Input((5, 3)), layers.LSTM(2), layers.Dropout(0.5)])"
    )
    architecture = read_question(question).architecture
    data = {architecture.nodes[0].name: SERIES}
    once, again = (record_run(architecture, data, 60) for _ in range(2))
    assert all((once[name].output == again[name].output).all() for name in once)


def test_a_run_ends_when_its_time_is_up() -> None:
    with pytest.raises(OutOfTime):
        record("keras.Input((5, 3)), layers.LSTM(4)", SERIES, seconds=0)
