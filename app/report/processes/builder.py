"""A builder process: it holds Keras, and runs functions for the web process.

This module is the builder's side of the connection, `line.py` the web process's. Only builders import Keras.
"""

import gc
import multiprocessing
import os
import pickle
import resource
import select
import signal
import socket
import traceback
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from struct import Struct
from typing import BinaryIO

PRELOADED = ["app.report.processes.loading", "app.report.build", "app.pipeline"]
ENVIRONMENT = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1", "TF_ENABLE_ONEDNN_OPTS": "0"}

MEMORY_TO_GROW = 2 * 1024**3
"""Bytes that a builder may use beyond what it starts with; a build that needs more gets a MemoryError."""

OBJECTS_BETWEEN_COLLECTIONS = 500_000
"""The garbage collector's threshold while it builds. A layer makes some thousands of objects, and visitors
pause before there are this many."""

IDLE_SECONDS = 0.05
"""After how long without a job a builder collects garbage, while nobody waits for it."""

LENGTH = Struct("!Q")
"""The prefix of each message: its number of bytes."""

_processes = multiprocessing.get_context("forkserver")


def fork_builder() -> tuple[ForkServerProcess, socket.socket]:
    """A process, forked from one that has imported Keras, and our end of the connection to it.

    Blocks until the first import of Keras is done. Raises EOFError or OSError if no process can be had.
    """
    os.environ.update(ENVIRONMENT)
    _processes.set_forkserver_preload(PRELOADED)
    ours, theirs = socket.socketpair()
    with theirs:
        process = _processes.Process(target=serve_builds, args=(theirs,), name="builder", daemon=True)
        try:
            process.start()
        except BaseException:
            ours.close()
            raise
    return process, ours


def write_message(content: object) -> bytes:
    """The content as bytes, its length first."""
    pickled = pickle.dumps(content, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(pickled)) + pickled


def serve_builds(connection: socket.socket) -> None:
    """Run what is asked until the other end closes. The first message sent is None: the builder is warm."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A full collection would write to, and so copy, all memory that is shared with other processes.
    gc.freeze()
    gc.enable()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    warm_up()
    limit_memory()
    connection.sendall(write_message(None))
    with connection.makefile("rb") as asked:
        while True:
            if not select.select([connection], [], [], IDLE_SECONDS)[0]:
                # Only objects made since the last time: visiting all cached objects would push what
                # the next build needs out of the processor's caches.
                gc.collect(0)
            if (message := _read_message(asked)) is None:
                return
            connection.sendall(_answer(message))


def _read_message(stream: BinaryIO) -> bytes | None:
    """The next message; None at the end."""
    length = stream.read(LENGTH.size)
    return stream.read(*LENGTH.unpack(length)) if length else None


def _answer(message: bytes) -> bytes:
    """(True, what the function returned) or (False, the exception that it raised), as bytes."""
    try:
        function, arguments = pickle.loads(message)
        return write_message((True, function(*arguments)))
    except Exception as error:
        error.add_note(f"In the builder:\n{traceback.format_exc()}")
        return write_message((False, error))


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
    """Build a small model, so that no visitor waits for what Keras does the first time."""
    from app.architecture.spec import Architecture
    from app.report.build import make_report

    make_report(Architecture.model_validate(WARM_UP))
    gc.freeze()


def limit_memory() -> None:
    """Limit the process's memory to MEMORY_TO_GROW more than it has now."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmData:")]
        taken = int(line.split()[1]) * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (taken + MEMORY_TO_GROW, resource.RLIM_INFINITY))
