"""Operations in `.h5` files, in which Keras 3 does not save that they are no layers."""

from typing import Any

from app.architecture.catalogue import is_kind
from app.architecture.never_built import NEVER_CALLED
from app.architecture.operation_names import name_operation

MODULE = "keras.src.ops"
"""The beginning of the module that `model.to_json()` writes for an operation."""


def name_operations(config: dict[str, Any]) -> None:
    """Give the operations in a model's configuration their module, as `model.to_json()` does.

    Without it `Add` would be taken for the layer of that name. `NotEqual` and its kin compute masks. Nested
    models are included.
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
    """Whether Keras 3 saved this without a module, and without what every layer has."""
    config, calls = entry.get("config"), entry.get("inbound_nodes")
    name = str(entry.get("class_name"))
    return (
        "module" not in entry
        and (name in NEVER_CALLED or is_kind(name_operation(name)))
        and isinstance(config, dict)
        and "trainable" not in config
        and "layers" not in config
        and isinstance(calls, list)
        and any(isinstance(call, dict) for call in calls)
    )
