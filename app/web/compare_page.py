"""/compare: two models side by side, and what differs."""

import asyncio
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Request, Response

from app.architecture import Question
from app.architecture.gallery import find_example, load_gallery
from app.problems import AppError, LinkNotFound, StateUnreadable
from app.report.compare import compare_reports
from app.web.contexts import ComparePage, Fault, Side
from app.web.dependencies import answer, load_link, read_state
from app.web.render import render

router = APIRouter(include_in_schema=False)

FIRST_PAIR = ("three-timesteps-of-one-feature", "one-timestep-of-three-features")
"""The same data, read in two ways."""


@router.get("/compare", summary="Compare two models")
async def compare_models(request: Request, a: str = FIRST_PAIR[0], b: str = FIRST_PAIR[1]) -> Response:
    """Each side is an example's name, the id of a short link, the state of a link, or a whole link."""
    left, right = await asyncio.gather(_try_side(request, a, "Left"), _try_side(request, b, "Right"))
    if isinstance(left, AppError) or isinstance(right, AppError):
        return _refuse(request, (a, b), (left, right))
    comparison = compare_reports(left.visualisation.report, right.visualisation.report)
    page = ComparePage(asked=(a, b), left=left, right=right, comparison=comparison, examples=load_gallery())
    return render(request, page)


def _refuse(
    request: Request, asked: tuple[str, str], sides: tuple[Side | AppError, Side | AppError]
) -> Response:
    """The form again, with what is wrong at its field."""
    left, right = (Fault.of(side) if isinstance(side, AppError) else None for side in sides)
    status = max(side.status for side in sides if isinstance(side, AppError))
    return render(request, ComparePage(asked=asked, faults=(left, right), examples=load_gallery()), status)


async def _try_side(request: Request, asked: str, title: str) -> Side | AppError:
    try:
        return await _read_side(request, asked, title)
    except LinkNotFound:
        return LinkNotFound(
            f"{asked!r} is neither an example nor a link. Choose an example from the list, or paste the "
            "whole address of a model's page."
        )
    except AppError as error:
        return error


async def _read_side(request: Request, asked: str, title: str) -> Side:
    name = _read_name(asked)
    if example := find_example(name):
        question, title, href = Question(code=example.code), example.title, f"/examples/{name}"
    else:
        question, href = await _find_question(request, name)
    visualisation = await answer(request, question)
    return Side(title=title, href=href, visualisation=visualisation)


async def _find_question(request: Request, name: str) -> tuple[Question, str]:
    try:
        return await read_state(request, name), f"/?s={name}"
    except StateUnreadable:
        # Ids and states look alike; an id that is none says so in words that fit both.
        return (await load_link(request, name)).question, f"/a/{name}"


def _read_name(asked: str) -> str:
    """What identifies the model in a whole link; anything else as it is."""
    try:
        link = urlsplit(asked.strip())
    except ValueError:
        return asked
    states = parse_qs(link.query).get("s", [])
    return states[0] if states else link.path.rstrip("/").rpartition("/")[2]
