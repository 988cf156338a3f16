"""Whoever asks for much waits behind whoever asks for little."""

import asyncio
from collections import Counter
from collections.abc import Iterator

import pytest

from app.report.processes.turns import Job, Turns


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    with asyncio.Runner() as runner:
        yield runner.get_loop()


def queue(loop: asyncio.AbstractEventLoop, *names: str) -> Turns:
    """Jobs that wait: "A1" is the first one of visitor A."""
    turns = Turns()
    for name in names:
        turns.add(Job(name.encode(), 1, name[0], loop.create_future()))
    return turns


def take_in_turn(turns: Turns, at_work: str = "") -> list[str]:
    taken = []
    while job := turns.take(Counter(at_work)):
        taken.append(job.message.decode())
    return taken


def test_the_jobs_of_one_visitor_are_done_in_their_order(loop: asyncio.AbstractEventLoop) -> None:
    assert take_in_turn(queue(loop, "A1", "A2", "A3")) == ["A1", "A2", "A3"]


def test_visitors_take_turns(loop: asyncio.AbstractEventLoop) -> None:
    turns = queue(loop, "A1", "A2", "A3", "B1", "C1", "C2")
    assert take_in_turn(turns) == ["A1", "B1", "C1", "A2", "C2", "A3"]


def test_whoever_has_the_fewest_jobs_at_work_is_next(loop: asyncio.AbstractEventLoop) -> None:
    assert take_in_turn(queue(loop, "A1", "A2", "B1"), at_work="AAB") == ["B1", "A1", "A2"]


def test_what_is_put_first_is_next(loop: asyncio.AbstractEventLoop) -> None:
    turns = queue(loop, "A1", "B1", "B2")
    again = turns.take(Counter("A"))
    assert again is not None
    turns.put_first(again)
    assert take_in_turn(turns) == ["B1", "A1", "B2"]


def test_what_nobody_waits_for_is_left_out(loop: asyncio.AbstractEventLoop) -> None:
    turns = queue(loop, "A1", "A2")
    turns.add(left := Job(b"B1", 1, "B", loop.create_future()))
    left.answer.cancel()
    assert take_in_turn(turns) == ["A1", "A2"]


def test_where_too_many_wait_the_visitor_with_the_most_loses_his_newest(
    loop: asyncio.AbstractEventLoop,
) -> None:
    turns = queue(loop, "A1", "B1", "B2", "C1")
    assert [turns.drop().message, len(turns)] == [b"B2", 3]
    assert take_in_turn(turns) == ["A1", "B1", "C1"]
