"""How long reading code takes, by the number of its lines."""

import time
from statistics import median

from app.architecture.code import read_code
from bench.table import Figure, Table, at_most, timing, within

METHOD = """\
Code of ten lines over and over: a comment, an empty line, data that is made and reshaped, a comprehension,
a function, layers called on each other. Read in one process, which never imports Keras. Medians."""

HEAD = """\
import numpy as np
import keras
from keras import layers

def block(x, units, rate=0.1):
    x = layers.LSTM(units, return_sequences=True)(x)
    return layers.Dropout(rate)(x)

inputs = x = keras.Input((8, 16))
"""
TEN_LINES = """
# The next part
data_{at} = np.zeros(({at} + 1, 8, 16)).reshape(-1, 8, 16)
units_{at} = int(data_{at}.shape[2] * 2)
print(f"part {at}: {{units_{at}}} units", data_{at}.shape)
history_{at} = {{"loss": [0.1 * step for step in range(3)], "part": {at}}}
y = block(x, units=units_{at})
y = layers.Dense(16, activation="relu", name="part_{at}")(y)
assert y.shape[-1] == 16 or units_{at} > 0, "no part is empty"
x = layers.Add()([x, y])
"""
TAIL = "model = keras.Model(inputs, x)\n"

LINES = (50, 100, 200, 400, 800)
PROMISED = 200
MOST_SECONDS = 0.005
MOST_GROWTH = 1.5
"""How much longer one line of the longest code may take than one of the promised length."""

TIMES = 30
WARM_UP = 3


def measure() -> Table:
    """Sources of several lengths, in turn."""
    sources = {lines: write_source(lines) for lines in LINES}
    times: dict[int, list[float]] = {lines: [] for lines in LINES}
    for turn in range(WARM_UP + TIMES):
        for lines, source in sources.items():
            start = time.perf_counter()
            read_code(source)
            if turn >= WARM_UP:
                times[lines].append(time.perf_counter() - start)
    a_line = {lines: median(seconds) / lines for lines, seconds in times.items()}
    figures: list[Figure] = [
        within(f"{lines} lines", median(seconds), MOST_SECONDS)
        if lines == PROMISED
        else timing(f"{lines} lines", seconds)
        for lines, seconds in times.items()
    ]
    growth = a_line[LINES[-1]] / a_line[PROMISED]
    figures.append(at_most(f"a line of {LINES[-1]} ÷ a line of {PROMISED}", growth, MOST_GROWTH))
    return Table("Reading code", METHOD, tuple(figures))


def write_source(lines: int) -> str:
    """Source of about `lines` lines: as many whole blocks of ten as fit."""
    blocks = (lines - HEAD.count("\n") - TAIL.count("\n")) // 10
    return HEAD + "".join(TEN_LINES.format(at=at) for at in range(blocks)) + TAIL
