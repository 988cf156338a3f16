"""Replies: the workspace of a question as a response, at once or when the answer is there."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from fastapi import Request, Response
from starlette.background import BackgroundTask

from app.architecture import Question
from app.architecture.gallery import Example
from app.pipeline import Visualisation
from app.problems import AppError
from app.web.contexts import WorkspaceFragment, WorkspacePage
from app.web.dependencies import start_answer
from app.web.presence import wait_with_visitor
from app.web.render import is_fragment_wanted, render
from app.web.workspace import show_answer, show_fault, show_waiting

PATIENCE = 1.5
"""Seconds that a page waits for its answer before it is shown without."""

PATIENCE_AT_START = 0.05
"""The same while Keras is being loaded: long enough for a cached answer."""

MOST_LAYERS_AT_ONCE = 100
"""Writing a page takes 0.1 ms per layer, during which nobody else is answered."""

SECONDS_TO_COME_BACK = 5
"""How long an answer is still made for a page that was shown without it."""


async def show_question(
    request: Request, question: Question, example: Example | None = None, by_layers: bool = False
) -> Response:
    """The page of a question; if the answer takes long, a page that fetches it when it is there."""
    asked = start_answer(request, question)
    if not is_fragment_wanted(request):
        patience = PATIENCE if await request.app.state.pool.ready() else PATIENCE_AT_START
        await asyncio.wait({asked}, timeout=patience)
        if not asked.done():
            waiting = show_waiting(request, question, _own_address(request), example, by_layers)
            page = render(request, waiting)
            page.background = BackgroundTask(_keep_asking, asked)
            return page
    try:
        visualisation = await wait_with_visitor(request, asked)
    except AppError as error:
        return show_workspace(request, show_fault(request, question, error, example), error.status)
    return await write_page(
        visualisation,
        lambda: show_workspace(
            request, show_answer(request, question, visualisation, example, by_layers=by_layers)
        ),
    )


async def write_page(visualisation: Visualisation, write: Callable[[], Response]) -> Response:
    """The response that `write` makes; in a thread if it takes so long that others would wait."""
    if len(visualisation.report.layers) > MOST_LAYERS_AT_ONCE:
        return await asyncio.to_thread(write)
    return write()


async def _keep_asking(asked: asyncio.Task[Visualisation]) -> None:
    """Wait for the answer in the visitor's place, until their page comes back for it or a time has passed."""
    with suppress(AppError, TimeoutError):
        await asyncio.wait_for(asked, SECONDS_TO_COME_BACK)


def show_workspace(
    request: Request, page: WorkspacePage, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """The whole page; for a script only the workspace, which is not cached as its address is the page's."""
    if not is_fragment_wanted(request):
        return render(request, page, status, {"Vary": "HX-Request"})
    alone = {"Vary": "HX-Request", "Cache-Control": "no-store", **(headers or {})}
    return render(request, WorkspaceFragment(**dict(page)), status, alone)


def _own_address(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
