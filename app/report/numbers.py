"""Numbers in sentences."""

from math import log10

LONGEST = 10**18
"""From here on a number is written by its order of magnitude: Python refuses to write the longest at all."""


def write_size(size: int | None) -> str:
    """A size; None if it is unknown; `about 1e4000` if it is too long to read."""
    if size is None or abs(size) < LONGEST:
        return str(size)
    return f"about 1e{int(log10(abs(size)))}"
