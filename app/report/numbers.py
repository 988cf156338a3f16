"""Numbers in sentences."""

from math import log10

LONGEST = 10**18
"""Larger numbers are written by their order of magnitude; Python refuses to write the largest."""


def write_size(size: int | None) -> str:
    """A size; None if it is unknown; `about 1e4000` if it is too long to read."""
    if size is None or abs(size) < LONGEST:
        return str(size)
    return f"about 1e{int(log10(abs(size)))}"
