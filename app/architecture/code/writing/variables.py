"""Variables: unique Python names for tensors, layers and models."""

import keyword
import re
from collections.abc import Iterator

RESERVED = ("keras", "layers", "model", "ops")


class Variables:
    """The variable names used in one source."""

    def __init__(self) -> None:
        self._taken: set[str] = set(RESERVED)

    def take(self, name: str, ending: str = "") -> str:
        """A free variable name: made from the layer's name, with a number if it is taken."""
        stem = _make_identifier(name) + ending
        free = next(candidate for candidate in _number(stem) if candidate not in self._taken)
        self._taken.add(free)
        return free


def _make_identifier(name: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_")
    if not plain or plain[0].isdigit() or keyword.iskeyword(plain):
        plain = f"x_{plain}".rstrip("_")
    return plain


def _number(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}_{number}"
        number += 1
