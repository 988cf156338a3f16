"""MadeModel: one of several models that the code makes."""

from app.frozen import Frozen

MAX_MADE = 20
"""How many models of one source can be chosen."""


class MadeModel(Frozen):
    """A model by its variable, and the line that makes it."""

    name: str
    line: int
    shown: bool
