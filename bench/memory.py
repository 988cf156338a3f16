"""The memory that a model of terabytes takes."""

from bench.processes import measure_memory
from bench.server import Server, run_server
from bench.table import Figure, Table

WARM_UP = 20
ASKED = 10
TARGET_MEGABYTES = 5
METHOD = f"""\
`Embedding(10**9, 4096)` and `LSTM(8192)`, asked {ASKED} times with as many lengths. Resident memory of
the web process and everything below it (pages that builders share count once for each), before and
after."""

CODE = """
from keras import Input, Sequential
from keras.layers import LSTM, Dense, Embedding

model = Sequential([Input(({timesteps},)), Embedding({vocabulary}, 4096), LSTM({units}), Dense(1)])
"""


def measure() -> Table:
    """The same architecture, small and then huge, so that only its size can make a difference."""
    with run_server() as server:
        server.wait_for("/readyz")
        _ask(server, vocabulary=1000, units=16, times=WARM_UP)
        before = measure_memory(server.pid)
        size = _ask(server, vocabulary=10**9, units=8192, times=ASKED)
        after = measure_memory(server.pid)
    grown = (after - before) / 1e6
    return Table(
        "Memory",
        METHOD,
        (
            Figure("the model's weights", f"{size / 1e12:.1f} TB"),
            Figure("before", f"{before / 1e6:,.0f} MB"),
            Figure("after", f"{after / 1e6:,.0f} MB"),
            Figure("difference", f"{grown:+.1f} MB", f"≤ {TARGET_MEGABYTES} MB", grown <= TARGET_MEGABYTES),
        ),
    )


def _ask(server: Server, vocabulary: int, units: int, times: int) -> int:
    """Ask for `times` different input lengths; returns the bytes of the last model's weights."""
    size = 0
    for timesteps in range(1, times + 1):
        report = server.report(CODE.format(vocabulary=vocabulary, units=units, timesteps=timesteps))
        size = report["totals"]["bytes"]
    return size
