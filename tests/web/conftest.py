"""The live application: a real server on a port of its own, with real builders, for every test of the web."""

import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    database = tmp_path_factory.mktemp("web") / "links.db"
    return create_app(Settings(database_url=f"sqlite:///{database}", builders=2, build_seconds=20))


@pytest.fixture(scope="session")
def server_url(app: FastAPI) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def client(server_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server_url, timeout=60) as client:
        yield client


@pytest.fixture(scope="session")
def keras_is_loaded(client: httpx.Client) -> None:
    """For tests of answers, not of waiting: a page that is asked for earlier comes without its answer."""
    while client.get("/readyz").status_code != 200:
        time.sleep(0.1)
