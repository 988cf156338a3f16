"""Caching of answers: in the server, and by browsers and proxies."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from math import ceil
from time import monotonic
from typing import Any, TypeVar

from fastapi import Request, Response

from app import __version__
from app.problems import TooSlow

Answer = TypeVar("Answer")

FOR_EVER = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"
FOR_THIS_CALLER = "private, max-age=3600"
"""For answers whose form depends on who asks."""

SECONDS_TOO_SLOW = 60
"""For how long a question that took too long is refused at once, as it would take too long again."""


@dataclass
class Making:
    """An answer that is being made, and how many requests wait for it."""

    task: asyncio.Task[Any]
    waiting: int = 0


class Answers:
    """The most recently used answers, up to a total size of `room`; `weigh` gives the size of one."""

    def __init__(self, room: int, weigh: Callable[[Any], int]) -> None:
        self._room = room
        self._weigh = weigh
        self._weight = 0
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, Making] = {}
        # The keys of questions that took too long, and until when they are refused.
        self._too_slow: dict[Hashable, tuple[TooSlow, float]] = {}

    async def get(self, key: Hashable, make: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
        """The answer cached under `key`; else the one that is already being made; else what `make` gives.

        A failure is raised for everybody who waits, and not cached, except TooSlow. If the last of those who
        wait is cancelled, so is the making.
        """
        if key in self._kept:
            self._kept.move_to_end(key)
            kept: Answer = self._kept[key]
            return kept
        self._refuse_too_slow(key)
        making = self._making.get(key) or self._begin(key, make())
        making.waiting += 1
        try:
            made: Answer = await asyncio.shield(making.task)
            return made
        finally:
            making.waiting -= 1
            if not making.waiting and not making.task.done():
                # The next request for it makes it anew.
                del self._making[key]
                making.task.cancel()

    def _begin(self, key: Hashable, work: Coroutine[Any, Any, Answer]) -> Making:
        making = self._making[key] = Making(asyncio.ensure_future(work))
        making.task.add_done_callback(lambda _: self._end(key, making))
        return making

    def _end(self, key: Hashable, making: Making) -> None:
        # Cancelled work that ends all the same has lost its place, perhaps to a second attempt.
        if self._making.get(key) is making:
            del self._making[key]
        if making.task.cancelled():
            return
        error = making.task.exception()
        if isinstance(error, TooSlow):
            now = monotonic()
            self._too_slow = {other: kept for other, kept in self._too_slow.items() if kept[1] > now}
            self._too_slow[key] = error, now + SECONDS_TOO_SLOW
        elif error is None:
            self._keep(key, making.task.result())

    def _keep(self, key: Hashable, answer: Any) -> None:
        if key in self._kept:
            return
        self._kept[key] = answer
        self._weight += self._weigh(answer)
        while self._weight > self._room:
            _, dropped = self._kept.popitem(last=False)
            self._weight -= self._weigh(dropped)

    def _refuse_too_slow(self, key: Hashable) -> None:
        error, until = self._too_slow.get(key, (None, 0.0))
        if error is not None and until > monotonic():
            again = TooSlow(error.detail)
            again.retry_seconds = ceil(until - monotonic())
            raise again


@cache
def name_versions() -> str:
    """The versions of Kerascope and Keras, on which answers depend; Keras is not imported for it."""
    return f"{__version__}-{version('keras')}"


def make_etag(digest: bytes, format: str) -> str:
    """The ETag of a file made from the question with this hash.

    Weak, as the file may be compressed or not.
    """
    return f'W/"{name_versions()}-{digest.hex()[:24]}-{format}"'


def is_unchanged(request: Request, etag: str) -> bool:
    """Whether the client already has the version with this ETag."""
    return etag in (tag.strip() for tag in request.headers.get("if-none-match", "").split(","))


def not_modified(etag: str, keep: str) -> Response:
    """Status 304: the client's version is still current."""
    return Response(status_code=304, headers={"ETag": etag, "Cache-Control": keep})
