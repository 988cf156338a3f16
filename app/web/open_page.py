"""/open: a model that is pasted or uploaded."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from app.problems import AppError
from app.web.addresses import write_links
from app.web.contexts import OpenPage
from app.web.dependencies import answer
from app.web.render import render
from app.web.repairs import describe_fault
from app.web.uploads import FORM_LIMITS, read_upload
from app.web.workspace import show_answer

router = APIRouter(include_in_schema=False)


@router.get("/open", summary="Open a model of your own")
async def show_open(request: Request) -> Response:
    """The page to paste or upload a model."""
    return render(request, OpenPage())


@router.post("/open", summary="Open what was pasted or uploaded")
async def open_model(request: Request) -> Response:
    """Redirect to the page of the model; or show the pasted text again if it cannot be read."""
    text, question = "", None
    try:
        async with request.form(**FORM_LIMITS) as form:
            file, text = form.get("file"), str(form.get("text", ""))
            question = await read_upload(
                request, file if isinstance(file, UploadFile) and file.filename else text
            )
        visualisation = await answer(request, question)
    except AppError as error:
        # The code of a file, too: its line is spoken of.
        text = question.code if question and question.code is not None else text
        page = OpenPage(text=text, fault=describe_fault(request, question, error, None))
        return render(request, page, error.status)
    if link := write_links(request, question).page:
        return RedirectResponse(link, 303)
    return render(request, show_answer(request, question, visualisation))
