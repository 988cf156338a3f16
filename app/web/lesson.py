"""keep_lesson(): whether an example's question and answer belong beside the model on the page."""

import re
from collections.abc import Hashable, Mapping
from functools import cache

from app.architecture import Architecture, Question
from app.architecture.catalogue import find_kind
from app.architecture.code import read_code, write_code
from app.architecture.gallery import Example, load_gallery
from app.architecture.tidy import tidy_arguments
from app.frozen import Frozen, JsonObject

REMARK = re.compile(r"#.*")
NUMBER = re.compile(r"(?<![\w.])\d+(\.\d*)?")


class Lesson(Frozen):
    """The example that the page began with, and whether the model is still the example's own."""

    example: Example
    unchanged: bool


def keep_lesson(
    question: Question,
    architecture: Architecture | None,
    example: Example | None = None,
    *,
    by_layers: bool = False,
) -> Lesson | None:
    """The lesson beside a question: of the example whose code it is, else `example`, if it is that changed.

    `architecture` is what was understood of the question; None where that is not known. Changed code is still
    the example's where only numbers differ, changed layers, also in their code (`by_layers`), where they are
    of the same kinds: a question about other layers is not theirs.
    """
    own = recognise_example(question)
    kept = own or example
    if kept is None:
        return None
    unchanged = _is_same(_read(kept.code), architecture) if architecture else own is not None
    if unchanged or own or _is_changed(kept, question, architecture, by_layers):
        return Lesson(example=kept, unchanged=unchanged)
    return None


def recognise_example(question: Question) -> Example | None:
    """The example whose code this is, whatever its remarks and its layout."""
    return None if question.code is None else _list_by_text().get(_strip(question.code))


@cache
def _list_by_text() -> Mapping[str, Example]:
    return {_strip(example.code): example for example in load_gallery()}


def _strip(code: str) -> str:
    return "".join(REMARK.sub("", code).split())


def _is_changed(
    example: Example, question: Question, architecture: Architecture | None, by_layers: bool
) -> bool:
    if question.code is not None and not by_layers:
        return NUMBER.sub("0", _strip(question.code)) in _list_forms(example.code)
    layers = architecture or question.architecture
    return layers is not None and _list_kinds(layers) == _list_kinds(_read(example.code))


@cache
def _list_forms(code: str) -> frozenset[str]:
    """The example's code without its numbers, as it is and as the form writes it."""
    return frozenset(NUMBER.sub("0", _strip(text)) for text in (code, write_code(_read(code))))


@cache
def _read(code: str) -> Architecture:
    return read_code(code).architecture


def _list_kinds(architecture: Architecture) -> list[str]:
    return [node.kind for node in architecture.nodes]


def _is_same(own: Architecture, other: Architecture) -> bool:
    return _tidy(own) == _tidy(other)


def _tidy(architecture: Architecture) -> list[tuple[str, JsonObject, Hashable]]:
    """What the model is, whether it was written as code or in the form."""
    return [
        (node.name, tidy_arguments(find_kind(node.kind), node.arguments), node.inbound)
        for node in architecture.nodes
    ]
