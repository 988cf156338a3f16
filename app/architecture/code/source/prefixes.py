"""Prefixes of pasted lines: prompts of a Python session, line numbers, and the marks of a diff."""

import re
from collections.abc import Callable
from itertools import pairwise

from app.architecture.code.notes import Notes

NUMBERED = re.compile(r"^ *(?P<number>\d+)(?:[.:|)]? ?| *\t|$)(?P<code>.*)$")
"""`12  x = 1`, `12: x = 1`, `12| x = 1` and an empty line that is only numbered."""

LEAST_NUMBERED = 2
"""The fewest lines that count as numbered."""

ADDED = re.compile(r"^\+(?!\+\+ )")
LEFT_OUT = re.compile(r"^(?:-|@@ |\+\+\+ |diff --git |index [0-9a-f]+\.\.)")
"""Lines of a diff that are not in the new code."""

CONTEXT = re.compile(r"^(?: |$)")


CELL = re.compile(r"^ *In ?\[[\d* ]*\]: ?")
OUTPUT = re.compile(r"^ *Out ?\[\d+\]:")
"""The prompts of a notebook before a cell, and before what it printed."""

PROMPT = re.compile(r"^(\s*)(?:>>>|\.\.\.)(?: |$)")


def strip_session(
    lines: list[str], notes: Notes, find_error: Callable[[list[str]], SyntaxError | None]
) -> list[str] | None:
    """The lines with a prompt, without it, if these alone are Python; else None."""
    first = next((number for number, line in enumerate(lines, 1) if PROMPT.match(line)), None)
    bare = [PROMPT.sub(r"\1", line) for line in lines]
    typed = [code if PROMPT.match(line) else "" for code, line in zip(bare, lines, strict=True)]
    if first is None or find_error(bare) is None or find_error(typed):
        return None
    notes.add("source-repaired", first, repair="The prompts, and what Python printed, were left out")
    return typed


def strip_notebook(
    lines: list[str], notes: Notes, find_error: Callable[[list[str]], SyntaxError | None]
) -> list[str] | None:
    """The cells of a copied notebook, without their prompts and what they printed; else None."""
    first = next((number for number, line in enumerate(lines, 1) if CELL.match(line)), None)
    if first is None:
        return None
    cells: list[str] = []
    printed = False
    for line in lines:
        printed = OUTPUT.match(line) is not None or (printed and not CELL.match(line))
        cells.append("" if printed else CELL.sub("", line))
    if find_error(cells) is not None:
        return None
    notes.add(
        "source-repaired", first, repair="The prompts of the notebook, and what it printed, were left out"
    )
    return cells


def strip_numbers(lines: list[str], notes: Notes) -> list[str] | None:
    """The lines without their numbers, if every line has one and they count up; else None."""
    found = [NUMBERED.match(line) for line in lines]
    matches = [match for match, line in zip(found, lines, strict=True) if match and line.strip()]
    if len(matches) < LEAST_NUMBERED or len(matches) != sum(bool(line.strip()) for line in lines):
        return None
    numbers = [int(match["number"][:9]) for match in matches]
    if any(after != before + 1 for before, after in pairwise(numbers)):
        return None
    bare = [match["code"] if match else "" for match in found]
    margin = min((len(line) - len(line.lstrip()) for line in bare if line.strip()), default=0)
    first = next(number for number, line in enumerate(lines, 1) if line.strip())
    notes.add("source-repaired", first, repair="The numbers of the lines were left out")
    return [line[margin:] for line in bare]


def strip_differences(lines: list[str], notes: Notes) -> list[str] | None:
    """The new code in a diff, whose lines begin with `+`, `-` or a space; else None."""
    added = next((number for number, line in enumerate(lines, 1) if ADDED.match(line)), None)
    if added is None or not all(_may_differ(line) for line in lines):
        return None
    notes.add(
        "source-repaired", added, repair="The marks of a comparison were left out, with its older lines"
    )
    return ["" if LEFT_OUT.match(line) else line[1:] for line in lines]


def _may_differ(line: str) -> bool:
    return bool(CONTEXT.match(line) or ADDED.match(line) or LEFT_OUT.match(line))
