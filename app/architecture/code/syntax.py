"""From source to syntax tree, with the small repairs that pasted code needs, each with a note."""

import ast
import re
import warnings
from dataclasses import dataclass

from app.architecture.code.brackets import close_brackets
from app.architecture.code.budget import MAX_CHARACTERS
from app.architecture.code.notes import Notes
from app.problems import CodeSyntaxError, CodeTooComplex, TooLarge

MAX_REPAIRS = 10
MAX_REPAIRED_CHARACTERS = 20_000
"""Each repair parses again; in a longer source the error is reported instead."""

NEWLINE = re.compile(r"\r\n|\r|\n")
LIST_NUMBER = re.compile(r"^(\s*)(\d+\. +)(?=[A-Za-z_])")


@dataclass(frozen=True, slots=True)
class Source:
    """Source as it was parsed: its lines are numbered as the visitor's."""

    tree: ast.Module
    lines: tuple[str, ...]

    def column(self, node: ast.expr | ast.stmt) -> int:
        """The column of a node, in characters from 1; Python counts bytes from 0."""
        before = self.lines[node.lineno - 1].encode()[: node.col_offset]
        return len(before.decode(errors="ignore")) + 1


def parse_source(source: str, notes: Notes) -> Source:
    """Parse Python. Raises CodeSyntaxError, with the line and column, CodeTooComplex or TooLarge."""
    _check_characters(source)
    text = source.removeprefix("\ufeff")
    for _ in range(MAX_REPAIRS):
        try:
            return Source(_parse(text), tuple(NEWLINE.split(text)))
        except SyntaxError as error:
            repaired = _repair(text, error, notes) if len(text) <= MAX_REPAIRED_CHARACTERS else None
            if repaired is None:
                raise _explain(error) from None
            text = repaired
    raise CodeSyntaxError(
        "This does not look like Python: too many lines of it would have to be repaired.", line=1
    )


def _check_characters(source: str) -> None:
    if len(source) > MAX_CHARACTERS:
        raise TooLarge(f"This code has {len(source):,} characters; at most {MAX_CHARACTERS:,} are read.")
    if strange := re.search("[\0\ud800-\udfff]", source):
        line = source.count("\n", 0, strange.start()) + 1
        column = strange.start() - source.rfind("\n", 0, strange.start())
        raise CodeSyntaxError(
            f"The character U+{ord(strange[0]):04X} cannot stand in Python source.", line, column
        )


def _parse(text: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            # Python warns about '\d' and the like, which are none of our business.
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (RecursionError, MemoryError):
        raise CodeTooComplex("Something in this code is nested too deeply to be read.") from None


def _repair(text: str, error: SyntaxError, notes: Notes) -> str | None:
    """The text with the cause of the error put right, where the cause is plain; else None."""
    line = error.lineno or 1
    lines = NEWLINE.split(text)
    if line > len(lines):
        return None
    if LIST_NUMBER.match(lines[line - 1]):
        lines[line - 1] = LIST_NUMBER.sub(lambda found: found[1] + " " * len(found[2]), lines[line - 1])
        notes.add("source-repaired", line, repair="The number at the start of the line was left out")
        return "\n".join(lines)
    if isinstance(error, IndentationError) and re.search(
        "unexpected indent|unindent does not match", error.msg
    ):
        before = next((other for other in reversed(lines[: line - 1]) if other.strip()), "")
        indent = before[: len(before) - len(before.lstrip())]
        if lines[line - 1].startswith(indent) and lines[line - 1] == indent + lines[line - 1].lstrip():
            return None
        lines[line - 1] = indent + lines[line - 1].lstrip()
        notes.add("source-repaired", line, repair="The line was indented like the one before it")
        return "\n".join(lines)
    if "was never closed" in error.msg and (closed := _close(lines, line)):
        repaired, at = closed
        notes.add(
            "source-repaired",
            at,
            repair=f"A {error.msg.split()[0]} that was opened on line {line} was closed",
        )
        return repaired
    return None


def _close(lines: list[str], opened: int) -> tuple[str, int] | None:
    """Close the brackets at the end of the first line after which the code makes sense for longest."""
    best: tuple[str, int] | None = None
    farthest = opened
    for line in range(opened, min(opened + MAX_REPAIRS, len(lines)) + 1):
        candidate = close_brackets(lines, line)
        if candidate is None:
            continue
        try:
            _parse(candidate)
        except SyntaxError as error:
            if (error.lineno or 0) > max(farthest, line):
                best, farthest = (candidate, line), error.lineno or 0
        else:
            return candidate, line
    return best


def _explain(error: SyntaxError) -> CodeSyntaxError | CodeTooComplex:
    line, column = error.lineno or 1, max(error.offset or 1, 1)
    if "too many" in error.msg:
        return CodeTooComplex(f"This code cannot be read: {error.msg}.", line, column)
    if "was never closed" in error.msg:
        return CodeSyntaxError(f"The {error.msg} on line {line}. Add what closes it.", line, column)
    if isinstance(error, TabError):
        return CodeSyntaxError("Tabs and spaces are mixed in the indentation. Use one of them.", line, column)
    return CodeSyntaxError(f"This is not Python: {error.msg[:200]}.", line, column)
