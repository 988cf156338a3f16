"""/healthz and /readyz: whether the server is alive, and whether it can answer."""

from typing import Literal

from fastapi import APIRouter, Request, Response

from app.frozen import Frozen

router = APIRouter(tags=["health"])


class Health(Frozen):
    """One word."""

    status: Literal["alive", "ready", "starting"]


@router.get("/healthz", summary="Is the server alive?", response_description="It is.")
async def check_alive() -> Health:
    """200 as long as the web process lives."""
    return Health(status="alive")


@router.get(
    "/readyz",
    summary="Can the server answer?",
    response_description="A builder answers.",
    responses={
        503: {"model": Health, "description": "No builder answers yet: Keras takes some seconds to load."}
    },
)
async def check_ready(request: Request, response: Response) -> Health:
    """503 until a builder has loaded Keras and the database can be read."""
    if request.app.state.links.done() and await request.app.state.pool.ready():
        return Health(status="ready")
    response.status_code = 503
    response.headers["Retry-After"] = "1"
    return Health(status="starting")
