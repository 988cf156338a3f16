"""keep_lesson(): whether an example's question and answer still belong beside the model on the page."""

import re
from collections.abc import Hashable, Iterable, Mapping
from functools import cache

from pydantic import JsonValue

from app.architecture import Architecture, Question
from app.architecture.catalogue import find_kind
from app.architecture.code import read_code, write_code
from app.architecture.gallery import Example, load_gallery
from app.architecture.spec import INPUT, Node
from app.architecture.tidy import tidy_arguments
from app.frozen import Frozen, JsonObject
from app.problems import Problem

REMARK = re.compile(r"#.*")
IMPORT = re.compile(r"\s*(?:from|import)\s")
NUMBER = re.compile(r"(?<![\w.])\d+(\.\d*)?")


class Lesson(Frozen):
    """The example beside the model, and whether the model is unchanged."""

    example: Example
    unchanged: bool
    found: bool = False
    """Whether other code than that which the page began with is found to be the example's."""


def keep_lesson(
    question: Question,
    architecture: Architecture | None,
    example: Example | None = None,
    *,
    by_layers: bool = False,
) -> Lesson | None:
    """The lesson for a question: the example with the same code, else `example` if the model is a variant.

    `architecture` is the architecture of the question, if known. Code is a variant if only numbers differ.
    Changed layers, also those changed in the code (`by_layers`), are a variant if their kinds are the same.
    """
    own = recognise_example(question)
    kept = own or example
    if kept is None:
        return None
    unchanged = _is_same(_read(kept.code), architecture) if architecture else own is not None
    if unchanged or own or _is_changed(kept, question, architecture, by_layers):
        found = own is not None and (own != example or question.code != own.code)
        return Lesson(example=kept, unchanged=unchanged, found=found)
    return None


def find_origin(question: Question, example: Example | None) -> Example | None:
    """The example, if at least half of its lines are still in the code, not counting their numbers."""
    code = question.code if question.code is not None else question.own_code
    if example is None or code is None:
        return None
    own, left = _list_lines(example.code), _list_lines(code)
    return example if 2 * len(own & left) >= len(own) else None


def _list_lines(code: str) -> frozenset[str]:
    """The lines about the model, each without comments, layout and numbers."""
    lines = (line for line in code.splitlines() if not IMPORT.match(line))
    return frozenset(filter(None, (NUMBER.sub("0", _strip(line)) for line in lines)))


def find_alike(architecture: Architecture) -> Example | None:
    """The example with the same layers and connections, whatever their names and, for most, their numbers.

    Of several, the one with the most equal arguments.
    """
    form = _list_calls(architecture)
    alike = [
        example
        for example in load_gallery()
        if _list_calls(_read(example.code)) == form and _has_numbers(example, architecture)
    ]
    return max(alike, key=lambda example: _count_all(_read(example.code), architecture), default=None)


def has_all_numbers(example: Example, architecture: Architecture) -> bool:
    """Whether a model that is like the example has all of its arguments, too."""
    own = _read(example.code)
    return _list_calls(own) == _list_calls(architecture) and _count_all(own, architecture) == _count_all(
        own, own
    )


def find_explaining(problems: Iterable[Problem]) -> Example | None:
    """The example that answers what is wrong with a model."""
    codes = {problem.code for problem in problems}
    return next((example for example in load_gallery() if example.explains in codes), None)


def _has_numbers(example: Example, architecture: Architecture) -> bool:
    """Whether the numbers that the example is about are its own."""
    return all(
        _count_common(ours, theirs) == _count_common(ours, ours)
        for ours, theirs in zip(_read(example.code).nodes, architecture.nodes, strict=True)
        if example.like == "numbers" or (example.like == "inputs" and ours.kind == INPUT)
    )


def _list_calls(architecture: Architecture) -> list[tuple[str, list[tuple[int, int]], int | None]]:
    """Each layer's kind, what it reads and whose weights it shares, by position."""
    places = {node.name: place for place, node in enumerate(architecture.nodes)}
    return [
        (
            node.kind,
            [(places[source.node], source.output) for source in node.inbound],
            places[node.shares] if node.shares else None,
        )
        for node in architecture.nodes
    ]


def _count_all(own: Architecture, other: Architecture) -> int:
    return sum(_count_common(ours, theirs) for ours, theirs in zip(own.nodes, other.nodes, strict=True))


def _count_common(ours: Node, theirs: Node) -> int:
    """How many arguments have equal values; the sizes in a shape count one by one."""
    return sum(_count_equal(value, theirs.arguments.get(name)) for name, value in ours.arguments.items())


def _count_equal(ours: JsonValue, theirs: JsonValue) -> int:
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return sum(left == right for left, right in zip(ours, theirs, strict=True))
    return int(ours == theirs)


def recognise_example(question: Question) -> Example | None:
    """The example with this code, whatever its comments and layout."""
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
    """The example's code without numbers, as written and as the form writes it."""
    return frozenset(NUMBER.sub("0", _strip(text)) for text in (code, write_code(_read(code))))


@cache
def _read(code: str) -> Architecture:
    return read_code(code).architecture


def _list_kinds(architecture: Architecture) -> list[str]:
    return [node.kind for node in architecture.nodes]


def _is_same(own: Architecture, other: Architecture) -> bool:
    return _tidy(own) == _tidy(other)


def _tidy(architecture: Architecture) -> list[tuple[str, JsonObject, Hashable]]:
    """The model, in a form that is the same whether it was written as code or in the form."""
    return [
        (node.name, tidy_arguments(find_kind(node.kind), node.arguments), node.inbound)
        for node in architecture.nodes
    ]
