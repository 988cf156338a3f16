"""Line: the web process's end of the connection to a builder. Everything here runs in the event loop."""

import asyncio
from collections.abc import Callable
from functools import partial
from multiprocessing.context import ForkServerProcess
from typing import cast

from app.report.processes.builder import LENGTH, fork_builder

START_SECONDS = 20.0
"""A forked process that is not warm by then hangs, and another is forked. It takes 0.1 seconds as a rule."""

Heard = Callable[[bytes | None], None]
"""Called with the next message of a builder; None is its end."""


class Line(asyncio.Protocol):
    """One builder, with the connection to it. At most one question is open at a time."""

    def __init__(self, process: ForkServerProcess, heard: Heard) -> None:
        self.process = process
        self._heard = heard
        self._received = bytearray()

    def ask(self, message: bytes, heard: Heard) -> None:
        """Send a question, and call `heard` with the answer, or with None if the builder dies."""
        self._heard = heard
        self._transport.write(message)

    def listen(self, heard: Heard) -> None:
        """Ask nothing. An idle builder sends nothing, so if `heard` is called, the builder has ended."""
        self._heard = heard

    def hang_up(self) -> None:
        """Stop hearing and sending, so that a builder whose parent process is gone ends."""
        self.listen(lambda _: None)
        self._transport.abort()

    def close(self) -> None:
        """End the process, whatever it is doing, and free its resources. Blocks for a moment."""
        self.process.kill()
        self.process.join()
        self.process.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the event loop when messages can be sent."""
        self._transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        """Called by the event loop when bytes have arrived: a message, or a part of one."""
        self._received += data
        if len(self._received) < LENGTH.size:
            return
        (length,) = LENGTH.unpack_from(self._received)
        if len(self._received) == LENGTH.size + length:
            message = bytes(memoryview(self._received)[LENGTH.size :])
            self._received.clear()
            self._heard(message)

    def eof_received(self) -> None:
        """Called by the event loop when the other end has closed."""
        self._heard(None)

    def connection_lost(self, error: Exception | None) -> None:
        """Called by the event loop when the connection is gone."""
        self._heard(None)


async def open_line() -> Line:
    """A new builder, once it is warm. Raises EOFError or OSError if none can be had (TimeoutError is one)."""
    loop = asyncio.get_running_loop()
    warm: asyncio.Future[None] = loop.create_future()
    process, connection = await asyncio.to_thread(fork_builder)
    line = Line(process, partial(_hear_first, warm))
    await loop.create_unix_connection(lambda: line, sock=connection)
    try:
        async with asyncio.timeout(START_SECONDS):
            await warm
    except (EOFError, TimeoutError):
        await asyncio.to_thread(line.close)
        raise
    return line


def _hear_first(warm: asyncio.Future[None], message: bytes | None) -> None:
    if warm.done():
        return
    if message is None:
        warm.set_exception(EOFError("A builder died before it was warm."))
    else:
        warm.set_result(None)
