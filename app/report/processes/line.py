"""Line: the web process's end of a builder. Everything here happens in the event loop."""

import asyncio
from collections.abc import Callable
from functools import partial
from multiprocessing.context import ForkServerProcess
from typing import cast

from app.report.processes.builder import LENGTH, fork_builder

Heard = Callable[[bytes | None], None]
"""What is done with the next thing that a builder says; None is its end."""


class Line(asyncio.Protocol):
    """One builder, by the connection to it. At most one question is open at a time."""

    def __init__(self, process: ForkServerProcess, heard: Heard) -> None:
        self.process = process
        self._heard = heard
        self._received = bytearray()

    def ask(self, message: bytes, heard: Heard) -> None:
        """Send it, and give `heard` the answer, or None where the builder dies."""
        self._heard = heard
        self._transport.write(message)

    def listen(self, heard: Heard) -> None:
        """Ask nothing. An idle builder has nothing to say: if `heard` is called, it is the end."""
        self._heard = heard

    def hang_up(self) -> None:
        """Hear and say no more: a builder that the process it was forked from has left ends by this alone."""
        self.listen(lambda _: None)
        self._transport.abort()

    def close(self) -> None:
        """End the process, whatever it is doing, and give back what belongs to it. Blocks for a moment."""
        self.process.kill()
        self.process.join()
        self.process.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The event loop's word that messages can be sent."""
        self._transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        """The event loop's word that some bytes came: a message, or a part of one."""
        self._received += data
        if len(self._received) < LENGTH.size:
            return
        (length,) = LENGTH.unpack_from(self._received)
        if len(self._received) == LENGTH.size + length:
            message = bytes(memoryview(self._received)[LENGTH.size :])
            self._received.clear()
            self._heard(message)

    def eof_received(self) -> None:
        """The event loop's word that the other end is closed."""
        self._heard(None)

    def connection_lost(self, error: Exception | None) -> None:
        """The event loop's word that the connection is gone."""
        self._heard(None)


async def open_line() -> Line:
    """A new builder, as soon as it is warm. Raises EOFError or OSError where it is not to be had."""
    loop = asyncio.get_running_loop()
    warm: asyncio.Future[None] = loop.create_future()
    process, connection = await asyncio.to_thread(fork_builder)
    line = Line(process, partial(_hear_first, warm))
    await loop.create_unix_connection(lambda: line, sock=connection)
    try:
        await warm
    except EOFError:
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
