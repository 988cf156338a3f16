"""Whoever hangs up is not built for any longer; a page that is shown before its answer comes for it."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from browsers import HTML

from app.main import create_app
from app.problems import TooSlow
from app.settings import Settings
from app.web import presence, replies

SCRIPT = {**HTML, "HX-Request": "true"}
ADDRESS = "/api/v1/reports"


class SlowPool:
    """Stands where the builders stand, and answers when it is told to: what real ones do for heavy models."""

    def __init__(self) -> None:
        self.asked = 0
        self.given_up = 0
        self.may_answer = threading.Event()

    def start(self) -> None:
        pass

    async def stop(self) -> None:
        pass

    async def ready(self) -> bool:
        return True

    async def run(self, *_: Any, **__: Any) -> Any:
        self.asked += 1
        try:
            while not self.may_answer.is_set():
                await asyncio.sleep(0.01)
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        raise TooSlow("It was stopped after 20 seconds.")


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> SlowPool:
    monkeypatch.setattr(presence, "SECONDS_WITHOUT_LISTENING", 0.05)
    monkeypatch.setattr(replies, "PATIENCE", 0.05)
    return SlowPool()


@pytest.fixture
def port(pool: SlowPool, tmp_path: Path) -> Iterator[int]:
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'links.db'}"))
    app.state.pool = pool
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical"))
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: server.started)
    yield server.servers[0].sockets[0].getsockname()[1]
    pool.may_answer.set()
    server.should_exit = True
    thread.join()


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "This should have happened by now."
        time.sleep(0.01)


def ask(port: int) -> socket.socket:
    """A visitor who has asked, and waits."""
    visitor = socket.create_connection(("127.0.0.1", port))
    body = json.dumps({"code": "x = 1"}).encode()
    head = f"POST {ADDRESS} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    visitor.sendall(head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    return visitor


def test_when_the_visitor_hangs_up_the_build_is_given_up(port: int, pool: SlowPool) -> None:
    visitor = ask(port)
    wait_until(lambda: pool.asked == 1)
    time.sleep(0.2)
    assert pool.given_up == 0
    visitor.close()
    wait_until(lambda: pool.given_up == 1)


def test_it_is_not_given_up_while_somebody_else_waits_for_it(port: int, pool: SlowPool) -> None:
    leaving, staying = ask(port), ask(port)
    wait_until(lambda: pool.asked == 1)
    time.sleep(0.2)
    leaving.close()
    time.sleep(0.2)
    assert (pool.asked, pool.given_up) == (1, 0)
    pool.may_answer.set()
    with staying:
        assert staying.recv(100).startswith(b"HTTP/1.1 503 ")


def test_a_page_shown_before_its_answer_comes_for_it(port: int, pool: SlowPool) -> None:
    page = httpx.get(f"http://127.0.0.1:{port}/", headers=HTML)
    assert 'id="waiting"' in page.text
    time.sleep(0.2)
    assert (pool.asked, pool.given_up) == (1, 0)
    pool.may_answer.set()
    answer = httpx.get(f"http://127.0.0.1:{port}/", headers=SCRIPT)
    assert (answer.status_code, pool.asked, pool.given_up) == (503, 1, 0)


def test_where_the_page_does_not_come_the_build_is_given_up(
    port: int, pool: SlowPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies, "SECONDS_TO_COME_BACK", 0.05)
    httpx.get(f"http://127.0.0.1:{port}/", headers=HTML)
    wait_until(lambda: pool.given_up == 1)


def test_what_took_too_long_is_said_at_once_when_it_is_asked_again(port: int, pool: SlowPool) -> None:
    pool.may_answer.set()
    for _ in range(3):
        answer = httpx.post(f"http://127.0.0.1:{port}{ADDRESS}", json={"code": "x = 1"})
        assert (answer.status_code, answer.json()["code"]) == (503, "too-slow")
        assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert pool.asked == 1
