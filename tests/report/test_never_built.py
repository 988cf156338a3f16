"""Layers of Keras that are never built: wherever they stand, it is said why, and a shape can be declared."""

import json
from typing import Any

import keras
import pytest

from app.architecture import Architecture, Node
from app.architecture.code import read_code, write_code
from app.architecture.config import read_config
from app.architecture.never_built import NEVER_BUILT
from app.report.build import make_report
from app.report.model import LayerReport

ENTERING = {"kind": "InputLayer", "name": "x", "arguments": {"batch_shape": [None, 4]}}


def find_closed(architecture: Architecture) -> tuple[Node, LayerReport]:
    """The one node between an input and whatever follows, and its row."""
    node = next(node for node in architecture.nodes if node.kind == "Opaque")
    return node, make_report(architecture).layer(node.name)


def check_explained(architecture: Architecture, kind: str) -> None:
    node, row = find_closed(architecture)
    assert node.arguments["class_name"] == kind
    assert row.problem
    assert row.problem.code == "opaque-layer"
    assert f"a {kind}, which {NEVER_BUILT[kind]}" in row.problem.happened


@pytest.mark.parametrize("kind", NEVER_BUILT)
def test_in_an_architecture(kind: str) -> None:
    layer = {"kind": kind, "name": "own", "arguments": {"function": "x"}, "inbound": ["x"]}
    check_explained(Architecture.model_validate({"nodes": [ENTERING, layer]}), kind)


@pytest.mark.parametrize("kind", NEVER_BUILT)
def test_in_a_configuration(kind: str) -> None:
    model = json.loads(keras.Sequential([keras.Input((4,)), keras.layers.Identity(name="own")]).to_json())
    own = model["config"]["layers"][1]
    own |= {"class_name": kind, "config": {"name": "own", "filepath": "/tmp/model"}}
    check_explained(read_config(model), kind)


@pytest.mark.parametrize("kind", sorted(NEVER_BUILT.keys() - {"Lambda", "Layer"}))
def test_in_code(kind: str) -> None:
    code = f"model = keras.Sequential([keras.Input((4,)), layers.{kind}(own), layers.Dense(3)])"
    architecture = read_code(f"import keras\nfrom keras import layers\n{code}").architecture
    check_explained(architecture, kind)
    written = write_code(architecture)
    assert read_code(written).architecture.without_lines() == architecture.without_lines()


@pytest.mark.parametrize("kind", NEVER_BUILT)
def test_behind_a_declared_shape_the_model_goes_on(kind: str) -> None:
    own: dict[str, Any] = {
        "kind": kind,
        "name": "own",
        "arguments": {"output_shape": [None, 7]},
        "inbound": ["x"],
    }
    dense = {"kind": "Dense", "name": "dense", "arguments": {"units": 3}, "inbound": ["own"]}
    report = make_report(Architecture.model_validate({"nodes": [ENTERING, own, dense]}))
    assert report.status == "builds"
    assert report.layer("dense").parameters.total == (7 + 1) * 3
