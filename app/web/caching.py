"""Answers that need not be made again: here in the server, and in browsers and proxies."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from functools import cache
from importlib.metadata import version
from typing import Any, TypeVar

from fastapi import Request, Response

from app import __version__

Answer = TypeVar("Answer")

FOR_EVER = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"
FOR_THIS_CALLER = "private, max-age=3600"
"""For what another caller would get in another form at the same address."""


class Answers:
    """The answers asked for last, as many as there is room for; `weigh` says how much room one takes."""

    def __init__(self, room: int, weigh: Callable[[Any], int]) -> None:
        self._room = room
        self._weigh = weigh
        self._weight = 0
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, asyncio.Task[Any]] = {}

    async def get(self, key: Hashable, make: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer kept under `key`; else the one being made for somebody; else what `make` gives.

        A failure is raised for everybody who waits, and not kept.
        """
        if key in self._kept:
            self._kept.move_to_end(key)
            kept: Answer = self._kept[key]
            return kept
        if key not in self._making:
            self._making[key] = asyncio.ensure_future(make())
            self._making[key].add_done_callback(lambda task: self._keep(key, task))
        # A visitor who leaves takes only himself away, not the answer that others wait for.
        made: Answer = await asyncio.shield(self._making[key])
        return made

    def _keep(self, key: Hashable, task: asyncio.Task[Any]) -> None:
        del self._making[key]
        if task.cancelled() or task.exception():
            return
        self._kept[key] = task.result()
        self._weight += self._weigh(task.result())
        while self._weight > self._room:
            _, dropped = self._kept.popitem(last=False)
            self._weight -= self._weigh(dropped)


@cache
def name_versions() -> str:
    """What an answer depends on besides the question: our version and Keras's, without importing it."""
    return f"{__version__}-{version('keras')}"


def make_etag(digest: bytes, format: str) -> str:
    """The tag of a file made from a question with this hash. Weak: it may travel compressed or not."""
    return f'W/"{name_versions()}-{digest.hex()[:24]}-{format}"'


def is_unchanged(request: Request, etag: str) -> bool:
    """Whether the caller already holds what this tag stands for."""
    return etag in (tag.strip() for tag in request.headers.get("if-none-match", "").split(","))


def not_modified(etag: str, keep: str) -> Response:
    """304: what you hold is still right."""
    return Response(status_code=304, headers={"ETag": etag, "Cache-Control": keep})
