"""Repairs of source that pasting damaged; each adds a note. Lines keep their numbers."""

import re
from collections.abc import Callable
from typing import NamedTuple

from app.architecture.code.notes import Notes
from app.architecture.code.source.brackets import close_brackets
from app.architecture.code.source.prefixes import (
    PROMPT,
    strip_differences,
    strip_notebook,
    strip_numbers,
    strip_session,
)
from app.architecture.code.source.python_2 import leave_out_prints, translate_spellings

FindError = Callable[[list[str]], SyntaxError | None]

MAX_LINES_TRIED = 10
"""How many lines after an open bracket are tried as the place to close it."""

MOST_COMMAS = 5
"""How many missing commas are set."""

LEAST_LINES = 3
"""The fewest lines of a source whose last line may be left out."""


COMMENT = re.compile(r"\s*(?:#.*)?$")
"""What may stand at the end of a line after its code."""


class Noise(NamedTuple):
    """A pattern at the start of lines that is not Python, its replacement, and the words of the note."""

    pattern: re.Pattern[str]
    replacement: str
    repair: str


NOISE = (
    Noise(
        re.compile(r"^(\s*)\d+\. +(?=[A-Za-z_])"),
        r"\1",
        "The numbers at the start of lines, as in a list, were left out",
    ),
    Noise(PROMPT, r"\1", "The prompts at the start of lines were left out"),
    Noise(
        re.compile(r"^(?:In ?\[\d*\]: ?| *\.{3,}: ?|Out ?\[\d+\]:.*)"),
        "",
        "The prompts of the notebook, and what it printed, were left out",
    ),
    Noise(
        re.compile(r"^\s*(?:(?:\w+ *= *)?(?:!|%%?)[a-z].*|\?{1,2}[\w.]+|[\w.]+\?{1,2})\s*$"),
        "",
        "The notebook's own commands were left out",
    ),
)

TYPOGRAPHY = str.maketrans({"\u00a0": " ", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})


def repair_source(
    lines: list[str], error: SyntaxError, notes: Notes, find_error: FindError
) -> list[str] | None:
    """The lines with the cause of the syntax error repaired, if the cause is plain; else None."""
    at = (error.lineno or 1) - 1
    undressed = strip_numbers(lines, notes) or strip_differences(lines, notes)
    undressed = undressed or strip_session(lines, notes, find_error)
    if undressed := undressed or strip_notebook(lines, notes, find_error):
        return undressed
    for noise in NOISE:
        first = next((number for number, line in enumerate(lines, 1) if noise.pattern.match(line)), None)
        if first is not None:
            notes.add("source-repaired", first, repair=noise.repair)
            return [noise.pattern.sub(noise.replacement, line) for line in lines]
    if translated := leave_out_prints(lines, notes) or translate_spellings(lines, at, notes):
        return translated
    translated = [line.translate(TYPOGRAPHY) for line in lines]
    if "character" in error.msg and translated[at] != lines[at]:
        notes.add("source-repaired", at + 1, repair="Typographic quotes and spaces were read as plain ones")
        return translated
    if isinstance(error, IndentationError):
        indented = _indent_as_before(lines, at, notes) if "indent" in error.msg.split() else None
        return indented or _leave_out_last(lines, at, error, notes)
    if "forgot a comma" in error.msg and (separated := _separate(lines, error, find_error)):
        repaired, places = separated
        for line in places:
            notes.add("source-repaired", line, repair=f"A missing comma was set at the end of line {line}")
        return repaired
    if _may_be_open(error) and (closed := _close(lines, at + 1, find_error)):
        repaired, line = closed
        notes.add(
            "source-repaired", line, repair=f"A bracket that stays open was closed at the end of line {line}"
        )
        return repaired
    return _leave_out_last(lines, at, error, notes)


def _leave_out_last(lines: list[str], at: int, error: SyntaxError, notes: Notes) -> list[str] | None:
    """The lines without the last one, if the source is cut off in it and something is left."""
    last = max((number for number, line in enumerate(lines) if line.strip()), default=0)
    ends_there = at == last and ("unterminated" in error.msg or "unexpected indent" in error.msg)
    cut_off = "was never closed" in error.msg or ends_there
    if not cut_off or last < LEAST_LINES:
        return None
    notes.add("source-repaired", last + 1, repair="The last line, which is not whole, was left out")
    return [*lines[:last], *[""] * (len(lines) - last)]


def _may_be_open(error: SyntaxError) -> bool:
    """Whether an open bracket can be the cause; Python then asks for a comma on the next line."""
    return "was never closed" in error.msg or "forgot a comma" in error.msg


def _indent_as_before(lines: list[str], at: int, notes: Notes) -> list[str] | None:
    """The line indented like the line of code before it, if that one does not open a block."""
    before = next((line for line in reversed(lines[:at]) if line.strip()), "")
    indent = before[: len(before) - len(before.lstrip())]
    aligned = indent + lines[at].lstrip()
    if aligned == lines[at] or before.rstrip().endswith(":"):
        return None
    notes.add("source-repaired", at + 1, repair=f"Line {at + 1} was indented like the one before it")
    return [*lines[:at], aligned, *lines[at + 1 :]]


def _separate(
    lines: list[str], error: SyntaxError, find_error: FindError
) -> tuple[list[str], list[int]] | None:
    """Set commas at the ends of lines, if that is all that is wrong; the lines, and where commas were set."""
    repaired, places = lines, list[int]()
    wrong: SyntaxError | None = error
    while wrong is not None:
        first = (wrong.lineno or 1) - 1
        for line in range(first, min(first + MAX_LINES_TRIED, len(lines) - 1)):
            candidate = [
                *repaired[:line],
                COMMENT.sub(r",\g<0>", repaired[line], count=1),
                *repaired[line + 1 :],
            ]
            later = find_error(candidate)
            if later is None or (later.lineno or 0) > line + 1:
                break
        else:
            return None
        repaired, wrong = candidate, later
        places.append(line + 1)
        if len(places) > MOST_COMMAS:
            return None
    return repaired, places


def _close(lines: list[str], opened: int, find_error: FindError) -> tuple[list[str], int] | None:
    """Close the brackets at the end of the line after which the most of the code parses."""
    best: tuple[list[str], int] | None = None
    farthest = opened
    for line in range(opened, min(opened + MAX_LINES_TRIED, len(lines)) + 1):
        candidate = close_brackets(lines, line)
        if candidate is None:
            continue
        error = find_error(candidate)
        if error is None:
            return candidate, line
        next_error = error.lineno or 0
        # An error on the next line is still the same one, unless that line has a fault of its own.
        is_another = _may_be_open(error) or isinstance(error, IndentationError)
        if next_error > farthest and next_error > line + (not is_another):
            best, farthest = (candidate, line), next_error
    return best
