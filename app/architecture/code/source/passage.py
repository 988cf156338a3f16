"""Passage: some lines of code in a page of text."""

import re
from textwrap import dedent
from typing import NamedTuple

from app.architecture.catalogue import KINDS

CALL = re.compile(r"\b([A-Z]\w+)\(")
"""How a call of a layer or model class begins."""

MODELS = frozenset({"Model", "Sequential", *KINDS})
BESIDE_LAYERS = frozenset({"Model", "Sequential", "Input", "InputLayer"})
REMARK = re.compile(r"#.*")


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
