"""Numbers in a sentence."""

from math import log10

LONGEST = 10**18
"""From here on a number is written by its order of magnitude: Python refuses to write the longest at all."""


def write_size(size: int | None) -> str:
    """A size as it is; None where it is unknown; `about 1e4000` where nobody would read it."""
    if size is None or abs(size) < LONGEST:
        return str(size)
    return f"about 1e{int(log10(abs(size)))}"
