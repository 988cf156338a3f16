"""Requests before any route sees them: HEAD is asked as GET, bodies have a limit, JSON is strict."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def is_text_wanted(request: Request) -> bool:
    """Whether a terminal asks: `curl -H 'Accept: text/plain'`."""
    return request.headers.get("accept", "").startswith("text/plain")


class HeadAsGet:
    """ASGI middleware: whatever answers GET answers HEAD; the server leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a HEAD request on as GET."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self.app(scope, receive, send)


class BodyLimit:
    """ASGI middleware: a body of more than `longest` bytes, announced or not, is refused where it is read.

    The framework's own limit answers announced bodies in plain text, whoever asks.
    """

    def __init__(self, app: ASGIApp, longest: int) -> None:
        self.app = app
        self.longest = longest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what is received, and raise 413 when it is too much."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        received = 0

        async def receive_within_limit() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if max(received, int(announced or 0)) > self.longest:
                raise HTTPException(
                    413, f"The request has more than {self.longest:,} bytes, which is the limit."
                )
            return message

        await self.app(scope, receive_within_limit, send)


class StrictJson(Request):
    """A request whose JSON is JSON: no NaN, no half of a surrogate pair, no bottomless nesting."""

    async def json(self) -> Any:
        """The body as JSON. Raises json.JSONDecodeError for everything that is none."""
        try:
            return from_json(await self.body(), allow_inf_nan=False)
        except ValueError as error:
            raise json.JSONDecodeError(str(error), "", 0) from error


class StrictJsonRoute(APIRoute):
    """A route whose body is read by StrictJson."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The framework's handler, given our request."""
        handle = super().get_route_handler()

        async def handle_strictly(request: Request) -> Response:
            return await handle(StrictJson(request.scope, request.receive))

        return handle_strictly
