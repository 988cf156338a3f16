"""A new number of units, asked for over HTTP, compared with plain Keras building the same model."""

import json
from contextlib import closing
from statistics import median

from bench.clock import time_call
from bench.server import Connection, run_server
from bench.stacked import build_plainly, tweak_units, write_code
from bench.table import Table, at_least, timing

METHOD = """\
The stacked-LSTM example with units that the server has never seen: the whole answer (source read,
shapes, axes, masks, parameters, timesteps) over HTTP on a kept connection, until the last byte. Beside
it plain Keras in a warm process: build the `Sequential`, write its `summary()`. Measured in two ways.
*By turns*: Keras, a tweak, the same again, Keras, …, so that whatever else the machine does slows both,
and each finds the processor's caches filled by the others. *In blocks*: all of one, then all of the
other, each in caches of its own. Medians."""

WARM_UP = 12
TWEAKS = 120
PLAIN_EVERY = 3

Times = list[float]


def measure() -> Table:
    """Kerascope and plain Keras, in turn and in blocks."""
    with run_server() as server, closing(server.connect()) as connection:
        server.wait_for("/readyz")
        plain, new, again = _measure_by_turns(connection)
        plain_alone, new_alone = _measure_in_blocks(connection)
    return Table(
        "A tweak",
        METHOD,
        (
            timing("by turns: plain Keras, build and `summary()`", plain),
            timing("by turns: a new tweak", new),
            timing("by turns: the same tweak again", again),
            at_least("by turns: plain Keras ÷ a new tweak", median(plain) / median(new), 10),
            at_least("by turns: plain Keras ÷ the same tweak again", median(plain) / median(again), 40),
            timing("in blocks: plain Keras, build and `summary()`", plain_alone),
            timing("in blocks: a new tweak", new_alone),
            at_least("in blocks: plain Keras ÷ a new tweak", median(plain_alone) / median(new_alone), 10),
        ),
    )


def _measure_by_turns(connection: Connection) -> tuple[Times, Times, Times]:
    """Plain Keras, a new tweak, and the same tweak again."""
    plain, new, again = [], [], []
    for tweak in range(WARM_UP + TWEAKS):
        body = _write_body(tweak)
        if tweak % PLAIN_EVERY == 0:
            plain.append(time_call(build_plainly, tweak_units(tweak)))
        new.append(time_call(connection.ask, body))
        again.append(time_call(connection.ask, body))
    return plain[WARM_UP // PLAIN_EVERY :], new[WARM_UP:], again[WARM_UP:]


def _measure_in_blocks(connection: Connection) -> tuple[Times, Times]:
    """Plain Keras, then new tweaks."""
    first = WARM_UP + TWEAKS
    tweaks = range(first, first + WARM_UP + TWEAKS)
    plain = [time_call(build_plainly, tweak_units(tweak)) for tweak in tweaks[::PLAIN_EVERY]]
    # Meanwhile the server may have closed it; the next question opens another.
    connection.close()
    connection.ask(_write_body(tweaks[0]))
    new = [time_call(connection.ask, _write_body(tweak)) for tweak in tweaks]
    return plain[WARM_UP // PLAIN_EVERY :], new[WARM_UP:]


def _write_body(tweak: int) -> str:
    return json.dumps({"code": write_code(tweak_units(tweak))})
