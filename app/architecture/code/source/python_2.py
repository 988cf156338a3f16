"""Statements and spellings of Python 2, as Python 3 writes them. Lines keep their numbers."""

import re
from typing import NamedTuple

from app.architecture.code.notes import Notes
from app.architecture.code.source.brackets import TOKEN, is_open


class Spelling(NamedTuple):
    """A pattern of Python 2, what Python 3 writes, and the words of the note."""

    pattern: re.Pattern[str]
    replacement: str
    repair: str


SPELLINGS = (
    Spelling(
        re.compile(r"^(\s*except\s+(?:[\w.]+|\([^()]*\)))\s*,\s*(\w+)\s*:"),
        r"\1 as \2:",
        "`except …, e` of Python 2 was read as `except … as e`",
    ),
    Spelling(
        # What follows may go on in the next line, and is never reached.
        re.compile(r"\braise\s+([\w.]+)\s*,\s*(?=\S)"),
        r"raise \1; ",
        "`raise …, …` of Python 2 was read as `raise …`",
    ),
    Spelling(
        re.compile(r"^(\s*|[^'\"#]*[:;]\s*)exec\s+(?=[\w'\"])"),
        r"\1pass; ",
        "The exec statements of Python 2 were left out",
    ),
    Spelling(
        re.compile(r"(?<!`)`([^`]+)`(?!`)"),
        r"repr(\1)",
        "Backquotes of Python 2 were read as `repr(…)`",
    ),
    Spelling(re.compile(r"<>"), "!=", "`<>` of Python 2 was read as `!=`"),
    Spelling(
        re.compile(r"(?<![\w.])0([0-7]+)(?![\w.])"),
        r"0o\1",
        "Octal numbers of Python 2 were read as those of Python 3, `0o…`",
    ),
    Spelling(
        re.compile(r"(?<![\w.])(\d+)[lL]\b"), r"\1", "The `L` behind long numbers of Python 2 was left out"
    ),
    Spelling(re.compile(r"\b[uU][rR](?=['\"])"), "r", '`ur"…"` of Python 2 was read as `r"…"`'),
    Spelling(
        re.compile(r"\blambda\s*\(([\w\s,]*)\)\s*:"),
        r"lambda \1:",
        "The brackets around the parameters of a lambda, as Python 2 had them, were left out",
    ),
)

PRINT = re.compile(r"^(?P<before>\s*|[^'\"#]*[:;]\s*)print(?=[\s'\"`])(?!\s*(?:=|$))")


def translate_spellings(lines: list[str], at: int, notes: Notes) -> list[str] | None:
    """The lines without the spelling of Python 2 that line `at`, from 0, has; None if it has none."""
    for spelling in SPELLINGS:
        if _translate(spelling, lines[at]) != lines[at]:
            notes.add("source-repaired", at + 1, repair=spelling.repair)
            return [_translate(spelling, line) for line in lines]
    return None


def _translate(spelling: Spelling, line: str) -> str:
    """The line in the spelling of Python 3; texts and comments stay as they are."""
    texts = [token.span() for token in TOKEN.finditer(line) if not token["bracket"]]

    def write(found: re.Match[str]) -> str:
        inside = any(start <= found.start() < end for start, end in texts)
        return found[0] if inside else found.expand(spelling.replacement)

    return spelling.pattern.sub(write, line)


def leave_out_prints(lines: list[str], notes: Notes) -> list[str] | None:
    """The lines without print statements, which may go on in further lines; None if there are none."""
    kept = list(lines)
    for at, line in enumerate(lines):
        if kept[at] and (found := PRINT.match(line)):
            kept[at] = f"{found['before']}pass"
            for further in range(at + 1, _find_end(lines, at) + 1):
                kept[further] = ""
    if kept == lines:
        return None
    first = next(at for at, (line, other) in enumerate(zip(lines, kept, strict=True), 1) if line != other)
    notes.add("source-repaired", first, repair="The print statements of Python 2 were left out")
    return kept


MOST_LINES = 20
"""How many lines of one print statement are looked for."""


def _find_end(lines: list[str], start: int) -> int:
    """The last line, from 0, of the statement that begins in line `start`; the same if it has no end."""
    for end in range(start, min(start + MOST_LINES, len(lines))):
        if not lines[end].endswith("\\") and not is_open("\n".join(lines[start : end + 1])):
            return end
    return start
