"""A model that code makes, beside the one that Keras makes when it runs that code."""

import json
import math
from typing import Any

import keras

from app.architecture import Architecture, Question
from app.architecture.code import read_code, write_code
from app.architecture.config import read_config
from app.architecture.read import read_question
from app.report.build import make_report
from app.report.repairing import find_output_shapes

IMPORTS = "import keras\nfrom keras import layers, ops\n"


def run(code: str) -> keras.Model:
    """The model as its author would make it. The code is this test's own."""
    keras.utils.clear_session(free_memory=False)
    names: dict[str, Any] = {}
    exec(IMPORTS + code, names)
    return names["model"]


def list_layers(architecture: Architecture) -> tuple[object, ...]:
    """The layers of a model in its order, the shapes of its inputs and outputs, and how much it trains."""
    report = make_report(architecture)
    assert report.status == "builds"
    layers = [
        (row.kind, row.output_shapes, row.parameters.total)
        for row in report.layers
        if not row.kind.startswith("ops.")
    ]
    tensors = [[tensor.shape for tensor in ends] for ends in (report.inputs, report.outputs)]
    return layers, *tensors, report.totals.trainable


def list_keras_layers(model: keras.Model) -> tuple[object, ...]:
    """The same, of Keras."""
    layers = [
        (
            type(layer).__name__,
            tuple(tuple(tensor.shape) for tensor in keras.tree.flatten(layer.output)),
            layer.count_params(),
        )
        for layer in model.layers
    ]
    tensors = [[tensor.shape for tensor in ends] for ends in (model.inputs, model.outputs)]
    return layers, *tensors, sum(math.prod(weight.shape) for weight in model.trainable_weights)


def compare(code: str) -> None:
    """Raises AssertionError where code, what is written of it, or the model's configuration is another."""
    model = run(code)
    layers = list_keras_layers(model)
    reading = read_question(Question(code=IMPORTS + code), find_output_shapes)
    assert not reading.notes
    assert list_layers(reading.architecture) == layers
    assert list_layers(read_code(write_code(reading.architecture)).architecture) == layers
    assert list_layers(read_config(json.loads(model.to_json()))) == layers
