"""Jupyter notebooks: the source of their code cells, joined."""

import re
from collections.abc import Iterator
from typing import Any

from app.problems import FileError

COMMAND = re.compile(r"^([ \t]*)(?=!|%{1,2}[a-z]|\?|[\w.]+\?+$)", re.MULTILINE)
"""A line that is for the notebook and not Python: `%matplotlib inline`, `!pip install keras`, `model?`."""

OTHER_LANGUAGE = re.compile(r"\s*%%(?!time|capture)")
"""The first line of a cell that is not Python, but text, a file or a shell script."""

LINE = re.compile(r"^()", re.MULTILINE)


def is_notebook(content: dict[str, Any]) -> bool:
    """Whether this JSON is a Jupyter notebook, in the current format or the one before."""
    return "nbformat" in content and ("cells" in content or "worksheets" in content)


def join_cells(notebook: dict[str, Any]) -> str:
    """The source of the notebook's code cells. Lines that are not Python, such as `!pip`, become comments.

    Raises FileError if there is no code.
    """
    code = "\n\n\n".join(source.strip("\n") for source in _find_sources(notebook) if source.strip())
    if not code:
        raise FileError("There is no code in this notebook.")
    return code + "\n"


def _find_sources(notebook: dict[str, Any]) -> Iterator[str]:
    for cell in _find_cells(notebook):
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            # Before version 4 the key was `input`. A list has one line per element.
            source = cell.get("source", cell.get("input", ""))
            text = "".join(map(str, source)) if isinstance(source, list) else str(source)
            yield (LINE if OTHER_LANGUAGE.match(text) else COMMAND).sub(_comment_out, text)


def _comment_out(line: re.Match[str]) -> str:
    # `pass`, as a block must not become empty.
    return f"{line[1]}pass  # " if line[1] else "# "


def _find_cells(notebook: dict[str, Any]) -> Iterator[Any]:
    for sheet in [notebook, *_list(notebook.get("worksheets"))]:
        if isinstance(sheet, dict):
            yield from _list(sheet.get("cells"))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
