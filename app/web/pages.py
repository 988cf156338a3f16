"""The pages. Each route reads, does and shows; a script gets only the part that changed."""

import asyncio
from contextlib import suppress
from typing import Annotated, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.architecture import Question
from app.architecture.form import is_of_sequences, is_step, keep_sequences, read_form, read_keys
from app.architecture.gallery import Example, find_example, load_gallery
from app.drawing.theme import stylesheet
from app.links import decode_state, encode_state
from app.problems import AppError, NotFound, SequencesUnreadable
from app.web import compare_page, open_page
from app.web.addresses import short_url, write_address
from app.web.caching import FOR_EVER, FOR_THIS_CALLER
from app.web.contexts import (
    ExamplesPage,
    LayersPage,
    Part,
    SharedPage,
    ShareFragment,
    Tab,
    ValuesFragment,
    ValuesPage,
)
from app.web.dependencies import (
    answer,
    draw_values,
    draw_whole,
    load_link,
    read_state,
    render_file,
    save_link,
    settings,
)
from app.web.faults import Fault
from app.web.lesson import find_origin, keep_lesson, recognise_example
from app.web.render import is_fragment_wanted, render, render_fault
from app.web.repairs import describe_fault
from app.web.replies import show_question, show_workspace, write_page
from app.web.requests import is_text_wanted
from app.web.workspace import show_answer, show_fault, show_parts

router = APIRouter(include_in_schema=False)
router.include_router(compare_page.router)
router.include_router(open_page.router)

MOST_FIELDS = 20_000
"""More than the cards of the longest model that has cards."""

State = Annotated[str | None, Query(description="The state of a link.")]

PART = "|".join(get_args(Part))
Parts = Annotated[
    str, Path(pattern=f"^({PART})(,({PART}))*$", description="The names of the parts, with commas between.")
]


@router.get("/theme.css", summary="The colours and looks of the pictures")
async def show_theme() -> Response:
    """The stylesheet that page and pictures share; its address changes with its content."""
    return Response(stylesheet(), media_type="text/css", headers={"Cache-Control": FOR_EVER})


@router.get("/", summary="See and change a model")
async def show_home(
    request: Request, s: State = None, example: str | None = None, tab: Tab | None = None
) -> Response:
    """The model in the link, or an example; `tab=layers` opens its layers."""
    if s is not None:
        question = await read_state(request, s)
        return await show_question(request, question, find_example(example or ""), tab == "layers")
    return await _show_example(request, _find_example(example) if example else load_gallery()[0])


@router.post("/", summary="Change the model")
async def change_model(request: Request) -> Response:
    """The model in the submitted form: a script gets the workspace and its address, others a redirect."""
    fields = await _read_fields(request)
    example = find_example(dict(fields).get("lesson", ""))
    question = None
    try:
        question = await _keep_own_code(request, read_form(fields), dict(fields).get("last", ""))
        visualisation = await answer(request, question)
    except AppError as error:
        return await _refuse_change(request, fields, question, example, error)

    def show() -> Response:
        rewritten = visualisation.reading.rewritten is not None
        page = show_answer(request, question, visualisation, example, read_keys(fields), rewritten)
        address = write_address(request, page.state, page.example, rewritten)
        # Notes on the visitor's own code are shown once, in this answer.
        if address and not is_fragment_wanted(request) and not page.editor.told:
            return RedirectResponse(address, 303)
        return show_workspace(request, page, headers=_move_to(address, is_step(fields)))

    return await write_page(visualisation, show)


@router.get("/a/{id}", summary="Open a short link")
async def show_link(request: Request, id: str, example: str = "") -> Response:
    """The model behind a short link, beside the example that it came from; as text for a terminal.

    Raises LinkNotFound.
    """
    link = await load_link(request, id)
    if is_text_wanted(request):
        response = await render_file(request, link.question, "txt", FOR_THIS_CALLER)
    else:
        response = await show_question(request, link.question, find_example(example))
    response.headers["Vary"] = "Accept, HX-Request"
    return response


