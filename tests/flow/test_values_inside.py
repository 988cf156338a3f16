"""The numbers of layers inside of models: those that the same layers give in the code that is shown."""

from functools import cache
from typing import Any

import keras
import numpy as np
import pytest

from app.architecture import Architecture
from app.architecture.code import read_code
from app.drawing.numbers.value_words import describe_values
from app.flow import trace_flow
from app.flow import values as limits
from app.flow.valued import ValuedLayer, ValueTrace
from app.flow.values import trace_values
from app.report.build import make_report

CODE = """
core = keras.Sequential([
    keras.Input((None,)), layers.Embedding(20, 4, mask_zero=True, name="vectors"),
    layers.LSTM(3, return_sequences=True, name="lstm"), layers.GRU(2, name="gru"),
], name="core")
first, second = keras.Input((4,), name="first"), keras.Input((4,), name="second")
model = keras.Model([first, second], layers.Concatenate(name="both")([core(first), core(second)]))
"""


@cache
def trace(code: str = CODE) -> ValueTrace:
    with pytest.MonkeyPatch.context() as patience:
        patience.setattr(limits, "MOST_SECONDS", 600.0)
        architecture: Architecture = read_code(code).architecture
        report = make_report(architecture)
        return trace_values(report, trace_flow(report, 4).lanes, None, 4)


def find(*path: str) -> ValuedLayer:
    return next(layer for layer in trace().layers if (*layer.around, layer.layer) == path)


@cache
def run_shown_code() -> dict[str, Any]:
    """The names of the model's code after the seed, with the data that each input reads."""
    names: dict[str, Any] = {"keras": keras, "layers": keras.layers, "np": np}
    exec(f"{trace().weights}\n{CODE}", names)
    names["data"] = {fed.input: eval(fed.code, {"np": np}) for fed in trace().fed}
    return names


@pytest.mark.parametrize(("call", "reads"), [("core", "first"), ("core@2", "second")])
def test_states_inside_of_a_model_are_those_of_its_layers(call: str, reads: str) -> None:
    core, data = run_shown_code()["core"], run_shown_code()["data"][reads]
    vectors = core.get_layer("vectors")(data)
    hidden = core.get_layer("lstm")(vectors)
    (state,) = (strip for strip in find(call, "lstm").strips if strip.name == "h")
    assert np.array(state.values) == pytest.approx(np.array(hidden), abs=1e-5)
    (last,) = (strip for strip in find(call, "gru").strips if strip.name == "h")
    assert np.array(last.values)[:, -1] == pytest.approx(np.array(core(data)), abs=1e-5)


DISTRIBUTED = """
x = keras.Input((3, 4, 2), name="x")
model = keras.Model(x, layers.TimeDistributed(layers.LSTM(5, return_sequences=True), name="films")(x))
"""


def test_a_walk_at_every_timestep_has_the_gates_and_states_of_all_of_them() -> None:
    traced = trace(DISTRIBUTED)
    names: dict[str, Any] = {"keras": keras, "layers": keras.layers, "np": np}
    exec(f"{traced.weights}\n{DISTRIBUTED}", names)
    (fed,) = traced.fed
    hidden = np.asarray(names["model"](eval(fed.code, {"np": np})))
    films = traced.layers[-1]
    strips = {strip.name: strip for strip in films.strips}
    assert [strip.name for strip in films.strips][:6] == ["i", "f", "c̃", "o", "h", "c"]
    # At each outer timestep the units of all inner ones, one after the other.
    inner = np.array(strips["h"].values).reshape(hidden.shape)
    assert inner == pytest.approx(hidden, abs=1e-5)
    output = np.array(strips["o"].values) * np.tanh(np.array(strips["c"].values))
    assert output.reshape(hidden.shape) == pytest.approx(hidden, abs=1e-5)
    assert "inner forget gate f: " in describe_values(traced, 0)


def test_layers_inside_stand_behind_their_model_without_its_inputs() -> None:
    paths = [(*layer.around, layer.layer) for layer in trace().layers]
    own = [("vectors",), ("lstm",), ("gru",)]
    assert paths == [
        ("first",),
        ("second",),
        ("core",),
        *(("core", *path) for path in own),
        ("core@2",),
        *(("core@2", *path) for path in own),
        ("both",),
    ]
    assert "core › lstm, hidden state h: " in describe_values(trace(), 0)
