"""parse_source(): from source to syntax tree, with the small repairs that pasted code needs."""

import ast
import re
import warnings
from dataclasses import dataclass

from app.architecture.code.budget import MAX_CHARACTERS
from app.architecture.code.notes import Notes
from app.architecture.code.source.repairs import repair_source
from app.problems import CodeSyntaxError, CodeTooComplex, TooLarge

MAX_REPAIRS = 10
MAX_REPAIRED_CHARACTERS = 20_000
"""The longest source that is repaired, as each repair parses it again."""

STRANGE = re.compile("[\0\ud800-\udfff]")
INDENTED = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]+[^\s#]")
"""Source whose first line of code is indented: a piece from the middle of something."""


@dataclass(frozen=True, slots=True)
class Source:
    """Parsed source, with the visitor's line numbers."""

    tree: ast.Module
    lines: tuple[str, ...]

    def column(self, node: ast.expr | ast.stmt) -> int:
        """The column of a node, in characters from 1; Python counts bytes from 0."""
        return self._count(node.lineno, node.col_offset)

    def find_word(self, node: ast.expr | ast.stmt, word: str) -> tuple[int, int]:
        """The line and column of a name inside a node; those of the node if the name is not in it."""
        for part in ast.walk(node) if word else ():
            if isinstance(part, ast.Name) and part.id == word:
                return part.lineno, self.column(part)
            if isinstance(part, ast.Attribute) and part.attr == word:
                line, end = part.end_lineno or part.lineno, part.end_col_offset or 0
                return line, self._count(line, end - len(word.encode()))
        return node.lineno, self.column(node)

    def _count(self, line: int, place: int) -> int:
        before = self.lines[line - 1].encode()[: max(place, 0)]
        return len(before.decode(errors="ignore")) + 1


def parse_source(source: str, notes: Notes) -> Source:
    """Parse Python. Raises CodeSyntaxError, with line and column, or CodeTooComplex."""
    lines = split_lines(source.removeprefix("\ufeff"))
    earlier: SyntaxError | None = None
    for _ in range(MAX_REPAIRS):
        try:
            return Source(parse_lines(lines), tuple(lines))
        except SyntaxError as error:
            repaired = None
            if len(source) <= MAX_REPAIRED_CHARACTERS and 1 <= (error.lineno or 0) <= len(lines):
                repaired = repair_source(lines, error, notes, _find_error)
            if repaired is None:
                # A bracket without its opening one was left over by closing that one: the fault is there.
                raise _explain(earlier if earlier and "unmatched" in error.msg else error) from None
            lines, earlier = repaired, error
    raise CodeSyntaxError("Too many lines would have to be repaired.", 1, 1)


def split_lines(source: str) -> list[str]:
    """The lines of a source, as Python counts them."""
    return source.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def is_python(source: str) -> bool:
    """Whether the source parses as it is."""
    return _find_error(split_lines(source)) is None


def check_characters(source: str) -> None:
    """Raise TooLarge for source that is too long, CodeSyntaxError for characters that no source has."""
    if len(source) > MAX_CHARACTERS:
        raise TooLarge(f"This code has {len(source):,} characters; at most {MAX_CHARACTERS:,} are read.")
    if (not source.isascii() or "\0" in source) and (strange := STRANGE.search(source)):
        line = source.count("\n", 0, strange.start()) + 1
        column = strange.start() - source.rfind("\n", 0, strange.start())
        raise CodeSyntaxError(
            f"The character U+{ord(strange[0]):04X} cannot stand in Python source.", line, column
        )


def parse_lines(lines: list[str]) -> ast.Module:
    """Parse lines, which may all be indented. Raises SyntaxError, or CodeTooComplex if nested too deeply."""
    text = "\n".join(lines)
    indented = INDENTED.match(text) is not None
    try:
        with warnings.catch_warnings():
            # Python warns about '\d' and the like, which are none of our business.
            warnings.simplefilter("ignore")
            tree = ast.parse(f"if True:\n{text}" if indented else text)
    except SyntaxError as error:
        if indented and error.lineno:
            error.lineno -= 1
        raise
    except (RecursionError, MemoryError):
        raise CodeTooComplex("Something in this code is nested too deeply to be read.", 1, 1) from None
    if indented:
        ast.increment_lineno(tree, -1)
        outer = tree.body[0]
        tree.body[:1] = outer.body if isinstance(outer, ast.If) else []
    return tree


def _find_error(lines: list[str]) -> SyntaxError | None:
    try:
        parse_lines(lines)
    except SyntaxError as error:
        return error
    return None


def _explain(error: SyntaxError) -> CodeSyntaxError | CodeTooComplex:
    line, column = max(error.lineno or 1, 1), max(error.offset or 1, 1)
    if "too many" in error.msg:
        return CodeTooComplex(f"This code cannot be read: {error.msg}.", line, column)
    if "was never closed" in error.msg:
        return CodeSyntaxError(f"The {error.msg} on line {line}. Add what closes it.", line, column)
    if isinstance(error, TabError):
        return CodeSyntaxError("Tabs and spaces are mixed in the indentation. Use one of them.", line, column)
    said = error.msg[:200].removesuffix(".")
    end = "" if said.endswith("?") else "."
    return CodeSyntaxError(f"Python stops reading here and says: {said}{end}", line, column)
