"""Axes of layers that join, reshape, permute or repeat."""

from collections.abc import Iterable
from math import prod

from pydantic import JsonValue

from app.frozen import Shape
from app.report.arguments import argument, sizes
from app.report.axes.continued import list_places
from app.report.axes.labels import (
    BATCH,
    Call,
    Label,
    Labels,
    NamesByRank,
    carry,
    label,
    length,
    names_of_rank,
    relabel,
)

RESHAPED_NAMES: NamesByRank = {
    2: ("batch", "features"),
    3: ("batch", "timesteps", "features"),
    4: ("batch", "height", "width", "channels"),
}
STILL_TIMESTEPS: NamesByRank = {4: ("batch", "timesteps", "axis 2", "features")}


def concatenate(call: Call) -> Labels:
    """One axis is a sum; the others keep their labels."""
    places = list_places(call.node, "axis", len(call.shape))
    if len(places) != 1:
        return carry(call)
    (place,) = places
    joined = [axes[place] for axes in call.inputs]
    names = {part.name for part in joined}
    name = names.pop() if len(names) == 1 else "features"
    return relabel(carry(call), place, Label(name, f"{' + '.join(map(length, joined))} from {call.name}"))


def flatten(call: Call) -> Labels:
    """All axes after the batch axis become one."""
    axes = call.inputs[0][1:]
    if len(axes) == 1:
        return (BATCH, label(axes[0]))
    return (BATCH, Label("features", f"{' · '.join(map(length, axes)) or '1'} from {call.name}"))


def repeat(call: Call) -> Labels:
    """RepeatVector: adds a timesteps axis."""
    return (BATCH, Label("timesteps", f"n of {call.name}"), label(call.inputs[0][-1]))


def permute(call: Call) -> Labels:
    """Labels move with their axes."""
    places = sizes(call.node, "dims", len(call.shape) - 1)
    return (BATCH, *(label(call.inputs[0][place]) for place in places))


def reshape(call: Call) -> Labels:
    """Axes that stay whole keep their labels; the others come from target_shape."""
    target = argument(call.node, "target_shape")
    return cut(call, target if isinstance(target, list) else [], "target_shape")


def cut(call: Call, places: list[JsonValue], argument_name: str) -> Labels:
    """The axes of the same numbers in a new shape `places`, the value of the argument `argument_name`."""
    axes = call.inputs[0][1:]
    whole = {span: label(axis) for span, axis in zip(_spans([axis.size for axis in axes]), axes, strict=True)}
    kept = [whole.get(span) if span else None for span in _spans(call.shape[1:])]
    timesteps = any(axis and axis.name == "timesteps" for axis in kept)
    table = {**RESHAPED_NAMES, **STILL_TIMESTEPS} if timesteps else RESHAPED_NAMES
    return (
        BATCH,
        *(
            axis or Label(name, f"{'−1 in ' if place == -1 else ''}{argument_name} of {call.name}")
            for axis, name, place in zip(
                kept, names_of_rank(table, len(call.shape))[1:], places, strict=False
            )
        ),
    )


def _spans(shape: Iterable[int | None]) -> list[tuple[int, int] | None]:
    """For each axis the product of the sizes before it, and that including it; None from an unknown size
    on.
    """
    known: Shape = tuple(shape)
    spans: list[tuple[int, int] | None] = []
    for place in range(len(known)):
        sizes_so_far = [size for size in known[: place + 1] if size is not None]
        complete = len(sizes_so_far) == place + 1
        spans.append((prod(sizes_so_far[:-1]), prod(sizes_so_far)) if complete else None)
    return spans
