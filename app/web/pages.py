"""The pages. Each route reads, does and shows; for a script it shows only the part that changed."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.background import BackgroundTask
from starlette.datastructures import UploadFile

from app.architecture import Question
from app.architecture.form import is_step, read_form, read_keys
from app.architecture.gallery import Example, find_example, load_gallery
from app.drawing.theme import stylesheet
from app.links import decode_state, encode_state
from app.pipeline import Visualisation
from app.problems import AppError, NotFound
from app.web import compare_page
from app.web.addresses import short_url, write_address, write_links
from app.web.caching import FOR_EVER, FOR_THIS_CALLER
from app.web.contexts import (
    ExamplesPage,
    Fault,
    LayersPage,
    OpenPage,
    SharedPage,
    ShareFragment,
    Tab,
    ValuesFragment,
    ValuesPage,
    WorkspaceFragment,
    WorkspacePage,
)
from app.web.dependencies import (
    answer,
    ask,
    draw_values,
    draw_whole,
    load_link,
    read_state,
    render_file,
    save_link,
    settings,
)
from app.web.lesson import keep_lesson, recognise_example
from app.web.presence import wait_with_visitor
from app.web.render import is_fragment_wanted, render, render_fault
from app.web.requests import is_text_wanted
from app.web.uploads import FORM_LIMITS, read_upload
from app.web.workspace import show_answer, show_fault, show_waiting

router = APIRouter(include_in_schema=False)
router.include_router(compare_page.router)

MOST_FIELDS = 20_000
"""More than the cards of the longest model that has cards."""

PATIENCE = 1.5
"""Seconds that a page waits for its answer before it is shown without."""

PATIENCE_AT_START = 0.05
"""The same while Keras is still being loaded: long enough for an answer that is kept already."""

MOST_LAYERS_AT_ONCE = 100
"""A page takes a tenth of a millisecond for each layer to write, while nobody else is answered."""

SECONDS_TO_COME_BACK = 5
"""For so long an answer is made on for a page that was shown without it."""

State = Annotated[str | None, Query(description="The state of a link.")]


@router.get("/theme.css", summary="The colours and looks of the pictures")
async def show_theme() -> Response:
    """The stylesheet that page and pictures share; its address changes with it."""
    return Response(stylesheet(), media_type="text/css", headers={"Cache-Control": FOR_EVER})


@router.get("/", summary="See and change a model")
async def show_home(
    request: Request, s: State = None, example: str | None = None, tab: Tab | None = None
) -> Response:
    """The model in the link, `tab=layers` with its layers in front; without a link, an example."""
    if s is not None:
        question = await read_state(request, s)
        return await _show_question(request, question, find_example(example or ""), tab == "layers")
    return await _show_example(request, _find_example(example) if example else load_gallery()[0])


@router.post("/", summary="Change the model")
async def change_model(request: Request) -> Response:
    """What the form says now: for a script the workspace and its address, else the way to that address."""
    fields = await _read_fields(request)
    example = find_example(dict(fields).get("lesson", ""))
    question = None
    try:
        question = _keep_own_code(request, read_form(fields), dict(fields).get("last", ""))
        visualisation = await answer(request, question)
    except AppError as error:
        return await _refuse_change(request, dict(fields), question, example, error)

    def show() -> Response:
        rewritten = visualisation.reading.rewritten is not None
        page = show_answer(request, question, visualisation, example, read_keys(fields), rewritten)
        address = write_address(request, page.state, page.lesson, rewritten)
        # What became of the visitor's own code is told once, here.
        if address and not is_fragment_wanted(request) and not page.editor.told:
            return RedirectResponse(address, 303)
        return _show_workspace(request, page, headers=_move_to(address, is_step(fields)))

    return await _write_page(visualisation, show)


@router.get("/a/{id}", summary="Open a short link")
async def show_link(request: Request, id: str, example: str = "") -> Response:
    """The model behind a short link, with the example that it was made of; as text for who asks for text.

    Raises LinkNotFound.
    """
    link = await load_link(request, id)
    if is_text_wanted(request):
        response = await render_file(request, link.question, "txt", FOR_THIS_CALLER)
    else:
        response = await _show_question(request, link.question, find_example(example))
    response.headers["Vary"] = "Accept, HX-Request"
    return response


@router.post("/share", summary="Make a short link")
async def share_model(request: Request) -> Response:
    """Keep the model that the page shows, and answer with its short address."""
    fields = dict(await _read_fields(request))
    longest = settings(request).max_body_bytes
    question = await asyncio.to_thread(decode_state, fields.get("s", ""), longest)
    url = short_url(request, await save_link(request, question))
    example = None if recognise_example(question) else find_example(fields.get("lesson", ""))
    page = ShareFragment if is_fragment_wanted(request) else SharedPage
    return render(request, page(url=f"{url}?example={example.slug}" if example else url, file=url))


@router.get("/values", summary="Run the model")
async def show_values(request: Request, s: str) -> Response:
    """The numbers of the model in the link: for a script the pictures alone."""
    drawn = await draw_values(request, await read_state(request, s))
    page = ValuesFragment if is_fragment_wanted(request) else ValuesPage
    response = render(request, page(drawn=drawn, state=s))
    response.headers.update({"Vary": "HX-Request", "Cache-Control": FOR_THIS_CALLER})
    return response


@router.get("/layers", summary="Draw every layer")
async def show_layers(request: Request, s: str) -> Response:
    """Every layer of a large model, as a map with a search."""
    page = LayersPage(whole=await draw_whole(request, await read_state(request, s)), state=s)
    return render(request, page, headers={"Cache-Control": FOR_THIS_CALLER})


@router.get("/examples", summary="Browse the examples")
async def show_examples(request: Request) -> Response:
    """Every example, with its question and its shapes."""
    return render(request, ExamplesPage(examples=load_gallery()))


@router.get("/examples/{slug}", summary="Open an example")
async def show_example(request: Request, slug: str) -> Response:
    """One example, with the prose that answers its question. Raises NotFound."""
    return await _show_example(request, _find_example(slug))


@router.get("/open", summary="Open a model of your own")
async def show_open(request: Request) -> Response:
    """Where to paste or upload."""
    return render(request, OpenPage())


@router.post("/open", summary="Open what was pasted or uploaded")
async def open_model(request: Request) -> Response:
    """To the page of the model; back to the pasted text where it cannot be read."""
    text = ""
    try:
        async with request.form(**FORM_LIMITS) as form:
            file, text = form.get("file"), str(form.get("text", ""))
            question = await read_upload(
                request, file if isinstance(file, UploadFile) and file.filename else text
            )
        visualisation = await answer(request, question)
    except AppError as error:
        return render(request, OpenPage(text=text, fault=Fault.of(error)), error.status)
    if link := write_links(request, question).page:
        return RedirectResponse(link, 303)
    return render(request, show_answer(request, question, visualisation))


async def _read_fields(request: Request) -> list[tuple[str, str]]:
    """The submitted fields in order."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS, max_part_size=2**20) as form:
        return [(name, value) for name, value in form.multi_items() if isinstance(value, str)]


