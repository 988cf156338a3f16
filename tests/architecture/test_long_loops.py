"""A loop of many steps that makes no layer is left, and the model around it is read."""

import pytest

from app.architecture.code import read_code

MODEL = "model = Sequential([Input((8, 3)), LSTM(4)])\n"
LONG = {
    "training, step by step": "for epoch in range(30_000):\n    for i in range(300):\n"
    "        loss = model.fit(x, y)\n",
    "windows, one by one": "X = []\nfor i in range(60, 60_000):\n    X.append(data[i - 60:i])\n",
    "in a function": "def train(epochs):\n    for epoch in range(epochs):\n"
    "        for i in range(1_000):\n            x = sample(i)\ntrain(90_000)\n",
    "one after another": "for i in range(90_000):\n    for j in range(9):\n        k = i * j\n" * 9,
}


@pytest.mark.parametrize("loop", LONG.values(), ids=list(LONG))
@pytest.mark.parametrize("code", ["{loop}{model}", "{model}{loop}"])
def test_the_model_beside_a_long_loop_is_read(code: str, loop: str) -> None:
    reading = read_code(code.format(loop=loop, model=MODEL))
    assert [node.kind for node in reading.architecture.nodes] == ["InputLayer", "LSTM"]
    assert "loop-left" in [note.code for note in reading.notes]


def test_what_a_loop_has_set_is_not_known_after_it_was_left() -> None:
    code = "units = 0\nfor i in range(90_000):\n    for j in range(9):\n        units += 1\n"
    reading = read_code(f"{code}Sequential([Input((4,)), Dense(units)])")
    assert [hole.name for hole in reading.holes] == ["units"]


def test_a_loop_that_makes_layers_is_read_to_its_end() -> None:
    code = "model = Sequential([Input((4,))])\nfor i in range(5_000):\n    model.add(Dropout(0.1))\n"
    assert len(read_code(code).architecture.nodes) == 5_001
