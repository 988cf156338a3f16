"""Builders work for the web process, and may fail, hang or die without harm to it."""

import asyncio
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import jobs
import pytest

from app.architecture.spec import Architecture
from app.problems import AppError, BuilderLost, CodeError, TooBusy, TooSlow
from app.report.processes import line
from app.report.processes import pool as pools
from app.report.processes.builder import MEMORY_TO_GROW, WARM_UP, fork_builder
from app.report.processes.pool import LARGE_ANSWER, MOST_WAITING, BuilderPool
from app.settings import Settings

Run = Callable[..., Any]
Do = Callable[[Coroutine[Any, Any, Any]], Any]


def is_running(process: int) -> bool:
    """Whether it is there, and not only its number."""
    arguments = Path(f"/proc/{process}/cmdline")
    return arguments.exists() and bool(arguments.read_bytes())


async def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "This should have happened by now."
        await asyncio.sleep(0.01)


async def wait_until_all_are_warm(pool: BuilderPool) -> None:
    await wait_for(lambda: len(pool._warm) == 2)


async def start_pool() -> BuilderPool:
    pool = BuilderPool(Settings(builders=2))
    pool.start()
    return pool


@pytest.fixture(scope="module")
def do() -> Iterator[Do]:
    """Runs what is awaited, each time in the same event loop, to which the pool belongs."""
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture(scope="module")
def started_pool(do: Do) -> Iterator[BuilderPool]:
    pool = do(start_pool())
    yield pool
    do(pool.stop())


@pytest.fixture
def pool(started_pool: BuilderPool, do: Do) -> BuilderPool:
    do(wait_until_all_are_warm(started_pool))
    return started_pool


@pytest.fixture
def run(pool: BuilderPool, do: Do) -> Run:
    return lambda *job, **options: do(pool.run(*job, **options))


def test_a_result_comes_back(run: Run) -> None:
    assert run(jobs.add, 2, 3) == 5


def test_it_is_made_in_another_process(run: Run) -> None:
    assert run(jobs.tell_process) != os.getpid()


def test_a_report_comes_back(run: Run) -> None:
    # Imported by name in the builder: this process need not import Keras.
    report = run(jobs.report_on, Architecture.model_validate(WARM_UP))
    assert report.status == "builds"
    assert report.outputs[0].shape == (None, 1)


def test_a_large_answer_is_unpacked_beside_the_event_loop(run: Run) -> None:
    small, _ = run(jobs.tell_who_unpacks, 0)
    large, _ = run(jobs.tell_who_unpacks, LARGE_ANSWER)
    assert (small == threading.get_ident(), large == threading.get_ident()) == (True, False)


def test_an_error_of_ours_comes_back_whole(run: Run) -> None:
    with pytest.raises(CodeError) as raised:
        run(jobs.refuse)
    assert (raised.value.detail, raised.value.line, raised.value.column) == ("This is not understood.", 3, 7)


def test_any_other_error_comes_back_with_its_place(run: Run) -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        run(jobs.divide_by_zero)
    assert "jobs.py" in raised.value.__notes__[0]


def every_app_error(base: type[AppError] = AppError) -> Iterator[type[AppError]]:
    yield base
    for derived in base.__subclasses__():
        yield from every_app_error(derived)


@pytest.mark.parametrize("error", list(every_app_error()))
def test_every_error_of_ours_can_travel(error: type[AppError]) -> None:
    travelled = pickle.loads(pickle.dumps(error("What happened.", 1, 2)))
    assert type(travelled) is error
    assert (str(travelled), travelled.line, travelled.column) == ("What happened.", 1, 2)


def test_what_cannot_travel_is_an_error_and_nobody_dies(run: Run) -> None:
    process = run(jobs.tell_process)
    with pytest.raises((AttributeError, TypeError, pickle.PicklingError)):
        run(jobs.answer_with_a_function)
    with pytest.raises((AttributeError, TypeError, pickle.PicklingError)):
        run(lambda: None)
    assert run(jobs.tell_process) == process


def test_the_builder_used_last_is_used_next(run: Run) -> None:
    assert len({run(jobs.tell_process) for _ in range(20)}) == 1


def test_two_builders_work_at_once(pool: BuilderPool, do: Do) -> None:
    async def both() -> list[int]:
        return await asyncio.gather(pool.run(jobs.sleep, 0.2), pool.run(jobs.sleep, 0.2))

    assert len(set(do(both()))) == 2


def test_more_jobs_than_builders_all_get_their_answer(pool: BuilderPool, do: Do) -> None:
    async def many() -> list[int]:
        return await asyncio.gather(*(pool.run(jobs.add, number, 1) for number in range(200)))

    assert do(many()) == list(range(1, 201))


def test_a_job_that_overruns_is_stopped(pool: BuilderPool, run: Run, do: Do) -> None:
    other = run(jobs.tell_process)
    with pytest.raises(TooSlow):
        run(jobs.sleep, 60, seconds=0.1)
    do(wait_until_all_are_warm(pool))
    assert run(jobs.add, 1, 1) == 2
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)


def test_a_job_whose_builder_dies_is_done_by_another(run: Run, tmp_path: Path) -> None:
    before = run(jobs.tell_process)
    assert run(jobs.die_once, str(tmp_path / "died")) != before


def test_a_job_that_kills_every_builder_is_given_up(pool: BuilderPool, run: Run, do: Do) -> None:
    with pytest.raises(BuilderLost):
        run(jobs.die)
    do(wait_until_all_are_warm(pool))
    assert run(jobs.add, 1, 1) == 2


