"""Passages: the pieces of code in a page of text, such as a question with answers or a Markdown document."""

import re

from app.architecture.code.source.joining import join_dependent
from app.architecture.code.source.passage import Passage
from app.architecture.code.source.sentences import Sentence, find_sentences
from app.architecture.code.source.syntax import split_lines
from app.architecture.question import MAX_PIECES

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

ITEM = re.compile(r"[ \t]*\d+\.[ ]+(?=[A-Za-z_])")
"""How items of a numbered list begin; lines of a listing with line numbers do too."""

LISTED = re.compile(rf"(?:[ \t]*\n)*{ITEM.pattern}")


def find_pieces(text: str) -> list[Passage]:
    """The pieces of code in a page of text, in the order in which they are tried."""
    return (find_fenced(text) or find_unfenced(text))[:MAX_PIECES]


def find_fenced(text: str) -> list[Passage]:
    """The Python blocks between Markdown fences; the last fence may be open."""
    lines = split_lines(text)
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
    """The code between lines of prose; each item of a numbered list of models is a passage of its own.

    Of a page of prose, the runs of lines that look like code; of code with sentences, all between them.
    """
    lines = split_lines(text)
    sentences = [] if has_prose(text) else find_sentences(lines)
    passages = _cut_between(lines, sentences) if sentences else _find_runs(lines)
    return join_dependent([item for passage in passages for item in _split(passage)])


def find_listed(text: str) -> list[Passage]:
    """The items of a text that is nothing but a numbered list of models; else none."""
    if not LISTED.match(text):
        return []
    lines = split_lines(text)
    items = [item for passage in _cut(lines, 0, len(lines)) for item in _split(passage)]
    return items if len(items) > 1 else []


def _cut_between(lines: list[str], sentences: list[Sentence]) -> list[Passage]:
    ends = [*(sentence.line - 1 for sentence in sentences), len(lines)]
    starts = [0, *(sentence.line for sentence in sentences)]
    return [passage for start, end in zip(starts, ends, strict=True) for passage in _cut(lines, start, end)]


def _find_runs(lines: list[str]) -> list[Passage]:
    passages: list[Passage] = []
    start: int | None = None
    indent = 0
    for number, line in enumerate(lines):
        inside = not line.strip() or CODE.match(line) or _indent(line) > indent
        if start is None and CODE.match(line):
            start, indent = number, _indent(line)
        elif start is not None and (_is_prose(line) or not inside):
            passages += _cut(lines, start, number)
            start = None
    return passages + (_cut(lines, start, len(lines)) if start is not None else [])


def has_prose(text: str) -> bool:
    """Whether there is prose in the text, outside of comments and string literals."""
    return any(map(_is_prose, split_lines(DOCUMENTATION.sub("", text))))


def is_words(text: str) -> bool:
    """Whether there are sentences in the text, and no line that may be code."""
    lines = split_lines(text)
    sentences = {sentence.line for sentence in find_sentences(lines)}
    rest = [line for number, line in enumerate(lines, 1) if number not in sentences]
    others = [line for line in rest if not _is_prose(line)]
    return len(others) < len(lines) and not any(CODE.match(line) or "([" in line for line in others)


def _split(passage: Passage) -> list[Passage]:
    """The items of a numbered list, if each makes a layer; else the passage."""
    items = _list_items(passage)
    return items if all(len(item.lines) > 1 and item.names_layers for item in items) else [passage]


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
