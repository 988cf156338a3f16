"""BuilderPool: builder processes that work for the web process, and may die without harm to it.

Why not a ready-made pool: pebble was measured. Its round trip is short enough (0.3 ms), but its workers share
a pipe and its locks, and one idle worker that is killed ends the whole pool for good; and a job goes to any
worker. Here each builder has a pipe and a thread of its own: a death is noticed at once and touches nobody
else, and the builder that was used last is used next, so that a visitor's next keystroke finds its layers
remembered. concurrent.futures can neither stop a job nor lose a worker.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any, TypeVar

from app.problems import BuilderLost, TooSlow
from app.report.builder import Builder, Overrun
from app.settings import Settings

Result = TypeVar("Result")

MOST_TRIES = 2
PAUSE_AFTER_FAILED_START = 1.0
"""Seconds."""

MOST_WAITING = 100
"""Jobs for each builder; who comes later is told at once, and not after a minute."""

SHUTTING_DOWN = "Kerascope is shutting down. Try again in a moment."


@dataclass
class Job:
    """One call, on its way to a builder and back."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    seconds: float
    future: Future[Any] = field(default_factory=Future)
    tries: int = 0


class BuilderPool:
    """As many builders as the settings say, each with a thread. Jobs wait in the order in which they came."""

    def __init__(self, settings: Settings) -> None:
        self._seconds = settings.build_seconds
        self._threads = [
            threading.Thread(target=self._keep_builders, name=f"builder {number}", daemon=True)
            for number in range(settings.builders)
        ]
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._jobs: deque[Job] = deque()
        # The bells of the threads that have nothing to do, the last used one at the end.
        self._idle: dict[Connection, None] = {}
        self._builders: set[Builder] = set()
        self._warm: set[Builder] = set()

    def start(self) -> None:
        """Start the builders and return at once. Jobs wait until one is warm, some seconds later."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End every builder, and whatever it is building."""
        with self._lock:
            self._stopping.set()
            for builder in self._builders:
                builder.kill()
            while self._jobs:
                self._jobs.popleft().future.set_exception(BuilderLost(SHUTTING_DOWN))
        for thread in self._threads:
            thread.join()

    async def ready(self) -> bool:
        """Whether a builder is warm, now."""
        return bool(self._warm)

    async def run(
        self, function: Callable[..., Result], *arguments: Any, seconds: float | None = None
    ) -> Result:
        """Call a function of an importable module in a builder: return what it returns, raise what it raises.

        Raises TooSlow where the call takes more than `seconds` (if None, the settings' build_seconds) or no
        builder is free for too long; BuilderLost where a builder died of it, and the next one as well.
        """
        job = Job(function, arguments, seconds or self._seconds)
        with self._lock:
            if self._stopping.is_set():
                raise BuilderLost(SHUTTING_DOWN)
            if len(self._jobs) >= MOST_WAITING * len(self._threads):
                raise TooSlow("Every builder is busy, and many wait. Try again in a few seconds.")
            self._jobs.append(job)
            self._ring()
        longest = self._seconds + MOST_TRIES * job.seconds
        try:
            return await asyncio.wait_for(asyncio.wrap_future(job.future), longest)
        except TimeoutError:
            raise TooSlow("No builder was free. Try again in a few seconds.") from None

    def _ring(self) -> None:
        """Wake the thread that was busy last. Call it with the lock held."""
        if self._jobs and self._idle:
            bell, _ = self._idle.popitem()
            bell.send_bytes(b"\a")

    def _keep_builders(self) -> None:
        """What each thread does: have a builder, and have another when it is gone."""
        heard, bell = Pipe(duplex=False)
        with heard, bell:
            while not self._stopping.is_set():
                if not self._use_builder(heard, bell):
                    self._stopping.wait(PAUSE_AFTER_FAILED_START)

    def _use_builder(self, heard: Connection, bell: Connection) -> bool:
        """Start a builder and use it until its end. False where it did not even get warm."""
        try:
            builder = Builder()
        except (EOFError, OSError):
            return False
        try:
            self._serve(builder, heard, bell)
        except (EOFError, OSError, Overrun):
            return builder in self._warm
        finally:
            self._dismiss(builder, bell)
        return True

    def _serve(self, builder: Builder, heard: Connection, bell: Connection) -> None:
        """Give this builder job after job. Raises EOFError, OSError or Overrun when it is of no more use."""
        with self._lock:
            if self._stopping.is_set():
                return
            self._builders.add(builder)
        builder.wait_until_warm()
        self._warm.add(builder)
        job = self._take_job(bell)
        while True:
            if job is not None:
                answer = self._do(job, builder)
                job = self._take_job(bell)
                # Not earlier: whoever has the answer and asks again finds this builder idle.
                answer()
                continue
            # An idle builder has nothing to say: if there is something to read, it is the end.
            if builder.connection in wait([heard, builder.connection]):
                raise EOFError
            heard.recv_bytes()
            job = self._take_job(bell)

    def _take_job(self, bell: Connection) -> Job | None:
        """The job that waited longest; where there is none, the bell will ring for the next."""
        with self._lock:
            while self._jobs:
                job = self._jobs.popleft()
                if job.tries or job.future.set_running_or_notify_cancel():
                    self._idle.pop(bell, None)
                    return job
            self._idle[bell] = None
            return None

    def _do(self, job: Job, builder: Builder) -> Callable[[], None]:
        """Have a job done; what is returned tells whoever waits for it."""
        job.tries += 1
        try:
            succeeded, answer = builder.call(job.function, job.arguments, job.seconds)
        except Overrun:
            job.future.set_exception(TooSlow(f"The build was stopped after {job.seconds:g} seconds."))
            raise
        except (EOFError, OSError):
            self._try_again(job)
            raise
        except Exception as error:
            # The call or its answer cannot be pickled.
            succeeded, answer = False, error
        return partial(job.future.set_result if succeeded else job.future.set_exception, answer)

    def _try_again(self, job: Job) -> None:
        with self._lock:
            if job.tries < MOST_TRIES and not self._stopping.is_set():
                self._jobs.appendleft(job)
                self._ring()
                return
        job.future.set_exception(BuilderLost("The process that was building this was lost. Try again."))

    def _dismiss(self, builder: Builder, bell: Connection) -> None:
        with self._lock:
            self._builders.discard(builder)
            self._warm.discard(builder)
            self._idle.pop(bell, None)
            self._ring()
        builder.close()
