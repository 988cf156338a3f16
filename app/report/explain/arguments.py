"""Rules for arguments: unknown ones, missing ones, and invalid values."""

from app.problems import Problem
from app.report.explain.failure import Failure
from app.report.explain.faults import (
    Fault,
    find_invalid,
    find_missing,
    find_unknown,
    suggest_names,
    suggest_values,
)
from app.report.explain.spellings import MOVED
from app.report.explain.words import ask_whether, join_words, write_value


def explain_unknown_argument(failure: Failure) -> Problem | None:
    """An argument that the layer does not take: misspelt, from an earlier Keras, or of another layer."""
    faults = list(find_unknown(failure))
    if not faults:
        return None
    part = faults[0].part
    unknown = [fault for fault in faults if fault.part == part]
    names = join_words([fault.argument for fault in unknown])
    return failure.problem(
        "unknown-argument",
        happened=f"{part.words} was given {names}, which {part.node.kind} does not take.",
        expected=f"Only arguments of keras.layers.{part.node.kind}.",
        fix=" ".join([*filter(None, map(_advise, unknown)), f"Otherwise leave {names} out."]),
    )


def _advise(fault: Fault) -> str:
    names = suggest_names(fault)
    if names:
        return f"Did you mean {join_words(names, 'or')} by {fault.argument}?"
    return MOVED.get(fault.argument, "")


def explain_missing_argument(failure: Failure) -> Problem | None:
    """A required argument is missing."""
    faults = list(find_missing(failure))
    if not faults:
        return None
    part = faults[0].part
    names = join_words([fault.argument for fault in faults if fault.part == part])
    return failure.problem(
        "missing-argument",
        happened=f"{part.words} was given no {names}.",
        expected=f"{part.node.kind} cannot be made without {names}.",
        fix=f"Give {part.words} a value for {names}.",
    )


def explain_invalid_argument(failure: Failure) -> Problem | None:
    """A value of the wrong type, out of range, or not among the known words."""
    fault = next(find_invalid(failure), None)
    if fault is None:
        return None
    near = [f"{fault.argument}={write_value(value)}" for value in suggest_values(fault)]
    return failure.problem(
        "invalid-argument",
        happened=f"{fault.part.words} was given {fault.argument}={write_value(fault.value)}.",
        expected=f"{fault.argument} is {fault.expected}.",
        fix=ask_whether(near) or f"Change {fault.argument} to {fault.expected}.",
    )
