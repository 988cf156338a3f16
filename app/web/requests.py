"""Requests before they reach a route: HEAD is answered as GET, bodies are limited, JSON is strict."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import ValidationError
from pydantic_core import from_json
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.architecture import Question

Result = TypeVar("Result")


def is_text_wanted(request: Request) -> bool:
    """Whether a terminal asks: `curl -H 'Accept: text/plain'`."""
    return request.headers.get("accept", "").startswith("text/plain")


def name_visitor(request: Request) -> str:
    """The client's address, as far as it is known; visitors take turns by it."""
    return request.client.host if request.client else ""


def read_opened(request: Request) -> frozenset[str] | None:
    """The ids of the folded parts that are open in the page, if a script sends them; else None."""
    opened = request.headers.get("Open-Parts")
    return None if opened is None else frozenset(opened.split())


AT_ONCE = 50_000
"""Bytes. A shorter body is read, and written again, in a few milliseconds."""


def is_small(request: Request) -> bool:
    """Whether the request is a short question; a link or a file may expand to a long one."""
    length = int(request.headers.get("content-length", AT_ONCE))
    return request.method == "POST" and length < AT_ONCE and not is_form(request.headers)


async def call_beside(request: Request, function: Callable[..., Result], *arguments: Any) -> Result:
    """Call the function: at once for a small request, else in a thread so that others need not wait."""
    if is_small(request):
        return function(*arguments)
    return await asyncio.to_thread(function, *arguments)


class HeadAsGet:
    """ASGI middleware: HEAD is answered by GET's route; the server leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a HEAD request on as GET."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self.app(scope, receive, send)


UPLOADS = frozenset({"/open", "/api/v1/reports", "/api/v1/values", "/api/v1/links"})
"""The addresses to which a form may send a file."""


def is_form(headers: Mapping[str, str]) -> bool:
    """Whether the body is a form that may hold a file."""
    return headers.get("content-type", "").lower().startswith("multipart/form-data")


class BodyLimit:
    """ASGI middleware: raises 413 for a body of too many bytes, whether or not its length is announced.

    The limit is `longest`, or `longest_upload` for a form with a file. The framework's own limit answers in
    plain text, whatever the client asks for.
    """

    def __init__(self, app: ASGIApp, longest: int, longest_upload: int) -> None:
        self.app = app
        self.longest = longest
        self.longest_upload = longest_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the bytes received, and raise 413 when there are too many."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        announced = headers.get("content-length", "")
        upload = scope["path"] in UPLOADS and is_form(headers)
        longest = self.longest_upload if upload else self.longest
        received = 0

        async def receive_within_limit() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if max(received, int(announced or 0)) > longest:
                raise HTTPException(413, f"The request has more than {longest:,} bytes, which is the limit.")
            return message

        await self.app(scope, receive_within_limit, send)


class StrictJson(Request):
    """A request whose JSON is strict: no NaN, no lone surrogates, limited nesting."""

    question: Question | None = None

    async def json(self) -> Any:
        """The body as JSON, or as the question that was validated from it; the framework takes either.

        Raises json.JSONDecodeError for anything else.
        """
        if self.question is not None:
            return self.question
        try:
            return from_json(await self.body(), allow_inf_nan=False)
        except ValueError as error:
            raise json.JSONDecodeError(str(error), "", 0) from error

    async def read_question(self) -> None:
        """Validate the body in a thread; the framework would do so in the event loop.

        Raises what the framework raises; invalid JSON is left to it.
        """
        with suppress(json.JSONDecodeError):
            content = await self.json()
            try:
                self.question = await asyncio.to_thread(Question.model_validate, content)
            except ValidationError as error:
                raise RequestValidationError(error.errors()) from error


class StrictJsonRoute(APIRoute):
    """A route whose body, if it has one, is a question, read by StrictJson."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The framework's handler, given a StrictJson request."""
        handle = super().get_route_handler()

        async def handle_strictly(request: Request) -> Response:
            strict = StrictJson(request.scope, request.receive)
            if request.method == "POST" and not is_small(request):
                await strict.read_question()
            return await handle(strict)

        return handle_strictly
