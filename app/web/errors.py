"""Error handling: everything that goes wrong becomes an AppError, answered in the caller's format."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.drawing import PNG, draw_error_svg
from app.drawing.words import clean_text
from app.problems import AppError, BadRequest, BuilderLost, NotFound, TooLarge, WrongMethod
from app.validation import describe_errors
from app.web.dependencies import draw_error
from app.web.headers import SVG_POLICY, secure
from app.web.problem_documents import MEDIA_TYPE, write_document
from app.web.render import is_fragment_wanted, render_problem_page
from app.web.requests import is_text_wanted

LEFT = 499
"""The status that logs use for a client that did not wait for the answer."""

METHODS = {"GET": "GET, HEAD", "POST": "POST"}
"""The methods of routes, with those that are answered for each: HEAD is answered as GET."""

BY_STATUS: Mapping[int, Callable[[Request, HTTPException], AppError]] = {
    404: lambda request, _: NotFound(f"There is no page or file at {request.url.path!r}."),
    405: lambda request, error: WrongMethod(
        f"{request.url.path!r} does not answer {request.method}, but {(error.headers or {})['Allow']}."
    ),
    413: lambda _, error: TooLarge(error.detail),
}


def handle_errors(app: FastAPI) -> None:
    """Register this module's handlers for every error of the app, foreseen or not."""
    app.add_exception_handler(AppError, _answer)
    app.add_exception_handler(RequestValidationError, _answer)
    app.add_exception_handler(HTTPException, _answer)
    app.add_exception_handler(ClientDisconnect, _note_leaving)
    app.add_exception_handler(Exception, _answer)


class AnswerWhenStopped:
    """ASGI middleware: a request that is cancelled as the server stops gets an error page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in the app's place if it is cancelled before it has begun to."""
        begun = False

        async def send_noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        except asyncio.CancelledError:
            if begun or scope["type"] != "http":
                raise
            error = BuilderLost("Kerascope is shutting down. Try again in a moment.")
            response = await _answer(Request(scope), error)
            await response(scope, receive, send)


def name_error(request: Request, error: Exception) -> AppError:
    """The AppError for an error, with nothing about our internals in it."""
    if isinstance(error, AppError):
        return error
    if isinstance(error, RequestValidationError):
        return BadRequest(describe_errors(error.errors()))
    if isinstance(error, HTTPException):
        translate = BY_STATUS.get(error.status_code)
        return translate(request, error) if translate else BadRequest(error.detail)
    return AppError(
        "Something failed that should not have. Nothing of yours is lost: the link still holds it."
    )


def write_problem(request: Request, error: AppError) -> Response:
    """For programs: problem+json (RFC 9457)."""
    content = write_document(error).model_dump(exclude_none=True)
    return JSONResponse(content, error.status, media_type=MEDIA_TYPE)


def write_picture(request: Request, error: AppError) -> Response:
    """An SVG that says why there is no picture: browsers show it whatever the status."""
    return Response(
        draw_error_svg(error.title, error.detail),
        error.status,
        {"Content-Security-Policy": SVG_POLICY},
        media_type="image/svg+xml",
    )


def write_text(request: Request, error: AppError) -> Response:
    """Plain text for terminals, without control characters."""
    place = f" (line {error.line}, column {error.column})" if error.line else ""
    return PlainTextResponse(f"{error.title}\n\n{clean_text(error.detail)}{place}\n", error.status)


BY_ENDING = {"svg": write_picture, "txt": write_text, "md": write_text, "mmd": write_text, "py": write_text}


async def write_png(request: Request, error: AppError) -> Response:
    """A PNG that says why there is no picture."""
    return Response(await draw_error(request, error), error.status, media_type=PNG)


def choose_writer(request: Request) -> Callable[[Request, AppError], Response]:
    """By the suffix of the address, else by who asks: JSON for programs, a page or fragment for people."""
    path = PurePosixPath(request.url.path)
    if writer := BY_ENDING.get(path.suffix[1:]):
        return writer
    if path.is_relative_to("/api") or path.suffix == ".json":
        return write_problem
    if "text/html" in request.headers.get("accept", "") or is_fragment_wanted(request):
        return render_problem_page
    return write_text if is_text_wanted(request) else write_problem


async def _note_leaving(request: Request, error: Exception) -> Response:
    """The client has left, so only the log sees this answer."""
    return Response(status_code=LEFT)


def _list_methods(request: Request, error: HTTPException) -> str:
    """The methods of all routes at the address; the framework lists those of the first route only."""
    routes = request.app.router.routes
    found = [
        answered
        for method, answered in METHODS.items()
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]
    # A mounted app has no routes, and lists its methods itself.
    return ", ".join(found) or (error.headers or {})["Allow"]


async def _answer(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException) and error.status_code == WrongMethod.status:
        error.headers = {"Allow": _list_methods(request, error)}
    named = name_error(request, error)
    is_png = PurePosixPath(request.url.path).suffix == ".png"
    response = await write_png(request, named) if is_png else choose_writer(request)(request, named)
    if isinstance(error, HTTPException):
        response.headers.update(error.headers or {})
    if named.retry_seconds is not None:
        response.headers["Retry-After"] = str(named.retry_seconds)
    # Unforeseen errors are answered outside of all middleware, so its headers are added here.
    secure(response.headers)
    return response
