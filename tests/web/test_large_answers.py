"""A model of very many layers holds nobody else up: the event loop passes on what others have written."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.architecture import Question
from app.main import create_app
from app.pipeline import visualise, write_answer
from app.settings import Settings
from app.web import pages

CODE = "import keras\nmodel = keras.Sequential([keras.Input((3, 2))] + [{}])\n"


class OnePool:
    """Stands where the builders stand, and has one answer to everything."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.asked: list[Any] = []

    async def ready(self) -> bool:
        return True

    async def run(self, function: Any, *_: Any, **__: Any) -> Any:
        self.asked.append(function)
        return self.answer


def write_model(layers: int) -> str:
    return CODE.format(", ".join(["keras.layers.ReLU()"] * layers))


def ask(pool: OnePool, tmp_path: Path, method: str, address: str, **options: Any) -> httpx.Response:
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'links.db'}"))
    app.state.pool = pool

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, address, **options)

    return asyncio.run(send())


def test_the_api_passes_on_the_bytes_that_a_builder_wrote(tmp_path: Path) -> None:
    pool = OnePool(b'{"written": "by the builder"}')
    response = ask(pool, tmp_path, "POST", "/api/v1/reports", json={"code": "x"})
    assert (response.content, pool.asked) == (pool.answer, [write_answer])
    assert response.headers["content-type"] == "application/json"


@pytest.mark.parametrize(("layers", "beside"), [(3, False), (pages.MOST_LAYERS_AT_ONCE + 1, True)])
def test_a_large_page_is_written_beside_the_event_loop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layers: int, beside: bool
) -> None:
    writers = []
    show_answer = pages.show_answer

    def show_noting(*arguments: Any) -> Any:
        writers.append(threading.current_thread())
        return show_answer(*arguments)

    monkeypatch.setattr(pages, "show_answer", show_noting)
    question = Question(code=write_model(layers))
    pool = OnePool(visualise(question))
    response = ask(pool, tmp_path, "GET", "/", headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert [writer is not threading.main_thread() for writer in writers] == [beside]
