"""Several clients at once, each with changes that nobody has asked for before."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from statistics import median

from bench.clock import time_call
from bench.server import Server, run_server
from bench.stacked import tweak_units, write_code
from bench.table import Figure, Table, percentile, write_time

CROWDS = (1, 8, 64)
SECONDS = 8.0
WARM_UP_SECONDS = 2.0
TARGET = 300
METHOD = f"""\
1, 8 and 64 clients, each on a kept connection, each asking for the stacked-LSTM example with units that
nobody asked for before as soon as it has the answer to the last one, for {SECONDS:g} seconds. One builder
for each core; the clients, threads of one process, take their part of the same cores."""


def measure() -> Table:
    """One crowd after another."""
    figures: list[Figure] = []
    # One number for everybody: no two clients ask the same.
    tweaks = count()
    with run_server() as server:
        server.wait_for("/readyz")
        _let_in(server, CROWDS[1], tweaks, WARM_UP_SECONDS)
        for size in CROWDS:
            times = _let_in(server, size, tweaks, SECONDS)
            rate = len(times) / SECONDS
            promised = size > 1
            figures += [
                Figure(
                    f"{size} at once: tweaks per second",
                    f"{rate:.0f}",
                    f"≥ {TARGET}" if promised else "",
                    rate >= TARGET if promised else None,
                ),
                Figure(f"{size} at once: median", write_time(median(times))),
                Figure(f"{size} at once: 99th percentile", write_time(percentile(times, 99))),
            ]
    return Table("A crowd", METHOD, tuple(figures))


def _let_in(server: Server, size: int, tweaks: Iterator[int], seconds: float) -> list[float]:
    """The duration of each of their requests, in seconds."""
    times: list[float] = []
    end = time.perf_counter() + seconds

    def ask_on() -> None:
        with closing(server.connect()) as connection:
            while time.perf_counter() < end:
                body = json.dumps({"code": write_code(tweak_units(next(tweaks)))})
                times.append(time_call(connection.ask, body))

    clients = [threading.Thread(target=ask_on) for _ in range(size)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return times
