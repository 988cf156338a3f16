"""Answers that need not be made again: here in the server, and in browsers and proxies."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from functools import cache
from importlib.metadata import version
from typing import Any, TypeVar

from fastapi import Request, Response

from app import __version__

Answer = TypeVar("Answer")

FOR_EVER = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"


class Answers:
    """The answers given last, by the hash of what was asked. One that is being made is waited for."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._tasks: OrderedDict[bytes, asyncio.Task[Any]] = OrderedDict()

    async def get(self, key: bytes, make: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer kept under `key`, or else what `make` gives. A failure is raised and not kept."""
        task = self._tasks.get(key)
        if task is None:
            task = self._tasks[key] = asyncio.ensure_future(make())
            task.add_done_callback(lambda done: self._forget_failure(key, done))
            if len(self._tasks) > self._longest:
                self._tasks.popitem(last=False)
        self._tasks.move_to_end(key)
        # A visitor who leaves takes only himself away, not the answer that others wait for.
        answer: Answer = await asyncio.shield(task)
        return answer

    def _forget_failure(self, key: bytes, task: asyncio.Task[Any]) -> None:
        if (task.cancelled() or task.exception()) and self._tasks.get(key) is task:
            del self._tasks[key]


@cache
def name_versions() -> str:
    """What an answer depends on besides the question: our version and Keras's, without importing it."""
    return f"{__version__}-{version('keras')}"


def make_etag(digest: bytes) -> str:
    """The tag of anything made from a question with this hash. Weak: it may travel compressed or not."""
    return f'W/"{name_versions()}-{digest.hex()[:24]}"'


def is_unchanged(request: Request, etag: str) -> bool:
    """Whether the caller already holds what this tag stands for."""
    return etag in (tag.strip() for tag in request.headers.get("if-none-match", "").split(","))


def not_modified(etag: str, keep: str) -> Response:
    """304: what you hold is still right."""
    return Response(status_code=304, headers={"ETag": etag, "Cache-Control": keep})
