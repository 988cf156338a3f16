"""A new number of units, asked over HTTP, beside plain Keras building the same model."""

import time
from collections.abc import Callable
from statistics import median

from bench.server import Server, run_server
from bench.stacked import build_plainly, tweak_units, write_code
from bench.table import Table, at_least, timing

METHOD = """\
The stacked-LSTM example with units that the server has never seen: the whole answer (source read,
shapes, axes, masks, parameters, timesteps; pictures drawn) over HTTP on a kept connection. Beside it,
by turns, plain Keras in a warm process: build the `Sequential`, write its `summary()`. Medians."""

WARM_UP = 12
TWEAKS = 120
PLAIN_EVERY = 3


def measure() -> Table:
    """Kerascope and plain Keras by turns, so that whatever else the machine does slows both."""
    with run_server() as server:
        server.wait_for("/readyz")
        plain: list[float] = []
        new: list[float] = []
        again: list[float] = []
        for tweak in range(WARM_UP + TWEAKS):
            units = tweak_units(tweak)
            code = write_code(units)
            if tweak % PLAIN_EVERY == 0:
                plain.append(_time(build_plainly, units))
            new.append(_time(_ask, server, code))
            again.append(_time(_ask, server, code))
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


def _ask(server: Server, code: str) -> None:
    server.post(code).raise_for_status()


def _time(work: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start
