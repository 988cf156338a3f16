"""join_dependent(): joins the passages of one program, between which words explain it."""

import re
from collections.abc import Iterable
from functools import reduce

from app.architecture.code.source.passage import Passage

ASSIGNED = re.compile(r"^[ \t]*(?:\d+\.[ ]+)?([A-Za-z_][\w, ]*?)[ \t]*=(?!=)", re.MULTILINE)
DEFINED = re.compile(r"^(?:def|class)[ ]+(\w+)", re.MULTILINE)
IMPORTED = re.compile(r"^[ \t]*(?:from[ ]\S+[ ])?import[ ](.+)", re.MULTILINE)
NAME = re.compile(r"[A-Za-z_]\w*")
READ = re.compile(r"(?<![\w.])([A-Za-z_]\w*)(?!\w|[ \t]*=(?!=))")
"""A name that is not an attribute, nor assigned or the name of an argument."""


def join_dependent(passages: Iterable[Passage]) -> list[Passage]:
    """The passages, each joined to those before it, from the one on that set a name which it reads.

    Imports count if there are no layers beside them; two models that share them are two models.
    """
    joined: list[Passage] = []
    for passage in passages:
        first = _find_first_needed(passage, joined)
        joined[first:] = [reduce(_join, [*joined[first:], passage])]
    return joined


def _find_first_needed(passage: Passage, earlier: list[Passage]) -> int:
    """The place of the first passage that is the last to set a name which this one reads."""
    needed = set(READ.findall("\n".join(passage.lines))) - _list_set(passage)
    first = len(earlier)
    for at in reversed(range(len(earlier))):
        if not needed.isdisjoint(found := _list_set(earlier[at])):
            first = at
            needed -= found
    return first


def _list_set(passage: Passage) -> set[str]:
    """The names that a passage sets."""
    text = "\n".join(passage.lines)
    found = [*ASSIGNED.findall(text), *DEFINED.findall(text)]
    imported = [] if passage.names_layers else IMPORTED.findall(text)
    return {name for names in [*found, *imported] for name in NAME.findall(names)}


def _join(first: Passage, second: Passage) -> Passage:
    """Both as one, with blank lines for the words between them."""
    between = second.line - first.line - len(first.lines)
    return Passage(first.line, [*first.lines, *[""] * between, *second.lines])
