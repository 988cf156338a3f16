"""What routes need: questions, their answers, and stored links."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from fastapi import Request, Response

from app.architecture import Question
from app.drawing import FORMATS, PNG, SVG, Whole
from app.links import SealedQuestion, decode_state
from app.pipeline import (
    DrawnValues,
    Examination,
    Visualisation,
    examine,
    render,
    render_error,
    visualise,
    write_answer,
    write_drawn_values,
    write_values,
    write_whole,
)
from app.problems import AppError, NotFound, TooBusy
from app.report.processes.pool import BuilderPool
from app.settings import Settings
from app.web.caching import Answers, is_unchanged, make_etag, not_modified
from app.web.headers import SVG_POLICY
from app.web.presence import wait_with_visitor
from app.web.requests import call_beside, name_visitor

if TYPE_CHECKING:
    from app.links.store import LinkStore, StoredLink

Result = TypeVar("Result")

SECONDS_FOR_LINKS = 10
CHARACTERS_OF_A_LAYER = 10_000
LONGEST_ENDING = 20
"""The rest of an ending that is no format is not repeated."""


def weigh_answer(answer: Examination | str | bytes) -> int:
    """The size of an answer for the cache, counted in layers; long texts count as several."""
    if isinstance(answer, str | bytes):
        return 1 + len(answer) // CHARACTERS_OF_A_LAYER
    texts = len(answer.reading.code) + sum(
        len(str(node.arguments)) for node in answer.report.architecture.nodes
    )
    return len(answer.report.layers) + texts // CHARACTERS_OF_A_LAYER


def settings(request: Request) -> Settings:
    """The settings of the app."""
    return cast(Settings, request.app.state.settings)


async def answer(request: Request, question: Question) -> Visualisation:
    """The answer to the question, with pictures: cached, already being made for another request, or made now.

    Raises CodeError, ArchitectureError and their subclasses, TooSlow, TooBusy, BuilderLost; ClientDisconnect.
    """
    return await wait_with_visitor(request, start_answer(request, question))


def start_answer(request: Request, question: Question) -> asyncio.Task[Visualisation]:
    """Start making the answer: a task that runs as long as anybody waits for it, not only this request."""
    return _ask_builder(request, visualise, question)


async def answer_in_json(request: Request, question: Question) -> bytes:
    """The answer as JSON for the API, without pictures, which is faster."""
    longest = settings(request).max_state_characters
    return await wait_with_visitor(request, _ask_builder(request, write_answer, question, longest))


async def values_in_json(request: Request, question: Question) -> bytes:
    """The numbers in a run of the model, as JSON; raises RunStopped, and what `answer` raises."""
    return await wait_with_visitor(request, _ask_builder(request, write_values, question))


async def draw_values(request: Request, question: Question) -> DrawnValues:
    """The numbers in a run of the model, as pictures; raises RunStopped, and what `answer` raises."""
    drawn = await wait_with_visitor(request, _ask_builder(request, write_drawn_values, question))
    return DrawnValues.model_validate_json(drawn)


async def draw_whole(request: Request, question: Question) -> Whole:
    """Every layer of the model in one picture; raises what `answer` raises."""
    return Whole.model_validate_json(
        await wait_with_visitor(request, _ask_builder(request, write_whole, question))
    )


async def render_file(
    request: Request, question: Question, format: str, keep: str, scale: int = 1, download: bool = False
) -> Response:
    """The answer as a file in this format; `keep` is its Cache-Control.

    `scale` is the size of a PNG relative to the SVG; with `download` browsers save the file. Raises NotFound
    for an unknown format, RunStopped, and what `answer` raises.
    """
    if format not in FORMATS:
        whole = ", ".join(name for name in FORMATS if "." not in name)
        raise NotFound(
            f"There is no format {format[:LONGEST_ENDING]!r}. There are {whole}; those of single pictures, "
            "such as units.svg, are listed in /api/docs."
        )
    if FORMATS[format].media_type != PNG:
        scale = 1
    sealed = await _seal(request, question)
    etag = make_etag(sealed.digest, f"{format}-{scale}x")
    if is_unchanged(request, etag):
        return not_modified(etag, keep)
    content = await wait_with_visitor(request, _ask_builder(request, render, sealed, format, scale))
    headers = {"ETag": etag, "Cache-Control": keep}
    if FORMATS[format].media_type == SVG:
        headers["Content-Security-Policy"] = SVG_POLICY
    if download:
        headers["Content-Disposition"] = f'attachment; filename="kerascope.{format}"'
    return Response(content, headers=headers, media_type=FORMATS[format].media_type)


def _ask_builder(
    request: Request,
    function: Callable[..., Result],
    question: Question | SealedQuestion,
    *details: str | int,
) -> asyncio.Task[Result]:
    pool: BuilderPool = request.app.state.pool
    answers: Answers = request.app.state.answers
    visitor = name_visitor(request)

    async def have_answer() -> Result:
        sealed = await _seal(request, question)
        key = (function.__name__, sealed.digest, *details)
        return await answers.get(key, lambda: pool.run(function, sealed, *details, visitor=visitor))

    return asyncio.create_task(have_answer())


async def _seal(request: Request, question: Question | SealedQuestion) -> SealedQuestion:
    if isinstance(question, SealedQuestion):
        return question
    return await call_beside(request, SealedQuestion, question)


async def draw_error(request: Request, error: AppError) -> bytes:
    """A PNG that says why there is no picture; drawn here if the builders themselves are the error."""
    pool: BuilderPool = request.app.state.pool
    try:
        return await pool.run(render_error, error.title, error.detail, visitor=name_visitor(request))
    except AppError:
        return render_error(error.title, error.detail)


async def read_state(request: Request, state: str) -> Question:
    """The question in `?s=`. Raises StateUnreadable."""
    return await call_beside(request, decode_state, state, settings(request).max_state_characters)


async def save_link(request: Request, question: Question) -> str:
    """Store the question, if it can be understood, and return its id."""
    understood = await wait_with_visitor(request, _ask_builder(request, examine, question))
    store = await _wait_for_links(request)
    return await asyncio.to_thread(store.save, question, understood.reading.architecture)


async def load_link(request: Request, id: str) -> "StoredLink":
    """What is stored under the id. Raises LinkNotFound."""
    store = await _wait_for_links(request)
    return await asyncio.to_thread(store.load, id)


async def _wait_for_links(request: Request) -> "LinkStore":
    opening: asyncio.Task[LinkStore] = request.app.state.links
    try:
        return await asyncio.wait_for(asyncio.shield(opening), SECONDS_FOR_LINKS)
    except TimeoutError:
        raise TooBusy("The database of the links does not answer. Everything else works.") from None
