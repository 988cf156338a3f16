"""Initializers and their like change no shape; one that Keras does not know is a failure all the same."""

import json
from typing import Any

import keras
import pytest

from app.architecture import Architecture
from app.architecture.catalogue import IDENTIFIERS, KINDS
from app.architecture.code import read_code, write_code
from app.architecture.config import read_config
from app.problems import Problem
from app.report.build import make_report

LAYERS = [
    "Dense(3, kernel_initializer='he_normal', bias_initializer='Zeros', kernel_regularizer='l2')",
    "Dense(3, kernel_initializer=keras.initializers.HeNormal(), kernel_constraint=None)",
    "Dense(3, kernel_initializer='foo')",
    "Dense(3, kernel_regularizer=0.01)",
    "Dense(3, kernel_constraint='')",
    "Dropout(0.3, activity_regularizer='l7')",
    "Bidirectional(layers.LSTM(3, recurrent_initializer='orthogonall'))",
    "TimeDistributed(layers.Dense(3, bias_initializer=True))",
]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_name_fails_where_it_fails_in_keras(layer: str) -> None:
    imports = "import keras\nfrom keras import layers\n"
    code = f"{imports}x = keras.Input((4, 2))\nmodel = keras.Model(x, layers.{layer}(x))"
    try:
        exec(code, {})
        status = "builds"
    except (ValueError, TypeError):
        status = "fails"
    for source in (code, write_code(read_code(code).architecture)):
        assert make_report(read_code(source).architecture).status == status


def ask(kind: str, **arguments: Any) -> Problem:
    """The one problem of a layer with these arguments."""
    entering = {"kind": "InputLayer", "name": "x", "arguments": {"batch_shape": [None, 4]}}
    layer = {"kind": kind, "name": "layer", "arguments": arguments, "inbound": ["x"]}
    (problem,) = make_report(Architecture.model_validate({"nodes": [entering, layer]})).problems
    return problem


def test_what_was_meant_is_asked() -> None:
    problem = ask("Embedding", input_dim=9, output_dim=2, embeddings_initializer="unifrom")
    assert problem.code == "invalid-argument"
    assert "embeddings_initializer='uniform'" in problem.fix
    assert problem.keras_message == "Could not interpret initializer identifier: unifrom"
    assert problem.repairs


def test_what_leads_to_a_module_never_reaches_keras() -> None:
    problem = ask("Dense", units=3, kernel_initializer="os.system")
    assert (problem.code, problem.keras_message) == ("invalid-argument", None)


def test_a_name_in_a_file() -> None:
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
    config = json.loads(model.to_json())
    arguments = config["config"]["layers"][1]["config"]
    for name, status in (("he_normal", "builds"), ("unheard", "fails")):
        arguments["kernel_initializer"] = name
        assert make_report(read_config(config)).status == status


def test_every_argument_that_takes_such_a_name_is_known_by_its_last_word() -> None:
    arguments = [argument for kind in KINDS.values() for argument in kind.arguments]
    sorts = {
        argument.name.rpartition("_")[2]
        for argument in arguments
        if argument.known_words and not argument.choices
    }
    assert sorts == IDENTIFIERS.keys()
