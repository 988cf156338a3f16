"""A builder: a process that holds Keras, seen from both ends of its pipe.

`Builder` is the end in the web process, `serve_builds` the end in the builder. Only the latter imports Keras.
"""

import gc
import multiprocessing
import os
import resource
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

PRELOADED = ["app.report.build", "app.pipeline"]
ENVIRONMENT = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1", "TF_ENABLE_ONEDNN_OPTS": "0"}

MEMORY_TO_GROW = 2 * 1024**3
"""Bytes that a builder may take beyond what it starts with; a build that asks for more gets a MemoryError."""

OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""While it builds; a layer makes some thousands."""

IDLE_SECONDS = 0.05
"""After so long without a job a builder takes out the garbage, when nobody waits for it."""

_processes = multiprocessing.get_context("forkserver")


class Overrun(Exception):
    """The builder did not answer in time. It is of no more use: an answer may still come."""


class Builder:
    """One process, forked from one that has imported Keras already (the first one waits for that)."""

    def __init__(self) -> None:
        os.environ.update(ENVIRONMENT)
        _processes.set_forkserver_preload(PRELOADED)
        self.connection, theirs = _processes.Pipe()
        self.process = _processes.Process(target=serve_builds, args=(theirs,), name="builder", daemon=True)
        self.process.start()
        theirs.close()

    def wait_until_warm(self) -> None:
        """Raises EOFError where it dies on the way."""
        self.connection.recv()

    def call(
        self, function: Callable[..., Any], arguments: tuple[Any, ...], seconds: float
    ) -> tuple[bool, Any]:
        """(True, what the function returned) or (False, the exception that it raised).

        Raises Overrun after so many seconds; EOFError or OSError where the builder dies.
        """
        self.connection.send((function, arguments))
        if not self.connection.poll(seconds):
            raise Overrun
        answer: tuple[bool, Any] = self.connection.recv()
        return answer

    def kill(self) -> None:
        """End the process, whatever it is doing: the other methods raise EOFError from then on."""
        self.process.kill()

    def close(self) -> None:
        """End the process and give back what belongs to it."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.connection.close()


def serve_builds(connection: Connection) -> None:
    """Run what is asked, until the other end closes. The first thing said is None: this builder is warm."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A collection would write to, and so copy, all the memory that this process shares with others.
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    warm_up()
    limit_memory()
    connection.send(None)
    while True:
        if not connection.poll(IDLE_SECONDS):
            gc.collect()
        try:
            function, arguments = connection.recv()
        except EOFError:
            return
        try:
            connection.send((True, function(*arguments)))
        except Exception as error:
            error.add_note(f"In the builder:\n{traceback.format_exc()}")
            connection.send((False, error))


WARM_UP = {
    "nodes": [
        {"kind": "InputLayer", "name": "tokens", "arguments": {"batch_shape": [None, 3], "dtype": "int32"}},
        {
            "kind": "Embedding",
            "name": "embedding",
            "arguments": {"input_dim": 3, "output_dim": 2, "mask_zero": True},
            "inbound": ["tokens"],
        },
        {"kind": "LSTM", "name": "lstm", "arguments": {"units": 1}, "inbound": ["embedding"]},
        {"kind": "Dense", "name": "dense", "arguments": {"units": 1}, "inbound": ["lstm"]},
    ]
}


def warm_up() -> None:
    """Build something small, so that nobody waits for what Keras does the first time."""
    from app.architecture.spec import Architecture
    from app.report.build import make_report

    make_report(Architecture.model_validate(WARM_UP))
    gc.freeze()


def limit_memory() -> None:
    """Let the operating system refuse memory beyond MEMORY_TO_GROW."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmData:")]
        taken = int(line.split()[1]) * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (taken + MEMORY_TO_GROW, resource.RLIM_INFINITY))
