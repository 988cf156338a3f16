"""BuilderPool: builder processes that work for the web process, and may die without harm to it.

Why not a ready-made pool: pebble was measured. Its workers share a pipe and its locks, and killing one idle
worker ends the whole pool; and a job goes to any worker. concurrent.futures can neither stop a job nor lose a
worker. Here each builder has a connection of its own, which the event loop itself writes and reads, so a job
costs no switch of threads. A death is noticed at once and affects nobody else. The builder that was used last
is used next, so that a visitor's next keystroke finds its layers cached.

Nobody waits behind somebody else's heavy model. A job that takes more than SHORT_SECONDS is a long one, and
another builder is forked to replace its own. There are as many places for long jobs as there are builders:
when all are taken, the job is stopped, and restarted when one is free.
"""

import asyncio
import pickle
from collections import Counter
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from app.problems import BuilderLost, TooBusy, TooSlow
from app.report.processes.builder import write_message
from app.report.processes.line import Line, open_line
from app.report.processes.turns import Job, Turns
from app.settings import Settings

Result = TypeVar("Result")

MOST_TRIES = 2
PAUSE_AFTER_FAILED_START = 1.0
"""Seconds."""

SHORT_SECONDS = 1.0
"""A job that takes longer must not keep others waiting."""

MOST_WAITING = 100
"""Waiting jobs per builder; further ones are refused at once, rather than after a minute."""

LARGE_ANSWER = 500_000
"""Bytes. Unpickling a larger answer takes so long that it is done in a thread."""

SHUTTING_DOWN = "Kerascope is shutting down. Try again in a moment."


