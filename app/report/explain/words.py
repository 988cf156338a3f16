"""How shapes, values and Keras' messages are written in sentences."""

import difflib
import re
from collections.abc import Iterable, Sequence

from pydantic import JsonValue

from app.report.numbers import write_size

LONGEST_MESSAGE = 600
LONGEST_VALUE = 60
MOST_AXES = 8

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_HEAD = re.compile(r"^Exception encountered when calling [^\n]*\n+")
_TAIL = re.compile(r"\s*Arguments received by .*", re.DOTALL)
_INNER = "Exception encountered: "
_NO_NAME = " with name 'None'"


def tidy_message(error: Exception) -> str:
    """Keras' message on one line, without colour codes, argument lists and generated names."""
    message = _ANSI.sub("", str(error)).strip()
    message = _TAIL.sub("", _HEAD.sub("", message)).replace(_NO_NAME, "")
    message = message.rsplit(_INNER, 1)[-1]
    message = " ".join(message.split()) or type(error).__name__
    return message if len(message) <= LONGEST_MESSAGE else message[:LONGEST_MESSAGE] + "…"


def write_shape(shape: Sequence[int | None]) -> str:
    """As Keras prints it: (None, 3, 50). Of very many axes, only the first and last ones."""
    sizes = [write_size(size) for size in shape]
    if len(sizes) > MOST_AXES:
        sizes[MOST_AXES - 1 : -1] = ["…"]
    return f"({', '.join(sizes)}{',' if len(sizes) == 1 else ''})"


def write_value(value: JsonValue) -> str:
    """A value as Python writes it, shortened; a wrapped layer by its kind."""
    text = f"{value['kind']}(…)" if isinstance(value, dict) and "kind" in value else repr(value)
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"


def join_words(words: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def find_near(word: str, words: Iterable[str]) -> list[str]:
    """The words that somebody who wrote `word` may have meant, the nearest first."""
    spelled = {known.lower(): known for known in words}
    near = difflib.get_close_matches(word.lower()[:LONGEST_VALUE], spelled, n=3, cutoff=0.6)
    return [spelled[known] for known in near]


def ask_whether(near: Sequence[str]) -> str:
    """`Did you mean a or b?`; empty if `near` is empty."""
    return f"Did you mean {join_words(near, 'or')}?" if near else ""
