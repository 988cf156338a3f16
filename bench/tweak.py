"""A new number of units, asked over HTTP, beside plain Keras building the same model."""

import json
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from statistics import median

from bench.server import run_server
from bench.stacked import build_plainly, tweak_units, write_code
from bench.table import Table, at_least, timing

METHOD = """\
The stacked-LSTM example with units that the server has never seen: the whole answer (source read,
shapes, axes, masks, parameters, timesteps) over HTTP on a kept connection, until the last byte. Beside
it, by turns, plain Keras in a warm process: build the `Sequential`, write its `summary()`. Medians."""

WARM_UP = 12
TWEAKS = 120
PLAIN_EVERY = 3


def measure() -> Table:
    """Kerascope and plain Keras by turns, so that whatever else the machine does slows both."""
    plain: list[float] = []
    new: list[float] = []
    again: list[float] = []
    # The leanest client there is: a richer one takes longer than the second answer does.
    with run_server() as server, closing(HTTPConnection("127.0.0.1", server.port)) as connection:
        server.wait_for("/readyz")
        for tweak in range(WARM_UP + TWEAKS):
            units = tweak_units(tweak)
            body = json.dumps({"code": write_code(units)})
            if tweak % PLAIN_EVERY == 0:
                plain.append(_time(build_plainly, units))
            new.append(_time(_ask, connection, body))
            again.append(_time(_ask, connection, body))
    plain, new, again = plain[WARM_UP // PLAIN_EVERY :], new[WARM_UP:], again[WARM_UP:]
    return Table(
        "A tweak",
        METHOD,
        (
            timing("plain Keras: build and `summary()`", plain),
            timing("Kerascope: a new tweak", new),
            timing("Kerascope: the same tweak again", again),
            at_least("plain Keras ÷ a new tweak", median(plain) / median(new), 10),
            at_least("plain Keras ÷ the same tweak again", median(plain) / median(again), 40),
        ),
    )


def _ask(connection: HTTPConnection, body: str) -> None:
    connection.request("POST", "/api/v1/reports", body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        raise RuntimeError(f"{response.status} {response.reason}")


def _time(work: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start
