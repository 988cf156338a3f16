"""wait_with_visitor(): waits for an answer until the client disconnects."""

import asyncio
from typing import TypeVar

from fastapi import Request
from starlette.requests import ClientDisconnect

Answer = TypeVar("Answer")

SECONDS_WITHOUT_LISTENING = 1.0
"""Most answers are there before it is worth checking whether the client has left."""


async def wait_with_visitor(request: Request, asked: "asyncio.Task[Answer]") -> Answer:
    """The result of the task. Raises ClientDisconnect, and stops waiting, when the visitor has left."""
    left = None
    try:
        await asyncio.wait({asked}, timeout=SECONDS_WITHOUT_LISTENING)
        if not asked.done():
            left = asyncio.ensure_future(_hear_leaving(request))
            await asyncio.wait({asked, left}, return_when=asyncio.FIRST_COMPLETED)
        if not asked.done():
            raise ClientDisconnect
        return asked.result()
    finally:
        asked.cancel()
        if left is not None:
            left.cancel()


async def _hear_leaving(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
