"""keep_lesson(): whether an example's question and answer still belong beside the model on the page."""

from collections.abc import Hashable
from functools import cache

from app.architecture import Architecture
from app.architecture.catalogue import find_kind
from app.architecture.code import read_code
from app.architecture.gallery import Example
from app.architecture.tidy import tidy_arguments
from app.frozen import Frozen, JsonObject


class Lesson(Frozen):
    """The example that the page began with, and whether the model is still the example's own."""

    example: Example
    unchanged: bool


def keep_lesson(example: Example | None, architecture: Architecture | None) -> Lesson | None:
    """The lesson beside a model; `architecture` is None where it cannot be read.

    None where the layers are of other kinds than the example's: its question is not about them.
    """
    if example is None:
        return None
    if architecture is None:
        return Lesson(example=example, unchanged=False)
    own = _read(example.code)
    if _list_kinds(own) != _list_kinds(architecture):
        return None
    return Lesson(example=example, unchanged=_tidy(own) == _tidy(architecture))


@cache
def _read(code: str) -> Architecture:
    return read_code(code).architecture


def _list_kinds(architecture: Architecture) -> list[str]:
    return [node.kind for node in architecture.nodes]


def _tidy(architecture: Architecture) -> list[tuple[str, JsonObject, Hashable]]:
    """What the model is, whether it was written as code or in the form."""
    return [
        (node.name, tidy_arguments(find_kind(node.kind), node.arguments), node.inbound)
        for node in architecture.nodes
    ]
