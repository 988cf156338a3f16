"""Faults: unknown, missing and invalid arguments of a layer, found by means of the catalogue."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pydantic import JsonValue

from app.architecture.catalogue import KINDS, Kind, find_kind, load_operations
from app.report.arguments import argument
from app.report.explain.checks import COUNTS_PER_AXIS, check_argument, check_layer, find_dimensions
from app.report.explain.failure import Failure, Part
from app.report.explain.spellings import find_names
from app.report.explain.words import find_near


class Fault(NamedTuple):
    """An argument of the layer or of one that it wraps. `expected` says what its value must be."""

    part: Part
    argument: str
    value: JsonValue = None
    expected: str = ""


def _find_kind(part: Part) -> Kind | None:
    return KINDS.get(part.node.kind) or load_operations().get(part.node.kind)


def find_unknown(failure: Failure) -> Iterator[Fault]:
    """The arguments that the layer does not take."""
    for part in failure.parts():
        kind = KINDS.get(part.node.kind)
        for name, value in part.node.arguments.items():
            if kind and kind.argument(name) is None:
                yield Fault(part, name, value)


def suggest_names(fault: Fault) -> list[str]:
    """What an unknown argument may mean, best first: its Keras 3 name, else the nearest names."""
    kind, given = find_kind(fault.part.node.kind), fault.part.node.arguments
    meant = find_names(kind, fault.argument)
    near = find_near(fault.argument, sorted(known.name for known in kind.arguments))
    return [name for name in meant or near if name not in given]


def find_missing(failure: Failure) -> Iterator[Fault]:
    """The required arguments that are missing."""
    for part in failure.parts():
        kind = KINDS.get(part.node.kind)
        for known in kind.arguments if kind else ():
            if known.required and part.node.arguments.get(known.name) is None:
                yield Fault(part, known.name)


def find_invalid(failure: Failure) -> Iterator[Fault]:
    """The arguments with a value of the wrong type or range, or that do not go together."""
    for part in failure.parts():
        kind = _find_kind(part)
        for name, value in part.node.arguments.items():
            known = kind.argument(name) if kind else None
            if known is None or value is None or known.leaves_out(value):
                continue
            if expected := check_argument(known, value, failure.message):
                yield Fault(part, name, value, expected)
        for name, expected in check_layer(part):
            yield Fault(part, name, argument(part.node, name), expected)


def suggest_values(fault: Fault) -> list[JsonValue]:
    """What an invalid value may mean, best first."""
    known = find_kind(fault.part.node.kind).argument(fault.argument)
    if fault.part.node.kind == "GroupNormalization":
        return [1, -1]
    if fault.argument == "batch_shape" and isinstance(fault.value, list):
        return [[_suggest_size(size) for size in fault.value]]
    if fault.argument in _SUGGESTED:
        return [_SUGGESTED[fault.argument]]
    if fault.argument == "dims":
        return [list(range(len(fault.part.shape or ()) - 1, 0, -1))]
    if fault.argument in COUNTS_PER_AXIS and isinstance(fault.value, list):
        return [fault.value[: find_dimensions(fault.part.node.kind)]]
    if fault.argument == "num_query_heads":
        return [argument(fault.part.node, "num_key_value_heads")]
    if known and known.known_words and isinstance(fault.value, str):
        return [*find_near(fault.value, known.known_words)]
    if not isinstance(fault.value, str | int | float):
        return []
    try:
        number = abs(float(fault.value))
    except (ValueError, OverflowError):
        return []
    if fault.argument == "rate":
        return [number if number <= 1 else number / 100] if number <= 100 else []
    return [max(1, round(number))] if known and known.type == "integer" and number < 10**9 else []


def _suggest_size(size: JsonValue) -> JsonValue:
    """−1 leaves a size open in NumPy and in Reshape; Input takes None for that."""
    return None if size == -1 else abs(size) if isinstance(size, int) else size


_SUGGESTED: Mapping[str, JsonValue] = {"axis": -1, "groups": 1, "strides": 1}
