"""/compare: two models side by side, and what differs."""

import asyncio
import re
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.architecture.gallery import load_gallery
from app.drawing.headline import name_model
from app.links import encode_state
from app.problems import AppError
from app.report.compare import compare_reports
from app.web.addresses import find_site
from app.web.contexts import CompareField, ComparePage, Side
from app.web.dependencies import answer, save_link
from app.web.faults import Fault
from app.web.pieces import MODEL
from app.web.render import render
from app.web.sides import LONGEST_SAID, Found, find_side

router = APIRouter(include_in_schema=False)

FIRST_PAIR = ("three-timesteps-of-one-feature", "one-timestep-of-three-features")
"""The same data, read in two ways."""

CHOICE = re.compile(rf"(?P<model>{MODEL})?(?P<number>[1-9][0-9]?)")

AS_OPENED = "Your model as you opened it"

Tried = tuple[Found, Side] | AppError | None
"""A side that was found and answered; or the error; or None if nothing was asked for."""


@router.get("/compare", summary="Compare two models")
async def compare_models(
    request: Request,
    a: str | None = None,
    b: str | None = None,
    before: Annotated[
        str | None, Query(description="The page of `a` as it was opened, where `b` is not given.")
    ] = None,
) -> Response:
    """Each side is an example's name, the id of a short link, the state of a link, a whole link, or code."""
    if a is None and b is None:
        a, b = FIRST_PAIR
    left = None if a is None else await _try_side(request, a)
    b = await asyncio.to_thread(_find_choice, left, b)
    whose = "Your model" if b else AS_OPENED
    right = await _try_side(request, b or before or "", whose) if b or before else None
    if not b and _is_same(left, right):
        right = None
    return await asyncio.to_thread(_show, request, (a or "", b or before or ""), (left, right), {})


@router.post("/compare", summary="Choose two models to compare")
async def choose_models(request: Request) -> Response:
    """Redirect to the page of both models, as chosen in the form; show the form again if one is no model."""
    async with request.form(max_files=0) as form:
        fields = {name: str(value) for name, value in form.items()}
    asked = [
        fields.get(f"other_{side}") or fields.get(f"code_{side}") or fields.get(side, "") for side in "ab"
    ]
    tried = await asyncio.gather(*(_try_side(request, name) if name else _no_side() for name in asked))
    if any(isinstance(side, AppError) for side in tried):
        asked_before = fields.get("a", ""), fields.get("b", "")
        return await asyncio.to_thread(_show, request, asked_before, (tried[0], tried[1]), fields)
    names = {side: found[0].name for side, found in zip("ab", tried, strict=True) if isinstance(found, tuple)}
    return RedirectResponse(f"/compare?{urlencode(names)}", 303)


@router.post("/compare/share", summary="Make a short link to a comparison")
async def share_comparison(request: Request) -> Response:
    """Store both models, and redirect to their comparison by short links; an example keeps its name."""
    async with request.form(max_files=0) as form:
        asked = {side: str(form.get(side, "")) for side in "ab"}
    names = {}
    for side, name in asked.items():
        found = await find_side(request, name)
        names[side] = found.name if found.example else await save_link(request, found.question)
    return RedirectResponse(f"/compare?{urlencode(names)}", 303)


def _find_choice(left: Tried, b: str | None) -> str | None:
    """A number for `b` means another piece of the text that A is from, or another model of the same code;
    anything else is returned as it is.
    """
    choice = CHOICE.fullmatch(b or "")
    if choice is None or not isinstance(left, tuple) or left[0].question.code is None:
        return b
    chosen = "shown_model" if choice["model"] else "piece"
    return encode_state(left[0].question.model_copy(update={chosen: int(choice["number"])}))


async def _no_side() -> None:
    return None


async def _try_side(request: Request, asked: str, whose: str = "Your model") -> Tried:
    try:
        found = await find_side(request, asked, whose)
        visualisation = await answer(request, found.question)
    except AppError as error:
        return error
    title = found.example.title if found.example else f"{found.whose}: {name_model(visualisation.report)}"
    return found, Side(title=title, href=found.href, visualisation=visualisation)


def _is_same(left: Tried, right: Tried) -> bool:
    return isinstance(left, tuple) and isinstance(right, tuple) and left[0].question == right[0].question


def _show(
    request: Request, asked: tuple[str, str], tried: tuple[Tried, Tried], typed: Mapping[str, str]
) -> Response:
    """What differs, if both sides are models; else what is wrong, at its field."""
    left, right = (found[1] if isinstance(found, tuple) else None for found in tried)
    both = left and right and compare_reports(left.visualisation.report, right.visualisation.report)
    page = ComparePage(
        fields=(_write_field("a", asked[0], tried[0], typed), _write_field("b", asked[1], tried[1], typed)),
        left=left,
        right=right,
        comparison=both or None,
        link=_write_link(request, tried) if both else "",
        examples=load_gallery(),
    )
    status = max((error.status for error in tried if isinstance(error, AppError)), default=200)
    return render(request, page, status)


def _write_link(request: Request, tried: tuple[Tried, Tried]) -> str:
    """The address of the comparison if it is short; empty if a side is known by its state only."""
    names = [found[0].name for found in tried if isinstance(found, tuple)]
    if any(len(name) > LONGEST_SAID for name in names):
        return ""
    return f"{find_site(request)}/compare?{urlencode(dict(zip('ab', names, strict=False)))}"


def _write_field(name: str, asked: str, tried: Tried, typed: Mapping[str, str]) -> CompareField:
    """The field of a side; it contains only text that was typed and is no model."""
    fault = Fault.of(tried) if isinstance(tried, AppError) else None
    # An address says nothing to a person, so it is kept in a hidden field.
    said = asked if not typed and len(asked) <= LONGEST_SAID else ""
    return CompareField(
        name=name,
        title=tried[1].title if isinstance(tried, tuple) else "",
        kept=tried[0].name if isinstance(tried, tuple) else asked,
        typed=typed.get(f"other_{name}", said) if fault else "",
        code=typed.get(f"code_{name}", ""),
        fault=fault,
    )