def test_an_idle_builder_that_is_killed_is_replaced(pool: BuilderPool, run: Run, do: Do) -> None:
    killed = run(jobs.tell_process)
    os.kill(killed, signal.SIGKILL)
    do(wait_for(lambda: all(builder.process.pid != killed for builder in pool._warm)))
    assert run(jobs.tell_process) != killed
    do(wait_until_all_are_warm(pool))


def test_the_process_that_builders_are_forked_from_is_replaced_too(
    pool: BuilderPool, run: Run, do: Do
) -> None:
    server = forkserver._forkserver._forkserver_pid
    os.kill(server, signal.SIGKILL)
    with pytest.raises(BuilderLost):
        run(jobs.die)
    do(wait_until_all_are_warm(pool))
    assert run(jobs.add, 1, 1) == 2
    assert forkserver._forkserver._forkserver_pid != server


def test_a_builder_that_was_left_by_the_process_it_was_forked_from_ends_with_the_pool(run: Run) -> None:
    async def leave_one() -> int:
        pool = await start_pool()
        builder: int = await pool.run(jobs.tell_process)
        os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)
        assert is_running(builder)
        await pool.stop()
        await wait_for(lambda: not is_running(builder))
        return builder

    assert asyncio.run(leave_one())


def test_a_builder_that_hangs_before_it_is_warm_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    forked: list[int] = []

    def fork_and_halt_the_first() -> Any:
        process, connection = fork_builder()
        if not forked:
            os.kill(process.pid, signal.SIGSTOP)
        forked.append(process.pid)
        return process, connection

    async def live() -> int:
        pool = BuilderPool(Settings(builders=1))
        pool.start()
        builder: int = await pool.run(jobs.tell_process)
        await pool.stop()
        return builder

    monkeypatch.setattr(line, "START_SECONDS", 1.0)
    monkeypatch.setattr(pools, "PAUSE_AFTER_FAILED_START", 0.0)
    monkeypatch.setattr(line, "fork_builder", fork_and_halt_the_first)
    builder = asyncio.run(live())
    assert builder in forked[1:]
    assert not is_running(forked[0])


def test_a_builder_killed_in_the_middle_fails_no_request(pool: BuilderPool, do: Do) -> None:
    async def kill_one_of_two() -> list[int]:
        building = [asyncio.ensure_future(pool.run(jobs.sleep, 0.5)) for _ in range(2)]
        await asyncio.sleep(0.2)
        os.kill(next(iter(pool._warm)).process.pid or 0, signal.SIGKILL)
        return await asyncio.gather(*building)

    assert len(set(do(kill_one_of_two()))) >= 1


def test_a_builder_is_refused_the_machines_memory(run: Run) -> None:
    process = run(jobs.tell_process)
    with pytest.raises(MemoryError):
        run(jobs.take_memory, 2 * MEMORY_TO_GROW)
    assert run(jobs.tell_process) == process


def test_a_job_that_nobody_waits_for_any_more_is_not_done(pool: BuilderPool, tmp_path: Path, do: Do) -> None:
    marker, release = tmp_path / "done", tmp_path / "release"

    async def give_up() -> None:
        busy = [asyncio.ensure_future(pool.run(jobs.wait_for, str(release))) for _ in range(2)]
        await asyncio.sleep(0)
        waiting = asyncio.ensure_future(pool.run(jobs.leave_a_mark, str(marker)))
        await asyncio.sleep(0)
        waiting.cancel()
        release.touch()
        await asyncio.gather(*busy)
        await pool.run(jobs.add, 1, 1)

    do(give_up())
    assert not marker.exists()


def test_the_pool_is_ready_once_a_builder_is_warm() -> None:
    async def life() -> tuple[bool, int, bool]:
        pool = BuilderPool(Settings(builders=1))
        before = await pool.ready()
        pool.start()
        answer = await pool.run(jobs.add, 1, 1)
        after = await pool.ready()
        await pool.stop()
        return before, answer, after

    assert asyncio.run(life()) == (False, 2, True)


def test_stopping_leaves_no_process_and_no_one_waiting() -> None:
    async def life() -> tuple[int, object]:
        pool = BuilderPool(Settings(builders=1))
        pool.start()
        process = await pool.run(jobs.tell_process)
        building = asyncio.ensure_future(pool.run(jobs.sleep, 60))
        waiting = asyncio.ensure_future(pool.run(jobs.sleep, 60))
        await asyncio.sleep(0.2)
        await pool.stop()
        return process, await asyncio.gather(building, waiting, return_exceptions=True)

    process, errors = asyncio.run(life())
    assert [type(error) for error in errors] == [BuilderLost, BuilderLost]
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.parametrize("module", ["app.report.processes.pool", "app.pipeline", "app.main"])
def test_the_web_process_does_not_import_keras(module: str) -> None:
    program = f"import sys, {module}; print({{'keras', 'tensorflow'}} & set(sys.modules))"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == "set()"


def test_when_too_many_wait_who_comes_later_is_told_at_once() -> None:
    # Not started: nobody takes a job, so all of them wait.
    pool = BuilderPool(Settings(builders=1))

    async def ask_once_too_often() -> None:
        waiting = [asyncio.ensure_future(pool.run(abs, -1)) for _ in range(MOST_WAITING)]
        await asyncio.sleep(0)
        with pytest.raises(TooBusy, match="many wait"):
            await pool.run(abs, -1)
        for job in waiting:
            job.cancel()

    asyncio.run(ask_once_too_often())
