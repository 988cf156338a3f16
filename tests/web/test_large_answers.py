"""A model of very many layers holds nobody else up: the event loop passes on what others read and write."""

import asyncio
import pickle
import threading
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from app.architecture import Question
from app.links import SealedQuestion, content, encode_state
from app.main import create_app
from app.pipeline import visualise, write_answer
from app.settings import Settings
from app.web import dependencies, editor, pages, replies, requests

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


@pytest.mark.parametrize(
    ("address", "module", "name"), [("/", replies, "show_answer"), ("/parts/table", pages, "show_parts")]
)
@pytest.mark.parametrize(("layers", "beside"), [(3, False), (replies.MOST_LAYERS_AT_ONCE + 1, True)])
def test_a_large_page_is_written_beside_the_event_loop(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    module: ModuleType,
    name: str,
    layers: int,
    beside: bool,
) -> None:
    writers = []
    show = getattr(module, name)

    def show_noting(*arguments: Any, **options: Any) -> Any:
        writers.append(threading.current_thread())
        return show(*arguments, **options)

    monkeypatch.setattr(module, name, show_noting)
    question = Question(code=write_model(layers))
    state = {"s": encode_state(question)}
    response = ask(
        OnePool(visualise(question)), tmp_path, "GET", address, params=state, headers={"HX-Request": "true"}
    )
    assert response.status_code == 200
    assert [writer is not threading.main_thread() for writer in writers] == [beside]


def test_a_part_is_written_without_the_cards_of_the_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = Question(code=write_model(3))
    monkeypatch.setattr(editor, "write_cards", lambda *_: pytest.fail("Cards were written."))
    state, script = {"s": encode_state(question)}, {"HX-Request": "true"}
    answer = ask(
        OnePool(visualise(question)), tmp_path, "GET", "/parts/table,data", params=state, headers=script
    )
    assert answer.status_code == 200
    assert 'class="layer-table"' in answer.text


def write_architecture(layers: int) -> dict[str, Any]:
    nodes: list[dict[str, Any]] = [
        {"kind": "InputLayer", "name": "0", "arguments": {"batch_shape": [None, 2]}}
    ]
    nodes += [
        {"kind": "ReLU", "name": f"{number}", "inbound": [f"{number - 1}"]} for number in range(1, layers)
    ]
    return {"architecture": {"nodes": nodes}}


@pytest.mark.parametrize(("layers", "places"), [(3, ["written in the loop"]), (2_000, ["read", "written"])])
def test_a_large_body_is_read_beside_the_event_loop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layers: int, places: list[str]
) -> None:
    seen = []

    def note(word: str, result: Any) -> Any:
        seen.append(word + " in the loop" * (threading.current_thread() is threading.main_thread()))
        return result

    class Noting(Question):
        @classmethod
        def model_validate(cls, body: Any, **options: Any) -> Any:
            return note("read", Question.model_validate(body, **options))

    monkeypatch.setattr(requests, "Question", Noting)
    write = content.write_canonical
    monkeypatch.setattr(content, "write_canonical", lambda asked: note("written", write(asked)))
    pool = OnePool(b"{}")
    response = ask(pool, tmp_path, "POST", "/api/v1/reports", json=write_architecture(layers))
    assert (response.status_code, response.content) == (200, b"{}")
    assert seen == places


def test_a_large_body_that_is_wrong_is_refused_like_a_small_one(tmp_path: Path) -> None:
    for layers in (3, 2_000):
        unconnected, unknown = write_architecture(layers), write_architecture(layers)
        unconnected["architecture"]["nodes"][2]["inbound"] = ["nowhere"]
        unknown["architecture"]["nodes"][2]["colour"] = "red"
        refused, also_refused = (
            ask(OnePool(b"{}"), tmp_path, "POST", "/api/v1/reports", json=question)
            for question in (unconnected, unknown)
        )
        assert (refused.status_code, refused.json()["code"]) == (422, "architecture-invalid")
        assert (also_refused.status_code, also_refused.json()["code"]) == (400, "bad-request")
        assert also_refused.json()["detail"] == "`architecture.nodes.2.colour` is not known here."


def test_a_link_may_unfold_to_much_and_is_unfolded_beside_the_event_loop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers = []

    def decode_noting(state: str, longest: int) -> Question:
        readers.append(threading.current_thread())
        return Question(code=write_model(3))

    monkeypatch.setattr(dependencies, "decode_state", decode_noting)
    state = encode_state(Question(code=write_model(3)))
    ask(OnePool("text"), tmp_path, "GET", f"/api/v1/render.txt?s={state}")
    assert readers and threading.main_thread() not in readers


def test_a_sealed_question_arrives_as_the_question() -> None:
    question = Question.model_validate({**write_architecture(5), "timesteps": 3})
    assert pickle.loads(pickle.dumps(SealedQuestion(question))) == question
