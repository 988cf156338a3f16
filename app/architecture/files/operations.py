"""What Keras 3 leaves out of the configuration in an `.h5` file: that an operation is no layer."""

from typing import Any

MODULE = "keras.src.ops"
"""How the module begins that `model.to_json()` names for an operation."""


def name_operations(config: dict[str, Any]) -> None:
    """Give the operations in the configuration of a model their module, as `model.to_json()` does.

    `NotEqual` and its kin carry masks; `Add` would be taken for the layer of that name. Models in models
    are gone through as well.
    """
    waiting = [config]
    while waiting:
        inner = waiting.pop().get("config")
        layers = inner.get("layers") if isinstance(inner, dict) else None
        for entry in layers if isinstance(layers, list) else []:
            if isinstance(entry, dict):
                waiting.append(entry)
                if _is_operation(entry):
                    entry["module"] = MODULE


def _is_operation(entry: dict[str, Any]) -> bool:
    """Whether this was written by Keras 3, without a module, and has not what every layer has."""
    config, calls = entry.get("config"), entry.get("inbound_nodes")
    return (
        "module" not in entry
        and isinstance(config, dict)
        and "trainable" not in config
        and "layers" not in config
        and isinstance(calls, list)
        and any(isinstance(call, dict) for call in calls)
    )
