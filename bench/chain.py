"""Chains of Dense layers of any length: as a question, and as plain Keras builds them."""

import json
from collections.abc import Sequence
from typing import Any

FEATURES = 8


def write_chain(units: Sequence[int]) -> str:
    """The question for a chain with these numbers of units, as JSON."""
    first = {"kind": "InputLayer", "name": "series", "arguments": {"batch_shape": [None, FEATURES]}}
    layers = [
        {
            "kind": "Dense",
            "name": f"dense_{place}",
            "arguments": {"units": size},
            "inbound": [f"dense_{place - 1}" if place else "series"],
        }
        for place, size in enumerate(units)
    ]
    return json.dumps({"architecture": {"nodes": [first, *layers]}}, separators=(",", ":"))


def build_chain(units: Sequence[int]) -> list[str]:
    """The same in plain Keras: the lines of the model's summary."""
    import keras

    model: Any = keras.Sequential([keras.Input((FEATURES,)), *(keras.layers.Dense(size) for size in units)])
    lines: list[str] = []
    model.summary(print_fn=lines.append)
    return lines
