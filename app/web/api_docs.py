"""The API's documentation, to read and try, served without access to the internet."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.web.contexts import Context
from app.web.render import render

router = APIRouter(include_in_schema=False)


class DocumentationPage(Context):
    """Swagger UI, vendored, for /api/openapi.json."""

    template = "api.html"


@router.get("/api", summary="Find the API's documentation")
async def find_documentation() -> Response:
    """Redirect to what a person who types /api looks for."""
    return RedirectResponse("/api/docs", 308)


@router.get("/api/docs", summary="Read and try the API")
async def show_documentation(request: Request) -> Response:
    """What the API takes and answers, with a button to try it."""
    return render(request, DocumentationPage())
