"""Turns: whose job is next, so that a visitor who asks for much keeps nobody else waiting."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass

from app.problems import AppError
from app.report.processes.line import Line


@dataclass(eq=False)
class Job:
    """One call, on its way to a builder and back."""

    message: bytes
    seconds: float
    visitor: str
    answer: asyncio.Future[bytes]
    tries: int = 0
    line: Line | None = None
    """The builder that works on it."""
    timer: asyncio.TimerHandle | None = None
    """Fires if that takes too long."""

    def fail(self, error: AppError) -> None:
        """Pass the error to whoever waits for the answer, if anybody does."""
        if not self.answer.done():
            self.answer.set_exception(error)

    def set_timer(self, seconds: float, then: "Callable[[Job], None]") -> None:
        """Have `then` called with this job after some seconds."""
        self.timer = asyncio.get_running_loop().call_later(seconds, then, self)

    def cancel_timer(self) -> None:
        """Cancel the timer."""
        if self.timer is not None:
            self.timer.cancel()


class Turns:
    """The waiting jobs: each visitor's in their order, the visitors in turn."""

    def __init__(self) -> None:
        # The visitor who was served longest ago is first.
        self._waiting: dict[str, deque[Job]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    def add(self, job: Job) -> None:
        """Add a job after the others of its visitor."""
        self._waiting.setdefault(job.visitor, deque()).append(job)

    def put_first(self, job: Job) -> None:
        """Put a job back, before everybody else's."""
        jobs = self._waiting.pop(job.visitor, deque())
        jobs.appendleft(job)
        self._waiting = {job.visitor: jobs, **self._waiting}

    def take(self, at_work: Counter[str]) -> Job | None:
        """The next job: of the visitor with the fewest jobs at work; among equals, the one served longest
        ago.

        Jobs that nobody waits for any more are left out.
        """
        while self._waiting:
            visitor = min(self._waiting, key=at_work.__getitem__)
            jobs = self._waiting.pop(visitor)
            job = jobs.popleft()
            if jobs:
                self._waiting[visitor] = jobs
            if not job.answer.done():
                return job
        return None

    def drop(self) -> Job:
        """Remove the newest job of the visitor who has the most waiting."""
        visitor = max(self._waiting, key=lambda visitor: len(self._waiting[visitor]))
        jobs = self._waiting[visitor]
        job = jobs.pop()
        if not jobs:
            del self._waiting[visitor]
        return job

    def take_all(self) -> list[Job]:
        """Remove and return every waiting job."""
        jobs = [job for waiting in self._waiting.values() for job in waiting]
        self._waiting.clear()
        return jobs
