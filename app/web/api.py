"""The REST interface: a contract with other programs. Its keys stay; more may come."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Request, Response
from pydantic import Field

from app.architecture import Architecture, Question
from app.architecture.catalogue import KINDS, Kind
from app.architecture.gallery import Example, load_gallery
from app.drawing import FORMATS, PNG, SVG
from app.flow.valued import ValueTrace
from app.frozen import Frozen
from app.pipeline import Answer
from app.problems import (
    ArchitectureError,
    BadRequest,
    BuilderLost,
    CodeError,
    FileError,
    LinkNotFound,
    NotFound,
    RunStopped,
    StateUnreadable,
    TooBusy,
    TooLarge,
    TooSlow,
)
from app.web.addresses import short_url
from app.web.api_examples import QUESTIONS
from app.web.caching import FOR_AN_HOUR, FOR_EVER
from app.web.dependencies import (
    answer_in_json,
    load_link,
    read_state,
    render_file,
    save_link,
    values_in_json,
)
from app.web.problem_documents import document_errors
from app.web.uploads import FORM, UploadRoute

router = APIRouter(prefix="/api/v1", route_class=UploadRoute)
files = APIRouter()

TAGS = [
    {"name": "reports", "description": "What Keras makes of a model."},
    {"name": "files", "description": "The same as a picture, text or source, by address."},
    {"name": "links", "description": "Short links, immutable and shareable."},
    {"name": "catalogue", "description": "What there is to build with, and to start from."},
    {"name": "health", "description": "For load balancers and supervisors."},
]

FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file.",
        "content": {format.media_type: {"schema": {"type": "string"}} for format in FORMATS.values()},
    },
    304: {"description": "What the caller holds is still right."},
}

AS_FILES = (SVG, PNG, "text/plain")
"""Routes for files answer errors as a picture or a text, too."""

READING = (BadRequest, CodeError, ArchitectureError, TooLarge, TooSlow, TooBusy, BuilderLost)
ASKING = (*READING, FileError)

WITH_A_FILE = {"requestBody": {"content": {"multipart/form-data": FORM}}}

Asked = Annotated[Question, Body(openapi_examples=QUESTIONS)]
Id = Annotated[str, Path(description="The id of a short link.", examples=["4xQ0bTz9aLk"])]
Scale = Annotated[int, Query(ge=1, le=2, description="Of a PNG: 2 for screens of twice the density.")]
Download = Annotated[bool, Query(description="Whether browsers save it as a file instead of showing it.")]
FormatName = Annotated[
    str, Path(description="The file's ending.", json_schema_extra={"enum": list(FORMATS)}, examples=["svg"])
]


class ShortLink(Frozen):
    """A short link. The same question always has the same id."""

    id: str
    url: str = Field(description="The page's whole address.")


class LinkContent(ShortLink):
    """What is stored under a short link."""

    question: Question
    architecture: Architecture
    kerascope: str = Field(description="The version that kept it.")


@router.post(
    "/reports",
    tags=["reports"],
    summary="Ask what Keras makes of a model",
    response_model=Answer,
    response_description='The report. A model that does not build is one as well, with `status: "fails"`.',
    responses=document_errors(*ASKING),
    openapi_extra=WITH_A_FILE,
)
async def create_report(request: Request, question: Asked) -> Response:
    """Send a model as Keras source (`code`), as `model.to_json()` (`keras`) or in Kerascope's own form
    (`architecture`), or a form with a saved model (`file`). The answer has the shapes of every layer, masks,
    parameters, problems with repairs that were rebuilt, and what depends on what through time. Source is
    read, never run; of a saved model only the configuration is read, never the weights.
    """
    return Response(await answer_in_json(request, question), media_type="application/json")


@router.post(
    "/values",
    tags=["reports"],
    summary="Run a model, and ask for its numbers",
    response_model=ValueTrace,
    response_description="The numbers. Where the model is not run, `refused` says why.",
    responses=document_errors(*ASKING, RunStopped),
    openapi_extra=WITH_A_FILE,
)
async def create_values(request: Request, question: Asked) -> Response:
    """The question is the same as for a report.

    Keras runs the model once with seeded weights, on `sequences`, else on seeded random numbers. The answer
    has the gates and states of recurrent cells after every timestep, and the output of each layer, by
    sequence, timestep and unit. A model that is too large is not run: `refused` names the limit.
    """
    return Response(await values_in_json(request, question), media_type="application/json")


@router.get(
    "/render.{format}",
    tags=["files"],
    summary="Draw or write a model, from the link's state or from source",
    response_class=Response,
    responses=FILE | document_errors(*READING, RunStopped, StateUnreadable, NotFound, also=AS_FILES),
)
async def render_state(
    request: Request,
    format: FormatName,
    s: Annotated[str | None, Query(description="The state of a link, as in `/?s=`.")] = None,
    code: Annotated[str | None, Query(description="Keras source, in place of a state.")] = None,
    scale: Scale = 1,
    download: Download = False,
) -> Response:
    """Give exactly one of `s` and `code`. The answer depends on nothing else, so it can be cached."""
    if (s is None) == (code is None):
        raise BadRequest("Give exactly one of `s` (a link's state) and `code` (Keras source).")
    question = Question(code=code) if s is None else await read_state(request, s)
    return await render_file(request, question, format, FOR_AN_HOUR, scale, download)


@router.post(
    "/links",
    tags=["links"],
    status_code=201,
    summary="Make a short link",
    response_description="The link. The same content always has the same id.",
    responses=document_errors(*ASKING),
    openapi_extra=WITH_A_FILE,
)
async def create_link(request: Request, question: Asked) -> ShortLink:
    """Store a question under a short id, which is a hash of it."""
    id = await save_link(request, question)
    return ShortLink(id=id, url=short_url(request, id))


@router.get(
    "/links/{id}",
    tags=["links"],
    summary="Read a short link",
    response_description="What was kept.",
    responses=document_errors(LinkNotFound, TooBusy),
)
async def read_link(request: Request, response: Response, id: Id) -> LinkContent:
    """The question as it was asked, and its architecture."""
    link = await load_link(request, id)
    response.headers["Cache-Control"] = FOR_EVER
    return LinkContent(
        id=link.id,
        url=short_url(request, link.id),
        question=link.question,
        architecture=link.architecture,
        kerascope=link.kerascope,
    )


@files.get(
    "/a/{id}.{format}",
    tags=["files"],
    summary="Draw or write the model behind a short link",
    response_class=Response,
    responses=FILE
    | document_errors(LinkNotFound, NotFound, RunStopped, TooSlow, TooBusy, BuilderLost, also=AS_FILES),
)
async def render_link(
    request: Request, id: Id, format: FormatName, scale: Scale = 1, download: Download = False
) -> Response:
    """The address of a short link's page with a suffix.

    Pictures can be embedded anywhere: `.svg` has the shapes and the timesteps, `.card.svg` has them side by
    side for previews; `.shapes.svg`, `.time.svg`, `.data.svg`, `.masks.svg`, `.values.svg`, `.cells.svg` and
    `.units.svg` have one each. Every picture is available as `.png` too.
    """
    # A suffix may have a dot in it, an id never has one.
    id, dot, picture = id.partition(".")
    link = await load_link(request, id)
    return await render_file(request, link.question, f"{picture}{dot}{format}", FOR_EVER, scale, download)


@router.get(
    "/catalogue",
    tags=["catalogue"],
    summary="List the layers that may be used",
    response_description="Every kind of layer with its arguments, in the constructor's order.",
    responses=document_errors(),
)
async def list_kinds(response: Response) -> tuple[Kind, ...]:
    """Generated from the Keras that builds the models. A kind that is not listed is not built."""
    response.headers["Cache-Control"] = FOR_AN_HOUR
    return tuple(KINDS.values())


@router.get(
    "/examples",
    tags=["catalogue"],
    summary="List the examples",
    response_description="Every example with its prose, its code and the shapes that Keras gives.",
    responses=document_errors(),
)
async def list_examples(response: Response) -> tuple[Example, ...]:
    """The gallery: questions that people ask about recurrent models, and their answers."""
    response.headers["Cache-Control"] = FOR_AN_HOUR
    return load_gallery()
