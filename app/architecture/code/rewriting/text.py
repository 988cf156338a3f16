"""Text: source code with its syntax tree, and the position of each node in the source."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from app.architecture.code.notes import Notes
from app.architecture.code.source.passages import find_pieces
from app.architecture.code.source.syntax import Source, parse_source, split_lines
from app.problems import CodeError, CodeSyntaxError

COMMENT_IN_COLUMN = re.compile(rb"""(?:[^#'"\n]|'[^'\n]*'|"[^"\n]*")*?(?P<gap>\ {3,})#""")
"""The rest of a line up to a comment that is aligned by spaces."""

WORD = re.compile(rb"\w+|.")

LEAST_GAP = 2
"""The spaces before a comment that is not aligned."""

Part = ast.expr | ast.stmt | ast.keyword | ast.alias


class Edit(NamedTuple):
    """A replacement of a range of the source's bytes."""

    start: int
    end: int
    text: str


class Text:
    """The source as the visitor wrote it. Positions count bytes of UTF-8, as Python's do."""

    def __init__(self, code: str) -> None:
        """Raises CodeError if no piece of it is Python."""
        self.code = code
        self.bytes = code.encode()
        self.tree, parsed = _parse(code)
        lines = self.bytes.splitlines(keepends=True)
        written = [line.rstrip(b"\r\n") for line in lines]
        self._starts = [0, *accumulate(map(len, lines))]
        self._ends = [start + len(line) for start, line in zip(self._starts, written, strict=False)]
        self._shifts = [_find_shift(line, read.encode()) for line, read in zip(written, parsed, strict=False)]

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """The parent of each node in the tree."""
        return {part: whole for whole in ast.walk(self.tree) for part in ast.iter_child_nodes(whole)}

    @cached_property
    def calls(self) -> list[ast.Call]:
        """Every call, outer ones first."""
        return [part for part in ast.walk(self.tree) if isinstance(part, ast.Call)]

    def start(self, part: Part) -> int:
        """The position of a node's first byte."""
        return self._find(part.lineno, part.col_offset)

    def end(self, part: Part) -> int:
        """The position after a node's last byte."""
        return self._find(part.end_lineno or part.lineno, part.end_col_offset or 0)

    def slice(self, part: Part) -> str:
        """A node as it is written."""
        return self.bytes[self.start(part) : self.end(part)].decode()

    def holds(self, literal: ast.expr) -> bool:
        """Whether the literal is at its position: inside f-strings Python 3.11 reports wrong positions."""
        written = self.bytes[self.start(literal) : self.end(literal)].decode(errors="replace")
        try:
            return ast.dump(ast.parse(written, mode="eval").body) == ast.dump(literal)
        except (SyntaxError, ValueError):
            return False

    def line_start(self, place: int) -> int:
        """The start of the line that contains a position."""
        return self.bytes.rfind(b"\n", 0, place) + 1

    def line_end(self, place: int) -> int:
        """The end of the line that contains a position, after its line break."""
        found = self.bytes.find(b"\n", place)
        return len(self.bytes) if found < 0 else found + 1

    def line_number(self, place: int) -> int:
        """The number of the line that contains a position, from 1."""
        return self.bytes.count(b"\n", 0, place) + 1

    def replace(self, part: Part, text: str) -> Edit:
        """The edit that replaces a node by text."""
        return Edit(self.start(part), self.end(part), text)

    def apply(self, edits: Iterable[Edit]) -> str:
        """The source after all edits, which must not overlap. Aligned comments stay in their column."""
        written = self.bytes
        for edit in sorted(edits, reverse=True):
            gone, behind = written[edit.start : edit.end].decode(), written[edit.end :]
            if "\n" not in gone + edit.text:
                behind = _move_comment(behind, len(gone) - len(edit.text))
            written = written[: edit.start] + edit.text.encode() + behind
        return written.decode()

    def find_statement(self, part: ast.AST) -> ast.stmt:
        """The innermost statement around an expression."""
        while not isinstance(part, ast.stmt):
            part = self.parents[part]
        return part

    def _find(self, line: int, column: int) -> int:
        place = self._starts[line - 1] + column + self._shifts[line - 1]
        # A bracket that a repair has added ends behind the end of its line.
        return min(place, self._ends[line - 1])


def _move_comment(behind: bytes, spaces: int) -> bytes:
    """The rest of a line after an edit, with `spaces` more before its comment (fewer if negative)."""
    found = COMMENT_IN_COLUMN.match(behind)
    if not found:
        return behind
    start, end = found.span("gap")
    return behind[:start] + b" " * max(LEAST_GAP, end - start + spaces) + behind[end:]


def _find_shift(written: bytes, read: bytes) -> int:
    """How many bytes further right a line's code stands in the source than in the line that was parsed.

    Repairs remove a prompt or a number from the start of a line, indent it, or add brackets behind its code.
    """
    code = read.lstrip()
    if written.endswith(code):
        return len(written) - len(read)
    first_word = WORD.match(code)
    found = written.find(first_word[0]) if first_word else -1
    return found - (len(read) - len(code)) if found >= 0 else 0


def _parse(code: str) -> tuple[ast.Module, list[str]]:
    """The tree and its lines; for a page of text, the trees of its pieces of code as one."""
    try:
        source = parse_source(code, Notes())
        return source.tree, list(source.lines)
    except CodeSyntaxError:
        pieces = list(_parse_pieces(code))
        if not pieces:
            raise
    lines = split_lines(code)
    for first, source in pieces:
        lines[first : len(source.lines)] = source.lines[first:]
    return ast.Module([part for _, source in pieces for part in source.tree.body], []), lines


def _parse_pieces(code: str) -> Iterator[tuple[int, Source]]:
    """Each piece of code that is Python, and the number of lines before it; its lines are as in the page."""
    for passage in find_pieces(code):
        try:
            yield passage.line - 1, parse_source(passage.source, Notes())
        except CodeError:
            continue
