"""How long something takes."""

import time
from collections.abc import Callable


def time_call(work: Callable[..., object], *arguments: object) -> float:
    """Seconds until the call returns."""
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start
