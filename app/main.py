"""create_app(): wires everything, decides nothing. Run with `uvicorn --factory app.main:create_app`."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware

from app import __doc__ as description
from app import __version__
from app.report.processes.pool import BuilderPool
from app.settings import Settings
from app.web import api, api_docs, health, pages, problem_pages
from app.web.caching import Answers
from app.web.dependencies import weigh_answer
from app.web.errors import AnswerWhenStopped, handle_errors
from app.web.headers import SecurityHeaders
from app.web.requests import BodyLimit, HeadAsGet
from app.web.static import STATIC, VersionedFiles

if TYPE_CHECKING:
    from app.links.store import LinkStore

# The server's own log: it is configured already.
LOG = logging.getLogger("uvicorn.error")
PAUSE = 3
"""Seconds between attempts."""

HEAD_START = 0.25
"""Seconds in which the process only serves the first page, before it starts builders."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """The whole application. Its builders and its database are opened when it starts to serve."""
    settings = settings or Settings()
    app = FastAPI(
        title="Kerascope",
        version=__version__,
        description=description,
        openapi_url="/api/openapi.json",
        openapi_tags=api.TAGS,
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
        lifespan=serve_answers,
    )
    app.state.settings = settings
    app.state.pool = BuilderPool(settings)
    app.state.answers = Answers(settings.cached_layers, weigh_answer)

    app.include_router(api.router)
    app.include_router(api.files)
    app.include_router(api_docs.router)
    app.include_router(health.router)
    app.include_router(problem_pages.router)
    app.include_router(pages.router)
    app.mount("/static", VersionedFiles(directory=STATIC))
    handle_errors(app)

    # The last one added is the first to see a request.
    app.add_middleware(BodyLimit, longest=settings.max_body_bytes, longest_upload=settings.max_file_bytes)
    app.add_middleware(HeadAsGet)
    app.add_middleware(AnswerWhenStopped)
    app.add_middleware(GZipMiddleware, compresslevel=5)
    # Any origin may ask: there are no accounts, so a request cannot act for a user.
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
async def serve_answers(app: FastAPI) -> AsyncIterator[None]:
    """Start the builders and open the database in the background; close both at the end."""
    links = app.state.links = asyncio.create_task(open_links(app.state.settings.database_url))
    app.state.pool.start()
    try:
        yield
    finally:
        await app.state.pool.stop()
        links.cancel()
        if links.done() and not links.cancelled():
            links.result().close()


async def open_links(database_url: str) -> "LinkStore":
    """The store of links, once the database can be reached; pages do not wait for it."""
    await asyncio.sleep(HEAD_START)
    while True:
        try:
            return await asyncio.to_thread(_open_links, database_url)
        except Exception as error:
            LOG.error("The links' database cannot be opened (%s); trying again in %d seconds.", error, PAUSE)
            await asyncio.sleep(PAUSE)


def _open_links(database_url: str) -> "LinkStore":
    # Imported here: SQLAlchemy and Alembic take 0.3 s, for which the first page need not wait.
    from app.links.store import LinkStore

    return LinkStore(database_url)
