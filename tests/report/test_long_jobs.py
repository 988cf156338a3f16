"""A heavy model keeps nobody waiting but those who asked for it, and not even them once they have left."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import jobs
import pytest

from app.problems import TooSlow
from app.report.processes import pool as pools
from app.report.processes.pool import BuilderPool
from app.settings import Settings

BUILDERS = 2
SHORT = 0.2
FOR_EVER = 60.0

Life = Callable[[BuilderPool], Coroutine[Any, Any, None]]


@asynccontextmanager
async def run_pool() -> AsyncIterator[BuilderPool]:
    pool = BuilderPool(Settings(builders=BUILDERS, build_seconds=FOR_EVER))
    pool.start()
    try:
        await until(lambda: len(pool._warm) == BUILDERS)
        yield pool
    finally:
        await pool.stop()


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> Callable[[Life], None]:
    """Has a pool of two builders live through what the test tells."""
    monkeypatch.setattr(pools, "SHORT_SECONDS", SHORT)

    async def live(life: Life) -> None:
        async with run_pool() as pool:
            await life(pool)

    return lambda life: asyncio.run(live(life))


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(FOR_EVER):
        while not condition():
            await asyncio.sleep(0.01)


def ask(pool: BuilderPool, visitor: str, *job: Any, **options: Any) -> asyncio.Future[Any]:
    return asyncio.ensure_future(pool.run(*job, visitor=visitor, **options))


def has_ended(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_long_jobs_in_every_builder_leave_room_for_short_ones(live: Callable[[Life], None]) -> None:
    async def life(pool: BuilderPool) -> None:
        heavy = [ask(pool, "A", jobs.sleep, FOR_EVER) for _ in range(3 * BUILDERS)]
        assert await ask(pool, "B", jobs.add, 2, 3) == 5
        await until(lambda: len(pool._long) == BUILDERS)
        assert [await ask(pool, "B", jobs.add, number, 1) for number in range(5)] == [1, 2, 3, 4, 5]
        assert [job for job in heavy if job.done()] == []

    live(life)


def test_no_more_are_long_at_once_than_there_are_builders(live: Callable[[Life], None]) -> None:
    async def life(pool: BuilderPool) -> None:
        heavy = [ask(pool, "A", jobs.sleep, 4 * SHORT) for _ in range(3 * BUILDERS)]
        most = 0
        while not all(job.done() for job in heavy):
            most = max(most, len(pool._long))
            await asyncio.sleep(0.01)
        # Those that were stopped for it began anew, and have their answer as well.
        assert [type(await job) for job in heavy] == [int] * 3 * BUILDERS
        assert most == BUILDERS

    live(life)


def test_when_a_long_job_has_ended_its_builder_is_kept_for_what_it_remembers(
    live: Callable[[Life], None],
) -> None:
    async def life(pool: BuilderPool) -> None:
        builder = await ask(pool, "A", jobs.sleep, 4 * SHORT)
        await until(lambda: not pool._starting)
        assert len(pool._warm) == BUILDERS
        assert await ask(pool, "A", jobs.tell_process) == builder

    live(life)


def test_a_long_job_that_nobody_waits_for_any_more_is_stopped(live: Callable[[Life], None]) -> None:
    async def life(pool: BuilderPool) -> None:
        building = await ask(pool, "A", jobs.tell_process)
        asked = ask(pool, "A", jobs.sleep, FOR_EVER)
        await until(lambda: pool._long)
        asked.cancel()
        await until(lambda: has_ended(building))
        assert not pool._long

    live(life)


def test_a_job_that_is_left_early_is_stopped_when_it_becomes_a_long_one(
    live: Callable[[Life], None],
) -> None:
    async def life(pool: BuilderPool) -> None:
        building = await ask(pool, "A", jobs.tell_process)
        asked = ask(pool, "A", jobs.sleep, FOR_EVER)
        await until(lambda: pool._at_work)
        asked.cancel()
        await until(lambda: has_ended(building))

    live(life)


def test_a_short_job_that_is_left_is_finished_so_that_its_builder_lives(live: Callable[[Life], None]) -> None:
    async def life(pool: BuilderPool) -> None:
        building = await ask(pool, "A", jobs.tell_process)
        asked = ask(pool, "A", jobs.sleep, SHORT / 4)
        await until(lambda: pool._at_work)
        asked.cancel()
        await until(lambda: not pool._at_work)
        assert await ask(pool, "A", jobs.tell_process) == building

    live(life)


def test_a_long_job_is_stopped_at_its_limit(live: Callable[[Life], None]) -> None:
    async def life(pool: BuilderPool) -> None:
        with pytest.raises(TooSlow, match=r"stopped after 0\.5 seconds"):
            await ask(pool, "A", jobs.sleep, FOR_EVER, seconds=0.5)
        await until(lambda: len(pool._warm) == BUILDERS)
        assert not pool._long

    live(life)
