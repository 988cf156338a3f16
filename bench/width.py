"""Layers of 100 to 10¹² units, which must make no difference."""

import json
from contextlib import closing
from statistics import median

from bench.clock import time_call
from bench.server import Connection, run_server
from bench.table import Figure, Table, timing

METHOD = """\
`Embedding` and `Dense` with 10² to 10¹² rows or units, over HTTP, by turns; each time one more than was
ever asked. Medians."""

EXPONENTS = range(2, 13, 2)
TIMES = 20
WARM_UP = 5
MOST_RATIO = 2.0

CODE = """
from keras import Input, Sequential
from keras.layers import Dense, Embedding

model = Sequential([Input((3,)), {layer}])
"""
LAYERS = {"Embedding": "Embedding({size}, 16)", "Dense": "Dense({size})"}


def measure() -> Table:
    """Each kind at each size."""
    figures: list[Figure] = []
    with run_server() as server, closing(server.connect()) as connection:
        server.wait_for("/readyz")
        for kind, layer in LAYERS.items():
            times = _ask(connection, layer)
            medians = [median(some) for some in times.values()]
            ratio = max(medians) / min(medians)
            figures += [timing(f"`{kind}` of 10^{exponent}", some) for exponent, some in times.items()]
            figures.append(
                Figure(
                    f"`{kind}`: the slowest ÷ the quickest",
                    f"{ratio:.1f} ×",
                    f"≤ {MOST_RATIO:g} ×",
                    ratio <= MOST_RATIO,
                )
            )
    return Table("Larger layers", METHOD, tuple(figures))


def _ask(connection: Connection, layer: str) -> dict[int, list[float]]:
    """The times for each size, by its exponent."""
    times: dict[int, list[float]] = {exponent: [] for exponent in EXPONENTS}
    for more in range(WARM_UP + TIMES):
        for exponent in EXPONENTS:
            code = CODE.format(layer=layer.format(size=10**exponent + more))
            times[exponent].append(time_call(connection.ask, json.dumps({"code": code})))
    return {exponent: some[WARM_UP:] for exponent, some in times.items()}
