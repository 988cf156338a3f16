"""What reading costs: twice the code, twice the steps."""

import sys
from types import FrameType

from app.architecture.code import read_code


def write_source(layers: int, data: int) -> str:
    """Code as people write it, one line for each array and each layer."""
    return "\n".join(
        [
            "import numpy as np",
            "from keras import Input, Sequential",
            "from keras.layers import LSTM",
            *(f"data_{at} = np.zeros(({at + 1}, 8, 16)).reshape(-1, 8, 16)" for at in range(data)),
            "model = Sequential()",
            "model.add(Input((8, 16)))",
            *(f"model.add(LSTM(units={at % 9 + 1}, return_sequences=True))" for at in range(layers)),
        ]
    )


def count_steps(source: str) -> int:
    """How many functions of Python are called while the source is read."""
    steps = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal steps
        steps += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read_code(source)
    finally:
        sys.setprofile(before)
    return steps


def test_two_hundred_lines_are_read_line_by_line() -> None:
    nodes = read_code(write_source(layers=100, data=95)).architecture.nodes
    assert [node.line for node in nodes] == list(range(100, 201))


def test_the_steps_grow_with_the_lines() -> None:
    read_code(write_source(layers=1, data=1))
    first, second, third = (count_steps(write_source(layers=50 * n, data=50 * n)) for n in (1, 2, 3))
    assert abs((third - second) - (second - first)) < first / 20


def test_a_line_costs_few_steps() -> None:
    read_code(write_source(layers=1, data=1))
    assert count_steps(write_source(layers=100, data=95)) < 200 * 150
