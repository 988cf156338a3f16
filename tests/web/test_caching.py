"""An answer is made once: for all who ask at the same time, and for those who ask again."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import pytest

from app.architecture import Question
from app.pipeline import examine
from app.problems import BuilderLost, TooSlow
from app.web import caching
from app.web.caching import Answers
from app.web.dependencies import weigh_answer

FAILURES = {"fails": BuilderLost("It died twice."), "is too slow": TooSlow("It took too long.")}


class Kitchen:
    """Makes answers when it is told to, and counts them."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.given_up: list[str] = []
        self.may_finish = asyncio.Event()
        self.may_finish.set()

    def make(self, answer: str) -> Callable[[], Coroutine[Any, Any, str]]:
        async def make() -> str:
            self.made.append(answer)
            try:
                await self.may_finish.wait()
            except asyncio.CancelledError:
                self.given_up.append(answer)
                raise
            if answer in FAILURES:
                raise FAILURES[answer]
            return answer

        return make


def test_what_was_answered_is_not_made_again() -> None:
    async def ask_twice() -> None:
        kitchen, answers = Kitchen(), Answers(10, len)
        assert [await answers.get("key", kitchen.make("soup")) for _ in range(2)] == ["soup", "soup"]
        assert kitchen.made == ["soup"]

    asyncio.run(ask_twice())


def test_all_who_ask_at_once_get_one_answer() -> None:
    async def ask_at_once() -> None:
        kitchen, answers = Kitchen(), Answers(10, len)
        given = await asyncio.gather(*(answers.get("key", kitchen.make("soup")) for _ in range(5)))
        assert (given, kitchen.made) == (["soup"] * 5, ["soup"])

    asyncio.run(ask_at_once())


def test_a_failure_is_told_to_all_who_wait_and_then_forgotten() -> None:
    async def ask_and_ask_again() -> None:
        kitchen, answers = Kitchen(), Answers(10, len)
        waiting = [answers.get("key", kitchen.make("fails")) for _ in range(2)]
        told = await asyncio.gather(*waiting, return_exceptions=True)
        assert [type(error) for error in told] == [BuilderLost, BuilderLost]
        with pytest.raises(BuilderLost):
            await answers.get("key", kitchen.make("fails"))
        assert kitchen.made == ["fails", "fails"]

    asyncio.run(ask_and_ask_again())


def test_what_took_too_long_is_not_tried_again_for_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr(caching, "monotonic", lambda: now)

    async def ask_and_ask_again() -> None:
        nonlocal now
        kitchen, answers = Kitchen(), Answers(10, len)
        for seconds_later, retry in ((0, 60), (20.5, 40)):
            now += seconds_later
            with pytest.raises(TooSlow, match=r"It took too long\.") as told:
                await answers.get("key", kitchen.make("is too slow"))
            assert told.value.retry_seconds == retry
        assert await answers.get("another key", kitchen.make("soup")) == "soup"
        assert kitchen.made == ["is too slow", "soup"]
        now += 40
        assert await answers.get("key", kitchen.make("fish")) == "fish"

    asyncio.run(ask_and_ask_again())


def test_when_the_last_one_leaves_the_answer_is_not_made_on() -> None:
    async def leave() -> None:
        kitchen, answers = Kitchen(), Answers(10, len)
        kitchen.may_finish.clear()
        leaving = [asyncio.create_task(answers.get("key", kitchen.make("soup"))) for _ in range(2)]
        await asyncio.sleep(0)
        for visitor in leaving:
            visitor.cancel()
        await asyncio.wait(leaving)
        # Whoever comes now does not get what was given up.
        kitchen.may_finish.set()
        assert await answers.get("key", kitchen.make("soup")) == "soup"
        assert (kitchen.made, kitchen.given_up) == (["soup", "soup"], ["soup"])

    asyncio.run(leave())


def test_who_leaves_does_not_take_the_answer_away() -> None:
    async def leave() -> None:
        kitchen, answers = Kitchen(), Answers(10, len)
        kitchen.may_finish.clear()
        leaving, staying = (asyncio.create_task(answers.get("key", kitchen.make("soup"))) for _ in range(2))
        await asyncio.sleep(0)
        leaving.cancel()
        kitchen.may_finish.set()
        assert await staying == "soup"
        assert kitchen.made == ["soup"]

    asyncio.run(leave())


def test_work_that_ends_although_it_was_given_up_takes_no_place(caplog: pytest.LogCaptureFixture) -> None:
    async def give_up() -> None:
        kitchen, answers, late = Kitchen(), Answers(10, len), asyncio.Event()
        kitchen.may_finish.clear()

        async def finish_all_the_same() -> str:
            with suppress(asyncio.CancelledError):
                await kitchen.may_finish.wait()
            await late.wait()
            return "late soup"

        leaving = asyncio.create_task(answers.get("key", finish_all_the_same))
        await asyncio.sleep(0.01)
        leaving.cancel()
        await asyncio.wait([leaving])
        coming = asyncio.create_task(answers.get("key", kitchen.make("soup")))
        await asyncio.sleep(0.01)
        late.set()
        await asyncio.sleep(0.01)
        kitchen.may_finish.set()
        assert await coming == "soup"
        assert kitchen.made == ["soup"]

    asyncio.run(give_up())
    assert not caplog.records


def test_room_is_made_by_dropping_what_nobody_asked_for_lately() -> None:
    async def fill() -> None:
        kitchen, answers = Kitchen(), Answers(10, len)
        for answer in ("soup", "fish", "soup", "rice", "fish"):
            await answers.get(answer, kitchen.make(answer))
        # There is room for ten letters: rice took the place of fish, which soup had outlived.
        assert kitchen.made == ["soup", "fish", "rice", "fish"]

    asyncio.run(fill())


def test_what_is_larger_than_all_the_room_is_answered_and_not_kept() -> None:
    async def overfill() -> None:
        kitchen, answers = Kitchen(), Answers(3, len)
        assert [await answers.get("key", kitchen.make("soup")) for _ in range(2)] == ["soup", "soup"]
        assert kitchen.made == ["soup", "soup"]

    asyncio.run(overfill())


def test_long_texts_weigh_as_much_as_many_layers() -> None:
    answer = examine(
        Question(code="import keras\nkeras.Sequential([keras.Input((3, 1)), keras.layers.LSTM(2)])")
    )
    reading = answer.reading.model_copy(update={"code": "#" * 500_000})
    assert weigh_answer(answer) == 2
    assert weigh_answer(answer.model_copy(update={"reading": reading})) == 52