def _keep_own_code(request: Request, question: Question, last: str) -> Question:
    """The layers of a form with the code that they were read from: that of the page's last answer."""
    if question.architecture is None or not last:
        return question
    before = decode_state(last, settings(request).max_body_bytes)
    code = before.code if before.code is not None else before.own_code
    return question.model_copy(update={"own_code": code, "holes": before.holes if code is not None else {}})


def _find_example(slug: str) -> Example:
    if example := find_example(slug):
        return example
    raise NotFound(f"There is no example {slug!r}. /examples lists those there are.")


async def _show_example(request: Request, example: Example) -> Response:
    return await _show_question(request, Question(code=example.code), example)


async def _show_question(
    request: Request, question: Question, example: Example | None = None, by_layers: bool = False
) -> Response:
    """The page of a question; where the answer takes its time, a page that fetches it when it is there."""
    asked = ask(request, question)
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
        return _show_workspace(request, show_fault(request, question, error, example), error.status)
    return await _write_page(
        visualisation,
        lambda: _show_workspace(
            request, show_answer(request, question, visualisation, example, by_layers=by_layers)
        ),
    )


async def _write_page(visualisation: Visualisation, write: Callable[[], Response]) -> Response:
    """What `write` writes of an answer, beside the event loop where it takes longer than others may wait."""
    if len(visualisation.report.layers) > MOST_LAYERS_AT_ONCE:
        return await asyncio.to_thread(write)
    return write()


async def _keep_asking(asked: asyncio.Task[Visualisation]) -> None:
    """Wait in the visitor's place until the page comes for the answer, or does not."""
    with suppress(AppError, TimeoutError):
        await asyncio.wait_for(asked, SECONDS_TO_COME_BACK)


def _show_workspace(
    request: Request, page: WorkspacePage, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """The whole page, or for a script the workspace alone: under one address, so never kept as the other."""
    if not is_fragment_wanted(request):
        return render(request, page, status, {"Vary": "HX-Request"})
    alone = {"Vary": "HX-Request", "Cache-Control": "no-store", **(headers or {})}
    return render(request, WorkspaceFragment(**dict(page)), status, alone)


def _own_address(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def _move_to(address: str | None, step: bool) -> dict[str, str]:
    """The address bar is the share link, wherever the question fits into one; Back undoes a step."""
    return {"HX-Push-Url" if address and step else "HX-Replace-Url": address or "/"}


async def _refuse_change(
    request: Request,
    fields: dict[str, str],
    question: Question | None,
    example: Example | None,
    error: AppError,
) -> Response:
    """What the visitor wrote stays, and so do the pictures of what could be read last."""
    if is_fragment_wanted(request):
        if question is None:
            return render_fault(request, error)
        lesson = keep_lesson(question, question.architecture, example)
        address = write_address(request, encode_state(question), lesson)
        return render_fault(request, error, _move_to(address, step=False))
    longest = settings(request).max_body_bytes
    last = await asyncio.to_thread(decode_state, fields.get("last", ""), longest)
    page = show_fault(request, question or last, error, example, (last, await answer(request, last)))
    return render(request, page, error.status)
