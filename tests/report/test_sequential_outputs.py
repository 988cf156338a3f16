"""Each layer of a Sequential reads all that the one before gives, as in Keras, whether it is code or JSON."""

import json
from typing import Any

import keras
import pytest
from keras import Input, Model, Sequential, layers

from app.architecture.code import read_code
from app.architecture.config import read_config
from app.report.build import make_report
from app.report.model import Report

STATES = "layers.LSTM(3, return_state=True)"
BOTH = "layers.Bidirectional(layers.GRU(3), merge_mode=None)"
INNER = f"Sequential([Input((6, 4)), {STATES}])"
BUILT = {
    "states as outputs": STATES,
    "states added": f"{STATES}, layers.Add()",
    "1 for True": "layers.LSTM(3, return_state=1, return_sequences=0), layers.Add()",
    "both directions": BOTH,
    "both directions joined": f"{BOTH}, layers.Concatenate()",
    "the outputs of a model": f"{INNER}, layers.Average(), layers.Dense(2)",
    "a model in a model": f"Sequential([{INNER}]), layers.Concatenate()",
}
REFUSED = {
    "states to Dense": f"{STATES}, layers.Dense(2)",
    "both directions to LSTM": f"{BOTH}, layers.LSTM(2)",
    "a model to Conv1D": f"{INNER}, layers.Conv1D(2, 2)",
}
NAMES = {"keras": keras, "Input": Input, "Model": Model, "Sequential": Sequential, "layers": layers}


def report_code(chain: str) -> Report:
    header = "import keras\nfrom keras import Input, Model, Sequential, layers\n"
    return make_report(read_code(f"{header}model = Sequential([Input((6, 4)), {chain}])").architecture)


def build(chain: str) -> Any:
    keras.utils.clear_session(free_memory=False)
    return eval(f"Sequential([Input((6, 4)), {chain}])", NAMES)


@pytest.mark.parametrize("chain", BUILT.values(), ids=BUILT)
def test_outputs_are_those_of_keras(chain: str) -> None:
    model = build(chain)
    read_back = make_report(read_config(json.loads(model.to_json())))
    for report in (report_code(chain), read_back):
        assert [output.shape for output in report.outputs] == [
            tuple(tensor.shape) for tensor in model.outputs
        ]
        assert report.totals.parameters == model.count_params()


@pytest.mark.parametrize("chain", REFUSED.values(), ids=REFUSED)
def test_a_layer_that_takes_one_tensor_fails_as_in_keras(chain: str) -> None:
    with pytest.raises(ValueError, match=r"expects 1 input\(s\), but it received") as raised:
        build(chain)
    (problem,) = report_code(chain).problems
    assert problem.code == "too-many-inputs"
    assert problem.keras_message is not None
    assert problem.keras_message.partition(" Inputs received")[0] in str(raised.value)


def test_layers_may_be_added_one_by_one() -> None:
    lines = [
        "model = Sequential()",
        "model.add(Input((6, 4)))",
        f"model.add({BOTH})",
        "model.add(layers.Add())",
    ]
    reading = read_code("from keras import Input, Sequential, layers\n" + "\n".join(lines))
    assert [output.shape for output in make_report(reading.architecture).outputs] == [(None, 3)]


def test_a_layer_that_stands_there_twice_is_called_twice() -> None:
    code = "same = layers.Dense(4)\nmodel = Sequential([Input((4,)), same, layers.Dense(4), same])"
    report = make_report(read_code(f"from keras import Input, Sequential, layers\n{code}").architecture)
    same = layers.Dense(4)
    model = Sequential([Input((4,)), same, layers.Dense(4), same])
    assert report.totals.parameters == model.count_params()
    assert [call.output_shapes for call in report.layer("dense").calls] == [((None, 4),)]
