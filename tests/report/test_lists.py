"""A tensor and a list of one tensor are not the same for Keras, nor here."""

import json
from typing import Any

import keras
import pytest
from keras import Input, Model, Sequential, layers

from app.architecture.catalogue import KINDS
from app.architecture.code import read_code
from app.architecture.code.write import write_code
from app.architecture.config import read_config
from app.architecture.outputs import EACH, count_outputs
from app.report.build import make_report

REFUSED = {
    "Add without brackets": "layers.Add()(x)",
    "Concatenate without brackets": "layers.Concatenate()(x)",
    "Dense on a list": "layers.Dense(2)([x])",
    "Dense on a tuple": "layers.Dense(2)((x,))",
    "LSTM on a list": "layers.LSTM(2)([x])",
    "Flatten on a list": "layers.Flatten()([x])",
    "the list that Dropout gives": "layers.Dense(2)(layers.Dropout(0.1)([x]))",
}
BUILT = {
    "Add of one": "layers.Add()([x])",
    "Dropout of one": "layers.Dropout(0.1)([x])",
    "Dropout of two": "layers.Dropout(0.1)([x, y])",
    "a function of two": "layers.Multiply()(layers.Activation('relu')([x, y]))",
    "a model of one": "Sequential([Input((6, 4)), layers.Dense(2)])([x])",
}
HEADER = "import keras\nfrom keras import Input, Model, Sequential, layers, ops\n"
TENSORS = "x, y = Input((6, 4), name='x'), Input((6, 4), name='y')\n"


def run(expression: str) -> Any:
    names: dict[str, Any] = {"Input": Input, "Model": Model, "Sequential": Sequential, "layers": layers}
    exec(f"{TENSORS}model = Model([x, y], {expression})", names)
    return names["model"]


def read(expression: str) -> Any:
    return read_code(f"{HEADER}{TENSORS}model = Model([x, y], {expression})").architecture


@pytest.mark.parametrize("expression", REFUSED.values(), ids=REFUSED)
def test_what_keras_refuses_has_its_problem(expression: str) -> None:
    with pytest.raises((ValueError, AttributeError)) as raised:
        run(expression)
    (problem,) = make_report(read(expression)).problems
    assert problem.code == "tensor-or-list"
    assert problem.keras_message is not None
    assert problem.keras_message[:60] in str(raised.value)


@pytest.mark.parametrize("expression", BUILT.values(), ids=BUILT)
def test_what_keras_builds_gives_as_many_tensors(expression: str) -> None:
    model = run(expression)
    shapes = [tuple(tensor.shape) for tensor in model.outputs]
    architecture = read(expression)
    written = read_code(write_code(architecture)).architecture
    saved = read_config(json.loads(model.to_json()))
    for each in (architecture, written, saved):
        assert [tensor.shape for tensor in make_report(each).outputs] == shapes


def test_a_layer_that_merges_at_the_start_of_a_sequential_gets_no_list() -> None:
    with pytest.raises(ValueError, match="should be called on a list"):
        Sequential([Input((6, 4)), layers.Add()])
    code = f"{HEADER}model = Sequential([Input((6, 4)), layers.Add()])"
    assert make_report(read_code(code).architecture).problems[0].code == "tensor-or-list"


ARGUMENTS: dict[str, dict[str, Any]] = {
    "Activation": {"activation": "relu"},
    "MaxNumBoundingBoxes": {"max_number": 2},
    "RandomColorJitter": {"value_range": [0, 255]},
    "RandomPosterization": {"factor": 4},
}


@pytest.mark.parametrize("kind", sorted(EACH))
def test_a_list_for_a_list(kind: str) -> None:
    required = {argument.name: 0.5 for argument in KINDS[kind].arguments if argument.required}
    layer = getattr(layers, kind)(**ARGUMENTS.get(kind, required))
    given = layer([keras.Input((8, 8, 3)), keras.Input((8, 8, 3))])
    assert len(keras.tree.flatten(given)) == count_outputs(kind, {}, 2) == 2
