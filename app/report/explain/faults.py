"""Faults: arguments that a layer does not have, lacks, or has a wrong value for. Found by the catalogue."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from pydantic import JsonValue

from app.architecture.catalogue import CELL, KINDS, Argument, find_kind
from app.architecture.spec import INPUT
from app.report.arguments import argument, list_cells, wrapped
from app.report.explain.causes import RECURRENT
from app.report.explain.failure import Failure, Part
from app.report.explain.spellings import find_names
from app.report.explain.words import find_near, join_words, write_value
from app.report.numbers import write_size
from app.report.values import check_value

COUNTS = {"filters", "groups", "input_dim", "n", "output_dim", "units"}
"""Arguments that are one positive integer, in every layer that has them."""

COUNTS_PER_AXIS = {"dilation_rate", "kernel_size", "pool_size", "size", "strides"}
"""Arguments that are one positive integer, or a list with one for every axis."""


class Fault(NamedTuple):
    """An argument of the layer, or of one that it wraps. `expected` says what its value has to be."""

    part: Part
    argument: str
    value: JsonValue = None
    expected: str = ""


def find_unknown(failure: Failure) -> Iterator[Fault]:
    """The arguments that the layer does not have."""
    for part in failure.parts():
        kind = KINDS.get(part.node.kind)
        for name, value in part.node.arguments.items():
            if kind and kind.argument(name) is None:
                yield Fault(part, name, value)


def suggest_names(fault: Fault) -> list[str]:
    """What an unknown argument may have meant: its name of today, else the nearest names, best first."""
    kind, given = find_kind(fault.part.node.kind), fault.part.node.arguments
    meant = find_names(kind, fault.argument)
    near = find_near(fault.argument, sorted(known.name for known in kind.arguments))
    return [name for name in meant or near if name not in given]


def find_missing(failure: Failure) -> Iterator[Fault]:
    """The arguments that the layer cannot do without."""
    for part in failure.parts():
        kind = KINDS.get(part.node.kind)
        for known in kind.arguments if kind else ():
            if known.required and part.node.arguments.get(known.name) is None:
                yield Fault(part, known.name)


def find_invalid(failure: Failure) -> Iterator[Fault]:
    """The arguments that have a value of the wrong type or range, or that do not go together."""
    for part in failure.parts():
        kind = KINDS.get(part.node.kind)
        for name, value in part.node.arguments.items():
            known = kind.argument(name) if kind else None
            if known is None or value is None or known.type == "ignored":
                continue
            if expected := _check(known, value, failure.message):
                yield Fault(part, name, value, expected)
        if check := _CHECKS_OF_KIND.get(part.node.kind):
            for name, expected in check(part):
                yield Fault(part, name, argument(part.node, name), expected)


def suggest_values(fault: Fault) -> list[JsonValue]:
    """What a wrong value may have meant, best first."""
    known = find_kind(fault.part.node.kind).argument(fault.argument)
    if fault.part.node.kind == "GroupNormalization":
        return [1, -1]
    if fault.argument == "batch_shape" and isinstance(fault.value, list):
        return [[_suggest_size(size) for size in fault.value]]
    if fault.argument in _SUGGESTED:
        return [_SUGGESTED[fault.argument]]
    if fault.argument == "dims":
        return [list(range(len(fault.part.shape or ()) - 1, 0, -1))]
    if known and known.choices and isinstance(fault.value, str):
        return [*find_near(fault.value, known.choices)]
    try:
        number = abs(float(fault.value))  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return []
    if fault.argument == "rate":
        return [number if number <= 1 else number / 100] if number <= 100 else []
    return [max(1, round(number))] if known and known.type == "integer" and number < 10**9 else []


def _suggest_size(size: JsonValue) -> JsonValue:
    """−1 is how NumPy and Reshape write a size that is left open; Input writes None."""
    return None if size == -1 else abs(size) if isinstance(size, int) else size


_SUGGESTED: Mapping[str, JsonValue] = {"axis": -1, "groups": 1, "strides": 1}


def _check(known: Argument, value: JsonValue, message: str) -> str | None:
    """What the value has to be; None where nothing is wrong with it."""
    numbers = value if isinstance(value, list) and known.name in COUNTS_PER_AXIS else [value]
    if known.name in COUNTS | COUNTS_PER_AXIS:
        counts = all(type(number) is int and number > 0 for number in numbers)
        return None if counts else "a positive integer"
    if known.type == "layer":
        return None if isinstance(value, dict | list) else "a layer"
    try:
        check_value(known.name, known.type, value)
    except TypeError as error:
        return str(error).split(" must be ")[1].split(". Received")[0]
    if known.name == "rate" and isinstance(value, int | float) and not 0 <= value <= 1:
        return "a fraction between 0 and 1"
    # Keras may take more words than are listed, so it has to have complained of this one.
    if known.type == "choice" and value not in known.choices and str(value) in message:
        return (
            f"one of {join_words(known.choices, 'or')}"
            if len(known.choices) < 8
            else "a name that Keras knows"
        )
    return None


def _check_bidirectional(part: Part) -> Iterator[tuple[str, str]]:
    inner = wrapped(part.node)
    if inner and inner.kind not in RECURRENT:
        yield "layer", f"a recurrent layer such as LSTM, not {inner.kind}"


def _check_convolution(part: Part) -> Iterator[tuple[str, str]]:
    filters, groups = argument(part.node, "filters"), argument(part.node, "groups")
    first = argument(part.node, "data_format") == "channels_first"
    channels = part.shape[1 if first else -1] if part.shape and len(part.shape) > 1 else None
    if not isinstance(groups, int) or groups < 1:
        return
    if isinstance(filters, int) and filters % groups:
        yield "groups", f"a number that divides filters={filters}"
    if channels is not None and channels % groups:
        yield "groups", f"a number that divides the {write_size(channels)} channels of the input"
    strides, dilation = argument(part.node, "strides"), argument(part.node, "dilation_rate")
    if _exceeds_one(strides) and _exceeds_one(dilation):
        yield "strides", f"1 where the dilation_rate is {write_value(dilation)}"


def _exceeds_one(value: JsonValue) -> bool:
    return any(isinstance(size, int) and size > 1 for size in (value if isinstance(value, list) else [value]))


def _check_groups(part: Part) -> Iterator[tuple[str, str]]:
    groups, axis = argument(part.node, "groups"), argument(part.node, "axis")
    rank = len(part.shape or ())
    channels = part.shape[axis] if part.shape and isinstance(axis, int) and -rank <= axis < rank else None
    if channels and isinstance(groups, int) and groups != -1 and (groups < 1 or channels % groups):
        yield "groups", f"a number that divides the {write_size(channels)} channels of the input, or −1"


def _check_cells(part: Part) -> Iterator[tuple[str, str]]:
    for cell in list_cells(part.node):
        kind = KINDS.get(cell.kind)
        if kind and kind.category != CELL:
            yield "cell", f"a cell such as LSTMCell, not {cell.kind}"


def _check_input(part: Part) -> Iterator[tuple[str, str]]:
    sizes = argument(part.node, "batch_shape")
    if isinstance(sizes, list) and any(isinstance(size, int) and size < 0 for size in sizes):
        yield "batch_shape", "sizes of 0 or more, with None, not −1, where any length may come"


def _check_permute(part: Part) -> Iterator[tuple[str, str]]:
    dims = argument(part.node, "dims")
    places = list(range(1, len(dims) + 1)) if isinstance(dims, list) else []
    if isinstance(dims, list) and sorted(size or 0 for size in dims if isinstance(size, int)) != places:
        yield (
            "dims",
            f"the numbers {join_words([str(place) for place in places])}, each once (the batch is axis 0)",
        )


def _check_reshape(part: Part) -> Iterator[tuple[str, str]]:
    target = argument(part.node, "target_shape")
    if not isinstance(target, list):
        yield "target_shape", "a list of sizes without the batch, such as (4, 5)"
    elif target.count(-1) > 1 or any(isinstance(size, int) and size < -1 for size in target):
        yield "target_shape", "positive sizes, with −1 for at most one that Keras works out"


def _check_axis(part: Part) -> Iterator[tuple[str, str]]:
    axis = argument(part.node, "axis")
    rank = len(part.shape or ())
    axes = axis if isinstance(axis, list) else [axis]
    if rank and any(isinstance(place, int) and not -rank <= place < rank for place in axes):
        yield "axis", f"a number from {-rank} to {rank - 1}, since the input has {rank} axes"


_CHECKS_OF_KIND: Mapping[str, Callable[[Part], Iterator[tuple[str, str]]]] = {
    "BatchNormalization": _check_axis,
    "Bidirectional": _check_bidirectional,
    "Concatenate": _check_axis,
    "Conv1D": _check_convolution,
    "Conv2D": _check_convolution,
    "Conv3D": _check_convolution,
    "GroupNormalization": _check_groups,
    INPUT: _check_input,
    "RNN": _check_cells,
    "LayerNormalization": _check_axis,
    "Permute": _check_permute,
    "Reshape": _check_reshape,
}
