"""compare_reports(): two models side by side, row by row, and what differs, in words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

from pydantic import JsonValue

from app.frozen import Frozen, JsonObject, Shape
from app.report.model import LayerReport, Report

Difference = Literal["only", "kind", "status", "arguments", "input", "output", "parameters"]


class Pair(Frozen):
    """Two layers that stand at the same place; one is None where the other model has no such layer."""

    left: LayerReport | None
    right: LayerReport | None
    differs: tuple[Difference, ...] = ()
    sentences: tuple[str, ...] = ()
    """Each difference in words; empty where nothing differs."""


class Comparison(Frozen):
    """Two reports, their rows beside each other, and what to say of the whole."""

    left: Report
    right: Report
    pairs: tuple[Pair, ...]
    summary: tuple[str, ...]


def compare_reports(left: Report, right: Report) -> Comparison:
    """Put the rows of two reports beside each other: by name where they agree, else by kind, else by place."""
    given_left, given_right = _arguments(left), _arguments(right)
    pairs = tuple(
        _compare_layers(ours, theirs, given_left, given_right)
        for ours, theirs in _align(left.layers, right.layers, KEYS)
    )
    return Comparison(left=left, right=right, pairs=pairs, summary=tuple(_summarise(left, right)))


Key = Callable[[LayerReport], str]
Row = tuple[LayerReport | None, LayerReport | None]

KEYS: tuple[Key, ...] = (lambda layer: layer.name, lambda layer: layer.kind)


def _align(left: Sequence[LayerReport], right: Sequence[LayerReport], keys: Sequence[Key]) -> Iterator[Row]:
    """Pair what the first key finds equal; what is left between, by the next key, and at last by place."""
    if not keys:
        yield from zip_longest(left, right)
        return
    key, rest = keys[0], keys[1:]
    matcher = SequenceMatcher(None, [key(layer) for layer in left], [key(layer) for layer in right])
    for found, i, j, k, m in matcher.get_opcodes():
        if found == "equal":
            yield from zip(left[i:j], right[k:m], strict=True)
        else:
            yield from _align(left[i:j], right[k:m], rest)


def _arguments(report: Report) -> Mapping[str, JsonObject]:
    return {node.name: node.arguments for node in report.architecture.nodes}


def _compare_layers(
    left: LayerReport | None,
    right: LayerReport | None,
    given_left: Mapping[str, JsonObject],
    given_right: Mapping[str, JsonObject],
) -> Pair:
    if left is None or right is None:
        only, side = (left, "left") if left is not None else (right, "right")
        words = f"{only.name} ({only.kind}) is only on the {side}." if only else ""
        return Pair(left=left, right=right, differs=("only",), sentences=(words,))
    ours, theirs = given_left.get(left.name, {}), given_right.get(right.name, {})
    found = dict(_find_differences(left, right, ours, theirs))
    return Pair(
        left=left,
        right=right,
        differs=tuple(found),
        sentences=tuple(sentence for sentences in found.values() for sentence in sentences),
    )


def _find_differences(
    left: LayerReport, right: LayerReport, ours: JsonObject, theirs: JsonObject
) -> Iterator[tuple[Difference, tuple[str, ...]]]:
    name = left.name if left.name == right.name else f"{left.name} / {right.name}"
    if left.kind != right.kind:
        yield "kind", (f"{name} is a {left.kind} on the left, a {right.kind} on the right.",)
    if left.status != right.status:
        yield "status", (f"{name} {_status(left)} on the left, {_status(right)} on the right.",)
    if ours != theirs:
        # What an input is given, it gives: the sentence about its output says it.
        words = (
            () if left.kind == right.kind == "InputLayer" else tuple(_compare_arguments(name, ours, theirs))
        )
        yield "arguments", words
    if left.input_shapes != right.input_shapes:
        yield "input", tuple(_contrast(name, "reads", _read(left), _read(right)))
    if left.output_shapes != right.output_shapes:
        yield "output", tuple(_contrast(name, "gives", _give(left), _give(right)))
    if left.parameters.total != right.parameters.total:
        ours_total, theirs_total = left.parameters.total, right.parameters.total
        yield (
            "parameters",
            (f"{name} has {ours_total:,} parameters on the left, {theirs_total:,} on the right.",),
        )


def _compare_arguments(name: str, ours: JsonObject, theirs: JsonObject) -> Iterator[str]:
    for argument in dict.fromkeys((*ours, *theirs)):
        left, right = _value(ours, argument), _value(theirs, argument)
        if left != right:
            yield f"{name}: {argument} is {left} on the left, {right} on the right."


def _value(given: JsonObject, argument: str) -> str:
    return _python(given[argument]) if argument in given else "not given"


def _python(value: JsonValue) -> str:
    # A wrapped layer is an object of some size: its kind says which one.
    return str(value.get("kind", value)) if isinstance(value, dict) else repr(value)


def _contrast(name: str, verb: str, left: str, right: str) -> Iterator[str]:
    if left and right:
        yield f"{name} {verb} {left} on the left, {right} on the right."


def _read(layer: LayerReport) -> str:
    return _tensors(layer.input_axes, layer.input_shapes)


def _give(layer: LayerReport) -> str:
    return _tensors(layer.axes, layer.output_shapes)


def _tensors(axes: Sequence[Sequence[str]], shapes: Sequence[Shape]) -> str:
    return " and ".join(describe_tensor(names, shape) for names, shape in zip(axes, shapes, strict=False))


def describe_tensor(names: Sequence[str], shape: Shape) -> str:
    """One item of the batch in words: (batch, timesteps, features) of (None, 3, 1) → "3 timesteps of 1 feature"."""
    inner = [_axis(name, size) for name, size in zip(names, shape, strict=True) if name != "batch"]
    return " of ".join(inner) or "one number"


def _axis(name: str, size: int | None) -> str:
    if size is None:
        return f"any number of {name}"
    return f"{size:,} {name.removesuffix('s') if size == 1 else name}"


def _status(layer: LayerReport) -> str:
    return {"builds": "builds", "fails": "does not build", "blocked": "is never reached"}[layer.status]


def _summarise(left: Report, right: Report) -> Iterator[str]:
    if left.status != right.status:
        builds, fails = ("left", "right") if left.status == "builds" else ("right", "left")
        yield f"The {builds} one builds, the {fails} one does not."
        return
    if left.status == "fails":
        yield "Neither builds."
        return
    ours, theirs = [tensor.shape for tensor in left.outputs], [tensor.shape for tensor in right.outputs]
    if ours == theirs:
        yield f"Both give {_shapes(ours)}."
    else:
        yield f"The left one gives {_shapes(ours)}, the right one {_shapes(theirs)}."
    if left.totals.parameters == right.totals.parameters:
        yield f"Both have {left.totals.parameters:,} parameters."
    else:
        yield f"Parameters: {left.totals.parameters:,} on the left, {right.totals.parameters:,} on the right."


def _shapes(shapes: Sequence[Shape]) -> str:
    return " and ".join(str(tuple(shape)) for shape in shapes)
