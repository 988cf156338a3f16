"""The example of stacked LSTM layers with other numbers of units: as source, and as plain Keras builds it."""

import re
from typing import Any

from app.architecture.gallery import Example, load_gallery

Units = tuple[int, int, int]

FIRST_NEW = 33
"""The example's layers have 32 units; every number from here on is a new one."""


def find_example() -> Example:
    """The example of three LSTM layers."""
    return next(example for example in load_gallery() if example.slug == "stacked-lstm")


def tweak_units(tweak: int) -> Units:
    """Units that no other tweak has; the three layers are changed in turn."""
    units = [32, 32, 32]
    units[tweak % 3] = FIRST_NEW + tweak // 3
    return units[0], units[1], units[2]


def write_code(units: Units) -> str:
    """The example's source with these units."""
    remaining = iter(units)
    return re.sub(r"LSTM\(32", lambda _: f"LSTM({next(remaining)}", find_example().code)


def build_plainly(units: Units) -> list[str]:
    """What people do without Kerascope: build the model and read its summary."""
    import keras

    model: Any = keras.Sequential(
        [
            keras.Input((8, 16)),
            keras.layers.LSTM(units[0], return_sequences=True),
            keras.layers.LSTM(units[1], return_sequences=True),
            keras.layers.LSTM(units[2]),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    lines: list[str] = []
    model.summary(print_fn=lines.append)
    return lines