class BuilderPool:
    """As many builders as the settings say, and one more for each long job. It belongs to one event loop."""

    def __init__(self, settings: Settings) -> None:
        self._size = settings.builders
        self._seconds = settings.build_seconds
        self._stopping = False
        self._starting = 0
        self._warm: set[Line] = set()
        # The one that was used last is at the end.
        self._idle: list[Line] = []
        self._waiting = Turns()
        # Long jobs that were stopped as all places for long jobs were taken.
        self._put_off = Turns()
        self._at_work: set[Job] = set()
        self._long: set[Job] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Start the builders and return at once. Jobs wait until one is warm, some seconds later."""
        self._keep_enough()

    async def stop(self) -> None:
        """End every builder, whatever it is doing."""
        self._stopping = True
        for job in [*self._at_work, *self._waiting.take_all(), *self._put_off.take_all()]:
            job.fail(BuilderLost(SHUTTING_DOWN))
            job.cancel_timer()
        for line in list(self._warm):
            self._dismiss(line)
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def ready(self) -> bool:
        """Whether a builder is warm now."""
        return bool(self._warm)

    async def run(
        self,
        function: Callable[..., Result],
        *arguments: Any,
        visitor: str = "",
        seconds: float | None = None,
    ) -> Result:
        """Call a function of an importable module in a builder: return what it returns, raise what it raises.

        Visitors take turns. If the caller is cancelled, the job is dropped, or stopped once it is a long one.
        Raises TooSlow if the call takes more than `seconds` (if None, the settings' build_seconds); TooBusy
        if no builder is free for too long; BuilderLost if two builders in a row died of it.
        """
        if self._stopping:
            raise BuilderLost(SHUTTING_DOWN)
        job = Job(
            write_message((function, arguments)),
            seconds or self._seconds,
            visitor,
            asyncio.get_running_loop().create_future(),
        )
        self._waiting.add(job)
        self._give_out()
        if len(self._waiting) > MOST_WAITING * self._size:
            crowded_out = self._waiting.drop()
            crowded_out.fail(TooBusy("Every builder is busy, and many wait. Try again in a few seconds."))
        try:
            async with asyncio.timeout(self._seconds + MOST_TRIES * job.seconds):
                message = await job.answer
        except TimeoutError:
            raise TooBusy("No builder was free. Try again in a few seconds.") from None
        finally:
            if job in self._long:
                self._stop_job(job)
        large = len(message) > LARGE_ANSWER
        succeeded, answer = await asyncio.to_thread(pickle.loads, message) if large else pickle.loads(message)
        if succeeded:
            result: Result = answer
            return result
        raise answer

    def _give_out(self) -> None:
        """Give waiting jobs to idle builders."""
        while self._idle:
            at_work = Counter(job.visitor for job in self._at_work)
            if len(self._long) < self._size and (job := self._put_off.take(at_work)):
                self._begin(job, job.seconds, self._overrun)
                self._make_long(job)
            elif job := self._waiting.take(at_work):
                short = min(job.seconds, SHORT_SECONDS)
                self._begin(job, short, self._outlast if short < job.seconds else self._overrun)
            else:
                return

    def _begin(self, job: Job, seconds: float, then: Callable[[Job], None]) -> None:
        """Give the job to the builder that was used last; `then` is called if it is not done in that time."""
        line = self._idle.pop()
        job.line = line
        job.tries += 1
        job.set_timer(seconds, then)
        self._at_work.add(job)
        line.ask(job.message, partial(self._hear, job, line))

    def _hear(self, job: Job, line: Line, message: bytes | None) -> None:
        """Called when a builder has answered, or died."""
        self._leave(job)
        if message is None:
            self._dismiss(line)
            self._try_again(job)
        else:
            if not job.answer.done():
                job.answer.set_result(message)
            self._take_back(line)
        self._give_out()

    def _leave(self, job: Job) -> None:
        """Called when the job no longer has a builder."""
        job.cancel_timer()
        self._at_work.discard(job)
        self._long.discard(job)

    def _try_again(self, job: Job) -> None:
        if job.tries < MOST_TRIES and not self._stopping:
            self._waiting.put_first(job)
        else:
            job.fail(BuilderLost("The process that was building this was lost. Try again."))

    def _outlast(self, job: Job) -> None:
        """Called when the job has taken longer than a short one."""
        if job.answer.done():
            self._stop_job(job)
        elif len(self._long) < self._size:
            job.set_timer(job.seconds - SHORT_SECONDS, self._overrun)
            self._make_long(job)
        else:
            job.tries -= 1
            self._put_off.add(job)
            self._stop_job(job)

    def _make_long(self, job: Job) -> None:
        self._long.add(job)
        self._keep_enough()

    def _overrun(self, job: Job) -> None:
        unit = "second" if job.seconds == 1 else "seconds"
        job.fail(TooSlow(f"The build was stopped after {job.seconds:g} {unit}."))
        self._stop_job(job)

    def _stop_job(self, job: Job) -> None:
        """Stop work on the job by ending its builder."""
        self._leave(job)
        assert job.line is not None
        self._dismiss(job.line)
        self._give_out()

    def _take_back(self, line: Line) -> None:
        """The builder is idle and will be used next, as its cache is likeliest to help."""
        self._idle.append(line)
        self._await_end(line)
        self._keep_no_more()

    def _dismiss(self, line: Line) -> None:
        """End a builder, and start another if there are too few."""
        line.hang_up()
        self._warm.discard(line)
        if line in self._idle:
            self._idle.remove(line)
        self._do_beside(asyncio.to_thread(line.close))
        self._keep_enough()

    def _keep_enough(self) -> None:
        while not self._stopping and self._starting + len(self._warm) - len(self._long) < self._size:
            self._starting += 1
            self._do_beside(self._start_builder())

    def _await_end(self, line: Line) -> None:
        line.listen(lambda _: self._dismiss(line))

    def _keep_no_more(self) -> None:
        """After a long job there is one builder too many: the one that was idle longest is ended."""
        if len(self._warm) - len(self._long) > self._size:
            self._dismiss(self._idle[0])

    async def _start_builder(self) -> None:
        """Start one more builder, retrying until it works."""
        while not self._stopping:
            try:
                line = await open_line()
            except (EOFError, OSError):
                await asyncio.sleep(PAUSE_AFTER_FAILED_START)
                continue
            self._starting -= 1
            self._warm.add(line)
            if self._stopping:
                self._dismiss(line)
                return
            # Its cache is empty, so all others are used before it.
            self._idle.insert(0, line)
            self._await_end(line)
            self._keep_no_more()
            self._give_out()
            return

    def _do_beside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
