"""What the tests of the pool ask builders to do. Imported in the builders."""

import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

from app.architecture.spec import Architecture
from app.problems import CodeError
from app.report.model import Report


def add(left: int, right: int) -> int:
    return left + right


def tell_process() -> int:
    return os.getpid()


def sleep(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def wait_for(mark: str) -> None:
    """Be busy until there is such a file."""
    while not Path(mark).exists():
        time.sleep(0.01)


def refuse() -> None:
    raise CodeError("This is not understood.", line=3, column=7)


def divide_by_zero() -> float:
    return 1 / 0


def answer_with_a_function() -> Any:
    return lambda: None


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(marker: str) -> int:
    """Die, unless that happened before."""
    if not Path(marker).exists():
        Path(marker).touch()
        die()
    return os.getpid()


def take_memory(size: int) -> int:
    return len(bytearray(size))


class UnpackingThread:
    """Becomes the number of the thread that unpacks it."""

    def __reduce__(self) -> tuple[Any, tuple[()]]:
        return threading.get_ident, ()


def tell_who_unpacks(padding: int) -> tuple[Any, bytes]:
    return UnpackingThread(), b" " * padding


def leave_a_mark(marker: str) -> None:
    Path(marker).touch()


def report_on(architecture: Architecture) -> Report:
    from app.report.build import make_report

    return make_report(architecture)
