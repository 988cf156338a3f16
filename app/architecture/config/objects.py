"""Serialised objects among a layer's arguments, such as a dtype policy or an activation, as their names."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import JsonValue

from app.architecture.activations import LAYER_FUNCTIONS, LEARNING
from app.architecture.catalogue import Argument, find_kind
from app.architecture.config.values import quote
from app.architecture.never_built import NEVER_BUILT
from app.problems import ConfigError

FUNCTION = "function"
"""The class under which Keras saves a function, by its registered name."""

LIBRARIES = frozenset({"", "builtins", "keras", "tensorflow", "tf_keras"})
"""Where what is saved without a name of its own comes from."""


def is_own(entry: Mapping[str, Any]) -> bool:
    """Whether it is an object of a custom class: Keras saves the name that it is registered under."""
    registered, module = str(entry.get("registered_name") or ""), str(entry.get("module") or "")
    return ">" in registered or module.partition(".")[0] not in LIBRARIES


def is_own_argument(value: object) -> bool:
    """Whether an argument is a custom function or an object of a custom class."""
    if not isinstance(value, dict):
        return False
    if value.get("class_name") == FUNCTION:
        return value.get("config") not in _list_activations()
    return is_own(value)


@cache
def _list_activations() -> tuple[str, ...]:
    """The names of Keras' activations; functions of TensorFlow may have them too."""
    argument = find_kind("Activation").argument("activation")
    return argument.choices if argument else ()


def name_own(value: Mapping[str, Any]) -> str:
    """The name of a custom function or of an object of a custom class."""
    name = value.get("config") if value.get("class_name") == FUNCTION else value.get("class_name")
    return str(name).rpartition(">")[2][:80]


def read_name(argument: Argument, value: Mapping[str, JsonValue]) -> str | None:
    """The name of a serialised object; None for a custom one, which changes no shape.

    Raises ConfigError.
    """
    class_name, config = value.get("class_name"), value.get("config")
    if is_own_argument(value):
        return "linear" if argument.required else None
    if isinstance(class_name, str) and class_name in NEVER_BUILT:
        raise ConfigError(f"The `{argument.name}` of a layer holds code, which is never run here.")
    if isinstance(config, dict):
        name = _name_policy(config) if argument.name == "dtype" else _name_object(class_name, config)
    else:
        name = config
    if not isinstance(name, str):
        raise ConfigError(f"The `{argument.name}` of a layer is not understood: {quote(class_name)}.")
    return name


def _name_object(class_name: JsonValue, config: Mapping[str, JsonValue]) -> JsonValue:
    kind = str(class_name)
    if kind in LEARNING:
        raise ConfigError(
            f"A layer has {kind} as its activation, which has weights of its own. Build the model with "
            f"{kind}() as a layer after it: it computes the same, and its weights are counted."
        )
    if kind == "Activation":
        return config.get("activation")
    return LAYER_FUNCTIONS.get(kind, kind.lower())


def _name_policy(config: Mapping[str, JsonValue]) -> JsonValue:
    if {"mode", "source_name"} <= config.keys():
        return f"{config['mode']}_from_{config['source_name']}"
    if "policy_map" not in config:
        return config.get("name")
    if config["policy_map"]:
        raise ConfigError(
            "A layer has a `DTypePolicyMap`, which gives each layer inside it a dtype of its own. One dtype "
            "for a layer is read here: give it a policy such as 'mixed_float16'."
        )
    default: Any = config.get("default_policy") or "float32"
    inner = default.get("config") if isinstance(default, dict) else None
    return _name_policy(inner) if isinstance(inner, dict) else default
