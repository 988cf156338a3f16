"""Killing a builder: whether a visitor notices, and for how long."""

import os
import signal
import threading
import time
from statistics import median

from bench.processes import list_builders
from bench.server import run_server
from bench.stacked import tweak_units, write_code
from bench.table import Figure, Table, within, write_time

KILLS = 10
METHOD = f"""\
The server runs one builder, and it is killed {KILLS} times (SIGKILL), at moments from the arrival of a
request to the middle of its build. Measured until that request and the one after it are answered, by
the replacement."""

TARGET = 0.5
LONGEST_HEAD_START = 0.004
"""Seconds."""


def measure() -> Table:
    """With one builder only, so that every answer after a kill comes from its replacement."""
    with run_server(builders="1") as server:
        server.wait_for("/readyz")
        server.report(write_code(tweak_units(0)))
        waits, failed, survivors = [], 0, 0
        for kill in range(1, KILLS + 1):
            victims = list_builders(server.pid)
            # From idle to the middle of a build.
            head_start = LONGEST_HEAD_START * kill / KILLS
            killer = threading.Timer(head_start, _kill, [victims])
            start = time.perf_counter()
            killer.start()
            response = server.post(write_code(tweak_units(2 * kill)))
            killer.join()
            # Where the first answer outran the kill, this one meets it.
            response = server.post(write_code(tweak_units(2 * kill + 1))) if response.is_success else response
            waits.append(time.perf_counter() - start - head_start)
            failed += not response.is_success
            survivors += bool(set(victims) & set(list_builders(server.pid)))
    return Table(
        "A killed builder",
        METHOD,
        (
            within("until the replacement has answered, at worst", max(waits), TARGET),
            Figure("until the replacement has answered, median", write_time(median(waits))),
            Figure("failed requests", str(failed), "0", failed == 0),
            Figure("builders that survived their kill", str(survivors), "0", survivors == 0),
        ),
    )


def _kill(victims: list[int]) -> None:
    for victim in victims:
        os.kill(victim, signal.SIGKILL)
