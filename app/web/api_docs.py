"""The API's documentation to read and try, served without the internet."""

from fastapi import APIRouter
from fastapi.responses import FileResponse

from app.web.static import STATIC

router = APIRouter(include_in_schema=False)


@router.get("/api/docs", summary="Read and try the API")
async def show_documentation() -> FileResponse:
    """Swagger UI, vendored, over /api/openapi.json."""
    return FileResponse(STATIC / "api" / "docs.html")
