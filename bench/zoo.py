"""Every model of keras.applications, from its JSON, compared with Keras' own model_from_json."""

import inspect
import json
from collections.abc import Iterator
from contextlib import closing
from statistics import median
from typing import Any

from bench.clock import time_call
from bench.server import Connection, run_server
from bench.table import Figure, Table, at_least, timing, write_time

METHOD = """\
Every model of `keras.applications`, as its `to_json()`, over HTTP; beside it, by turns, plain Keras'
`model_from_json`. *Cold*: the first time that this server sees the model. *Again*: the same question, whose
answer is kept. *Warm*: the same model under another name, so that no answer is kept, but its layers are
remembered. Sums over the models that are answered, and the model with the smallest ratio."""

LARGEST = 20_000_000
"""Bytes; a model's JSON has up to some two million."""

Times = tuple[float, float, float, float]


def measure() -> Table:
    """Cold, again, warm, and plain Keras, model by model."""
    times, refused = _ask_all()
    cold, again, warm, plain = (list(column) for column in zip(*times.values(), strict=True))
    slowest = min(times, key=lambda name: times[name][-1] / times[name][0])
    return Table(
        "The zoo",
        METHOD,
        (
            Figure(
                "models that are answered",
                f"{len(times)} of {len(times) + len(refused)}",
                f"{len(times) + len(refused)}",
                not refused,
            ),
            Figure("models that are not", ", ".join(refused) or "none"),
            timing("plain Keras: `model_from_json`", plain),
            timing("cold", cold),
            timing("again", again),
            timing("warm", warm),
            at_least("plain Keras ÷ cold, all together", sum(plain) / sum(cold), 5),
            at_least("plain Keras ÷ again, all together", sum(plain) / sum(again), 50),
            at_least("plain Keras ÷ warm, all together", sum(plain) / sum(warm), 50),
            Figure(
                f"the smallest ratio, cold: {slowest}",
                f"{write_time(times[slowest][-1])} ÷ {write_time(times[slowest][0])}",
            ),
            Figure(
                "the median ratio, cold", f"{median(p / c for p, c in zip(plain, cold, strict=True)):.1f} ×"
            ),
        ),
    )


def _ask_all() -> tuple[dict[str, Times], list[str]]:
    """The times of each model by its name, and the names of models that are not answered."""
    times: dict[str, Times] = {}
    refused: list[str] = []
    with run_server(max_body_bytes=str(LARGEST)) as server:
        server.wait_for("/readyz")
        for name, config in _list_models():
            # A new connection: while Keras writes a configuration the server would close one that is kept.
            with closing(server.connect()) as connection:
                try:
                    times[name] = _ask(connection, config)
                except RuntimeError:
                    refused.append(name)
    return times, refused


def _ask(connection: Connection, config: str) -> Times:
    """Seconds: cold, again, warm, plain Keras. Raises RuntimeError if the report fails."""
    import keras

    model = json.loads(config)
    first = json.dumps({"keras": model})
    model["config"]["name"] += "_renamed"
    renamed = json.dumps({"keras": model})
    # Plain Keras goes first: the first question opens the connection.
    plain = time_call(keras.models.model_from_json, config)
    keras.backend.clear_session()
    cold = time_call(connection.ask, first)
    again = time_call(connection.ask, first)
    warm = time_call(connection.ask, renamed)
    if json.loads(connection.ask(renamed))["status"] != "builds":
        raise RuntimeError("Keras builds it, and the report says otherwise.")
    return cold, again, warm, plain


def _list_models() -> Iterator[tuple[str, str]]:
    """Each model's name and JSON."""
    import keras

    builders: dict[str, Any] = dict(inspect.getmembers(keras.applications, inspect.isfunction))
    for name, build in builders.items():
        # No values: only the configuration is wanted, and some models have 300 million.
        with keras.StatelessScope(initialize_variables=False):
            config = build(weights=None).to_json()
        keras.backend.clear_session()
        yield name, config
