"""Whoever asks before the server is ready, or when it stops, is told so."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from browsers import HTML

from app.main import create_app
from app.settings import Settings

SCRIPT = {**HTML, "HX-Request": "true"}


def test_before_keras_is_loaded_a_page_is_there_and_fetches_its_answer(tmp_path: Path) -> None:
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'links.db'}"))

    async def ask_without_builders(path: str) -> str:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return (await client.get(path, headers=HTML)).text

    # In a thread of its own: the browser's tests, in the same run, have an event loop in this one.
    with ThreadPoolExecutor() as threads:
        page = threads.submit(asyncio.run, ask_without_builders("/examples/stacked-lstm")).result()
    assert "Keras is being asked" in page
    assert 'hx-get="/examples/stacked-lstm"' in page
    assert '<a href="/examples/stacked-lstm">Look again</a>' in page
    assert not re.search(r"<button class=\"button primary\"[^>]* disabled", page), (
        "The bar stays as it is when the answer comes."
    )


def test_a_server_that_stops_says_so_to_whoever_still_waits(tmp_path: Path) -> None:
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'links.db'}"))

    async def stop_while_asking() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            asked = asyncio.create_task(client.get("/", headers=SCRIPT))
            await asyncio.sleep(0.2)
            # What the server does to the requests that outlast its patience.
            asked.cancel()
            return await asked

    with ThreadPoolExecutor() as threads:
        answer = threads.submit(asyncio.run, stop_while_asking()).result()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "shutting down" in answer.text
