"""Repairs of arguments: current names, and valid values."""

from collections.abc import Iterator

from pydantic import JsonValue

from app.architecture.catalogue import find_kind
from app.architecture.form.starts import start_argument
from app.architecture.spec import Architecture
from app.report.arguments import wrapped
from app.report.explain.failure import Failure
from app.report.explain.faults import (
    Fault,
    find_invalid,
    find_missing,
    find_unknown,
    suggest_names,
    suggest_values,
)
from app.report.explain.repairs.changes import change, unwrap
from app.report.explain.words import join_words, write_value


def rename_arguments(failure: Failure, architecture: Architecture) -> Iterator[tuple[str, Architecture]]:
    """Each unknown argument renamed to the likeliest known one or removed; then all of them removed."""
    faults = list(find_unknown(failure))
    renamed, left_out, words = architecture, architecture, []
    for fault in faults:
        names = suggest_names(fault)
        depth = fault.part.depth
        left_out = change(left_out, failure.name, depth, **{fault.argument: None})
        renamed = change(renamed, failure.name, depth, **{fault.argument: None})
        if names:
            renamed = change(renamed, failure.name, depth, **{names[0]: fault.value})
            words.append(f"{names[0]} instead of {fault.argument}")
    if words:
        yield f"Write {join_words(words)}", renamed
    yield f"Leave {join_words([fault.argument for fault in faults])} out", left_out


def give_missing_arguments(
    failure: Failure, architecture: Architecture
) -> Iterator[tuple[str, Architecture]]:
    """Each missing argument with a usual value."""
    words = []
    for fault in find_missing(failure):
        kind = find_kind(fault.part.node.kind)
        argument = kind.argument(fault.argument)
        value = start_argument(kind, argument) if argument else None
        architecture = change(architecture, failure.name, fault.part.depth, **{fault.argument: value})
        words.append(f"{fault.argument}={write_value(value)}")
    if words:
        yield f"Give {failure.name} {join_words(words)}, for example", architecture


def give_other_values(failure: Failure, architecture: Architecture) -> Iterator[tuple[str, Architecture]]:
    """The first invalid value replaced by one it may mean, or by the default."""
    fault = next(find_invalid(failure), None)
    if fault is None:
        return
    if fault.argument == "layer":
        if wrapped(architecture.node(failure.name)):
            yield f"Use the wrapped layer without {failure.node.kind}", unwrap(architecture, failure.name)
        return
    for value in suggest_values(fault):
        yield f"Write {fault.argument}={write_value(value)}", _give(fault, architecture, failure.name, value)
    argument = find_kind(fault.part.node.kind).argument(fault.argument)
    if argument and not argument.required:
        yield f"Leave {fault.argument} out", _give(fault, architecture, failure.name, None)


def _give(fault: Fault, architecture: Architecture, name: str, value: JsonValue) -> Architecture:
    return change(architecture, name, fault.part.depth, **{fault.argument: value})
