"""Subscripts such as `x[:, -1, ::2]`, as text and as Python's own objects."""

import re
from types import EllipsisType

Part = int | slice | EllipsisType | None
Key = tuple[Part, ...]

_NUMBER = r"\s*(-?\d{1,18})?\s*"
_SLICE = re.compile(rf"{_NUMBER}:{_NUMBER}(?::{_NUMBER})?")
_PLAIN: dict[str, Part] = {"...": ..., "None": None}


def read_key(text: str) -> Key:
    """The text `:, -1, ::2` as a tuple of integers, slices, None and Ellipsis. Raises ValueError."""
    parts = [part.strip() for part in text.strip().strip("()").split(",")]
    return tuple(_read_part(part) for part in (parts[:-1] if parts[-1] == "" else parts))


def _read_part(text: str) -> Part:
    if text in _PLAIN:
        return _PLAIN[text]
    if found := _SLICE.fullmatch(text):
        return slice(*(None if number is None else int(number) for number in found.groups()))
    if re.fullmatch(r"-?\d{1,18}", text):
        return int(text)
    raise ValueError(f"{text[:40]!r} is no index: write integers, slices such as 1:3, ... or None.")


def write_key(key: Key) -> str:
    """The inverse of read_key(): the key as it is written in code."""
    return ", ".join(map(_write_part, key))


def _write_part(part: Part) -> str:
    if isinstance(part, slice):
        ends = [part.start, part.stop] if part.step is None else [part.start, part.stop, part.step]
        return ":".join("" if end is None else str(end) for end in ends)
    return "..." if part is ... else str(part)