@router.post("/share", summary="Make a short link")
async def share_model(request: Request) -> Response:
    """Store the model on the page, and answer with its short link."""
    fields = dict(await _read_fields(request))
    longest = settings(request).max_body_bytes
    question = await asyncio.to_thread(decode_state, fields.get("s", ""), longest)
    url = short_url(request, await save_link(request, question))
    example = None if recognise_example(question) else find_example(fields.get("lesson", ""))
    page = ShareFragment if is_fragment_wanted(request) else SharedPage
    return render(request, page(url=f"{url}?example={example.slug}" if example else url, file=url))


@router.get("/parts/{names}", summary="Open folded parts of the page")
async def send_parts(request: Request, names: Parts, s: str) -> Response:
    """Folded parts of the page, for a script.

    It asks for one when it is opened, and for all when nothing has changed for a second. Without a script,
    the page that they are on.
    """
    parts = tuple(names.split(","))
    if not is_fragment_wanted(request):
        return RedirectResponse(f"/?{urlencode({'s': s})}#{parts[0]}", 303)
    question = await read_state(request, s)
    visualisation = await answer(request, question)
    headers = {"Vary": "HX-Request", "Cache-Control": FOR_THIS_CALLER}
    return await write_page(
        visualisation,
        lambda: render(request, show_parts(request, question, visualisation, parts), headers=headers),
    )


@router.get("/values", summary="Run the model")
async def show_values(request: Request, s: str) -> Response:
    """The numbers in a run of the model in the link; a script gets only the pictures.

    If there may be numbers later, the answer says so and is not cached.
    """
    question = await read_state(request, s)
    page = ValuesFragment if is_fragment_wanted(request) else ValuesPage
    try:
        shown, keep = page(drawn=await draw_values(request, question), state=s), FOR_THIS_CALLER
    except AppError as error:
        if error.retry_seconds is None:
            raise
        shown, keep = page(drawn=None, state=s, fault=Fault.of(error)), "no-store"
    return render(request, shown, headers={"Vary": "HX-Request", "Cache-Control": keep})


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


async def _read_fields(request: Request) -> list[tuple[str, str]]:
    """The submitted fields in order."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS, max_part_size=2**20) as form:
        return [(name, value) for name, value in form.multi_items() if isinstance(value, str)]


async def _keep_own_code(request: Request, question: Question, last: str) -> Question:
    """The layers of a form, with the code they were read from: that of the page's last answer."""
    if question.architecture is None or not last:
        return question
    before = await _read_last(request, last)
    code = before.code if before.code is not None else before.own_code
    return question.model_copy(update={"own_code": code, "holes": before.holes if code is not None else {}})


async def _read_last(request: Request, last: str) -> Question:
    """The question of the page's last answer, which a form carries whatever its length."""
    return await asyncio.to_thread(decode_state, last, settings(request).max_body_bytes)


def _find_example(slug: str) -> Example:
    if example := find_example(slug):
        return example
    raise NotFound(f"There is no example {slug!r}. /examples lists those there are.")


async def _show_example(request: Request, example: Example) -> Response:
    return await show_question(request, Question(code=example.code), example)


def _move_to(address: str | None, step: bool) -> dict[str, str]:
    """The address of the page becomes the share link, if the question fits into one; Back undoes a step."""
    return {"HX-Push-Url" if address and step else "HX-Replace-Url": address or "/"}


async def _refuse_change(
    request: Request,
    fields: list[tuple[str, str]],
    question: Question | None,
    example: Example | None,
    error: AppError,
) -> Response:
    """The page with what the visitor wrote, the error, and the pictures of what could be read last."""
    if is_fragment_wanted(request):
        if question is None:
            return render_fault(request, Fault.of(error), error.status)
        lesson = keep_lesson(question, question.architecture, example)
        kept = lesson.example if lesson else find_origin(question, example)
        address = write_address(request, encode_state(question), kept)
        fault = describe_fault(request, question, error, example)
        return render_fault(request, fault, error.status, _move_to(address, step=False))
    given, typed = dict(fields), None
    if not given.get("last"):
        # Not a form that our page sends, so there is no page to show again.
        raise error
    last = await _read_last(request, given["last"])
    if isinstance(error, SequencesUnreadable):
        typed = keep_sequences(given)
        with suppress(AppError):
            question = read_form([field for field in fields if not is_of_sequences(field[0])])
    page = show_fault(request, question or last, error, example, (last, await answer(request, last)), typed)
    return render(request, page, error.status)
