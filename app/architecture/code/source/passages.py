"""Passages: the pieces of code in a page of text, such as a question with answers or a Markdown document."""

import re
from textwrap import dedent
from typing import NamedTuple

from app.architecture.catalogue import KINDS
from app.architecture.question import MAX_PIECES

NEWLINE = re.compile(r"\r\n|\r|\n")
FENCE = re.compile(r"[ \t]*(?P<mark>`{3,}|~{3,})[ \t]*(?P<language>[^`\n]*)")
PYTHON = re.compile(r"\W*($|py|ipython|keras)", re.IGNORECASE)
"""What follows an opening fence around Python code."""

CODE = re.compile(
    r"""[ \t]*(?:\d+\.[ ]+|>>>[ ])?(?:
        (?:import|class|def)[ ]\w+
        |from[ ][\w.]+[ ]import[ ]
        |(?:for|while|if|with)[ ].*:[ \t]*$
        |[A-Za-z_][\w.,\[\] ]{0,80}?[ \t]*[+*]?=(?![=>])
        |[A-Za-z_][\w.]*\(
        |[)\]}@#]
    )""",
    re.VERBOSE,
)
"""How lines of code begin, and sentences do not."""

PROSE = re.compile(r"[^\w\n]*[^\W\d_]['’\w]*[,:;]?[ ]+(?:\w['’\w]*[,:;]?[ ]+){3}")
"""How sentences begin: with four words separated by spaces only."""

DOCUMENTATION = re.compile(r"(\"\"\"|''').*?\1", re.DOTALL)

CALL = re.compile(r"\b([A-Z]\w+)\(")
"""How a call of a layer or model class begins."""

MODELS = frozenset({"Model", "Sequential", *KINDS})
BESIDE_LAYERS = frozenset({"Model", "Sequential", "Input", "InputLayer"})
REMARK = re.compile(r"#.*")
ITEM = re.compile(r"[ \t]*\d+\.[ ]+(?=[A-Za-z_])")
"""How items of a numbered list begin; lines of a listing with line numbers do too."""


class Passage(NamedTuple):
    """Some lines of a text; `line` is the number of the first, from 1."""

    line: int
    lines: list[str]

    @property
    def source(self) -> str:
        """The passage, preceded by blank lines so that each line keeps its number in the text."""
        return "\n" * (self.line - 1) + "\n".join(self.lines)

    @property
    def alone(self) -> str:
        """The passage by itself."""
        return dedent("\n".join(self.lines)).strip("\n") + "\n"

    @property
    def names_layers(self) -> bool:
        """Whether a layer or a model is constructed in it."""
        return not MODELS.isdisjoint(CALL.findall("\n".join(self.lines)))

    @property
    def kinds(self) -> list[str]:
        """The kinds of the layers constructed in it, in the order in which they are written."""
        called = CALL.findall(REMARK.sub("", "\n".join(self.lines)))
        return [name for name in called if name in MODELS - BESIDE_LAYERS]


def find_pieces(text: str) -> list[Passage]:
    """The pieces of code in a page of text, in the order in which they are tried."""
    return (find_fenced(text) or find_unfenced(text))[:MAX_PIECES]


def find_fenced(text: str) -> list[Passage]:
    """The Python blocks between Markdown fences; the last fence may be open."""
    lines = NEWLINE.split(text)
    passages: list[Passage] = []
    start, mark, wanted = 0, "", False
    for number, line in enumerate(lines, 1):
        fence = FENCE.fullmatch(line)
        if not mark and fence:
            start, mark = number, fence["mark"]
            wanted = PYTHON.match(fence["language"]) is not None
        elif mark and fence and fence["mark"].startswith(mark) and not fence["language"]:
            passages += _cut(lines, start, number - 1) if wanted else []
            mark = ""
    return passages + (_cut(lines, start, len(lines)) if mark and wanted else [])


def find_unfenced(text: str) -> list[Passage]:
    """The runs of lines that look like code, among lines of prose.

    Each item of a numbered list of models is a passage of its own.
    """
    lines = NEWLINE.split(text)
    passages: list[Passage] = []
    start: int | None = None
    indent = 0
    for number, line in enumerate(lines):
        inside = not line.strip() or CODE.match(line) or _indent(line) > indent
        if start is None and CODE.match(line):
            start, indent = number, _indent(line)
        elif start is not None and (_is_prose(line) or not inside):
            passages += _split(_cut(lines, start, number))
            start = None
    return passages + (_split(_cut(lines, start, len(lines))) if start is not None else [])


def has_prose(text: str) -> bool:
    """Whether there is prose in the text, outside of comments and string literals."""
    return any(map(_is_prose, NEWLINE.split(DOCUMENTATION.sub("", text))))


def _split(passages: list[Passage]) -> list[Passage]:
    """The passages, with numbered lists split into items if each item makes a layer."""
    items = [item for passage in passages for item in _list_items(passage)]
    return items if all(len(item.lines) > 1 and item.names_layers for item in items) else passages


def _list_items(passage: Passage) -> list[Passage]:
    starts = [at for at, line in enumerate(passage.lines) if at == 0 or ITEM.match(line)]
    ends = [*starts[1:], len(passage.lines)]
    return [
        Passage(passage.line + start, passage.lines[start:end])
        for start, end in zip(starts, ends, strict=True)
    ]


def _is_prose(line: str) -> bool:
    return PROSE.match(line) is not None and CODE.match(line) is None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _cut(lines: list[str], start: int, end: int) -> list[Passage]:
    """The lines from `start` (from 0) up to `end` as a passage; none if there is no code in them."""
    first = next((at for at in range(start, end) if lines[at].strip()), None)
    if first is None:
        return []
    return [Passage(first + 1, lines[first:end])]
