"""read_config() answers whatever it is given: with an architecture, or with an error of ours."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keras_2 import KERAS_2, KERAS_2_GRAPH

from app.architecture import Architecture
from app.architecture.config import read_config
from app.architecture.spec import OPAQUE
from app.frozen import JsonObject
from app.problems import AppError, ConfigError, UnknownLayer


def changed(path: str, value: object) -> JsonObject:
    """The functional model of Keras 2 with one value exchanged: `layers.2.name`."""
    config = copy.deepcopy(KERAS_2_GRAPH)
    *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
    place: Any = config["config"]
    for step in way:
        place = place[step]
    place[last] = value
    return config


def deep(levels: int) -> list[Any]:
    nested: list[Any] = []
    for _ in range(levels):
        nested = [nested]
    return nested


MALFORMED = {
    "nothing": ({}, "class_name"),
    "another class": ({"class_name": "Subclassed", "config": {}}, "'Subclassed'"),
    "no config": ({"class_name": "Functional"}, "not an object"),
    "no layers": (changed("layers", []), "no `layers`"),
    "layers that are no list": (changed("layers", {"a": 1}), "no `layers`"),
    "a layer that is no object": (changed("layers.2", "add"), "not an object"),
    "a layer without a class": (changed("layers.2.class_name", None), "no `class_name`"),
    "a layer without a config": (changed("layers.2.config", None), "not an object"),
    "a name twice": (changed("layers.1.name", "left"), "must be unique"),
    "a name that is none": (changed("layers.2.name", ["add"]), "no name"),
    "an empty name": (changed("layers.2", {"class_name": "Add", "config": {"name": ""}}), "at least 1"),
    "a name of 1,000 characters": (changed("layers.3.name", "d" * 1000), "at most 200"),
    "no inputs": (changed("input_layers", []), "names no `input_layers`"),
    "an input that is none": (changed("input_layers", [["add", 0, 0]]), "no input layer"),
    "a reference to nothing": (changed("output_layers", [["dance", 0, 0]]), "not in the model"),
    "a reference of another form": (
        changed("layers.3.inbound_nodes", [[["add", 0, "x", {}]]]),
        "not of the form",
    ),
    "a cycle": (changed("layers.2.inbound_nodes", [[["dense", 0, 0, {}], ["left", 0, 0, {}]]]), "cycle"),
    "a layer that reads nothing": (changed("layers.3.inbound_nodes", []), "not connected"),
    "a model without layers in a model": (changed("layers.3.class_name", "Functional"), "no `layers`"),
    "an activation that is code": (
        changed("layers.3.config.activation", {"class_name": "__lambda__", "config": {}}),
        "holds code",
    ),
    "inbound nodes nested deeply": (changed("layers.3.inbound_nodes", [deep(50)]), "nested too deeply"),
    "arguments nested deeply": (changed("layers.3.config.units", deep(900)), "nested too deeply"),
    "an object for a number": (changed("layers.3.config.units", {"a": 1}), "not understood"),
}


@pytest.mark.parametrize("name", sorted(MALFORMED))
def test_what_is_no_configuration_is_told_why(name: str) -> None:
    config, words = MALFORMED[name]
    with pytest.raises(ConfigError, match=words):
        read_config(config)


@pytest.mark.parametrize("class_name", ["Danse", "system", "__import__"])
def test_layers_that_keras_does_not_have_are_unknown(class_name: str) -> None:
    config = changed("layers.3.class_name", class_name)
    config["config"]["layers"][3] |= {"module": "keras.layers", "registered_name": None}
    with pytest.raises(UnknownLayer):
        read_config(config)


@pytest.mark.parametrize("class_name", ["TransformerBlock", "system", "package>system"])
def test_where_the_module_is_unsaid_they_are_layers_of_somebodys_own(class_name: str) -> None:
    node = read_config(changed("layers.3.class_name", class_name)).nodes[3]
    assert (node.kind, node.arguments) == (OPAQUE, {"class_name": class_name.removeprefix("package>")})


def answers(config: JsonObject) -> None:
    """An architecture, or one of our own errors; never anything else."""
    try:
        assert isinstance(read_config(config), Architecture)
    except AppError as error:
        assert error.detail


WORDS = st.sampled_from(
    [
        "class_name",
        "config",
        "layers",
        "name",
        "inbound_nodes",
        "Sequential",
        "Functional",
        "Dense",
        "LSTM",
        "left",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5) | WORDS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(WORDS, JSON, max_size=4))
def test_any_json_is_answered(config: JsonObject) -> None:
    answers(config)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container and key in nested JSON."""
    items = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    inner = [place for _, part in items if isinstance(part, dict | list) for place in places(part)]
    return [(value, key) for key, _ in items] + inner


@given(st.sampled_from([KERAS_2, KERAS_2_GRAPH]), st.data())
def test_any_damage_to_a_good_configuration_is_answered(good: JsonObject, data: st.DataObject) -> None:
    config = copy.deepcopy(good)
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(places(config)))
        container[key] = data.draw(JSON)
    answers(config)
