"""Long models: one changed number among many layers, and chains that are entirely new."""

from contextlib import closing
from statistics import median

from bench.chain import build_chain, write_chain
from bench.clock import time_call
from bench.server import Connection, run_server
from bench.table import Figure, Table, at_least, timing, within, write_time

METHOD = """\
Chains of `Dense` layers, over HTTP. *A tweak*: the units of the layer in the middle are new, the rest is
as it was; beside it, by turns, plain Keras builds the `Sequential` and writes its `summary()`. *All new*:
every layer has a number of units that was never seen, each time another one; the target is the server's
own limit of time. Medians."""

TWEAKED = (4, 20, 100)
TWEAKS = 30
WARM_UP = 5
LENGTHS = (10, 100, 1_000, 10_000)
TIMES = 3
UNITS = 32
TIME_LIMIT = 20.0


def measure() -> Table:
    """Both, each at several lengths."""
    figures: list[Figure] = []
    with run_server() as server, closing(server.connect()) as connection:
        server.wait_for("/readyz")
        for length in TWEAKED:
            figures += _tweak(connection, length)
        for length in LENGTHS:
            figures += _renew(connection, length)
    return Table("Longer models", METHOD, tuple(figures))


def _tweak(connection: Connection, length: int) -> list[Figure]:
    """A change of one layer in the middle, compared with plain Keras."""
    plain, new = [], []
    for units in range(UNITS + 1, UNITS + 1 + WARM_UP + TWEAKS):
        sizes = [UNITS] * length
        sizes[length // 2] = units
        plain.append(time_call(build_chain, sizes))
        new.append(time_call(connection.ask, write_chain(sizes)))
    plain, new = plain[WARM_UP:], new[WARM_UP:]
    return [
        timing(f"a tweak of {length} layers: plain Keras", plain),
        timing(f"a tweak of {length} layers: Kerascope", new),
        at_least(f"a tweak of {length} layers: plain Keras ÷ Kerascope", median(plain) / median(new), 10),
    ]


def _renew(connection: Connection, length: int) -> list[Figure]:
    """The whole chain: a length and sizes that have not been asked for before."""
    times = []
    for attempt in range(TIMES):
        first = 100 * length + attempt * length
        times.append(time_call(connection.ask, write_chain(range(first, first + length))))
    return [
        within(f"all new, {length:,} layers", median(times), TIME_LIMIT),
        Figure(f"all new, {length:,} layers, for each layer", write_time(median(times) / length)),
    ]
