"""create_app(): wires everything, decides nothing. `uvicorn --factory app.main:create_app`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware

from app import __doc__ as description
from app import __version__
from app.links import LinkStore
from app.report.pool import BuilderPool
from app.settings import Settings
from app.web import api, api_docs, health, pages, problem_pages
from app.web.caching import Answers
from app.web.errors import handle_errors
from app.web.headers import SecurityHeaders
from app.web.requests import BodyLimit, HeadAsGet
from app.web.static import STATIC, VersionedFiles


def create_app(settings: Settings | None = None) -> FastAPI:
    """The whole application; its builders and its database open when it starts to serve."""
    settings = settings or Settings()
    app = FastAPI(
        title="Kerascope",
        version=__version__,
        description=description,
        openapi_url="/api/openapi.json",
        openapi_tags=api.TAGS,
        docs_url=None,
        redoc_url=None,
        lifespan=run_builders,
    )
    app.state.settings = settings
    app.state.pool = BuilderPool(settings)
    app.state.links = LinkStore(settings.database_url)
    app.state.answers = Answers(settings.cached_reports)

    app.include_router(api.router)
    app.include_router(api.files)
    app.include_router(api_docs.router)
    app.include_router(health.router)
    app.include_router(problem_pages.router)
    app.include_router(pages.router)
    app.mount("/static", VersionedFiles(directory=STATIC))
    handle_errors(app)

    # The last one added is the first to see a request.
    app.add_middleware(BodyLimit, longest=settings.max_body_bytes)
    app.add_middleware(HeadAsGet)
    app.add_middleware(GZipMiddleware, compresslevel=5)
    # Anybody's page may ask: there are no accounts, so there is nothing to do in somebody's name.
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "POST"],
        allow_headers=["Content-Type"],
        expose_headers=["ETag", "Retry-After"],
    )
    app.add_middleware(SecurityHeaders)
    return app


@asynccontextmanager
async def run_builders(app: FastAPI) -> AsyncIterator[None]:
    """Open the links and start the builders; give both back at the end."""
    app.state.links.open()
    app.state.pool.start()
    try:
        yield
    finally:
        app.state.pool.stop()
        app.state.links.close()
